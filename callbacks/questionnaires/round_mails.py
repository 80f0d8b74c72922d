"""The mails of a round: their texts, what waits to be sent, and what needs a decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from app import jobs
from app.errors import SelectionRefused
from app.models import SurveyMail
from callbacks.questionnaires.desk import (
    ROUND_PLACE,
    Desk,
    Place,
    current_settings,
    do,
    has_server,
    now,
    show,
    today,
)
from callbacks.server_pages import Route, bound
from survey import rounds
from survey.mail import outbox, partners
from survey.mail.copying import copy_of, fitting_lists, is_per_list, load_facts
from survey.mail.kinds import NAMES, REMINDERS, Kind, State
from survey.mail.letters import load_texts
from survey.mail.standard import load_standard
from survey.mail.texts import MailText

NOTICES = {
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
NO_SERVER = "Dit dashboard kan zelf geen mail versturen. Kopieer de tekst en mail zelf."
_AGAIN = (State.UNCERTAIN, State.FAILED)


def routes(desk: Desk) -> Sequence[Route]:
    """The addresses of this module."""
    here = f"{ROUND_PLACE}/mails"
    return (
        (here, "round_mails", "GET", bound(show, desk, _page)),
        (f"{here}/versturen", "round_mails_queue", "POST", bound(do, desk, _queue, _page)),
        (f"{here}/opnieuw", "round_mails_again", "POST", bound(do, desk, _again, _page)),
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
            (kind, NAMES[kind], _subject(place, kind, texts[kind]), texts[kind] != standard[kind])
            for kind in Kind
        ],
        mails=[
            _row(mail) | {"name": invitation.name or "(zonder naam)", "email": invitation.email or "(gewist)"}
            for invitation, mail in mails
            if mail.state != State.SENT
        ],
        to_partners=[
            _row(mail) | {"name": NAMES[Kind(mail.kind)], "email": partner.email}
            for partner, mail in partners.list_mails(place.session, place.round.id)
            if mail.state != State.SENT
        ],
        sent=sum(1 for _, mail in mails if mail.state == State.SENT),
        unsure=any(state is State.UNCERTAIN for _, state in states),
        failed=any(state is State.FAILED for _, state in states),
        others=_others(states),
        has_server=has_server(),
        is_silent=jobs.is_worker_silent(place.session, settings.data_dir, now=moment),
        notice=NOTICES.get(request.args.get("klaar", ""), ""),
    )


def _subject(place: Place, kind: Kind, text: MailText) -> str:
    """What a mail is about, as its copy says it: nobody reads `{regio}`."""
    lists = fitting_lists(place.session, place.round.id, kind, place.desk.questionnaires)
    found = lists[0] if lists and is_per_list(text) else None
    questionnaires, settings = place.desk.questionnaires, current_settings()
    facts = load_facts(place.session, place.round, found, questionnaires, settings=settings, today=today())
    return copy_of(text, kind, facts).text.subject


def _row(mail: SurveyMail) -> dict[str, Any]:
    return {"state": STATE_WORDS[State(mail.state)], "error": mail.error, "attempts": mail.attempts}


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
    if not has_server():
        raise SelectionRefused({"versturen": NO_SERVER})
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
