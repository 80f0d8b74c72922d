"""The response of a round, for its coordinator: counts in classes, never who answered."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from app.disclosure.cells import MIN_SHOWN, Count, count_of
from app.wording import class_words, listing
from callbacks.questionnaires.desk import ROUND_PLACE, Desk, Place, show
from callbacks.server_pages import Route, bound
from survey import rounds
from survey.checklist import title_of
from survey.definition import text_of
from survey.groups import OPEN_AUDIENCES
from survey.monitor import Counts, GroupResponse, ListResponse, load_responses
from survey.reliability import (
    Verdict,
    classes_of_parts,
    hidden_words,
    left_of,
    margin_words,
    rate_words,
    shortfall_words,
    step_words,
    verdict,
)

NOT_SHOWN = "–"
VERDICT_WORDS = {
    Verdict.GOOD: "goed",
    Verdict.INDICATIVE: "een eerste indruk",
    Verdict.TOO_FEW: "te weinig antwoorden",
    Verdict.UNKNOWN: "niet te zeggen: hoeveel mensen er zijn, is niet bekend",
}


def routes(desk: Desk) -> Sequence[Route]:
    """The addresses of this module."""
    return ((f"{ROUND_PLACE}/respons", "round_response", "GET", bound(show, desk, _page)),)


def _page(place: Place, errors: Mapping[str, str]) -> str:
    responses = load_responses(place.session, place.round.id, place.desk.questionnaires)
    return place.render(
        "respons.html",
        errors=errors,
        lists=[_of_list(each) for each in responses],
        is_closed=place.round.state == rounds.State.CLOSED,
        least=MIN_SHOWN,
    )


def _of_list(each: ListResponse) -> dict[str, Any]:
    """A list as the page shows it. Of functionaries, who are not anonymous, the number itself is told."""
    sent = each.counts.sent
    found = _itself(sent) if each.is_of_functionaries else count_of(sent)
    names = text_of(each.questionnaire.group_names, "nl") or "mensen"
    expired = partial(_expired, is_open=each.questionnaire.audience in OPEN_AUDIENCES)
    return {
        "title": title_of(each.questionnaire),
        "names": names,
        "is_open": each.questionnaire.audience in OPEN_AUDIENCES,
        "of_functionaries": each.is_of_functionaries,
        "size": each.size,
        "has_invited": each.counts.invited > 0,
        "steps": _steps(each.counts, found),
        "expired": expired(each.counts.invited, found, count_of(each.counts.declined)),
        "rate": rate_words(found, each.size),
        "verdict": VERDICT_WORDS[verdict(found, each.size)],
        "margin": margin_words(found, each.size),
        "needed": shortfall_words(found, each.size, names),
        "coach": step_words(found, each.size),
        "hidden": hidden_words(each.parts, each.measures),
        "groups": _of_groups(each.groups, expired),
        "unsized": listing(each.unsized),
        "outgrown": listing(each.outgrown),
        "has_erased": each.balance.erased > 0,
        "balance": _balance(each),
    }


def _expired(invited: int, sent: Count, declined: Count, *, is_open: bool) -> str:
    """Invitations of which nothing came before the round closed.

    Args:
        is_open: some came by an open link, which is no invitation.
    """
    return class_words(left_of(invited, Count(0, sent.high) if is_open else sent, declined))


def _itself(count: int) -> Count:
    return Count(count, count)


def _steps(counts: Counts, sent: Count) -> dict[str, str]:
    return {
        "invited": str(counts.invited),
        "opened": class_words(count_of(counts.opened)),
        "started": class_words(count_of(counts.started)),
        "sent": class_words(sent),
        "declined": class_words(count_of(counts.declined)),
    }


def _of_groups(groups: Sequence[GroupResponse], expired: Callable[..., str]) -> list[dict[str, Any]]:
    """Organisations, from five people on, in classes so broad that none follows from the total."""
    names = ("opened", "started", "sent", "declined")
    told = {name: classes_of_parts([getattr(each.counts, name) for each in groups]) for name in names}
    return [
        _of_group(each, {name: told[name][place] for name in names}, expired)
        for place, each in enumerate(groups)
    ]


def _of_group(
    each: GroupResponse, classes: Mapping[str, Count], expired: Callable[..., str]
) -> dict[str, Any]:
    size = each.group.size
    row = {
        "organisation": each.group.organisation,
        "size": size,
        "invited": each.counts.invited,
        "is_shown": size is not None and size >= MIN_SHOWN,
    }
    if not row["is_shown"]:
        return row | dict.fromkeys((*classes, "rate", "expired"), NOT_SHOWN)
    words = {name: class_words(found) for name, found in classes.items()}
    rest = {
        "rate": rate_words(classes["sent"], size) or NOT_SHOWN,
        "expired": expired(each.counts.invited, classes["sent"], classes["declined"]),
    }
    return row | words | rest


def _balance(each: ListResponse) -> dict[str, Any]:
    """Received = counted + hidden + withdrawn; while a round is open, kept stands for the first two."""
    as_class = _itself if each.is_of_functionaries else count_of
    told = {name: class_words(as_class(value)) for name, value in each.balance._asdict().items()}
    return {**told, "is_balanced": each.balance.is_balanced}
