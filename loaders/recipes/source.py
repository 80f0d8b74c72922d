"""The table that a recipe reads, and what the files beside it say of its periods: pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from app.errors import LoadRefused
from app.indicators import PeriodStatus
from loaders.files import Bundle, Problem, TextTable, read_records, read_table, upper_name
from loaders.periods import STATUS_WORDS
from loaders.recipes.model import MEASURE_TITLE, Recipe
from loaders.recipes.signs import find_columns


@dataclass(frozen=True)
class Source:
    """One table to read. `rows` has a text column per column of the recipe, and `row`, the row in the file.

    `statuses`: the text of a period → how final a code list calls it; None where there is no such list.
    """

    file: str
    sheet: str | None
    rows: pd.DataFrame
    decimal: str | None
    statuses: Mapping[str, PeriodStatus] | None
    names: Mapping[str, str]  # column of the recipe → the file's own name

    def fault(self, sentence: str, row: int | None = None, column: str = "") -> Problem:
        """A problem in this table that stops the load; `column` is one of the recipe."""
        own = self.names.get(column, column) or None
        return Problem(sentence, file=self.file, sheet=self.sheet, row=row, column=own)


def open_source(recipe: Recipe, bundle: Bundle) -> Source:
    """The table of a bundle that fits a recipe.

    Raises:
        LoadRefused: the table cannot be read, or two columns fit one column of the recipe.
    """
    head = recipe.signs.head(bundle.heads)
    if head is None:
        raise LoadRefused(f"{bundle.name} past niet bij {recipe.title}.")
    table = bundle.table_at(head)
    table = _with_measure_titles(recipe, bundle, table)
    own = _own_columns(recipe, table)
    rows = pd.DataFrame({wanted: table.column(name) for wanted, name in own.items()}, dtype=object)
    rows = rows.assign(row=list(table.numbers))
    for column, text in recipe.where:
        rows = rows[rows[column] == text]
    for column, text in recipe.skip:
        rows = rows[rows[column] != text]
    statuses = _period_statuses(bundle)
    return Source(table.name, table.sheet, rows, table.decimal, statuses, own)


def _with_measure_titles(recipe: Recipe, bundle: Bundle, table: TextTable) -> TextTable:
    """The table with a column of measure titles, if the recipe asks for it: codes of measures may move."""
    if MEASURE_TITLE not in _wanted(recipe):
        return table
    lists = [name for name in bundle.members if upper_name(name).startswith("MEASURECODES.")]
    if not lists or "Measure" not in table.columns:
        raise LoadRefused(f"{bundle.name} heeft geen codelijst van meeteenheden (MeasureCodes).")
    codes = _code_list(lists[0], bundle.members[lists[0]], "Title")
    titles = [codes.get(code, "") for code in table.column("Measure")]
    rows = tuple((*row, title) for row, title in zip(table.rows, titles, strict=True))
    return replace(table, columns=(*table.columns, MEASURE_TITLE), rows=rows)


def _code_list(name: str, content: bytes, column: str) -> dict[str, str]:
    """Identifier → another column of a code list of the CBS."""
    table = read_records(name, [content]) if name.lower().endswith(".json") else read_table(name, content)
    if not {"Identifier", column} <= set(table.columns):
        raise LoadRefused(f"{name} heeft niet de vorm van een codelijst van het CBS.")
    return dict(zip(table.column("Identifier"), table.column(column), strict=True))


def _own_columns(recipe: Recipe, table: TextTable) -> dict[str, str]:
    """Column of the recipe → the file's own name, for those that the file has."""
    found = {}
    for wanted in _wanted(recipe):
        names = find_columns(table.columns, wanted, recipe.match)
        if len(names) > 1:
            problem = Problem(f"{wanted!r} kan elk van deze kolommen zijn: {', '.join(names)}.")
            raise LoadRefused(f"{table.name}: het is niet duidelijk welke kolom {wanted!r} is.", (problem,))
        if names:
            found[wanted] = names[0]
    return found


def _wanted(recipe: Recipe) -> list[str]:
    terms = [term for measure in recipe.measures for part in measure.terms.values() for term in part]
    names = [recipe.region.column, recipe.period.column]
    names += [*recipe.sum_over, *(column for column, _ in (*recipe.where, *recipe.skip))]
    names += [name for term in terms for name in (term.column, *(column for column, _ in term.where))]
    return list(dict.fromkeys(name for name in names if name))


def _period_statuses(bundle: Bundle) -> dict[str, PeriodStatus] | None:
    """What the code list of periods in an OData v4 folder says; None where there is no such list."""
    for name, content in sorted(bundle.members.items()):
        if "perioden" in name.lower() and "codes" in name.lower():
            words = _code_list(name, content, "Status")
            return {code: STATUS_WORDS[word] for code, word in words.items() if word in STATUS_WORDS}
    return None
