"""Personal links: by mail to people with an address, on paper as numbered codes for others.

A link is derived from a nonce when it is sent or printed; the database knows only its keyed hash.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit import record
from app.errors import SelectionRefused
from app.models import SurveyGroup, SurveyInvitation
from app.names import MAX_NAME, clean
from app.wording import listing
from survey.definition import Audience
from survey.groups import OPEN_AUDIENCES, get_test_group
from survey.mail.message import is_address
from survey.tokens import Token, make_id, make_nonce, token_hash, token_of

MOST_AT_ONCE, MOST_IN_GROUP = 500, 5000
_TOLD = 8


NAMELESS = (
    "Ouders en jongeren nodigt u uit zonder naam of mailadres: met de open link van de groep of met codes op "
    "papier. Er is niemand toegevoegd."
)


class State(StrEnum):
    """How far an invitee is. It tells that somebody answered, and is for counts and reminders only.

    Who has neither sent nor refused when the round closes is `verlopen`: that follows from the round, so it
    is no state of the row (survey.reliability.left_of tells how many).
    """

    INVITED = "uitgenodigd"
    OPENED = "geopend"
    STARTED = "begonnen"
    SENT = "verzonden"
    REFUSED = "geweigerd"


REMINDABLE = (State.INVITED, State.OPENED, State.STARTED)


class Person(NamedTuple):
    """Somebody to invite."""

    name: str
    email: str


def read_people(text: str) -> list[Person]:
    """The people of pasted lines `naam; e-mail`; the address may also stand alone.

    Raises:
        SelectionRefused: it names every line that is not right, up to eight.
    """
    people, problems = [], []
    lines = [(number, clean(line)) for number, line in enumerate(text.splitlines(), 1)]
    filled = [(number, line) for number, line in lines if line]
    if not filled:
        raise SelectionRefused({"mensen": "Plak eerst regels met een naam en een e-mailadres."})
    if len(filled) > MOST_AT_ONCE:
        raise SelectionRefused({"mensen": f"Plak hoogstens {MOST_AT_ONCE} regels tegelijk."})
    for number, line in filled:
        name, _, email = (part.strip() for part in line.rpartition(";"))
        if is_address(email) and len(name) <= MAX_NAME and name.isprintable() and ";" not in name:
            people.append(Person(name, email))
        else:
            problems.append(number)
    if problems:
        told = numbers_told(problems)
        raise SelectionRefused(
            {"mensen": f"Controleer regel {told}: schrijf ‘naam; e-mail’, met één adres per regel."}
        )
    return people


def numbers_told(numbers: Sequence[int]) -> str:
    """The numbers of lines in words: at most eight, and how many more there are."""
    more = f" en nog {len(numbers) - _TOLD}" if len(numbers) > _TOLD else ""
    return listing([str(number) for number in numbers[:_TOLD]]) + more


def check_named(audience: Audience) -> None:
    """Refuse to write down who parents and young people are: they are asked by an open link or a code.

    Raises:
        SelectionRefused: the questionnaire is for them.
    """
    if audience in OPEN_AUDIENCES:
        raise SelectionRefused({"mensen": NAMELESS})


def add_people(
    session: Session, group: SurveyGroup, people: Sequence[Person], key: bytes, *, by: str, round_id: int
) -> int:
    """Invite people, and return how many; an address that has an invitation for this list is passed over."""
    query = (
        select(func.lower(SurveyInvitation.email))
        .join(SurveyGroup, SurveyGroup.id == SurveyInvitation.group_id)
        .where(SurveyGroup.list_id == group.list_id, SurveyInvitation.email != "")
    )
    known = set(session.scalars(query))
    new = []
    for person in people:
        if person.email.lower() not in known:
            known.add(person.email.lower())
            new.append(person)
    _add(session, group, new, key)
    if new:
        _record(session, by, round_id, f"{len(new)} mensen in groep {group.id}")
    return len(new)


def is_working(invitation: SurveyInvitation, key: bytes) -> bool:
    """Whether the link of an invitation opens something: not once who had it was erased."""
    return token_hash(key, token_of(key, invitation.nonce)) == invitation.token_hash


def read_number(text: str) -> int:
    """How many codes a form asks for.

    Raises:
        SelectionRefused: it is no number from 1 to 500.
    """
    digits = text.strip()
    if (
        not digits.isascii()
        or not digits.isdigit()
        or len(digits) > 4
        or not 1 <= int(digits) <= MOST_AT_ONCE
    ):
        raise SelectionRefused({"codes": f"Vul een heel getal in van 1 tot en met {MOST_AT_ONCE}."})
    return int(digits)


def add_codes(
    session: Session, group: SurveyGroup, number: int, key: bytes, *, by: str, round_id: int
) -> None:
    """Make codes on paper, for people who are not named."""
    _add(session, group, [Person("", "")] * number, key)
    _record(session, by, round_id, f"{number} codes in groep {group.id}")


def add_test(session: Session, list_id: int, key: bytes) -> Token:
    """A fresh link for a test answer, which never counts."""
    return _add(session, get_test_group(session, list_id), [Person("", "")], key)[0]


def is_tested(session: Session, list_id: int) -> bool:
    """Whether somebody sent a test answer."""
    query = (
        select(SurveyInvitation.id)
        .join(SurveyGroup, SurveyGroup.id == SurveyInvitation.group_id)
        .where(SurveyGroup.list_id == list_id, SurveyGroup.is_test.is_(True))
        .where(SurveyInvitation.state == State.SENT)
    )
    return session.scalar(query.limit(1)) is not None


def list_invitations(session: Session, group_ids: Sequence[int]) -> Sequence[SurveyInvitation]:
    """The invitations of groups in the order of their numbers."""
    query = select(SurveyInvitation).where(SurveyInvitation.group_id.in_(group_ids))
    return session.scalars(query.order_by(SurveyInvitation.group_id, SurveyInvitation.number)).all()


def link_of(base_url: str, token: Token) -> str:
    """The address that opens a questionnaire; the host name comes from the settings only."""
    return f"{base_url}/invullen/{token}"


def _add(session: Session, group: SurveyGroup, people: Sequence[Person], key: bytes) -> list[Token]:
    last = select(func.max(SurveyInvitation.number)).where(SurveyInvitation.group_id == group.id)
    first = (session.scalar(last) or 0) + 1
    if first - 1 + len(people) > MOST_IN_GROUP:
        raise SelectionRefused({"mensen": f"Een groep heeft hoogstens {MOST_IN_GROUP} uitnodigingen."})
    tokens = []
    for number, person in enumerate(people, first):
        nonce = make_nonce()
        tokens.append(token_of(key, nonce))
        session.add(
            SurveyInvitation(
                id=make_id(),
                group_id=group.id,
                number=number,
                name=person.name,
                email=person.email,
                nonce=nonce,
                token_hash=token_hash(key, tokens[-1]),
                state=State.INVITED,
            )
        )
    session.flush()
    return tokens


def _record(session: Session, by: str, round_id: int, detail: str) -> None:
    record(session, by=by, action="uitgenodigd", subject=f"ronde {round_id}", detail=detail)
