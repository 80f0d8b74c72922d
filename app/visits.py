"""What changed in the latest figures of a region since somebody's last visit, in plain Dutch: pure.

A number that is hidden now is not told as it was before: a change names an old value only where the new one
is known exactly.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.benchmarks import derivable
from app.comparisons import Comparison, Recent, compare
from app.indicators import CellStatus, Figure, Indicator
from app.sentences import STATUS_WORDS, value_words
from app.wording import capital, moment, period_words

PAUSE = timedelta(hours=8)
"""Whoever comes back later than this is on another visit."""

Judge = Callable[[Indicator, Figure | None, Figure | None], str]
"""Indicator, own figure, the country's of the same period → the verdict in words, '' for none."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The version that is seen at this visit, and the one of the visit before; None at a first visit."""

    version: int
    seen_at: datetime
    previous_version: int | None = None
    previous_at: datetime | None = None

    def has_ended(self, now: datetime) -> bool:
        """Whether a person who comes now is on another visit; logging in anew after lunch is none."""
        return now - self.seen_at > PAUSE

    def next(self, version: int, now: datetime) -> "Visit":
        """The visit that follows this one."""
        return Visit(version, now, self.version, self.seen_at)


class ChangeKind(StrEnum):
    """What happened to a figure, in order of weight."""

    VERDICT = "ander oordeel"
    WITHDRAWN = "teruggenomen"
    REVISED = "aangepast"
    NEW_PERIOD = "nieuwe periode"
    NEW_INDICATOR = "nieuw cijfer"
    STATUS = "andere status"


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator whose latest figure says something else than before."""

    indicator: Indicator
    kind: ChangeKind
    sentence: str


class Reason(NamedTuple):
    """A publication: when, what was written with it, and whether it went back to earlier figures."""

    at: datetime
    words: str
    is_undo: bool = False


def changes_since(
    indicators: Sequence[Indicator], before: Recent, now: Recent, region: str, verdict_of: Judge | None = None
) -> list[Change]:
    """What changed in the latest figure of each indicator, the weightiest first.

    Args:
        before: the last period of each indicator, in the version seen then.
        now: the last two periods, in the version seen now; the country's too.
        verdict_of: without it verdicts are not compared.
    """
    pairs = zip(compare(indicators, before, region), compare(indicators, now, region), strict=True)
    found = (change for then, row in pairs if (change := _change(then, row, verdict_of)) is not None)
    weights = {kind: weight for weight, kind in enumerate(ChangeKind)}
    return sorted(found, key=lambda change: weights[change.kind])


def _change(then: Comparison, now: Comparison, verdict_of: Judge | None) -> Change | None:
    kind, sentence = _happened(then.own, now)
    if verdict_of is not None and (turn := _verdict_turn(then, now, verdict_of)):
        kind, sentence = ChangeKind.VERDICT, f"{sentence} {turn}".strip()
    return Change(now.indicator, kind, sentence) if kind is not None else None


def _happened(then: Figure | None, row: Comparison) -> tuple[ChangeKind | None, str]:
    """What happened to the latest figure itself, and how that is said; (None, '') for nothing."""
    indicator, now = row.indicator, row.own
    if then is None or then.status is CellStatus.MISSING:
        is_new = now is not None and now.status is not CellStatus.MISSING
        return (ChangeKind.NEW_INDICATOR, _told(now, indicator)) if now and is_new else (None, "")
    if now is None:
        return ChangeKind.WITHDRAWN, "Er is geen cijfer meer."
    if now.period > then.period:
        return ChangeKind.NEW_PERIOD, " ".join(_new_period(then, now, row))
    if now.period < then.period:
        gone = f"Het cijfer van {period_words(then.period, indicator)} is teruggenomen."
        return ChangeKind.WITHDRAWN, f"{gone} {_told(now, indicator)}"
    if now.status is CellStatus.MISSING:
        return ChangeKind.WITHDRAWN, f"{capital(moment(now.period, indicator))} is er geen cijfer meer."
    return _same_period(then, now, indicator)


def _same_period(then: Figure, now: Figure, indicator: Indicator) -> tuple[ChangeKind | None, str]:
    if value_words(then, indicator) != value_words(now, indicator):
        return ChangeKind.REVISED, _revised(then, now, indicator)
    if then.period_status is not now.period_status:
        return ChangeKind.STATUS, _other_status(then, now, indicator)
    return None, ""


def _new_period(then: Figure, now: Figure, row: Comparison) -> Iterator[str]:
    """The new figure, and that of the period before as it is now: it may be hidden since."""
    yield _told(now, row.indicator)
    if (old := _as_it_is_now(then, row)) is not None:
        yield _told(old, row.indicator)


def _as_it_is_now(then: Figure, row: Comparison) -> Figure | None:
    """The figure of an earlier period in the version of now, if it is known exactly there."""
    old = next((figure for figure in row.own_series if figure.period == then.period), None)
    return old if old is not None and _is_exact(old) else None


def _revised(then: Figure, now: Figure, indicator: Indicator) -> str:
    when = capital(moment(now.period, indicator))
    is_same_status = then.period_status is now.period_status
    new = value_words(now, indicator) + ("" if is_same_status else f" ({STATUS_WORDS[now.period_status]})")
    if not _is_exact(now):
        return f"{when}: aangepast, nu {new}."
    old = value_words(then, indicator) + ("" if is_same_status else f" ({STATUS_WORDS[then.period_status]})")
    return f"{when}: was {old}, is nu {new}."


def _other_status(then: Figure, now: Figure, indicator: Indicator) -> str:
    old, new = STATUS_WORDS[then.period_status], STATUS_WORDS[now.period_status]
    kept = f" Het bleef {value_words(now, indicator)}." if _is_exact(now) else ""
    return f"{capital(moment(now.period, indicator))}: was {old}, is nu {new}.{kept}"


def _verdict_turn(then: Comparison, now: Comparison, verdict_of: Judge) -> str:
    """Another place beside the country; a verdict narrows its number, which must still be open."""
    if then.own is None or _as_it_is_now(then.own, now) is None or derivable(now.own) is None:
        return ""
    old, new = (verdict_of(row.indicator, row.own, row.country) for row in (then, now))
    if not old or not new or old == new:
        return ""
    return f"Naast Nederland was het oordeel “{old}”, nu “{new}”."


def _told(figure: Figure, indicator: Indicator) -> str:
    """`Op 1 oktober 2025: 2,0%.`"""
    return f"{capital(moment(figure.period, indicator))}: {value_words(figure, indicator)}."


def _is_exact(figure: Figure) -> bool:
    return figure.status is CellStatus.PRESENT and figure.low is not None and figure.low == figure.high
