"""Which gemeenten went where, and when: pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

_WHOLE = 1e-6
"""How far the parts of a gemeente that ended may be from 1: they are written with ten digits."""


@dataclass(frozen=True, slots=True)
class Move:
    """The part (0–1, of inhabitants) of a gemeente that went to another one."""

    old: str
    new: str
    happened_on: date
    share: float


@dataclass(frozen=True)
class History:
    """All moves, and since when a gemeente exists (`began`, only where that is known)."""

    moves: tuple[Move, ...]
    began: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def _by_old(self) -> dict[str, dict[date, list[Move]]]:
        found: dict[str, dict[date, list[Move]]] = {}
        for move in self.moves:
            if move.share > 0:
                found.setdefault(move.old, {}).setdefault(move.happened_on, []).append(move)
        return found

    @cached_property
    def _ended(self) -> dict[str, date]:
        """code → the day on which all of it went to others; a border change leaves the rest in place."""
        return {
            code: day
            for code, by_day in self._by_old.items()
            for day, moves in by_day.items()
            if sum(move.share for move in moves) > 1 - _WHOLE
        }

    @cached_property
    def _days(self) -> list[date]:
        return sorted({move.happened_on for move in self.moves})

    @cached_property
    def _families(self) -> dict[str, frozenset[str]]:
        direct: dict[str, set[str]] = defaultdict(set)
        for old, by_day in self._by_old.items():
            for move in (move for moves in by_day.values() for move in moves):
                direct[move.new].add(old)
        return {code: _closure(code, direct) for code in direct}

    def family(self, code: str) -> frozenset[str]:
        """Every gemeente of which a part may lie in this one by now, without itself."""
        return self._families.get(code, frozenset())

    @cached_property
    def affected(self) -> frozenset[str]:
        """Every gemeente to which or from which anything went."""
        return frozenset(self._families) | frozenset(self._by_old)

    @cached_property
    def _known_heirs(self) -> dict[tuple[str, date], Mapping[str, float]]:
        """What `heirs` found before: a page asks the same of a hundred indicators."""
        return {}

    def heirs(self, code: str, day: date) -> Mapping[str, float]:
        """gemeente of now → the part of `code`, as it was on `day`, that lies in it. The parts add up to 1.

        What ended on or before `day` went to its heirs all the same: its figures stand on an older division
        than they say. A border change counts only from after `day`.
        """
        if code not in self._by_old:
            return {code: 1.0}
        if (code, day) not in self._known_heirs:
            self._known_heirs[code, day] = self._find_heirs(code, day)
        return self._known_heirs[code, day]

    def _find_heirs(self, code: str, day: date) -> dict[str, float]:
        held = {code: 1.0}
        for moment in self._days:
            after: dict[str, float] = defaultdict(float)
            for holder, part in held.items():
                for heir, share in self._moved(holder, moment, day):
                    after[heir] += part * share
            held = dict(after)
        return held

    def _moved(
        self, code: str, moment: date, since: date, seen: frozenset[str] = frozenset()
    ) -> Iterator[tuple[str, float]]:
        """Where the parts of a gemeente are after the changes of one day."""
        moves = self._by_old.get(code, {}).get(moment, [])
        is_end = self._ended.get(code) == moment and code not in seen
        if not moves or not (is_end or moment > since):
            yield code, 1.0
            return
        total = sum(move.share for move in moves)
        for move in moves:
            share = move.share / total if is_end else move.share
            if self._ended.get(move.new) == moment:  # a chain of two mergers on one day
                parts = self._moved(move.new, moment, since, seen | {code})
                yield from ((heir, share * part) for heir, part in parts)
            else:
                yield move.new, share
        if not is_end:
            yield code, 1 - total

    def expected(self, code: str, day: date) -> set[str]:
        """The gemeenten that existed on `day` and of which a part lies in `code` now."""
        return {
            each
            for each in {code, *self.family(code)}
            if self.began.get(each, date.min) <= day < self._ended.get(each, date.max)
            and self.heirs(each, day).get(code, 0.0) > 0
        }


def _closure(code: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    to_see = [code]
    while to_see:
        fresh = direct.get(to_see.pop(), set()) - found - {code}
        found |= fresh
        to_see += fresh
    return frozenset(found)
