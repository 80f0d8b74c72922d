"""TOML files to recipes, refused with file and line when a key or a column hangs in the air."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.divisions import OWN_YEAR
from app.errors import DashboardError
from app.indicators import TOTAL, PeriodStatus
from loaders.periods import PeriodForm
from loaders.recipes.model import (
    MEASURE_TITLE,
    Country,
    Measure,
    PeriodRule,
    Recipe,
    RegionBy,
    RegionRule,
    Role,
    Shape,
    Swv,
    Term,
)
from loaders.recipes.signs import Match, Signs, find_columns

_REQUIRED = {
    "name": str,
    "publisher": str,
    "title": str,
    "licence": str,
    "tried": bool,
    "shape": str,
    "decimal": str,
    "country": str,
    "swv": str,
    "recognise": dict,
    "region": dict,
    "period": dict,
    "measure": list,
}
_OPTIONAL = {"division": str, "sum_over": list, "needs": list, "where": dict, "skip": dict, "marks": dict}
_TABLES: dict[str, dict[str, type]] = {
    "recognise": {
        "columns": list, "any_of": list, "absent": list, "members": list, "texts": list, "measures": list,
        "match": str,
    },
    "region": {"column": str, "by": str, "fixed": str, "complete": bool},
    "period": {"column": str, "fixed": str, "form": str, "day": str, "unmarked": str},
    "marks": {"missing": list, "hidden": dict},
}  # fmt: skip
_MEASURE: dict[str, type | tuple[type, ...]] = {
    "indicator": str,
    "breakdown": str,
    "value": (str, dict, list),
    "numerator": (str, dict, list),
    "denominator": (str, dict, list),
    "factor": (int, float),
    "denominator_factor": (int, float),
    "most": (int, float),
    "optional": bool,
}
_ROLES = ({Role.VALUE}, {Role.NUMERATOR}, {Role.NUMERATOR, Role.DENOMINATOR})
_DECIMALS = (",", ".", "kolom")


class RecipeError(DashboardError):
    """A recipe that cannot be followed; file and line are in the message."""


def load_recipes(folder: Path, needs: frozenset[str]) -> tuple[Recipe, ...]:
    """The recipes in `folder`, in the order of their file names.

    Args:
        needs: the names that a recipe may ask for under `needs`.

    Raises:
        RecipeError: an unknown, missing or wrong key, a column that nothing recognises, a name used twice.
    """
    recipes: dict[str, Recipe] = {}
    for path in sorted(folder.glob("*.toml")):
        recipe = read_recipe(path.name, path.read_text(encoding="utf-8"), needs)
        if recipe.name in recipes:
            raise RecipeError(f"{path.name}, line 1: the name {recipe.name!r} is used twice.")
        recipes[recipe.name] = recipe
    return tuple(recipes.values())


def read_recipe(name: str, text: str, needs: frozenset[str]) -> Recipe:
    """One recipe out of the text of its file.

    Raises:
        RecipeError: see `load_recipes`.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{name}: not valid TOML: {error}.") from error
    place = _Place(name, text)
    _check_keys(document, {**_REQUIRED, **_OPTIONAL}, place)
    for key in _REQUIRED:
        if key not in document:
            raise place.error(key, f"{key!r} is missing.")
    for key, allowed in _TABLES.items():
        _check_keys(document.get(key, {}), allowed, place)
    if unknown := sorted(set(document.get("needs", [])) - needs):
        raise place.error("needs", f"unknown need(s) {unknown}; allowed are {sorted(needs)}.")
    try:
        recipe = _recipe(document, place)
    except ValueError as error:
        raise place.error("name", f"{error}.") from error
    _check_sums(recipe, place)
    _check_columns(recipe, place)
    return recipe


