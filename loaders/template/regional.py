"""The form of one region, with a row for everything that it may fill itself: pure."""

from collections.abc import Sequence

from app.indicators import TOTAL, Indicator
from loaders.template import COLUMNS
from loaders.template.explain import indicator_lines, region_lines, short_line
from loaders.template.writing import Row, csv_of, xlsx_of


def region_csv(code: str, name: str, indicators: Sequence[Indicator]) -> bytes:
    """The form as csv; what each row asks stands in its last column, for comment lines are few."""
    return csv_of(_rows(code, indicators), region_lines(code, name))


def region_xlsx(code: str, name: str, indicators: Sequence[Indicator]) -> bytes:
    """The form as a workbook without formulas, with the definitions on its second sheet."""
    explanation = [line for indicator in indicators for line in indicator_lines(indicator)]
    return xlsx_of(_rows(code, indicators), [*region_lines(code, name), "", *explanation])


def _rows(code: str, indicators: Sequence[Indicator]) -> list[Row]:
    empty = [""] * (len(COLUMNS) - 5)
    return [(indicator.id, code, "", TOTAL, *empty, short_line(indicator)) for indicator in indicators]
