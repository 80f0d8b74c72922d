"""The catalogue of indicators: TOML files to `Indicator`s, refused with file and line when in doubt."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.errors import CatalogueError
from app.indicators import (
    Aggregation,
    Breakdown,
    Category,
    Direction,
    Indicator,
    PeriodKind,
    SeriesBreak,
    Unit,
)
from app.regions import RegionKind

FOLDER = Path(__file__).parent

_REQUIRED = {
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
}
_OPTIONAL = {
    "reference_day": str,
    "breakdowns": list,
    "series_breaks": list,
    "reviewed_by": str,
    "reviewed_on": date,
}
_MAY_BE_EMPTY = frozenset({"denominator", "note"})


@dataclass(frozen=True)
class Catalogue:
    """Every indicator by id, in the order of themes and files."""

    indicators: Mapping[str, Indicator]

    def get(self, indicator_id: str) -> Indicator | None:
        """The indicator with this id, if there is one."""
        return self.indicators.get(indicator_id)

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators.values())

    @property
    def themes(self) -> tuple[str, ...]:
        """Themes in the catalogue's order."""
        return tuple(dict.fromkeys(indicator.theme for indicator in self))


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """The catalogue in `folder`, one file per theme.

    Raises:
        CatalogueError: a key unknown, missing or empty, a wrong choice, a double id; with file and line.
    """
    indicators: dict[str, Indicator] = {}
    for path in sorted(folder.glob("*.toml")):
        for indicator, line in _read_file(path):
            if indicator.id in indicators:
                raise CatalogueError(f"{path.name}, line {line}: the id {indicator.id!r} is used twice.")
            indicators[indicator.id] = indicator
    return Catalogue(indicators)


def _read_file(path: Path) -> Iterator[tuple[Indicator, int]]:
    text = path.read_text(encoding="utf-8")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name}: not valid TOML: {error}.") from error
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[indicator]]"]
    if unknown := set(document) - {"theme", "chapter", "indicator"}:
        line = _line_of(text, min(unknown))
        raise CatalogueError(f"{path.name}, line {line}: unknown key(s) {sorted(unknown)}.")
    for key in ("theme", "chapter"):
        if not isinstance(document.get(key), str) or not document[key]:
            raise CatalogueError(f"{path.name}, line 1: {key!r} is missing.")
    entries = document.get("indicator", [])
    if len(entries) != len(lines):
        raise CatalogueError(f"{path.name}, line 1: every indicator starts with a line [[indicator]].")
    for entry, line in zip(entries, lines, strict=True):
        place = f"{path.name}, line {line}"
        yield _indicator(entry, document["theme"], document["chapter"], place), line


def _line_of(text: str, key: str) -> int:
    pattern = re.compile(rf"^[ \t]*\[*{re.escape(key)}\b", re.MULTILINE)
    match = pattern.search(text)
    return text[: match.start()].count("\n") + 1 if match else 1


def _indicator(entry: Mapping[str, Any], theme: str, chapter: str, place: str) -> Indicator:
    _check_keys(entry, {**_REQUIRED, **_OPTIONAL}, place)
    _check_values(entry, place)
    try:
        return Indicator(
            id=entry["id"],
            label=entry["label"],
            short_label=entry["short_label"],
            theme=theme,
            chapter=chapter,
            definition=entry["definition"],
            numerator=entry["numerator"],
            denominator=entry["denominator"],
            unit=Unit(entry["unit"]),
            decimals=entry["decimals"],
            direction=Direction(entry["direction"]),
            levels=tuple(RegionKind(level) for level in entry["levels"]),
            breakdowns=tuple(_breakdown(part, place) for part in entry.get("breakdowns", [])),
            source=entry["source"],
            source_table=entry["source_table"],
            source_columns=entry["source_columns"],
            source_url=entry["source_url"],
            period_kind=PeriodKind(entry["period_kind"]),
            reference_day=entry.get("reference_day", ""),
            series_breaks=tuple(_series_break(part, place) for part in entry.get("series_breaks", [])),
            hiding_rule=entry["hiding_rule"],
            aggregation=Aggregation(entry["aggregation"]),
            note=entry["note"],
            licence=entry["licence"],
            reviewed_by=entry.get("reviewed_by", ""),
            reviewed_on=entry.get("reviewed_on"),
        )
    except ValueError as error:
        raise CatalogueError(f"{place} ({entry['id']}): {error}.") from error


def _check_keys(entry: Mapping[str, Any], allowed: Mapping[str, type], place: str) -> None:
    if unknown := sorted(set(entry) - set(allowed)):
        raise CatalogueError(f"{place}: unknown key(s) {unknown}; allowed are {sorted(allowed)}.")


def _check_values(entry: Mapping[str, Any], place: str) -> None:
    for key, kind in _REQUIRED.items():
        if key not in entry:
            raise CatalogueError(f"{place}: {key!r} is missing.")
        if not isinstance(entry[key], kind) or isinstance(entry[key], bool):
            raise CatalogueError(f"{place}: {key!r} must be {kind.__name__}, not {entry[key]!r}.")
        if entry[key] in ("", []) and key not in _MAY_BE_EMPTY:
            raise CatalogueError(f"{place}: {key!r} is empty.")
    if entry["unit"] == Unit.PERCENT and not entry["denominator"]:
        raise CatalogueError(f"{place}: a percentage needs a 'denominator'.")
    if (entry["period_kind"] == PeriodKind.REFERENCE_DATE) != bool(entry.get("reference_day")):
        raise CatalogueError(f"{place}: 'reference_day' goes with period_kind 'peildatum', and only with it.")
    if bool(entry.get("reviewed_by")) != bool(entry.get("reviewed_on")):
        raise CatalogueError(f"{place}: 'reviewed_by' and 'reviewed_on' are set together.")


def _breakdown(entry: Mapping[str, Any], place: str) -> Breakdown:
    allowed = {"dimension": str, "label": str, "adds_up": bool, "note": str, "categories": dict}
    _check_keys(entry, allowed, place)
    for key in ("dimension", "label", "adds_up", "categories"):
        if key not in entry:
            raise CatalogueError(f"{place}: a breakdown without {key!r}.")
    dimension = entry["dimension"]
    categories = tuple(Category(f"{dimension}:{code}", label) for code, label in entry["categories"].items())
    return Breakdown(dimension, entry["label"], categories, entry["adds_up"], entry.get("note", ""))


def _series_break(entry: Mapping[str, Any], place: str) -> SeriesBreak:
    _check_keys(entry, {"period": str, "explanation": str}, place)
    if set(entry) != {"period", "explanation"}:
        raise CatalogueError(f"{place}: a break in series has 'period' and 'explanation'.")
    return SeriesBreak(entry["period"], entry["explanation"])
