"""One table `[[indicator]]` of a catalogue file to an `Indicator`, refused with its line when in doubt."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from app.indicators import (
    Aggregation,
    Answer,
    Basis,
    Breakdown,
    Category,
    Direction,
    Indicator,
    PeriodKind,
    PlausibleBand,
    SeriesBreak,
    Unit,
)
from app.regions import RegionKind
from loaders.catalogue.blocks import Block

Kinds = type | tuple[type, ...]
Choice = TypeVar("Choice", bound=StrEnum)

NUMBER = (int, float)
REQUIRED: Mapping[str, Kinds] = {
    "id": str,
    "label": str,
    "short_label": str,
    "definition": str,
    "numerator": str,
    "denominator": str,
    "unit": str,
    "decimals": int,
    "direction": str,
    "levels": list,
    "source": str,
    "source_table": str,
    "source_columns": str,
    "source_url": str,
    "period_kind": str,
    "hiding_rule": str,
    "aggregation": str,
    "note": str,
    "licence": str,
    "fill": str,
    "first_year": int,
}
OPTIONAL: Mapping[str, Kinds] = {
    "reference_day": str,
    "breakdowns": list,
    "series_breaks": list,
    "reviewed_by": str,
    "reviewed_on": date,
    "own_figures": bool,
    "has_margin": bool,
    "by_school": bool,
    "lowest": NUMBER,
    "highest": NUMBER,
    "plausible": list,
    "answers": list,
}
MAY_BE_EMPTY = frozenset({"denominator", "note", "source_url"})
"""What a region counts itself has no address."""

BAND: Mapping[str, Kinds] = {"low": NUMBER, "high": NUMBER, "year": str, "level": str, "basis": str}
PERCENTILES: Mapping[str, Kinds] = {"p5": NUMBER, "p95": NUMBER}


def read_indicator(entry: Mapping[str, Any], block: Block, theme: str, chapter: str) -> Indicator:
    """The indicator of one table.

    Raises:
        CatalogueError: a key unknown, missing, empty or of another type, a wrong choice; with its line.
    """
    _check_keys(entry, block, REQUIRED, OPTIONAL)
    _check_filled(entry, block)
    _check_pairs(entry, block)
    unit = _choice(Unit, entry["unit"], block, "unit")
    lowest, highest = (entry.get(key, limit) for key, limit in zip(LIMITS, unit.limits, strict=True))
    return Indicator(
        **{key: entry[key] for key in PLAIN},
        theme=theme,
        chapter=chapter,
        unit=unit,
        direction=_choice(Direction, entry["direction"], block, "direction"),
        levels=tuple(_choice(RegionKind, level, block, "levels") for level in entry["levels"]),
        period_kind=_choice(PeriodKind, entry["period_kind"], block, "period_kind"),
        aggregation=_choice(Aggregation, entry["aggregation"], block, "aggregation"),
        reference_day=entry.get("reference_day", ""),
        reviewed_by=entry.get("reviewed_by", ""),
        reviewed_on=entry.get("reviewed_on"),
        own_figures=entry.get("own_figures", False),
        has_margin=entry.get("has_margin", True),
        by_school=entry.get("by_school", False),
        lowest=float(lowest),
        highest=float(highest),
        breakdowns=tuple(_breakdown(*each) for each in _tables("breakdowns", entry, block)),
        series_breaks=tuple(_series_break(*each) for each in _tables("series_breaks", entry, block)),
        plausible=tuple(_band(each, entry, block) for each in entry.get("plausible", [])),
        answers=tuple(_answer(each, block) for each in entry.get("answers", [])),
    )


LIMITS = ("lowest", "highest")
CHOICES = frozenset({"unit", "direction", "levels", "period_kind", "aggregation"})
PLAIN = tuple(key for key in REQUIRED if key not in CHOICES)
"""Keys that go into the indicator as they stand in the file."""


def _check_keys(
    entry: Mapping[str, Any], block: Block, required: Mapping[str, Kinds], optional: Mapping[str, Kinds]
) -> None:
    allowed = {**required, **optional}
    if unknown := sorted(set(entry) - set(allowed)):
        raise block.refusal(f"unknown key(s) {unknown}; allowed are {sorted(allowed)}.", unknown[0])
    for key, kind in allowed.items():
        if key not in entry and key in required:
            raise block.refusal(f"{key!r} is missing.")
        if key in entry and not _is(entry[key], kind):
            raise block.refusal(f"{key!r} must be {_name(kind)}, not {entry[key]!r}.", key)


def _is(value: object, kind: Kinds) -> bool:
    """Whether a value is of a kind; true and false are no numbers."""
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _name(kind: Kinds) -> str:
    return " or ".join(each.__name__ for each in kind) if isinstance(kind, tuple) else kind.__name__


def _check_filled(entry: Mapping[str, Any], block: Block) -> None:
    for key in REQUIRED:
        if entry[key] in ("", []) and key not in MAY_BE_EMPTY:
            raise block.refusal(f"{key!r} is empty.", key)


def _check_pairs(entry: Mapping[str, Any], block: Block) -> None:
    """What must agree between two keys."""
    is_share = entry["unit"] == Unit.PERCENT or entry["unit"].startswith("per ")
    if is_share and not entry["denominator"]:
        raise block.refusal("a percentage or a rate needs a 'denominator'.", "denominator")
    if (entry["period_kind"] == PeriodKind.REFERENCE_DATE) != bool(entry.get("reference_day")):
        sentence = "'reference_day' goes with period_kind 'peildatum', and only with it."
        raise block.refusal(sentence, "reference_day" if "reference_day" in entry else "period_kind")
    if bool(entry.get("reviewed_by")) != bool(entry.get("reviewed_on")):
        key = "reviewed_by" if "reviewed_by" in entry else "reviewed_on"
        raise block.refusal("'reviewed_by' and 'reviewed_on' are set together.", key)
    if (entry["unit"] == Unit.CATEGORY) != bool(entry.get("answers")):
        raise block.refusal("'answers' goes with unit 'categorie', and only with it.", "unit")


def _choice(choices: type[Choice], value: str, block: Block, key: str) -> Choice:
    try:
        return choices(value)
    except ValueError as error:
        words = ", ".join(each.value for each in choices)
        raise block.refusal(f"{key!r} is {value!r}; it can be {words}.", key) from error


def _tables(key: str, entry: Mapping[str, Any], block: Block) -> list[tuple[Mapping[str, Any], Block]]:
    """The tables under a key, each with its lines."""
    entries, blocks = entry.get(key, []), list(block.parts(f"[[indicator.{key}]]"))
    if len(entries) != len(blocks):
        raise block.refusal(f"{key!r} are tables that start with a line [[indicator.{key}]].", key)
    return list(zip(entries, blocks, strict=True))


def _breakdown(entry: Mapping[str, Any], block: Block) -> Breakdown:
    required: Mapping[str, Kinds] = {"dimension": str, "label": str, "adds_up": bool, "categories": dict}
    _check_keys(entry, block, required, {"note": str})
    dimension = entry["dimension"]
    categories = tuple(Category(f"{dimension}:{code}", label) for code, label in entry["categories"].items())
    return Breakdown(dimension, entry["label"], categories, entry["adds_up"], entry.get("note", ""))


def _series_break(entry: Mapping[str, Any], block: Block) -> SeriesBreak:
    _check_keys(entry, block, {"period": str, "explanation": str}, {})
    return SeriesBreak(entry["period"], entry["explanation"])


def _band(band: object, entry: Mapping[str, Any], block: Block) -> PlausibleBand:
    if not isinstance(band, dict):
        raise block.refusal("'plausible' is a list of { low, high, year, level, basis }.", "plausible")
    inside = block.inside("plausible")
    _check_keys(band, inside, BAND, PERCENTILES)
    basis = _choice(Basis, band["basis"], inside, "basis")
    level = _choice(RegionKind, band["level"], inside, "level")
    if not band["low"] < band["high"] or band["level"] not in entry["levels"]:
        raise inside.refusal("in 'plausible', low is below high and level is one of 'levels'.")
    if (basis is Basis.MEASURED) != bool(band["year"]):
        raise inside.refusal("in 'plausible', what is 'gemeten' has a year, a 'schatting' has none.")
    p5, p95 = (float(band[key]) if key in band else None for key in PERCENTILES)
    return PlausibleBand(float(band["low"]), float(band["high"]), band["year"], level, basis, p5, p95)


def _answer(answer: object, block: Block) -> Answer:
    if not isinstance(answer, dict):
        raise block.refusal("'answers' is a list of { value, label }.", "answers")
    _check_keys(answer, block.inside("answers"), {"value": int, "label": str}, {})
    return Answer(answer["value"], answer["label"])
