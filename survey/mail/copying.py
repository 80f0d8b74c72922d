"""A mail as a coordinator copies it: facts of the round, and open brackets for what only they can fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.config import Settings
from app.models import SurveyList, SurveyRound
from survey.definition import Audience
from survey.lists import ListInRound, Questionnaires, load_lists
from survey.mail.kinds import INVITATIONS, MEETING_DATES, OF_LIST, OPEN_INVITATIONS, TO_PARTNERS, Kind
from survey.mail.letters import COLLEAGUE, NO_DATE, list_values, round_values
from survey.mail.texts import MailText, filled, placeholders_of
from survey.release import Release, public_address

ON_SHEET = "staat op het blad van de groep, bij Uitnodigen"
BRACKETS = {
    "naam": ("[naam]", "de naam van wie de mail krijgt"),
    "aanhef": ("[naam]", "de naam van wie de mail krijgt"),
    "organisatie": ("[organisatie]", "de organisatie van wie de mail krijgt"),
    "link": ("[persoonlijke link]", ON_SHEET),
    "vragenlijst": ("[vragenlijst]", "deze ronde heeft nog geen vragenlijst voor deze mail"),
    "minuten": ("[aantal minuten]", "deze ronde heeft nog geen vragenlijst voor deze mail"),
    "respons": ("[hoeveel mensen meededen]", "deze ronde heeft nog geen vragenlijst voor deze mail"),
    "n": ("[aantal mensen]", "bekend als de ronde gesloten is"),
    "uitkomst": ("[adres van de uitkomst]", "bekend als de uitkomst openbaar is"),
    "datum_bijeenkomst_1": ("[dag van bijeenkomst 1]", "nog niet ingevuld bij de gegevens van de ronde"),
    "datum_bijeenkomst_2": ("[dag van bijeenkomst 2]", "nog niet ingevuld bij de gegevens van de ronde"),
}
"""Placeholder → what stands in the copy as long as the fact is not known here, and what it waits for."""

OPEN_LINK = ("[open link]", ON_SHEET)


@dataclass(frozen=True)
class Copy:
    """A mail to copy, and what its reader must still fill in: bracket → where it comes from."""

    text: MailText
    missing: Mapping[str, str]


def fitting_lists(
    session: Session, round_id: int, kind: Kind, questionnaires: Questionnaires
) -> list[ListInRound]:
    """The lists of a round whose people get this kind of mail."""
    if kind in TO_PARTNERS:
        return []
    invited = INVITATIONS | OPEN_INVITATIONS
    asked: set[Audience] = {each for each, name in invited.items() if name == kind} or set(INVITATIONS)
    return [each for each in load_lists(session, round_id) if each.original(questionnaires).audience in asked]


def is_per_list(text: MailText) -> bool:
    """Whether a text says something that differs per questionnaire."""
    return bool(placeholders_of(text) & OF_LIST)


def load_facts(
    session: Session,
    round_: SurveyRound,
    found: ListInRound | None,
    questionnaires: Questionnaires,
    *,
    settings: Settings,
    today: date,
) -> dict[str, str]:
    """What is known of a round and one of its lists, as its own mails would say it."""
    facts = round_values(session, round_, questionnaires, today)
    for name in MEETING_DATES.values():
        if facts[name] == NO_DATE:
            del facts[name]
    if found is not None:
        facts |= list_values(session, session.get_one(SurveyList, found.id), found.original(questionnaires))
        if round_.closed_at is None:
            del facts["n"]
    if round_.release == Release.PUBLIC:
        facts["uitkomst"] = public_address(round_.id, settings.base_url)
    return facts


def copy_of(text: MailText, kind: Kind, facts: Mapping[str, str]) -> Copy:
    """A text with the facts filled in, and brackets for the rest."""
    brackets = dict(BRACKETS)
    if kind in OPEN_INVITATIONS.values():
        brackets["link"] = OPEN_LINK
    known = {"aanhef": COLLEAGUE, **facts} if kind in TO_PARTNERS else facts
    open_names = _in_order(text, [name for name in brackets if name not in known])
    values = {name: bracket for name, (bracket, _) in brackets.items()} | dict(known)
    return Copy(filled(text, values), dict(brackets[name] for name in open_names))


def _in_order(text: MailText, names: Sequence[str]) -> list[str]:
    """Which of these placeholders a text has, in the order in which it does."""
    whole = f"{text.subject}\n{text.body}"
    return sorted(placeholders_of(text) & set(names), key=lambda name: whole.index(f"{{{name}}}"))
