"""Organisations that answer as one: whoever comes for them works in the same draft, and sends for all."""

from collections.abc import Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.models import Region, SurveyGroup, SurveyList, SurveyResponse, SurveyRound, SurveyRoundRegion
from app.names import same_key
from app.regions import SWVS, RegionKind, kind_of
from survey.rounds import State

LISTS_OF_ORGANISATIONS = {"gemeente": frozenset({RegionKind.GEMEENTE}), "swv": frozenset(SWVS)}
"""The questionnaires that a region answers as one, and which regions are asked."""


def answering_region(
    session: Session, list_id: int, questionnaire: str, *, gemeente_code: str | None, organisation: str
) -> str | None:
    """The region for which a group answers: that of its code, else the one of the round with its name.

    None where people answer for themselves, and where the group is no region of the round.
    """
    kinds = LISTS_OF_ORGANISATIONS.get(questionnaire)
    if kinds is None:
        return None
    if gemeente_code is not None and kind_of(gemeente_code) in kinds:
        return gemeente_code
    return _named(_regions_of(session, list_id), kinds, organisation)


def has_answered(session: Session, list_id: int, region: str) -> bool:
    """Whether the answers of a region that answers as one were sent."""
    same = (SurveyResponse.list_id == list_id) & (SurveyResponse.organisation_code == region)
    return bool(session.scalar(select(exists().where(same))))


def list_answered(session: Session) -> list[int]:
    """The groups in open rounds whose organisation has sent: nobody in them need be asked any more."""
    query = (
        select(
            SurveyGroup.id,
            SurveyGroup.list_id,
            SurveyGroup.gemeente_code,
            SurveyGroup.organisation,
            SurveyList.questionnaire,
            SurveyResponse.organisation_code,
        )
        .join(SurveyList, SurveyList.id == SurveyGroup.list_id)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .join(SurveyResponse, SurveyResponse.list_id == SurveyList.id)
        .where(SurveyRound.state == State.OPEN, SurveyResponse.organisation_code.is_not(None))
        .where(SurveyGroup.is_test.is_(False))
    )
    found = set[int]()
    for group_id, list_id, gemeente, name, questionnaire, sent in session.execute(query):
        region = answering_region(session, list_id, questionnaire, gemeente_code=gemeente, organisation=name)
        if region == sent:
            found.add(group_id)
    return sorted(found)


def _regions_of(session: Session, list_id: int) -> list[tuple[str, str]]:
    query = (
        select(Region.code, Region.name)
        .join(SurveyRoundRegion, SurveyRoundRegion.region_code == Region.code)
        .join(SurveyList, SurveyList.round_id == SurveyRoundRegion.round_id)
        .where(SurveyList.id == list_id)
    )
    return [(code, name) for code, name in session.execute(query)]


def _named(regions: Iterable[tuple[str, str]], kinds: frozenset[RegionKind], organisation: str) -> str | None:
    wanted = same_key(organisation)
    same = [code for code, name in regions if kind_of(code) in kinds and same_key(name) == wanted]
    return same[0] if len(same) == 1 else None
