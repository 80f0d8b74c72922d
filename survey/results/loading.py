"""Reading outcomes: the snapshots of a round, of the last one, and of other regions. No answer is read here.

Other regions count within two years of one's own round, with the same version of the questionnaire, and in
blocks that come in together (survey.results.blocks); invented rounds only beside invented ones. What
everybody sees is computed from what everybody may see: public rounds.
"""

from collections.abc import Mapping, Sequence
from random import SystemRandom

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models import (
    SurveyList,
    SurveyResult,
    SurveyRound,
    SurveyRoundRegion,
)
from survey.lists import ListInRound, Questionnaires, load_lists
from survey.results.blocks import Block, Entry, Place
from survey.results.outcomes import Outcome, make_outcome
from survey.results.snapshots import Snapshot, from_json
from survey.results.standing import RELEASED, WINDOW, load_blocks
from survey.review import load_shown_texts
from survey.rounds import list_regions


def load_released(session: Session, region: str) -> Sequence[SurveyRound]:
    """The rounds of which a region may see the outcome, the latest first."""
    query = (
        select(SurveyRound)
        .join(SurveyRoundRegion, SurveyRoundRegion.round_id == SurveyRound.id)
        .where(SurveyRoundRegion.region_code == region, SurveyRound.release.in_(RELEASED))
        .order_by(SurveyRound.closes_on.desc(), SurveyRound.id.desc())
    )
    return session.scalars(query).all()


def load_public(session: Session) -> Sequence[SurveyRound]:
    """The rounds that everybody may see, the latest first."""
    query = select(SurveyRound).where(SurveyRound.release == "publiek")
    return session.scalars(query.order_by(SurveyRound.closes_on.desc(), SurveyRound.id.desc())).all()


def has_results(session: Session, round_id: int) -> bool:
    """Whether every list of a round has its results."""
    query = (
        select(SurveyList.id, SurveyResult.list_id)
        .outerjoin(SurveyResult, SurveyResult.list_id == SurveyList.id)
        .where(SurveyList.round_id == round_id)
    )
    rows = session.execute(query).all()
    return bool(rows) and all(result is not None for _, result in rows)


def load_outcomes(
    session: Session, round_: SurveyRound, questionnaires: Questionnaires, *, region: str | None = None
) -> list[Outcome]:
    """The lists of a round with what is shown of them and beside them.

    Args:
        region: the region for which somebody looks; None for everybody.
    """
    found = _load_snapshots(session, [round_.id])
    taking_part = frozenset(list_regions(session, round_.id)) | {round_.region_code}
    place = Place(round_.region_code, taking_part)
    return [
        make_outcome(
            each.id,
            each.tailor(questionnaires),
            found[round_.id, each.questionnaire],
            _load_last(session, each, region),
            blocks=_load_others(session, each, region),
            place=place,
        )
        for each in load_lists(session, round_.id)
        if (round_.id, each.questionnaire) in found
    ]


def load_texts(session: Session, list_id: int, snapshot: Snapshot) -> dict[str, list[str]]:
    """Open question → the texts that a reviewer let through, in an order that tells nothing.

    Of a question whose texts were all read, and still are ten or more.
    """
    found = load_shown_texts(session, list_id)
    chance = SystemRandom()
    return {
        question: chance.sample(texts, len(texts))
        for question, texts in found.items()
        if question in snapshot.texts
    }


def _load_last(session: Session, each: ListInRound, region: str | None) -> Snapshot | None:
    """The same questionnaire in this region's last round before this one; None if that is not to be seen.

    Everybody sees it once it is public, a region if it took part in it.
    """
    query = (
        _lists_of(each)
        .where(SurveyRound.region_code == each.round.region_code, SurveyRound.id != each.round.id)
        .where(SurveyRound.closes_on < each.round.closes_on)
        .order_by(SurveyRound.closes_on.desc(), SurveyRound.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    is_seen = row.release == "publiek" if region is None else region in list_regions(session, row.id)
    return from_json(row.contents) if is_seen else None


def _load_others(session: Session, each: ListInRound, region: str | None) -> list[Block]:
    """Other regions: in blocks that came in together; for everybody the last public round of each.

    What everybody sees of those is public by itself: there is nothing to subtract.
    """
    if region is not None:
        return load_blocks(session, each)
    query = (
        _lists_of(each)
        .where(SurveyRound.region_code != each.round.region_code, SurveyList.version == each.version)
        .where(SurveyRound.closes_on.between(each.round.closes_on - WINDOW, each.round.closes_on + WINDOW))
        .where(SurveyRound.release == "publiek")
        .order_by(SurveyRound.closes_on, SurveyRound.id)
    )
    latest = {
        row.region_code: Entry(row.region_code, frozenset(), from_json(row.contents))
        for row in session.execute(query)
    }
    return [Block(list(latest.values()))]


def _lists_of(each: ListInRound) -> Select[int, str, str, str]:
    """Released results of one questionnaire, invented or real as this round is."""
    return (
        select(SurveyRound.id, SurveyRound.region_code, SurveyRound.release, SurveyResult.contents)
        .join(SurveyList, SurveyList.round_id == SurveyRound.id)
        .join(SurveyResult, SurveyResult.list_id == SurveyList.id)
        .where(SurveyList.questionnaire == each.questionnaire)
        .where(SurveyRound.is_demo == each.round.is_demo, SurveyRound.release.in_(RELEASED))
    )


def _load_snapshots(session: Session, round_ids: Sequence[int]) -> Mapping[tuple[int, str], Snapshot]:
    query = (
        select(SurveyList.round_id, SurveyList.questionnaire, SurveyResult.contents)
        .join(SurveyResult, SurveyResult.list_id == SurveyList.id)
        .where(SurveyList.round_id.in_(round_ids))
        .order_by(SurveyList.id)
    )
    return {(row.round_id, row.questionnaire): from_json(row.contents) for row in session.execute(query)}
