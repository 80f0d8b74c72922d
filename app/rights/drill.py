"""After a leak: which organisations and people are touched by an account, a round or an upload.

For the seventy-two hours of AVG article 33: what must be told to whom. It prints names and addresses that are
still there, and no answer and no free text.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import REGIONAL_ROLES
from app.errors import BadInput
from app.models import (
    AuditEvent,
    DataJob,
    Grant,
    OwnFigure,
    OwnGroup,
    OwnGroupMember,
    OwnUpload,
    Region,
    SurveyDraft,
    SurveyGroup,
    SurveyInvitation,
    SurveyList,
    SurveyOpenAnswer,
    SurveyPartner,
    SurveyResponse,
    SurveyRound,
    SurveyRoundRegion,
    User,
)


class Part(NamedTuple):
    """One part of the answer: a heading and its lines."""

    title: str
    lines: Sequence[str]


def touched_by_account(session: Session, user: User) -> list[Part]:
    """What an account could see and what it did."""
    regions = [grant.region_code for grant in user.grants if grant.role in REGIONAL_ROLES]
    rounds = session.scalars(
        select(SurveyRound.id)
        .join(SurveyRoundRegion, SurveyRoundRegion.round_id == SurveyRound.id)
        .where(SurveyRoundRegion.region_code.in_(regions))
        .distinct()
        .order_by(SurveyRound.id)
    ).all()
    uploads = session.scalars(
        select(OwnUpload.id)
        .join(Region, Region.id == OwnUpload.region_id)
        .where(Region.code.in_(regions))
        .order_by(OwnUpload.id)
    ).all()
    return [
        Part("Account", [f"{user.login} ({user.name})"]),
        Part("Rollen", [f"{grant.role} in {_named(session, grant.region_code)}" for grant in user.grants]),
        Part("Eigen cijfers die het account kon zien", [f"upload {each}" for each in uploads]),
        Part("Rondes die het account kon zien", [_round_line(session, each) for each in rounds]),
        Part("Wat het account deed", list(_acts(session, user.login))),
    ]


def touched_by_round(session: Session, round_id: int) -> list[Part]:
    """Whose data a round holds.

    Raises:
        BadInput: there is no such round.
    """
    if session.get(SurveyRound, round_id) is None:
        raise BadInput(f"Er is geen ronde {round_id}.")
    return [
        Part("Ronde", [_round_line(session, round_id)]),
        Part("Regio’s die meedoen", _regions_of(session, round_id)),
        Part("Mensen met een rol in die regio’s", list(_people_of(session, round_id))),
        Part("Organisaties die zijn gevraagd", list(_organisations(session, round_id))),
        Part("Genodigden van wie naam of adres er nog staat", list(_invitees(session, round_id))),
        Part("Partners aan wie is gemaild", list(_partners(session, round_id))),
        Part("Antwoorden", list(_answers(session, round_id))),
    ]


def touched_by_upload(session: Session, upload: str) -> list[Part]:
    """What came in with an upload: a number is one of own figures, anything else one of national figures.

    Raises:
        BadInput: there is no such upload.
    """
    own = session.get(OwnUpload, int(upload)) if upload.isdecimal() and len(upload) < 10 else None
    if own is not None:
        return _own_upload(session, own)
    job = session.get(DataJob, upload)
    if job is None:
        raise BadInput(f"Er is geen upload {upload!r}.")
    return [
        Part("Upload", [f"{job.name}, {job.state}, door {job.created_by}"]),
        Part("Versie", [str(job.version_id or "geen")]),
    ]


def _own_upload(session: Session, upload: OwnUpload) -> list[Part]:
    region = session.get_one(Region, upload.region_id)
    figures = select(OwnFigure.indicator, OwnFigure.period, func.count()).where(
        OwnFigure.upload_id == upload.id
    )
    rows = session.execute(
        figures.group_by(OwnFigure.indicator, OwnFigure.period).order_by(
            OwnFigure.indicator, OwnFigure.period
        )
    )
    groups = session.execute(
        select(OwnGroup.indicator, OwnGroup.period, OwnGroup.kind)
        .join(OwnGroupMember, OwnGroupMember.group_id == OwnGroup.id)
        .where(OwnGroupMember.upload_id == upload.id)
        .distinct()
        .order_by(OwnGroup.indicator, OwnGroup.period)
    )
    return [
        Part("Upload", [f"{upload.file_name}, door {upload.by}, {upload.at:%Y-%m-%d}"]),
        Part("Organisatie", [f"{region.code} {region.name}"]),
        Part("Cijfers", [f"{indicator} {period}: {count}" for indicator, period, count in rows]),
        Part("Telt mee in groepswaarden", [" ".join(group) for group in groups]),
    ]


def _acts(session: Session, login: str) -> Iterator[str]:
    query = (
        select(AuditEvent.action, AuditEvent.subject, func.count())
        .where(AuditEvent.actor == login)
        .group_by(AuditEvent.action, AuditEvent.subject)
        .order_by(AuditEvent.action, AuditEvent.subject)
    )
    for action, subject, count in session.execute(query):
        yield f"{action} {subject}: {count}"


def _round_line(session: Session, round_id: int) -> str:
    found = session.get_one(SurveyRound, round_id)
    invented = ", verzonnen antwoorden" if found.is_demo else ""
    return f"ronde {found.id}: {found.title} ({found.state}, {_named(session, found.region_code)}{invented})"


def _regions_of(session: Session, round_id: int) -> list[str]:
    query = select(SurveyRoundRegion.region_code).where(SurveyRoundRegion.round_id == round_id)
    codes = session.scalars(query.order_by(SurveyRoundRegion.region_code))
    return [_named(session, code) for code in codes.all()]


def _people_of(session: Session, round_id: int) -> Iterator[str]:
    query = (
        select(User.login, User.name, Grant.role, Grant.region_code)
        .join(Grant, Grant.user_id == User.id)
        .join(SurveyRoundRegion, SurveyRoundRegion.region_code == Grant.region_code)
        .where(SurveyRoundRegion.round_id == round_id)
        .order_by(Grant.region_code, User.login, Grant.role)
    )
    for login, name, role, region in session.execute(query):
        yield f"{login} ({name}): {role} in {region}"


def _organisations(session: Session, round_id: int) -> Iterator[str]:
    query = (
        select(SurveyList.questionnaire, SurveyGroup.organisation, func.count(SurveyInvitation.id))
        .join(SurveyGroup, SurveyGroup.list_id == SurveyList.id)
        .outerjoin(SurveyInvitation, SurveyInvitation.group_id == SurveyGroup.id)
        .where(SurveyList.round_id == round_id)
        .group_by(SurveyList.questionnaire, SurveyGroup.id, SurveyGroup.organisation)
        .order_by(SurveyList.questionnaire, SurveyGroup.organisation)
    )
    for questionnaire, organisation, count in session.execute(query):
        yield f"{organisation} ({questionnaire}): {count} uitnodigingen"


def _invitees(session: Session, round_id: int) -> Iterator[str]:
    query = (
        select(SurveyGroup.organisation, SurveyInvitation.name, SurveyInvitation.email)
        .join(SurveyGroup, SurveyGroup.id == SurveyInvitation.group_id)
        .join(SurveyList, SurveyList.id == SurveyGroup.list_id)
        .where(SurveyList.round_id == round_id)
        .where((SurveyInvitation.name != "") | (SurveyInvitation.email != ""))
        .order_by(SurveyGroup.organisation, SurveyInvitation.email)
    )
    for organisation, name, email in session.execute(query):
        yield f"{organisation}: {name} <{email}>"


def _partners(session: Session, round_id: int) -> Sequence[str]:
    query = select(SurveyPartner.email).where(SurveyPartner.round_id == round_id)
    return session.scalars(query.order_by(SurveyPartner.email)).all()


def _answers(session: Session, round_id: int) -> Iterator[str]:
    """Numbers only: whose answers these are, nobody knows; lists of organisations are the exception."""
    lists = select(SurveyList.id).where(SurveyList.round_id == round_id)
    responses = select(SurveyResponse.id).where(SurveyResponse.list_id.in_(lists))
    for what, query in (
        ("verstuurde vragenlijsten", responses),
        ("open antwoorden", select(SurveyOpenAnswer.id).where(SurveyOpenAnswer.response_id.in_(responses))),
        ("concepten", select(SurveyDraft.id).where(SurveyDraft.list_id.in_(lists))),
    ):
        yield f"{session.scalar(select(func.count()).select_from(query.subquery()))} {what}"
    named = select(SurveyResponse.organisation).where(
        SurveyResponse.list_id.in_(lists), SurveyResponse.organisation.is_not(None)
    )
    for organisation in session.scalars(named.order_by(SurveyResponse.organisation)):
        yield f"met naam van de organisatie: {organisation}"


def _named(session: Session, code: str) -> str:
    name = session.scalar(select(Region.name).where(Region.code == code))
    return f"{code} {name}" if name else code
