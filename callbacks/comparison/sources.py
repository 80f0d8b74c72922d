"""The source line under charts and tables: publisher, tables, version, date."""

from collections.abc import Iterable

from callbacks.comparison.choices import Stage


def source_of(stage: Stage, cells: Iterable[tuple[str, str]]) -> str:
    """Where the figures (indicator, period) of a view come from, in one line."""
    return stage.desk.source(stage.edition, tuple(dict.fromkeys(cells)))
