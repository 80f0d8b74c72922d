"""The blocks of released lists that stand beside those of other regions: cut by the worker, and kept.

A list stays in its block. Once something of a block is gone, as an organisation that took its answers back,
the whole block counts no more: what the others brought would otherwise tell what is gone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import SurveyBlock, SurveyList, SurveyResult, SurveyRound, SurveyRoundRegion
from survey.lists import ListInRound
from survey.results.blocks import Block, Entry, latest_blocks, may_stand
from survey.results.snapshots import from_json
from survey.rounds import today_in_amsterdam

WINDOW = timedelta(days=731)
RELEASED = ("regio", "publiek")


def cut_blocks(session: Session, *, now: datetime) -> int:
    """Make blocks of the released lists that are in none, where enough wait; returns how many were made."""
    waiting = defaultdict(list)
    for row in _load_released(session, None):
        waiting[row.questionnaire, row.version, row.is_demo].append(row)
    members = _load_members(session)
    made = 0
    for (questionnaire, version, is_demo), rows in sorted(waiting.items()):
        entries = [_entry(row, members) for row in rows]
        last = {row.region_code: row.is_public for row in rows}
        if not _is_enough(_last_of_each(entries), {code for code, is_public in last.items() if is_public}):
            continue
        block = SurveyBlock(
            questionnaire=questionnaire, version=version, is_demo=is_demo, since=today_in_amsterdam(now),
            lists=len(entries), organisations=_organisations(entries),
        )  # fmt: skip
        session.add(block)
        session.flush()
        ids = [row.list_id for row in rows]
        session.execute(update(SurveyList).where(SurveyList.id.in_(ids)).values(block_id=block.id))
        made += 1
    return made


def load_blocks(session: Session, each: ListInRound) -> list[Block]:
    """The whole blocks of a questionnaire, oldest first, within two years of the end of a round."""
    query = select(SurveyBlock).where(
        SurveyBlock.questionnaire == each.questionnaire,
        SurveyBlock.version == each.version,
        SurveyBlock.is_demo == each.round.is_demo,
        SurveyBlock.since.between(each.round.closes_on - WINDOW, each.round.closes_on + WINDOW),
    )
    members = _load_members(session)
    found = []
    for block in session.scalars(query.order_by(SurveyBlock.id)):
        rows = [row for row in _load_released(session, block.id) if row.is_demo == block.is_demo]
        entries = [_entry(row, members) for row in rows]
        if (len(entries), _organisations(entries)) == (block.lists, block.organisations):
            found.append(Block(_last_of_each(entries), block.since))
    return latest_blocks(found)


class _Row(NamedTuple):
    """The outcome of a released list as it is read."""

    questionnaire: str
    version: int
    is_demo: bool
    list_id: int
    round_id: int
    region_code: str
    release: str
    contents: str

    @property
    def is_public(self) -> bool:
        """Whether everybody sees the outcome."""
        return self.release == "publiek"


def _load_released(session: Session, block_id: int | None) -> list[_Row]:
    """The released lists of a block, or those in none, in the order in which their rounds ended."""
    query = (
        select(
            SurveyList.questionnaire,
            SurveyList.version,
            SurveyRound.is_demo,
            SurveyList.id,
            SurveyRound.id,
            SurveyRound.region_code,
            SurveyRound.release,
            SurveyResult.contents,
        )
        .join(SurveyRound, SurveyRound.id == SurveyList.round_id)
        .join(SurveyResult, SurveyResult.list_id == SurveyList.id)
        .where(SurveyRound.release.in_(RELEASED), SurveyList.block_id.is_not_distinct_from(block_id))
        .order_by(SurveyRound.closes_on, SurveyList.id)
    )
    return [_Row(*row) for row in session.execute(query)]


def _entry(row: _Row, members: Mapping[int, frozenset[str]]) -> Entry:
    taking_part = members.get(row.round_id, frozenset()) | {row.region_code}
    return Entry(row.region_code, taking_part, from_json(row.contents))


def _load_members(session: Session) -> Mapping[int, frozenset[str]]:
    """Round → the regions that take part in it."""
    found: dict[int, set[str]] = {}
    for row in session.execute(select(SurveyRoundRegion.round_id, SurveyRoundRegion.region_code)):
        found.setdefault(row.round_id, set()).add(row.region_code)
    return {round_id: frozenset(codes) for round_id, codes in found.items()}


def _is_enough(entries: Sequence[Entry], public: Collection[str]) -> bool:
    """Whether outcomes may stand together; and those that not everybody can take off, if there are any.

    What organisations answered stays inside their region, also when the rest of a round is public.
    """
    counted = [(each, each.snapshot.respondents.low) for each in entries]
    inside = [each for each in counted if each[0].snapshot.named or each[0].region not in public]
    return may_stand(counted) and (not inside or may_stand(inside))


def _last_of_each(entries: Iterable[Entry]) -> Sequence[Entry]:
    """One outcome per region: the last."""
    return list({each.region: each for each in entries}.values())


def _organisations(entries: Iterable[Entry]) -> int:
    return sum(len(each.snapshot.named) for each in entries)
