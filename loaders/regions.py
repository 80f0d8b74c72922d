"""Region sources: the CBS code list of gemeenten and the regulation of SWV areas, to tidy rows: pure."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import LoadRefused
from app.regions import RegionKind, canonical_code, kind_of
from loaders.files import Bundle, Problem, Severity, decode

FIRST_DAY = date(2015, 1, 1)
"""Gemeenten that ended on or before this day are left out."""

_DAY = r"(\d{2})-(\d{2})-(\d{4})"
_ENDED = re.compile(rf"^Opgeheven per {_DAY}, overgegaan naar:")
_RENAMED = re.compile(rf"^Naamswijziging per {_DAY},\s*nieuwe naam: .* \((GM\d{{4}})\)")
_BEGAN = re.compile(rf"^(?:Begindatum|Ontstaan per) {_DAY}", re.MULTILINE)
_SUCCESSOR = re.compile(r"^- .+ \((GM\d{4})\),\s*\.\.\. .*?(\d+) inwoners?\s*$", re.MULTILINE)
_POSTCODE_ROW = re.compile(r"^\|\s*(\d{4})\s*\|\s*([^|]+?)\s*\|\s*([^|]+?)\s*\|\s*([^|]+?)\s*\|\s*$")


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A land, provincie or gemeente with its validity; `valid_to` is the first day it no longer exists."""

    code: str
    kind: RegionKind
    name: str
    province_code: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """The share (0–1, of inhabitants) of an ended gemeente that went to a successor."""

    old: str
    new: str
    happened_on: date
    inhabitants: int | None
    share: float


@dataclass(frozen=True, slots=True)
class PostcodeRow:
    """One postcode of the regulation; an SWV is None where the regulation names none (Europoort)."""

    pc4: str
    gemeente_name: str
    po_swv: str | None
    vo_swv: str | None


def read_area_codes(content: bytes) -> tuple[list[AreaRow], list[SuccessionRow]]:
    """Areas and successions since 2015 from CBS's `RegioSCodes` (OData v4 JSON).

    Raises:
        LoadRefused: the JSON is not such a list.
    """
    try:
        entries = json.loads(content)["value"]
        areas = [area for entry in entries if (area := _area(entry))]
    except (ValueError, KeyError, TypeError) as error:
        raise LoadRefused("De codelijst van regio's heeft niet de vorm die het CBS gebruikt.") from error
    kept = {area.code for area in areas}
    successions = [row for entry in entries if entry["Identifier"] in kept for row in _successions(entry)]
    return areas, [row for row in successions if row.new in kept]


def _area(entry: dict[str, Any]) -> AreaRow | None:
    code = canonical_code(entry["Identifier"])
    if code is None or not entry["Identifier"].startswith(("NL", "PV", "GM")):
        return None
    kind = kind_of(code)
    group = entry["DimensionGroupId"] or ""
    if kind is RegionKind.GEMEENTE and not group.startswith("GMPV"):
        return None  # registers and abroad, not gemeenten
    valid_to = _ended_on(entry["Description"]) if kind is RegionKind.GEMEENTE else None
    if valid_to is not None and valid_to <= FIRST_DAY:
        return None
    return AreaRow(
        code=code,
        kind=kind,
        name=_plain_name(entry["Title"]),
        province_code=group[2:] if group.startswith("GMPV") else None,
        valid_from=_began_on(entry["Description"]) if kind is RegionKind.GEMEENTE else None,
        valid_to=valid_to,
    )


def _plain_name(title: str) -> str:
    """The name without CBS's own marks for what sort of area it is."""
    return re.sub(r" \((?:gemeente|PV)\)$", "", title.strip())


def _ended_on(description: str) -> date | None:
    match = _ENDED.search(description) or _RENAMED.search(description)
    return _date(match.group(1), match.group(2), match.group(3)) if match else None


def _began_on(description: str) -> date | None:
    match = _BEGAN.search(description)
    return _date(*match.groups()) if match else None


def _date(day: str, month: str, year: str) -> date:
    return date(int(year), int(month), int(day))


def _successions(entry: dict[str, Any]) -> list[SuccessionRow]:
    description = entry["Description"].replace("\r\n", "\n")
    if match := _RENAMED.search(description):
        day, month, year, new = match.groups()
        return [SuccessionRow(entry["Identifier"], new, _date(day, month, year), None, 1.0)]
    match = _ENDED.search(description)
    if not match:
        return []
    happened_on = _date(*match.groups())
    paragraph = description.split("\n\n", 1)[0]
    parts = [(code, int(inhabitants)) for code, inhabitants in _SUCCESSOR.findall(paragraph)]
    total = sum(inhabitants for _, inhabitants in parts)
    return [
        SuccessionRow(
            entry["Identifier"], code, happened_on, inhabitants, inhabitants / total if total else 1.0
        )
        for code, inhabitants in parts
    ]


def read_regulation(bundle: Bundle) -> tuple[list[PostcodeRow], list[Problem]]:
    """Every postcode in the annex of the regulation (the form of 2015: a table with pipes).

    Raises:
        LoadRefused: no such table, or a postcode that stands in it twice with different areas.
    """
    ((name, content),) = bundle.members.items()
    text, _ = decode(name, content)
    rows: dict[str, PostcodeRow] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not (match := _POSTCODE_ROW.match(line)):
            continue
        row = _postcode(*match.groups())
        if rows.setdefault(row.pc4, row) != row:
            raise LoadRefused(f"{name}: rij {number}: postcode {row.pc4} staat twee keer in de tabel.")
        if row.po_swv is None or row.vo_swv is None:
            sentence = f"Postcode {row.pc4} heeft geen samenwerkingsverband maar “{match.group(3)}”."
            problems.append(Problem(sentence, Severity.WARNING, name, row=number))
    if not rows:
        raise LoadRefused(f"{name} bevat geen tabel met postcodes en samenwerkingsverbanden.")
    return list(rows.values()), problems


def _postcode(pc4: str, gemeente: str, po: str, vo: str) -> PostcodeRow:
    return PostcodeRow(pc4, gemeente, _swv(po, "PO"), _swv(vo, "VO"))


def _swv(notation: str, sector: str) -> str | None:
    code = canonical_code(notation)
    return code if code and code.startswith(sector) else None


def national_areas() -> list[AreaRow]:
    """The two SWVs that cover the whole country; the files know `VO0001`, its po twin is named after it."""
    names = {
        "PO0001": "Landelijk SWV primair onderwijs (reformatorisch)",
        "VO0001": "Landelijk SWV voortgezet onderwijs (reformatorisch)",
    }
    return [AreaRow(code, kind_of(code), name, None, None, None) for code, name in names.items()]
