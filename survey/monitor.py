"""The response of a round: how many were invited, opened, started, sent and declined, per list and group.

Counts only: nothing here tells who answered, and what a page shows of a count is its class
(survey.reliability).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.disclosure import Measure
from app.disclosure.cells import MIN_SHOWN
from app.models import Region, SurveyGroup, SurveyInvitation, SurveyList, SurveyResponse, SurveyRound
from app.periods import ANSWERS_KEPT
from app.regions import SWVS, RegionKind, kind_of
from survey.definition import Audience, Questionnaire
from survey.groups import list_groups
from survey.invitations import State
from survey.lists import ListInRound, Questionnaires, load_lists
from survey.reliability import Part, sizes_together
from survey.results.counting import measure_of, scaled_keys
from survey.results.snapshots import NO_GEMEENTE
from survey.rounds import list_regions
from survey.store.organisations import LISTS_OF_ORGANISATIONS


class Counts(NamedTuple):
    """How far people came; each number holds those that came further, and `declined` who takes no part.

    Who declined looked at the first page, and is counted as opened.
    """

    invited: int = 0
    opened: int = 0
    started: int = 0
    sent: int = 0
    declined: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(*(mine + yours for mine, yours in zip(self, other, strict=True)))


@dataclass(frozen=True)
class GroupResponse:
    """One organisation of a list."""

    group: SurveyGroup
    counts: Counts


class Reconciliation(NamedTuple):
    """What became of everything that was received: `received = counted + hidden + erased + withdrawn`.

    Before a round is closed nothing is counted or hidden yet: `received = kept + withdrawn`. Two years after
    it the answers are erased.
    """

    received: int
    withdrawn: int
    kept: int
    counted: int
    hidden: int
    erased: int = 0

    @property
    def is_balanced(self) -> bool:
        """Whether nothing is missing and nothing came twice."""
        gone = self.erased + self.withdrawn
        return self.received == self.kept + gone == self.counted + self.hidden + gone


@dataclass(frozen=True)
class ListResponse:
    """One list with its groups; `size` is None where it is not known of every group."""

    in_round: ListInRound
    questionnaire: Questionnaire
    groups: Sequence[GroupResponse]
    size: int | None
    counts: Counts
    balance: Reconciliation
    parts: Sequence[Part]
    """Answers per gemeente, by name."""

    @property
    def measures(self) -> set[Measure]:
        """The scales on which the list asks."""
        return {measure_of(each) for each in self.questionnaire.questions if scaled_keys(each)}

    @property
    def is_of_functionaries(self) -> bool:
        """Whether organisations answer, which are not anonymous."""
        return self.questionnaire.audience is Audience.FUNCTIONARY

    @property
    def unsized(self) -> list[str]:
        """Organisations of which the size is not known."""
        return [each.group.organisation for each in self.groups if each.group.size is None]

    @property
    def outgrown(self) -> list[str]:
        """Organisations that have more answers or invitations than people."""
        return [
            each.group.organisation
            for each in self.groups
            if each.group.size is not None and each.group.size < max(each.counts.sent, each.counts.invited)
        ]


def load_responses(session: Session, round_id: int, questionnaires: Questionnaires) -> list[ListResponse]:
    """Every list of a round, with its response."""
    lists = load_lists(session, round_id)
    ids = [each.id for each in lists]
    groups = list_groups(session, ids)
    personal = _load_personal(session, [group.id for group in groups])
    kept, names = _load_kept(session, ids), _load_names(session)
    codes = list_regions(session, round_id)
    found = []
    for each in lists:
        own = [
            GroupResponse(group, _counts_of(group, personal)) for group in groups if group.list_id == each.id
        ]
        of_list = {code: count for (list_id, code), count in kept.items() if list_id == each.id}
        questionnaire = each.tailor(questionnaires)
        row = session.get_one(SurveyList, each.id)
        found.append(
            ListResponse(
                each,
                questionnaire,
                own,
                _size(questionnaire, own, codes),
                _together(questionnaire, own, row),
                reconcile(row.received, row.withdrawn, sum(of_list.values()), is_old=_is_old(each.round)),
                _parts(own, of_list, names),
            )
        )
    return found


def reconcile(received: int, withdrawn: int, kept: int, *, is_old: bool = False) -> Reconciliation:
    """What became of the answers of a list: with fewer than five none of them is shown.

    Args:
        is_old: the answers have been kept long enough; what is no longer there was erased.
    """
    counted = kept if kept >= MIN_SHOWN else 0
    erased = max(0, received - withdrawn - kept) if is_old else 0
    return Reconciliation(received, withdrawn, kept, counted, kept - counted, erased)


def _is_old(round_: SurveyRound) -> bool:
    return round_.closed_at is not None and round_.closed_at < datetime.now(UTC) - ANSWERS_KEPT


def organisations_asked(questionnaire_id: str, codes: Iterable[str]) -> list[str]:
    """The regions of a round that a list of functionaries is for; one without kinds of its own is for all."""
    kinds = LISTS_OF_ORGANISATIONS.get(questionnaire_id, (RegionKind.GEMEENTE, *SWVS))
    return [code for code in codes if kind_of(code) in kinds]


def _size(questionnaire: Questionnaire, groups: Sequence[GroupResponse], codes: Sequence[str]) -> int | None:
    if questionnaire.audience is Audience.FUNCTIONARY:
        return len(organisations_asked(questionnaire.id, codes)) or None
    return sizes_together([each.group.size for each in groups])


def _together(questionnaire: Questionnaire, groups: Sequence[GroupResponse], row: SurveyList) -> Counts:
    """The groups of a list together; organisations with accounts come through no group."""
    total = Counts()
    for each in groups:
        total = total.plus(each.counts)
    if questionnaire.audience is Audience.FUNCTIONARY:
        return total._replace(sent=row.received)
    return total


def _counts_of(group: SurveyGroup, personal: dict[int, Counts]) -> Counts:
    """What came by personal links and by the open one."""
    return Counts(0, group.opened, group.started, group.sent).plus(personal.get(group.id, Counts()))


def _parts(groups: Sequence[GroupResponse], kept: dict[str | None, int], names: dict[str, str]) -> list[Part]:
    """The same parts, with the same sizes, as the results will have."""
    sizes: dict[str | None, list[int | None]] = {code: [None] for code in kept}
    for code in {each.group.gemeente_code for each in groups}:
        sizes[code] = [each.group.size for each in groups if each.group.gemeente_code == code]
    parts = [
        Part(code or "", names.get(code or "", code or NO_GEMEENTE), kept.get(code, 0), sizes_together(known))
        for code, known in sizes.items()
    ]
    return sorted(parts, key=lambda part: part.name)


def _load_personal(session: Session, group_ids: Sequence[int]) -> dict[int, Counts]:
    query = (
        select(SurveyInvitation.group_id, SurveyInvitation.state, func.count())
        .where(SurveyInvitation.group_id.in_(group_ids))
        .group_by(SurveyInvitation.group_id, SurveyInvitation.state)
    )
    found: dict[int, Counts] = {}
    for group_id, state, count in session.execute(query):
        found[group_id] = found.get(group_id, Counts()).plus(_step(State(state), count))
    return found


def _step(state: State, count: int) -> Counts:
    """So many people who came to a state, counted in every state before it."""
    return Counts(
        count,
        count if state is not State.INVITED else 0,
        count if state in (State.STARTED, State.SENT) else 0,
        count if state is State.SENT else 0,
        count if state is State.REFUSED else 0,
    )


def _load_kept(session: Session, list_ids: Sequence[int]) -> dict[tuple[int, str | None], int]:
    query = (
        select(SurveyResponse.list_id, SurveyResponse.gemeente_code, func.count())
        .where(SurveyResponse.list_id.in_(list_ids))
        .group_by(SurveyResponse.list_id, SurveyResponse.gemeente_code)
    )
    return {(list_id, code): count for list_id, code, count in session.execute(query)}


def _load_names(session: Session) -> dict[str, str]:
    query = select(Region.code, Region.name).where(Region.kind == RegionKind.GEMEENTE)
    return {row.code: row.name for row in session.execute(query)}
