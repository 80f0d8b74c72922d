"""The lists of a round: a questionnaire in one version, without dropped themes, with a region's own questions.

A list is settled before its round opens; from then on nobody can change what is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import AccessDenied
from app.models import SurveyList, SurveyOwnQuestion, SurveyRound
from survey.definition import Questionnaire, Scale
from survey.tailoring import OwnQuestion, tailored

Questionnaires = Mapping[tuple[str, int], Questionnaire]
"""(id, version) → questionnaire, of `survey.reading.load_questionnaires`."""


@dataclass(frozen=True)
class ListInRound:
    """A list with its round; `tailor` makes the questionnaire that respondents see."""

    id: int
    round: SurveyRound
    questionnaire: str
    version: int
    dropped: tuple[str, ...]
    own: tuple[OwnQuestion, ...]

    def original(self, questionnaires: Questionnaires) -> Questionnaire:
        """The questionnaire as it is defined, with every theme."""
        return questionnaires[self.questionnaire, self.version]

    def tailor(self, questionnaires: Questionnaires) -> Questionnaire:
        """The questionnaire as this round asks it."""
        return tailored(self.original(questionnaires), self.dropped, self.own)


def load_list(session: Session, list_id: int) -> ListInRound:
    """One list.

    Raises:
        AccessDenied: there is none.
    """
    row = session.get(SurveyList, list_id)
    if row is None:
        raise AccessDenied
    return _in_round(row, session.get_one(SurveyRound, row.round_id), _load_own(session, [list_id]))


def load_lists(session: Session, round_id: int) -> list[ListInRound]:
    """The lists of a round, in the order in which they were chosen."""
    round_ = session.get_one(SurveyRound, round_id)
    query = select(SurveyList).where(SurveyList.round_id == round_id).order_by(SurveyList.id)
    rows = session.scalars(query).all()
    own = _load_own(session, [row.id for row in rows])
    return [_in_round(row, round_, own) for row in rows]


def load_tailored(session: Session, list_id: int, questionnaires: Questionnaires) -> Questionnaire:
    """The questionnaire of a list as its round asks it."""
    return load_list(session, list_id).tailor(questionnaires)


def _load_own(session: Session, list_ids: Sequence[int]) -> dict[int, list[OwnQuestion]]:
    query = select(SurveyOwnQuestion).where(SurveyOwnQuestion.list_id.in_(list_ids))
    found: dict[int, list[OwnQuestion]] = {list_id: [] for list_id in list_ids}
    for row in session.scalars(query.order_by(SurveyOwnQuestion.list_id, SurveyOwnQuestion.number)):
        found[row.list_id].append(OwnQuestion(row.number, Scale(row.scale), row.text))
    return found


def _in_round(row: SurveyList, round_: SurveyRound, own: Mapping[int, list[OwnQuestion]]) -> ListInRound:
    dropped = tuple(theme for theme in row.dropped_themes.split(",") if theme)
    return ListInRound(row.id, round_, row.questionnaire, row.version, dropped, tuple(own[row.id]))
