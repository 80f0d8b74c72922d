"""What publishing a version would change in the figures that people see: pure.

Figures stand as the source delivers them, on the gemeenten of their own period.
"""

from app.impact.country import Count, CountLine, Flip, Size, Stand, count_lines, flips, sort_flips, stand
from app.impact.latest import Latest, Mover, by_weight, movers, region_changes
from app.impact.periods import MOST, Cells, Few, PeriodChange, Way, few, merged, sum_cells
from app.impact.whole import Door, Impact, IndicatorChange

__all__ = [
    "MOST",
    "Cells",
    "Count",
    "CountLine",
    "Door",
    "Few",
    "Flip",
    "Impact",
    "IndicatorChange",
    "Latest",
    "Mover",
    "PeriodChange",
    "Size",
    "Stand",
    "Way",
    "by_weight",
    "count_lines",
    "few",
    "flips",
    "merged",
    "movers",
    "region_changes",
    "sort_flips",
    "stand",
    "sum_cells",
]
