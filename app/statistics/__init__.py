"""Intervals, differences, trends, funnels and expected numbers, with the standard library's arithmetic: pure.

Proportions run from 0 to 1 and rates are events per unit (a person-year). Events may be fractional: shares of
divided gemeenten make them so. Values that cannot be (more events than children, not finite) are a
ValueError.
"""

from app.statistics.counts import poisson
from app.statistics.expected import Ratio, expected_events, gap_in_children, standardised_ratio
from app.statistics.funnel import (
    Dispersion,
    FunnelPoint,
    dispersion,
    funnel_curve,
    funnel_limits,
)
from app.statistics.intervals import Z95, Z998, Estimate, Interval, difference, wilson
from app.statistics.trends import Trend, slope_difference, trend

__all__ = [
    "Z95",
    "Z998",
    "Dispersion",
    "Estimate",
    "FunnelPoint",
    "Interval",
    "Ratio",
    "Trend",
    "difference",
    "dispersion",
    "expected_events",
    "funnel_curve",
    "funnel_limits",
    "gap_in_children",
    "poisson",
    "slope_difference",
    "standardised_ratio",
    "trend",
    "wilson",
]