class _Place:
    """Where in a file something is wrong."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        lines = enumerate(text.splitlines(), 1)
        self.measures = [number for number, line in lines if line.strip() == "[[measure]]"]

    def error(self, key: str, words: str) -> RecipeError:
        match = re.search(rf"^[ \t]*\[*{re.escape(key)}\b", self.text, re.MULTILINE)
        line = self.text[: match.start()].count("\n") + 1 if match else 1
        return RecipeError(f"{self.name}, line {line}: {words}")

    def error_at(self, measure: int, words: str) -> RecipeError:
        line = self.measures[measure] if measure < len(self.measures) else 1
        return RecipeError(f"{self.name}, line {line}: {words}")


def _check_keys(
    entry: Mapping[str, Any], allowed: Mapping[str, type | tuple[type, ...]], place: _Place
) -> None:
    for key, value in entry.items():
        if key not in allowed:
            raise place.error(key, f"unknown key {key!r}; allowed are {sorted(allowed)}.")
        if not isinstance(value, allowed[key]):
            raise place.error(key, f"{key!r} cannot be {value!r}.")


def _recipe(document: Mapping[str, Any], place: _Place) -> Recipe:
    if document["decimal"] not in _DECIMALS:
        raise place.error("decimal", f"'decimal' is one of {list(_DECIMALS)}.")
    marks = document.get("marks", {})
    return Recipe(
        name=document["name"],
        publisher=document["publisher"],
        title=document["title"],
        licence=document["licence"],
        tried=document["tried"],
        shape=Shape(document["shape"]),
        signs=_signs(document["recognise"]),
        decimal=document["decimal"],
        region=_region(document["region"], place),
        period=_period(document["period"], place),
        country=Country(document["country"]),
        swv=Swv(document["swv"]),
        measures=tuple(_measure(entry, number, place) for number, entry in enumerate(document["measure"])),
        needs=tuple(document.get("needs", [])),
        where=_conditions(document.get("where", {}), place),
        skip=_conditions(document.get("skip", {}), place),
        sum_over=tuple(document.get("sum_over", [])),
        division=_division(document.get("division", OWN_YEAR), place),
        missing=frozenset(marks.get("missing", ["", "."])),
        hidden={mark: _bounds(mark, bounds, place) for mark, bounds in marks.get("hidden", {}).items()},
    )


def _signs(entry: Mapping[str, Any]) -> Signs:
    return Signs(
        columns=tuple(entry.get("columns", ())),
        any_of=tuple(entry.get("any_of", ())),
        absent=tuple(entry.get("absent", ())),
        members=tuple(entry.get("members", ())),
        texts=tuple(text.encode() for text in entry.get("texts", ())),
        measures=tuple(entry.get("measures", ())),
        match=Match(entry.get("match", Match.EXACT)),
    )


def _region(entry: Mapping[str, Any], place: _Place) -> RegionRule:
    if ("column" in entry) == ("fixed" in entry):
        raise place.error("region", "a region has either 'column' or 'fixed'.")
    return RegionRule(
        entry.get("column", ""),
        RegionBy(entry.get("by", RegionBy.CODE)),
        entry.get("fixed", ""),
        entry.get("complete", False),
    )


def _period(entry: Mapping[str, Any], place: _Place) -> PeriodRule:
    if ("column" in entry) == ("fixed" in entry):
        raise place.error("period", "a period has either 'column' or 'fixed'.")
    form = PeriodForm(entry.get("form", PeriodForm.YEAR))
    if (form is PeriodForm.DAY) != ("day" in entry):
        raise place.error("period", "'day' goes with form 'peildatum', and only with it.")
    unmarked = PeriodStatus(entry.get("unmarked", PeriodStatus.FINAL))
    return PeriodRule(entry.get("column", ""), entry.get("fixed", ""), form, entry.get("day", ""), unmarked)


def _conditions(entry: Mapping[str, Any], place: _Place) -> tuple[tuple[str, str], ...]:
    for column, text in entry.items():
        if not isinstance(text, str):
            raise place.error(column, f"{column!r} is compared with a text, not with {text!r}.")
    return tuple(entry.items())


def _division(text: str, place: _Place) -> str:
    if text != OWN_YEAR and not re.fullmatch(r"20\d{2}", text):
        raise place.error("division", f"'division' is {OWN_YEAR!r} or a year, not {text!r}.")
    return text


def _bounds(mark: str, bounds: object, place: _Place) -> tuple[float, float] | None:
    if bounds == []:
        return None
    if not isinstance(bounds, list) or len(bounds) != 2 or not 0 <= bounds[0] < bounds[1]:
        raise place.error("hidden", f"the mark {mark!r} has no bounds, [], or two: [1, 4].")
    return float(bounds[0]), float(bounds[1])


def _measure(entry: Mapping[str, Any], number: int, place: _Place) -> Measure:
    if unknown := sorted(set(entry) - set(_MEASURE)):
        raise place.error_at(number, f"unknown key(s) {unknown}; allowed are {sorted(_MEASURE)}.")
    for key, value in entry.items():
        if not isinstance(value, _MEASURE[key]):
            raise place.error_at(number, f"{key!r} cannot be {value!r}.")
    roles = {role for role in Role if role.value in entry}
    if "indicator" not in entry or roles not in _ROLES:
        raise place.error_at(number, "a measure has an 'indicator', and a 'value' or a 'numerator'.")
    return Measure(
        indicator=entry["indicator"],
        breakdown=entry.get("breakdown", TOTAL),
        terms={role: tuple(_terms(entry[role.value], number, place)) for role in Role if role in roles},
        factor=float(entry.get("factor", 1)),
        denominator_factor=float(entry.get("denominator_factor", 1)),
        most=float(entry["most"]) if "most" in entry else None,
        optional=entry.get("optional", False),
    )


def _terms(entry: object, number: int, place: _Place) -> Iterator[Term]:
    """`"nHH"`, `{column = "Value", where = {Leeftijd = ["10000", "10010"]}}`, or a list of these."""
    if isinstance(entry, list) and entry:
        for part in entry:
            yield from _terms(part, number, place)
    elif isinstance(entry, str) and entry:
        yield Term(entry)
    elif isinstance(entry, dict) and set(entry) == {"column", "where"} and isinstance(entry["where"], dict):
        combined: list[tuple[tuple[str, str], ...]] = [()]
        for column, texts in entry["where"].items():
            options = [texts] if isinstance(texts, str) else texts
            combined = [(*before, (column, text)) for before in combined for text in options]
        yield from (Term(entry["column"], where) for where in combined)
    else:
        raise place.error_at(number, f"{entry!r} is no column and no column with 'where'.")


def _check_sums(recipe: Recipe, place: _Place) -> None:
    """A finished percentage has no sum: where there is nothing else, SWVs and the country have none."""
    is_summed = recipe.swv is Swv.SHARES or recipe.country is Country.SUM
    if is_summed and all(Role.VALUE in measure.terms for measure in recipe.measures):
        raise place.error("swv", "no measure has a 'numerator': there is nothing to sum.")
    if recipe.country is Country.SUM and not recipe.region.complete:
        raise place.error("country", "a country that is summed needs 'complete = true' under 'region'.")


def _check_columns(recipe: Recipe, place: _Place) -> None:
    """Every column that the recipe reads must be one that it recognises the file by, or be optional."""
    known = recipe.signs.columns
    needed = [("region", recipe.region.column), ("period", recipe.period.column)]
    needed += [("sum_over", column) for column in recipe.sum_over]
    needed += [(column, column) for column, _ in (*recipe.where, *recipe.skip)]
    for key, column in needed:
        if column and column != MEASURE_TITLE and not find_columns(known, column, recipe.match):
            raise place.error(key, f"the column {column!r} is read, but not in 'recognise'.")
    for number, measure in enumerate(recipe.measures):
        for term in (term for terms in measure.terms.values() for term in terms):
            for column in (term.column, *(name for name, _ in term.where)):
                is_known = column == MEASURE_TITLE or find_columns(known, column, recipe.match)
                if not measure.optional and not is_known:
                    raise place.error_at(number, f"the column {column!r} is read, but not in 'recognise'.")
