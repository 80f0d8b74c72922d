"""Mails to people who are asked nothing: partners who tell of a round, and who is invited to a meeting.

The coordinator pastes addresses. They are written down with the round, get each kind of mail once, and are
erased as the addresses of invitees are.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import record
from app.errors import SelectionRefused
from app.models import SurveyMail, SurveyPartner, SurveyRound
from app.names import clean
from app.wording import listing
from survey.invitations import numbers_told
from survey.mail.kinds import MEETING_DATES, Kind, State, usable
from survey.mail.letters import load_texts
from survey.mail.message import is_address
from survey.mail.texts import placeholders_of
from survey.tokens import make_id

MOST_AT_ONCE = 100
NO_DAY = (
    "De dag van de bijeenkomst is nog niet bekend. Vul hem in bij ‘Gegevens van de ronde’, of zet hem in de "
    "tekst op de plek van {{{name}}}."
)

NO_VALUE = "Dit kunnen wij in deze mail niet invullen: {names}. Haal het uit de tekst."


def read_addresses(text: str) -> list[str]:
    """The addresses of pasted lines, each once, in small letters.

    Raises:
        SelectionRefused: there are none or too many, or it names the lines that are none.
    """
    lines = [(number, clean(line)) for number, line in enumerate(text.splitlines(), 1)]
    filled = [(number, line) for number, line in lines if line]
    if not filled:
        raise SelectionRefused({"adressen": "Plak eerst mailadressen, één per regel."})
    if len(filled) > MOST_AT_ONCE:
        raise SelectionRefused({"adressen": f"Plak hoogstens {MOST_AT_ONCE} adressen tegelijk."})
    if wrong := [number for number, line in filled if not is_address(line)]:
        raise SelectionRefused(
            {"adressen": f"Controleer regel {numbers_told(wrong)}: schrijf één mailadres per regel."}
        )
    return list(dict.fromkeys(line.lower() for _, line in filled))


def check_sendable(session: Session, round_: SurveyRound, kind: Kind) -> None:
    """Refuse a mail that would reach nobody, has a gap, or would invite to a meeting without a day.

    A coordinator may also write the day in the text itself: after the round its dates are settled.

    Raises:
        SelectionRefused: in words.
    """
    if round_.is_demo:
        raise SelectionRefused({"adressen": "Deze ronde is verzonnen. Wij versturen er geen mail over."})
    dates = {"datum_bijeenkomst_1": round_.first_meeting_on, "datum_bijeenkomst_2": round_.meeting_on}
    used = placeholders_of(load_texts(session, round_.id)[kind])
    if unknown := sorted(used - set(usable(kind))):
        names = listing([f"{{{name}}}" for name in unknown])
        raise SelectionRefused({"adressen": NO_VALUE.format(names=names)})
    name = MEETING_DATES.get(kind)
    if name in used and dates[name] is None:
        raise SelectionRefused({"adressen": NO_DAY.format(name=name)})


def list_new(session: Session, round_id: int, kind: Kind, addresses: Sequence[str]) -> list[str]:
    """Those of the addresses to which this kind of mail does not go yet."""
    query = (
        select(SurveyPartner.email)
        .join(SurveyMail, SurveyMail.partner_id == SurveyPartner.id)
        .where(SurveyPartner.round_id == round_id, SurveyMail.kind == kind)
    )
    known = set(session.scalars(query))
    return [each for each in addresses if each not in known]


def queue(
    session: Session, round_: SurveyRound, kind: Kind, addresses: Sequence[str], *, by: str, today: date
) -> int:
    """Write down a mail to every address that has none of this kind yet; return how many.

    Raises:
        SelectionRefused: the mail cannot be sent.
    """
    check_sendable(session, round_, kind)
    new = list_new(session, round_.id, kind, addresses)
    rows = session.scalars(select(SurveyPartner).where(SurveyPartner.round_id == round_.id))
    ids = {row.email: row.id for row in rows}
    for email in new:
        if email not in ids:
            ids[email] = make_id()
            session.add(SurveyPartner(id=ids[email], round_id=round_.id, email=email))
    session.flush()
    session.add_all(
        SurveyMail(partner_id=ids[email], kind=kind, state=State.WAITING, due_on=today) for email in new
    )
    if new:
        detail = f"{kind}: {len(new)} mails"
        record(session, by=by, action="mails klaargezet", subject=f"ronde {round_.id}", detail=detail)
    return len(new)


def list_mails(session: Session, round_id: int) -> list[tuple[SurveyPartner, SurveyMail]]:
    """The mails to partners of a round with how far each is."""
    query = (
        select(SurveyPartner, SurveyMail)
        .join(SurveyMail, SurveyMail.partner_id == SurveyPartner.id)
        .where(SurveyPartner.round_id == round_id)
        .order_by(SurveyMail.kind, SurveyPartner.email)
    )
    return [(partner, mail) for partner, mail in session.execute(query)]
