"""Lists of gemeenten with the region each lies in: Regioatlas, CBS's alphabetical list, outlines: pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.errors import LoadRefused
from app.regions import canonical_code
from loaders.files import Bundle, Problem, Severity, TextTable
from loaders.outlines import Outline, broken_rings, is_elsewhere, to_plane
from loaders.reference import plain
from loaders.region_names import rmc_regions, youth_regions
from loaders.thinning import thin_out


class Listed(StrEnum):
    """What a list says of each gemeente."""

    YOUTH_REGION = "jeugdregio"
    RMC = "RMC-regio"
    SWV_PO = "samenwerkingsverband po"
    SWV_VO = "samenwerkingsverband vo"
    PROVINCE = "provincie"
    GGD = "GGD-regio"
    LABOUR_REGION = "arbeidsmarktregio"
    EXISTS = "gemeente"
    OUTLINE = "omtrek"


REGIOATLAS_YEAR = 2016
"""The lists of Regioatlas do not say their year; those that we know are of February 2016."""

TITLES = {
    "Jeugdzorgregio's": Listed.YOUTH_REGION,
    "RMC-regio's (Regionaal Meld- en Coördinatiepunt)": Listed.RMC,
    "Passend Onderwijs - Primair Onderwijs": Listed.SWV_PO,
    "Passend Onderwijs - Voortgezet Onderwijs": Listed.SWV_VO,
    "Provincies": Listed.PROVINCE,
    "GGD's": Listed.GGD,
    "Arbeidsmarktregio's": Listed.LABOUR_REGION,
}
"""The third column of a list of Regioatlas → what it lists."""


@dataclass(frozen=True, slots=True)
class ListedGemeente:
    """One line of a list; `region` is a code where we have one for it, else its name, else empty."""

    code: str
    name: str
    region: str
    region_name: str
    row: int


@dataclass(frozen=True)
class Listing:
    """A whole list. `year` is None where it follows from which gemeenten are in it."""

    file: str
    kind: Listed
    year: int | None
    rows: tuple[ListedGemeente, ...]
    outlines: tuple[Outline, ...] = ()


def read_regioatlas(bundle: Bundle) -> tuple[Listing, list[Problem]]:
    """One list of Regioatlas: gemeente, CBS code, region, and a column that is not used.

    Raises:
        LoadRefused: a code that is none, a region without a known name; every one with its row.
    """
    table = bundle.table
    (title,) = [name for name in table.columns if name in TITLES]
    kind = TITLES[title]
    codes: Mapping[str, str] = {
        Listed.YOUTH_REGION: youth_regions(),
        Listed.RMC: rmc_regions(),
    }.get(kind, {})
    cells = zip(
        table.column("Gemeente"), table.column("CBS"), table.column(title), table.numbers, strict=True
    )
    rows, problems = [], []
    for name, notation, region, number in cells:
        code = canonical_code(notation)
        found = _region_code(kind, region, codes)
        if code is None or not code.startswith("GM"):
            problems.append(_fault(table, f"{notation!r} is geen code van een gemeente.", number, "CBS"))
        elif found is None:
            sentence = f"de {kind} {region!r} is onbekend."
            problems.append(_fault(table, sentence, number, title))
        else:
            rows.append(ListedGemeente(code, name, found, region, number))
    if problems:
        raise LoadRefused(f"{table.name}: {len(problems)} cellen kloppen niet.", tuple(problems))
    return Listing(table.name, kind, REGIOATLAS_YEAR, _once(rows)), _repeated(table, rows)


def _region_code(kind: Listed, region: str, codes: Mapping[str, str]) -> str | None:
    if kind in (Listed.YOUTH_REGION, Listed.RMC):
        return codes.get(plain(region))
    if kind in (Listed.SWV_PO, Listed.SWV_VO):
        code = canonical_code(region)
        return code if code and code.startswith("PO" if kind is Listed.SWV_PO else "VO") else None
    return region or None


def _fault(table: TextTable, sentence: str, row: int, column: str) -> Problem:
    return Problem(sentence, file=table.name, row=row, column=column)


def _once(rows: list[ListedGemeente]) -> tuple[ListedGemeente, ...]:
    first: dict[tuple[str, str], ListedGemeente] = {}
    for row in rows:
        first.setdefault((row.code, row.region), row)
    return tuple(first.values())


def _repeated(table: TextTable, rows: list[ListedGemeente]) -> list[Problem]:
    count = len(rows) - len(_once(rows))
    sentence = f"{count} regels staan er dubbel in en tellen één keer."
    return [Problem(sentence, Severity.NOTE, table.name)] if count else []


def read_alphabetical(bundle: Bundle) -> Listing:
    """CBS's list of gemeenten with the province of each.

    Raises:
        LoadRefused: two codes of one gemeente that differ, or a code twice; with row.
    """
    table, problems, rows = bundle.table, [], []
    columns = ("Gemeentecode", "GemeentecodeGM", "Gemeentenaam", "ProvinciecodePV", "Provincienaam")
    cells = zip(*(table.column(name) for name in columns), table.numbers, strict=True)
    for bare, code, name, province, province_name, number in cells:
        if canonical_code(bare) != code:
            sentence = f"{bare!r} en {code!r} zijn niet dezelfde gemeente."
            problems.append(_fault(table, sentence, number, columns[1]))
        rows.append(ListedGemeente(code, name, province, province_name, number))
    problems += [
        _fault(table, f"{row.code} staat er meer dan één keer in.", row.row, columns[1])
        for row in _doubles(rows)
    ]
    if problems:
        raise LoadRefused(f"{table.name}: {len(problems)} rijen kloppen niet.", tuple(problems))
    return Listing(table.name, Listed.EXISTS, None, tuple(rows))


def _doubles(rows: list[ListedGemeente]) -> list[ListedGemeente]:
    seen: set[str] = set()
    return [row for row in rows if row.code in seen or seen.add(row.code)]  # type: ignore[func-returns-value]


def read_outlines(bundle: Bundle) -> tuple[Listing, list[Problem]]:
    """Outlines of gemeenten (GeoJSON): codes and rings, and which outlines cross themselves.

    Raises:
        LoadRefused: no such GeoJSON, one without degrees, or a gemeente that stands in it twice.
    """
    (content,) = bundle.members.values()
    try:
        features = json.loads(content)["features"]
        if any(is_elsewhere(feature) for feature in features):
            raise LoadRefused(f"{bundle.name} heeft geen lengte en breedte in graden, of ligt elders.")
        rows = tuple(_outlined(feature, number) for number, feature in enumerate(features, 1))
        broken = [row.name for row, feature in zip(rows, features, strict=True) if broken_rings(feature)]
        outlines = [Outline(row.code, to_plane(feature)) for row, feature in zip(rows, features, strict=True)]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise LoadRefused(f"{bundle.name} bevat geen omtrekken van gemeenten als GeoJSON.") from error
    if doubles := _doubles(list(rows)):
        raise LoadRefused(f"{bundle.name}: {doubles[0].code} staat er meer dan één keer in.")
    listing = Listing(bundle.name, Listed.OUTLINE, None, rows, thin_out(outlines))
    return listing, _crossing(bundle.name, broken)


def _outlined(feature: dict[str, Any], number: int) -> ListedGemeente:
    properties = feature["properties"]
    return ListedGemeente(str(properties["gemeenteCode"]), str(properties["gemeenteNaam"]), "", "", number)


def _crossing(file: str, broken: list[str]) -> list[Problem]:
    if not broken:
        return []
    names = ", ".join(sorted(broken)[:10])
    sentence = f"{len(broken)} omtrekken kruisen zichzelf: {names}. Zij staan zo op de kaart."
    return [Problem(sentence, Severity.WARNING, file)]
