"""What publishing a version would change, all together: pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.impact.country import CountLine, Flip
from app.impact.latest import Mover
from app.impact.periods import Cells, Few, PeriodChange, Way, sum_cells
from app.indicators import Indicator

_NO_CELLS = Cells()


@dataclass(frozen=True, slots=True)
class Door:
    """One cell that opens (it was hidden) or closes (it will be)."""

    indicator: Indicator
    period: str
    region: str
    breakdown: str
    opens: bool


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """What would happen to one indicator: its periods, and the regions that people see first."""

    indicator: Indicator
    shown_then: tuple[str, ...]
    shown_now: tuple[str, ...]
    periods: tuple[PeriodChange, ...]
    added: Few[str] = field(default_factory=Few)  # region codes
    gone: Few[str] = field(default_factory=Few)

    def of(self, way: Way) -> tuple[str, ...]:
        """The periods to which this happens, oldest first."""
        return tuple(each.period for each in self.periods if each.way is way)

    @property
    def cells(self) -> Cells:
        """The cells of all its periods together."""
        return sum_cells(each.cells for each in self.periods)


@dataclass(frozen=True, slots=True)
class Impact:
    """What would change if one version came in the place of the one that is shown; None: nothing is shown."""

    version: int
    base: int | None
    indicators: Few[IndicatorChange] = field(default_factory=Few)
    cells: Cells = _NO_CELLS
    newest: Few[Mover] = field(default_factory=Few)  # a new latest period beside the one that is shown now
    revised: Few[Mover] = field(default_factory=Few)  # the same period, another figure
    flips: Few[Flip] = field(default_factory=Few)
    doors: Few[Door] = field(default_factory=Few)
    counts: Few[CountLine] = field(default_factory=Few)
    statuses: Few[tuple[Indicator, PeriodChange]] = field(default_factory=Few)
    is_coarse: bool = False  # too large to compare every breakdown: cells are undivided figures only
    names: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_nothing(self) -> bool:
        """Whether people would see nothing else than now."""
        return not self.indicators.count

    def name(self, code: str) -> str:
        """What a region is called; its code where nobody knows."""
        return self.names.get(code, code)
