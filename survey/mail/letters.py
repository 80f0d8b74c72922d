"""A mail of the outbox as the text that goes to its addressee, filled in when it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit import record
from app.config import Settings
from app.disclosure.cells import MIN_SHOWN, count_of
from app.models import (
    Region,
    SurveyGroup,
    SurveyInvitation,
    SurveyList,
    SurveyMail,
    SurveyMailText,
    SurveyPartner,
    SurveyRound,
)
from app.wording import class_words, day, listing
from survey.definition import Questionnaire, text_of
from survey.invitations import link_of
from survey.lists import Questionnaires, load_lists
from survey.mail.kinds import Kind
from survey.mail.standard import load_standard
from survey.mail.texts import MailText, check_text, filled
from survey.release import public_address
from survey.tokens import survey_key, token_of

NO_DATE = "een datum die nog volgt"
COLLEAGUE = "collega"
"""How somebody is addressed of whom we know an address only."""


@dataclass(frozen=True)
class Letter:
    """A mail that is ready to go."""

    addressee_id: str
    """Of the invitation or the partner."""
    kind: Kind
    text: MailText
    sender_name: str
    name: str
    address: str


def load_texts(session: Session, round_id: int) -> dict[Kind, MailText]:
    """The text of every kind in a round: as the coordinator changed it, else the standard one."""
    rows = session.scalars(select(SurveyMailText).where(SurveyMailText.round_id == round_id))
    return dict(load_standard()) | {Kind(row.kind): MailText(row.subject, row.body) for row in rows}


def save_text(session: Session, round_id: int, kind: Kind, subject: str, body: str, *, by: str) -> None:
    """Keep a changed text; the standard one is kept by forgetting the change.

    Raises:
        SelectionRefused: the text cannot be used.
    """
    text = check_text(kind, subject, body)
    row = session.get(SurveyMailText, (round_id, kind))
    if text == check_text(kind, *load_standard()[kind]):
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(SurveyMailText(round_id=round_id, kind=kind, subject=text.subject, body=text.body))
    else:
        row.subject, row.body = text
    record(session, by=by, action="mailtekst gewijzigd", subject=f"ronde {round_id}", detail=kind)


def load_letter(
    session: Session, mail_id: int, questionnaires: Questionnaires, settings: Settings, today: date
) -> Letter | None:
    """The letter of a mail; None where the address was erased, or the mail with it."""
    mail = session.get(SurveyMail, mail_id)
    if mail is None:
        return None
    if mail.partner_id is not None:
        return _to_partner(session, mail, questionnaires, today)
    invitation = session.get_one(SurveyInvitation, mail.invitation_id)
    if not invitation.email:
        return None
    group = session.get_one(SurveyGroup, invitation.group_id)
    row = session.get_one(SurveyList, group.list_id)
    round_ = session.get_one(SurveyRound, row.round_id)
    kind = Kind(mail.kind)
    values = round_values(session, round_, questionnaires, today)
    values |= list_values(session, row, questionnaires[row.questionnaire, row.version])
    values |= {
        "naam": invitation.name or COLLEAGUE,
        "aanhef": invitation.name or "deelnemer",
        "organisatie": group.organisation,
        "uitkomst": public_address(round_.id, settings.base_url),
    }
    if kind is not Kind.THANKS:  # what was sent is done with its link
        token = token_of(survey_key(settings), invitation.nonce)
        values["link"] = link_of(settings.base_url, token)
    text = filled(load_texts(session, round_.id)[kind], values)
    return Letter(invitation.id, kind, text, values["regio"], invitation.name, invitation.email)


def _to_partner(session: Session, mail: SurveyMail, questionnaires: Questionnaires, today: date) -> Letter:
    partner = session.get_one(SurveyPartner, mail.partner_id)
    round_ = session.get_one(SurveyRound, partner.round_id)
    kind = Kind(mail.kind)
    values = round_values(session, round_, questionnaires, today)
    values["aanhef"] = COLLEAGUE
    text = filled(load_texts(session, round_.id)[kind], values)
    return Letter(partner.id, kind, text, values["regio"], "", partner.email)


def round_values(
    session: Session, round_: SurveyRound, questionnaires: Questionnaires, today: date
) -> dict[str, str]:
    """What placeholders stand for in every mail of a round."""
    region = session.scalars(select(Region.name).where(Region.code == round_.region_code)).one()
    asked = [each.original(questionnaires) for each in load_lists(session, round_.id)]
    left = max((round_.closes_on - today).days + 1, 0)
    return {
        "regio": region,
        "afzender": region,
        "doelgroepen": _names(asked) or "de mensen die met kinderen werken",
        "datum_uitzetten": day(round_.opens_on),
        "sluitdatum": day(round_.closes_on),
        "dagen": f"{left} dag" if left == 1 else f"{left} dagen",
        "datum_bijeenkomst_1": day(round_.first_meeting_on) if round_.first_meeting_on else NO_DATE,
        "datum_bijeenkomst_2": day(round_.meeting_on) if round_.meeting_on else NO_DATE,
        "min_n": str(MIN_SHOWN),
        "kanaal": round_.channel or "uw coördinator",
        "contact": round_.contact or region,
    }


def list_values(session: Session, row: SurveyList, questionnaire: Questionnaire) -> dict[str, str]:
    """What placeholders stand for in mails about one list; responses only as classes."""
    found = class_words(count_of(row.received - row.withdrawn))
    invited = _count_invited(session, row.id)
    of_all = f" van de {invited}" if invited > row.received else ""
    return {
        "vragenlijst": text_of(questionnaire.titles, "nl"),
        "minuten": str(questionnaire.minutes),
        "respons": f"{found}{of_all} mensen deden mee",
        "n": found,
    }


def _names(asked: Sequence[Questionnaire]) -> str:
    names = (text_of(each.group_names, "nl") for each in asked)
    return listing(list(dict.fromkeys(name for name in names if name)))


def _count_invited(session: Session, list_id: int) -> int:
    """Everybody who was invited, also who declined: without them the number would tell how many did."""
    query = (
        select(func.count())
        .select_from(SurveyInvitation)
        .join(SurveyGroup, SurveyGroup.id == SurveyInvitation.group_id)
        .where(SurveyGroup.list_id == list_id, SurveyGroup.is_test.is_(False))
    )
    return session.scalar(query) or 0
