"""The lists of a round: questionnaires in one version, without dropped themes, with own questions.

A list is settled before its round opens; from then on nobody can change what is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.errors import AccessDenied
from app.models import GemeenteSwv, Region, SurveyList, SurveyOwnQuestion, SurveyRound, SurveyRoundRegion
from app.regions import RegionKind, kind_of
from survey.definition import Questionnaire, Scale
from survey.tailoring import OwnQuestion, tailored

Questionnaires = Mapping[tuple[str, int], Questionnaire]
"""(id, version) → questionnaire, of `survey.reading.load_questionnaires`."""

SECTORS = {RegionKind.SWV_PO: "po", RegionKind.SWV_VO: "vo"}


@dataclass(frozen=True)
class ListInRound:
    """A list with its round; `tailor` makes the questionnaire that respondents see."""

    id: int
    round: SurveyRound
    questionnaire: str
    version: int
    dropped: tuple[str, ...]
    own: tuple[OwnQuestion, ...]
    gemeenten: tuple[tuple[str, str], ...] = ()
    """Code and name of those that take part, for questions that choose among them."""
    is_first_round: bool = False
    """Whether this region asked this questionnaire in no earlier round."""
    sector: str = ""
    """`po` or `vo` where the SWVs of the round are of one sector; both else."""

    def original(self, questionnaires: Questionnaires) -> Questionnaire:
        """The questionnaire as it is defined, with every theme."""
        return questionnaires[self.questionnaire, self.version]

    def tailor(self, questionnaires: Questionnaires, *, sector: str | None = None) -> Questionnaire:
        """The questionnaire as this round asks it.

        Args:
            sector: of the SWV that answers, where the round has SWVs of both.
        """
        return tailored(
            self.original(questionnaires),
            self.dropped,
            self.own,
            gemeenten=self.gemeenten,
            is_first_round=self.is_first_round,
            sector=self.sector if sector is None else sector,
        )


def sector_of(code: str) -> str:
    """`po` or `vo` for the code of an SWV, '' for anything else."""
    return SECTORS.get(kind_of(code), "")


def load_list(session: Session, list_id: int) -> ListInRound:
    """One list.

    Raises:
        AccessDenied: there is none.
    """
    row = session.get(SurveyList, list_id)
    if row is None:
        raise AccessDenied
    return _in_round(session, session.get_one(SurveyRound, row.round_id), [row])[0]


def load_lists(session: Session, round_id: int) -> list[ListInRound]:
    """The lists of a round, in the order in which they were chosen."""
    query = select(SurveyList).where(SurveyList.round_id == round_id).order_by(SurveyList.id)
    return _in_round(session, session.get_one(SurveyRound, round_id), session.scalars(query).all())


def within_swv(session: Session, found: ListInRound, swv: str) -> ListInRound:
    """The list as one SWV is asked it: of the gemeenten of the round only those of its area.

    All of them stay where its area is not known, or has none of them.
    """
    area = aliased(Region)
    query = (
        select(Region.code)
        .join(GemeenteSwv, GemeenteSwv.gemeente_id == Region.id)
        .join(area, area.id == GemeenteSwv.swv_id)
        .where(area.code == swv, GemeenteSwv.last_year.is_(None))
    )
    known = set(session.scalars(query))
    own = tuple((code, name) for code, name in found.gemeenten if code in known)
    return replace(found, gemeenten=own or found.gemeenten)


def _in_round(session: Session, round_: SurveyRound, rows: Sequence[SurveyList]) -> list[ListInRound]:
    own = _load_own(session, [row.id for row in rows])
    regions = _load_regions(session, round_.id)
    earlier = _load_earlier(session, round_)
    sectors = {sector_of(code) for code, _ in regions} - {""}
    sector = sectors.pop() if len(sectors) == 1 else ""
    return [
        ListInRound(
            row.id,
            round_,
            row.questionnaire,
            row.version,
            tuple(theme for theme in row.dropped_themes.split(",") if theme),
            tuple(own[row.id]),
            tuple((code, name) for code, name in regions if kind_of(code) is RegionKind.GEMEENTE),
            row.questionnaire not in earlier,
            sector,
        )
        for row in rows
    ]


def _load_own(session: Session, list_ids: Sequence[int]) -> dict[int, list[OwnQuestion]]:
    query = select(SurveyOwnQuestion).where(SurveyOwnQuestion.list_id.in_(list_ids))
    found: dict[int, list[OwnQuestion]] = {list_id: [] for list_id in list_ids}
    for row in session.scalars(query.order_by(SurveyOwnQuestion.list_id, SurveyOwnQuestion.number)):
        found[row.list_id].append(OwnQuestion(row.number, Scale(row.scale), row.text))
    return found


def _load_regions(session: Session, round_id: int) -> list[tuple[str, str]]:
    query = select(Region.code, Region.name).join(
        SurveyRoundRegion, SurveyRoundRegion.region_code == Region.code
    )
    rows = session.execute(
        query.where(SurveyRoundRegion.round_id == round_id).order_by(Region.name, Region.code)
    )
    return [(code, name) for code, name in rows]


def _load_earlier(session: Session, round_: SurveyRound) -> set[str]:
    """The questionnaires of this region's rounds that ended before this one began; that never changes."""
    query = (
        select(SurveyList.questionnaire)
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .where(SurveyRound.region_code == round_.region_code, SurveyRound.state != "concept")
        .where(SurveyRound.closes_on < round_.opens_on, SurveyRound.id != round_.id)
        .where(SurveyRound.is_demo.is_(round_.is_demo))
    )
    return set(session.scalars(query))
