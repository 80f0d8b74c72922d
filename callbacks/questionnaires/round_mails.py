"""The mails of a round: their texts, what waits to be sent, and what needs a decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app import jobs
from app.errors import SelectionRefused
from callbacks.questionnaires.desk import ROUND_PLACE, Desk, Place, current_settings, do, now, show, today
from callbacks.server_pages import Route, bound
from survey import rounds
from survey.lists import load_lists
from survey.mail import outbox
from survey.mail.kinds import COPIED, INVITATIONS, NAMES, NEEDED, PLACEHOLDERS, REMINDERS, Kind, State
from survey.mail.letters import example_values, load_texts, round_values, save_text
from survey.mail.standard import load_standard
from survey.mail.texts import MAX_BODY, MAX_SUBJECT, MailText, filled

NOTICES = {
    "bewaard": "De tekst is bewaard.",
    "klaargezet": "De uitnodigingen staan klaar. Wij versturen ze vanaf de eerste dag van de ronde.",
    "niemand": "Iedereen met een mailadres is al uitgenodigd. Er is niets klaargezet.",
    "opnieuw": "De mails staan weer klaar om te versturen.",
    "niets": "Er was niets om opnieuw te versturen.",
}
STATE_WORDS = {
    State.WAITING: "wacht",
    State.BUSY: "wordt verstuurd",
    State.SENT: "verstuurd",
    State.UNCERTAIN: "onzeker",
    State.FAILED: "mislukt",
}
_AGAIN = (State.UNCERTAIN, State.FAILED)


def routes(desk: Desk) -> Sequence[Route]:
    """The addresses of this module."""
    here = f"{ROUND_PLACE}/mails"
    return (
        (here, "round_mails", "GET", bound(show, desk, _page)),
        (f"{here}/versturen", "round_mails_queue", "POST", bound(do, desk, _queue, _page)),
        (f"{here}/opnieuw", "round_mails_again", "POST", bound(do, desk, _again, _page)),
        (f"{here}/tekst/<kind>", "round_mail", "GET", bound(_show_text, desk)),
        (f"{here}/tekst/<kind>", "round_mail_change", "POST", bound(_save_text, desk)),
    )


def _page(place: Place, errors: Mapping[str, str]) -> str:
    texts, standard = load_texts(place.session, place.round.id), load_standard()
    mails = outbox.list_invitation_mails(place.session, place.round.id)
    states = outbox.list_states(place.session, place.round.id)
    settings, moment = current_settings(), now()
    return place.render(
        "mails.html",
        errors=errors,
        kinds=[
            (
                kind,
                NAMES[kind],
                filled(texts[kind], _values(place, kind)).subject,
                texts[kind] != standard[kind],
            )
            for kind in Kind
        ],
        mails=[
            {
                "number": invitation.number,
                "name": invitation.name or "(zonder naam)",
                "email": invitation.email or "(gewist)",
                "state": STATE_WORDS[State(mail.state)],
                "error": mail.error,
                "attempts": mail.attempts,
            }
            for invitation, mail in mails
            if mail.state != State.SENT
        ],
        sent=sum(1 for _, mail in mails if mail.state == State.SENT),
        unsure=any(state is State.UNCERTAIN for _, state in states),
        failed=any(state is State.FAILED for _, state in states),
        others=_others(states),
        has_server=bool(settings.smtp_url and settings.mail_from),
        is_silent=jobs.is_worker_silent(place.session, settings.data_dir, now=moment),
        notice=NOTICES.get(request.args.get("klaar", ""), ""),
    )


def _others(states: set[tuple[Kind, State]]) -> list[tuple[str, list[str]]]:
    """Kind → states of reminders and thanks: no numbers and no names, which would tell who did not answer."""
    found = {}
    for kind in (*REMINDERS, Kind.THANKS):
        words = [STATE_WORDS[state] for state in State if (kind, state) in states]
        if words:
            found[NAMES[kind]] = words
    return list(found.items())


def _queue(place: Place) -> str:
    if place.round.state != rounds.State.OPEN:
        raise SelectionRefused({"versturen": "Uitnodigen per mail kan zolang de ronde open is."})
    if not current_settings().smtp_url:
        raise SelectionRefused(
            {"versturen": "Er is geen mailserver ingesteld. Kopieer de tekst en mail zelf."}
        )
    login = place.viewer.login
    count = outbox.queue_invitations(
        place.session, place.round, place.desk.questionnaires, by=login, today=today()
    )
    return f"/mails?klaar={'klaargezet' if count else 'niemand'}#melding"


def _again(place: Place) -> str:
    asked = request.form.get("stand", "")
    state = next((each for each in _AGAIN if each == asked), None)
    if state is None:
        return "/mails?klaar=niets#melding"
    count = outbox.send_again(place.session, place.round, state, by=place.viewer.login, today=today())
    return f"/mails?klaar={'opnieuw' if count else 'niets'}#melding"


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise NotFound from None


def _show_text(desk: Desk, region: str, round_id: int, kind: str) -> ResponseReturnValue:
    return show(desk, _text_page, region, round_id, kind=_kind(kind))


def _save_text(desk: Desk, region: str, round_id: int, kind: str) -> ResponseReturnValue:
    return do(desk, _save, _text_page, region, round_id, kind=_kind(kind))


def _save(place: Place, kind: Kind) -> str:
    subject, body = request.form.get("onderwerp", ""), request.form.get("tekst", "")
    if request.form.get("standaard") == "ja":
        subject, body = load_standard()[kind]
    save_text(place.session, place.round.id, kind, subject, body, by=place.viewer.login)
    return f"/mails/tekst/{kind}?klaar=bewaard#melding"


def _text_page(place: Place, errors: Mapping[str, str], kind: Kind) -> str:
    text = load_texts(place.session, place.round.id)[kind]
    if errors:
        text = MailText(request.form.get("onderwerp", ""), request.form.get("tekst", ""))
    return place.render(
        "mailtekst.html",
        errors=errors,
        kind=kind,
        name=NAMES[kind],
        text=text,
        is_changed=text != load_standard()[kind],
        preview=filled(text, _values(place, kind)),
        placeholders=PLACEHOLDERS,
        needed=NEEDED.get(kind, ""),
        is_copied=kind in COPIED,
        max_subject=MAX_SUBJECT,
        max_body=MAX_BODY,
        notice=NOTICES.get(request.args.get("klaar", ""), ""),
    )


def _values(place: Place, kind: Kind) -> dict[str, Any]:
    """What the preview fills in: the round's own facts, and invented ones of an addressee."""
    questionnaires = place.desk.questionnaires
    asked = [each.original(questionnaires) for each in load_lists(place.session, place.round.id)]
    fitting = [each for each in asked if INVITATIONS[each.audience] == kind] or asked
    values = round_values(place.session, place.round, questionnaires, today())
    return example_values(values, fitting[0] if fitting else None)
