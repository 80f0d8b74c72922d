"""What a round asks: its questionnaires, without dropped themes, with own questions, and test answers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import request
from flask.typing import ResponseReturnValue

from callbacks.questionnaires.desk import ROUND_PLACE, Desk, Place, change, current_settings, do, show
from callbacks.server_pages import Route, bound
from survey import rounds
from survey.checklist import title_of
from survey.choosing import choose_lists, get_list, newest, read_own, tailor_list
from survey.definition import Questionnaire, Scale, text_of
from survey.invitations import add_test, is_tested, link_of
from survey.lists import load_list, load_lists
from survey.tailoring import MAX_OWN, MAX_OWN_TEXT, OWN_SCALES, droppable_themes

SCALE_WORDS = {
    Scale.AGREE: "eens of oneens (vijf stappen)",
    Scale.FREQUENCY: "hoe vaak (vijf stappen)",
    Scale.SATISFIED: "hoe tevreden (vijf stappen)",
    Scale.GRADE: "rapportcijfer (1 tot en met 10)",
    Scale.YES_NO: "ja, nee of weet ik niet",
    Scale.OPEN: "eigen woorden",
}
NOTICES = {
    "gekozen": "Uw keuze is bewaard.",
    "op-maat": "De vragenlijst is aangepast.",
}


class Offer(NamedTuple):
    """A questionnaire that a round may ask."""

    id: str
    title: str
    minutes: int
    names: str
    is_chosen: bool


def routes(desk: Desk) -> Sequence[Route]:
    """The addresses of this module."""
    one = f"{ROUND_PLACE}/lijsten/<int:list_id>"
    return (
        (f"{ROUND_PLACE}/lijsten", "round_lists", "GET", bound(show, desk, _page)),
        (f"{ROUND_PLACE}/lijsten", "round_lists_choose", "POST", bound(do, desk, _choose, _page)),
        (one, "round_list", "GET", bound(show, desk, _one_page)),
        (one, "round_list_change", "POST", bound(do, desk, _tailor, _one_page)),
        (f"{one}/test", "round_list_test", "POST", bound(_test, desk)),
    )


def _page(place: Place, errors: Mapping[str, str], test_link: str = "") -> str:
    questionnaires = place.desk.questionnaires
    lists = load_lists(place.session, place.round.id)
    chosen = {each.questionnaire for each in lists}
    return place.render(
        "lijsten.html",
        errors=errors,
        offers=[_offer(each, chosen) for each in newest(questionnaires)],
        lists=[
            {
                "id": each.id,
                "title": title_of(each.original(questionnaires)),
                "dropped": [
                    text_of(each.original(questionnaires).themes[theme], "nl") for theme in each.dropped
                ],
                "own": len(each.own),
                "is_tested": is_tested(place.session, each.id),
            }
            for each in lists
        ],
        test_link=test_link,
        can_test=place.round.state != rounds.State.CLOSED,
        notice=NOTICES.get(request.args.get("klaar", ""), ""),
    )


def _offer(questionnaire: Questionnaire, chosen: set[str]) -> Offer:
    return Offer(
        questionnaire.id,
        title_of(questionnaire),
        questionnaire.minutes,
        text_of(questionnaire.group_names, "nl"),
        questionnaire.id in chosen,
    )


def _choose(place: Place) -> str:
    chosen = request.form.getlist("lijst")
    choose_lists(place.session, place.round, chosen, place.desk.questionnaires, by=place.viewer.login)
    return "/lijsten?klaar=gekozen#melding"


def _one_page(place: Place, errors: Mapping[str, str], list_id: int) -> str:
    row = get_list(place.session, place.round.id, list_id)
    each = load_list(place.session, row.id)
    original = each.original(place.desk.questionnaires)
    own: list[tuple[str, str]] = [(question.text, question.scale) for question in each.own]
    kept = [theme for theme in droppable_themes(original) if theme not in each.dropped]
    if errors:
        own = list(zip(request.form.getlist("vraag"), request.form.getlist("schaal"), strict=False))
        kept = request.form.getlist("thema")
    empty = ("", Scale.AGREE.value)
    return place.render(
        "op-maat.html",
        errors=errors,
        list_id=list_id,
        title=title_of(original),
        themes=[
            (theme, text_of(original.themes[theme], "nl"), theme in kept)
            for theme in droppable_themes(original)
        ],
        fixed=[text_of(original.themes[theme], "nl") for theme in _fixed(original)],
        own=(own + [empty] * MAX_OWN)[:MAX_OWN],
        scales=[(scale.value, SCALE_WORDS[scale]) for scale in OWN_SCALES],
        most=MAX_OWN,
        max_text=MAX_OWN_TEXT,
    )


def _fixed(questionnaire: Questionnaire) -> list[str]:
    free = set(droppable_themes(questionnaire))
    used = dict.fromkeys(question.theme for question in questionnaire.questions)
    return [theme for theme in used if theme not in free]


def _tailor(place: Place, list_id: int) -> str:
    row = get_list(place.session, place.round.id, list_id)
    own = read_own(request.form.getlist("vraag"), request.form.getlist("schaal"))
    tailor_list(
        place.session,
        row,
        place.desk.questionnaires[row.questionnaire, row.version],
        kept=request.form.getlist("thema"),
        own=own,
        by=place.viewer.login,
    )
    return "/lijsten?klaar=op-maat#melding"


def _test(desk: Desk, region: str, round_id: int, list_id: int) -> ResponseReturnValue:
    """A page with a fresh test link: it stands in this answer only, never in an address."""

    def add(place: Place) -> ResponseReturnValue:
        row = get_list(place.session, place.round.id, list_id)
        if place.round.state == rounds.State.CLOSED:
            return _page(place, {"test": "De ronde is gesloten: testen kan niet meer."}), 422
        token = add_test(place.session, row.id, place.key)
        return _page(place, {}, link_of(current_settings().base_url, token))

    return change(desk, region, round_id, add)
