"""The text of one kind of mail: to change, to copy with the facts of the round, and to send to partners."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app import jobs
from app.errors import SelectionRefused
from callbacks.questionnaires.desk import (
    ROUND_PLACE,
    Desk,
    Place,
    current_settings,
    do,
    has_server,
    now,
    reading,
    show,
    today,
)
from callbacks.questionnaires.round_mails import NO_SERVER, STATE_WORDS
from callbacks.server_pages import Route, asked_number, bound
from survey.checklist import title_of
from survey.lists import ListInRound
from survey.mail import partners
from survey.mail.copying import Copy, copy_of, fitting_lists, is_per_list, load_facts
from survey.mail.kinds import NAMES, NEEDED, OPEN_INVITATIONS, TO_PARTNERS, Kind, State, usable
from survey.mail.letters import load_texts, save_text
from survey.mail.standard import load_standard
from survey.mail.texts import MAX_BODY, MAX_SUBJECT, MailText

NOTICES = {
    "bewaard": "De tekst is bewaard.",
    "klaargezet": "De mails staan klaar. Wij versturen ze binnen enkele minuten.",
    "niemand": "Al deze adressen kregen deze mail al. Er is niets klaargezet.",
}


def routes(desk: Desk) -> Sequence[Route]:
    """The addresses of this module."""
    here = f"{ROUND_PLACE}/mails/tekst/<kind>"
    return (
        (here, "round_mail", "GET", bound(_show, desk)),
        (here, "round_mail_change", "POST", bound(_change, desk)),
        (f"{here}/versturen", "round_mail_send", "POST", bound(_send, desk)),
    )


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise NotFound from None


def _show(desk: Desk, region: str, round_id: int, kind: str) -> ResponseReturnValue:
    return show(desk, _page, region, round_id, kind=_kind(kind))


def _change(desk: Desk, region: str, round_id: int, kind: str) -> ResponseReturnValue:
    return do(desk, _save, _page, region, round_id, kind=_kind(kind))


def _save(place: Place, kind: Kind) -> str:
    subject, body = request.form.get("onderwerp", ""), request.form.get("tekst", "")
    if request.form.get("standaard") == "ja":
        subject, body = load_standard()[kind]
    save_text(place.session, place.round.id, kind, subject, body, by=place.viewer.login)
    return f"/mails/tekst/{kind}?klaar=bewaard#melding"


def _page(place: Place, errors: Mapping[str, str], kind: Kind) -> str:
    kept = load_texts(place.session, place.round.id)[kind]
    text = MailText(request.form["onderwerp"], request.form["tekst"]) if _is_typed(errors) else kept
    lists = fitting_lists(place.session, place.round.id, kind, place.desk.questionnaires)
    chosen = _chosen(lists)
    return place.render(
        "mailtekst.html",
        errors=errors,
        kind=kind,
        name=NAMES[kind],
        text=text,
        is_changed=text != load_standard()[kind],
        copy=_copy(place, kind, text, chosen),
        lists=[(each.id, title_of(each.original(place.desk.questionnaires))) for each in lists]
        if is_per_list(text)
        else [],
        chosen=chosen.id if chosen else 0,
        placeholders=usable(kind),
        needed=NEEDED.get(kind, ""),
        is_sent_by_us=kind not in OPEN_INVITATIONS.values(),
        max_subject=MAX_SUBJECT,
        max_body=MAX_BODY,
        notice=NOTICES.get(request.args.get("klaar", ""), ""),
        **(_sending(place, kind) if kind in TO_PARTNERS else {"to_partners": False}),
    )


def _is_typed(errors: Mapping[str, str]) -> bool:
    """Whether a changed text comes back, and no addresses."""
    return bool(errors) and "onderwerp" in request.form and "tekst" in request.form


def _chosen(lists: Sequence[ListInRound]) -> ListInRound | None:
    asked = asked_number(request.args, "lijst")
    return next((each for each in lists if each.id == asked), lists[0] if lists else None)


def _copy(place: Place, kind: Kind, text: MailText, found: ListInRound | None) -> Copy:
    settings, questionnaires = current_settings(), place.desk.questionnaires
    facts = load_facts(place.session, place.round, found, questionnaires, settings=settings, today=today())
    return copy_of(text, kind, facts)


def _sending(place: Place, kind: Kind) -> dict[str, Any]:
    """What the page tells of sending to partners."""
    mails = [mail for _, mail in partners.list_mails(place.session, place.round.id) if mail.kind == kind]
    data_dir = current_settings().data_dir
    return {
        "to_partners": True,
        "has_server": has_server(),
        "is_silent": jobs.is_worker_silent(place.session, data_dir, now=now()),
        "asked": request.form.get("adressen", ""),
        "most": partners.MOST_AT_ONCE,
        "states": [
            (STATE_WORDS[state], count)
            for state in State
            if (count := sum(1 for mail in mails if mail.state == state))
        ],
    }


def _send(desk: Desk, region: str, round_id: int, kind: str) -> ResponseReturnValue:
    """Ask whether it is meant, with the number of addresses; then write the mails down."""
    found = _kind(kind)
    if request.form.get("zeker") == "ja" and found in TO_PARTNERS:
        return do(desk, _queue, _page, region, round_id, kind=found)
    with reading(desk, region, round_id) as place:
        if found not in TO_PARTNERS:
            raise NotFound
        try:
            return _ask(place, found)
        except SelectionRefused as refused:
            return _page(place, refused.problems, found), 422


def _ask(place: Place, kind: Kind) -> str:
    asked = _addresses(place, kind)
    new = partners.list_new(place.session, place.round.id, kind, asked)
    if not new:
        raise SelectionRefused({"adressen": NOTICES["niemand"]})
    text = load_texts(place.session, place.round.id)[kind]
    return place.render(
        "mail-versturen.html",
        errors={},
        kind=kind,
        name=NAMES[kind],
        addresses=new,
        known=len(asked) - len(new),
        copy=_copy(place, kind, text, None),
    )


def _queue(place: Place, kind: Kind) -> str:
    asked, login = _addresses(place, kind), place.viewer.login
    count = partners.queue(place.session, place.round, kind, asked, by=login, today=today())
    return f"/mails/tekst/{kind}?klaar={'klaargezet' if count else 'niemand'}#melding"


def _addresses(place: Place, kind: Kind) -> list[str]:
    """The addresses of the form, where this mail can be sent to them.

    Raises:
        NotFound: it is no mail to partners.
    """
    if kind not in TO_PARTNERS:
        raise NotFound
    if not has_server():
        raise SelectionRefused({"adressen": NO_SERVER})
    partners.check_sendable(place.session, place.round, kind)
    return partners.read_addresses(request.form.get("adressen", ""))
