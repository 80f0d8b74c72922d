"""Charts as plain dictionaries: own region strong, country dashed, others grey."""

from layouts.figures.bars import ranking
from layouts.figures.base import COUNTRY, COUNTRY_TEXT, OTHERS, OWN, AxisFormat, Bar, Chart, Mark, Point
from layouts.figures.trend import trend

__all__ = [
    "COUNTRY",
    "COUNTRY_TEXT",
    "OTHERS",
    "OWN",
    "AxisFormat",
    "Bar",
    "Chart",
    "Mark",
    "Point",
    "ranking",
    "trend",
]
