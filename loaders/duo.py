"""DUO files: school addresses, pupils per site through the years, pupils vo, early school leavers."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.contributions import SwvRoute
from app.errors import LoadRefused
from app.indicators import TOTAL, CellStatus, PeriodStatus
from app.regions import COUNTRY, RegionKind, canonical_code, kind_of
from loaders.files import Bundle, Problem, Severity, TextTable, parse_number
from loaders.reference import Reference
from loaders.schools import Placement, place_sites
from loaders.tidy import BOUNDS, Tidy, complete

HISTORY_FIRST_YEAR = 2011
"""SBO and SO jump in 2010: DUO's series can be compared from here on."""

UNKNOWN_GEMEENTE = "9999"
HIDDEN = "<5"
HIDDEN_BOUNDS = (1.0, 4.0)
KINDS = {"BO": "ll-bao", "SBO": "ll-sbo", "SO": "ll-so", "VSO": "ll-vso", "SO/VSO": "ll-so-vso"}
_YEAR_COLUMN = re.compile(r"LEERLINGEN_(\d{4})")
_PUPIL_COLUMN = re.compile(r"LEER- OF VERBLIJFSJAAR \d - (?:MAN|VROUW)")
_PO_TYPES = {"basisschool", "SBAO", "SO"}
_BOTH_TYPES = {"(V)SO"}


@dataclass(frozen=True, slots=True)
class SiteRow:
    """Where one school site stands; `sector` and `pupils` only where the file tells them."""

    brin6: str
    pc4: str | None
    gemeente_notation: str | None
    gemeente_name: str | None
    sector: str | None = None
    pupils: int | None = None


def read_po_addresses(table: TextTable) -> list[SiteRow]:
    """Sites of basisonderwijs (`INSTELLINGSCODE`, 6-character `VESTIGINGSCODE`)."""
    return _addresses(table, "VESTIGINGSCODE", "po")


def read_vo_addresses(table: TextTable) -> list[SiteRow]:
    """Sites of voortgezet onderwijs in the older column names (`VESTIGINGSNUMMER` of 6 characters)."""
    return _addresses(table, "VESTIGINGSNUMMER", "vo")


def _addresses(table: TextTable, site_column: str, sector: str) -> list[SiteRow]:
    if doubles := tuple(_doubles(table, site_column)):
        raise LoadRefused(f"{table.name}: {len(doubles)} vestigingen staan er vaker in.", doubles)
    columns = (site_column, "POSTCODE", "GEMEENTENUMMER", "GEMEENTENAAM")
    cells = zip(*(table.column(name) for name in columns), strict=True)
    return [SiteRow(site, pc4_of(postcode), number, name, sector) for site, postcode, number, name in cells]


def _doubles(table: TextTable, site_column: str) -> Iterator[Problem]:
    repeated = pd.Series(table.column(site_column)).duplicated()
    return _strange_cells(table, site_column, repeated, "staat er meer dan één keer in")


def read_school_points(bundle: Bundle) -> list[SiteRow]:
    """Sites with postcode, gemeente name and pupils 2023/24 from the GeoJSON of all schools.

    A site that stands in it twice counts once, with the larger number of pupils.
    """
    (content,) = bundle.members.values()
    try:
        features = json.loads(content)["features"]
        rows = [_school_point(feature["properties"]) for feature in features]
        if not rows:
            raise ValueError("no features")
    except (ValueError, KeyError, TypeError) as error:
        raise LoadRefused(f"{bundle.name} bevat geen scholen met postcode als GeoJSON.") from error
    best: dict[str, SiteRow] = {}
    for row in rows:
        if row.brin6 not in best or (row.pupils or 0) > (best[row.brin6].pupils or 0):
            best[row.brin6] = row
    return list(best.values())


def _school_point(properties: dict[str, str | int | None]) -> SiteRow:
    kind = str(properties["type"])
    sector = None if kind in _BOTH_TYPES else "po" if kind in _PO_TYPES else "vo"
    pupils = properties["leerlingen"]
    return SiteRow(
        brin6=str(properties["vestigingscode"]),
        pc4=pc4_of(str(properties["postcode"] or "")),
        gemeente_notation=None,
        gemeente_name=str(properties["gemeente"]),
        sector=sector,
        pupils=int(pupils) if pupils is not None else None,
    )


def pc4_of(postcode: str) -> str | None:
    """The four digits of a postcode such as `9306 TC` or `3181PX`; None where there is none."""
    match = re.match(r"([1-9]\d{3})(?:\s?[A-Z]{2})?$", postcode.strip().upper())
    return match.group(1) if match else None


def read_history(table: TextTable, reference: Reference) -> Tidy:
    """Pupils per kind of school from 2011, for gemeenten of today, SWVs and the country, as bounds.

    Raises:
        LoadRefused: a cell that is no count and no `<5`, an unknown kind or gemeente; all are listed.
    """
    years = [match.group(1) for name in table.columns if (match := _YEAR_COLUMN.fullmatch(name))]
    kept = [year for year in years if int(year) >= HISTORY_FIRST_YEAR]
    sites, faults = _history_sites(table, reference)
    low, high, cell_faults = _history_counts(table, kept)
    if faults or cell_faults:
        problems = (*faults, *cell_faults)
        raise LoadRefused(f"{table.name}: {len(problems)} cellen kloppen niet.", problems)
    placement = place_sites(sites, reference)
    observations = pd.concat(
        [_history_frame(placement, low, high, kept), _participation(placement, low, high, kept)],
        ignore_index=True,
    )
    indicators = [*KINDS.values(), "deel-sbo-pct"]
    statuses = {(indicator, year): PeriodStatus.FINAL for indicator in indicators for year in kept}
    division = str(_latest_year(table))  # every year stands on the gemeenten of the last one
    notes = tuple(placement.problems(table.name))
    return Tidy(complete(observations), statuses, notes, division, SwvRoute.POSTCODE)


def _history_sites(table: TextTable, reference: Reference) -> tuple[pd.DataFrame, list[Problem]]:
    sites = pd.DataFrame(
        {
            "brin6": table.column("VESTIGINGSCODE"),
            "kind": table.column("SOORT_VESTIGING"),
            "gemeente": [canonical_code(text) for text in table.column("GEMEENTECODE_VESTIGING")],
            "notation": table.column("GEMEENTECODE_VESTIGING"),
        }
    )
    known = set(reference.gemeenten(_latest_year(table)))
    strange = ~sites["gemeente"].isin(known) & (sites["notation"] != UNKNOWN_GEMEENTE)
    return sites, [
        *_doubles(table, "VESTIGINGSCODE"),
        *_strange_cells(table, "SOORT_VESTIGING", ~sites["kind"].isin(KINDS), "is geen soort vestiging"),
        *_strange_cells(table, "GEMEENTECODE_VESTIGING", strange, "is geen gemeente van het laatste jaar"),
    ]


def _strange_cells(table: TextTable, column: str, strange: pd.Series, words: str) -> Iterator[Problem]:
    cells = zip(table.column(column), table.numbers, strange, strict=True)
    for text, number, is_strange in cells:
        if is_strange:
            yield Problem(f"{text!r} {words}.", file=table.name, row=number, column=column)


def _latest_year(table: TextTable) -> int:
    return max(int(match.group(1)) for name in table.columns if (match := _YEAR_COLUMN.fullmatch(name)))


def _history_counts(table: TextTable, years: list[str]) -> tuple[np.ndarray, np.ndarray, list[Problem]]:
    """(low, high, problems): arrays of sites × years."""
    columns = [table.columns.index(f"LEERLINGEN_{year}") for year in years]
    cells = np.array([[row[index] for index in columns] for row in table.rows], dtype=object)
    hidden = cells == HIDDEN
    plain = np.frompyfunc(lambda text: text.isascii() and text.isdigit(), 1, 1)(cells).astype(bool)
    problems = [
        Problem(
            f"{cells[row, column]!r} is geen aantal leerlingen en ook geen “<5”.",
            file=table.name,
            row=table.numbers[row],
            column=f"LEERLINGEN_{years[column]}",
        )
        for row, column in np.argwhere(~(hidden | plain))
    ]
    counts = np.where(plain, cells, "0").astype(float)
    return (
        np.where(hidden, HIDDEN_BOUNDS[0], counts),
        np.where(hidden, HIDDEN_BOUNDS[1], counts),
        problems,
    )


def _history_frame(placement: Placement, low: np.ndarray, high: np.ndarray, years: list[str]) -> pd.DataFrame:
    frames = [
        placement.totals(low, high, kind, years).assign(indicator=indicator)
        for kind, indicator in KINDS.items()
    ]
    counts = pd.concat(frames, ignore_index=True).assign(breakdown=TOTAL)
    apart = counts["numerator_low"] < counts["numerator_high"]
    return counts.assign(status=_status(counts, apart))


def _status(cells: pd.DataFrame, apart: pd.Series) -> np.ndarray:
    """One hidden site and no other pupil is hidden, and so is the percentage it makes (METHODS)."""
    bounds = zip(("numerator_low", "numerator_high"), HIDDEN_BOUNDS, strict=True)
    only_hidden = np.logical_and.reduce([cells[name] == bound for name, bound in bounds])
    statuses = [CellStatus.HIDDEN.value, CellStatus.PARTLY_HIDDEN.value]
    return np.select([only_hidden, apart], statuses, CellStatus.PRESENT.value)


def _participation(placement: Placement, low: np.ndarray, high: np.ndarray, years: list[str]) -> pd.DataFrame:
    """Participation sbo: the part in sbo of bo and sbo together. Regions without pupils are left out."""
    part = placement.totals(low, high, "SBO", years)
    rest = placement.totals(low, high, "BO", years)
    both = part.merge(rest, on=["region", "period"], suffixes=("", "_rest"), validate="one_to_one")
    whole = both.assign(
        indicator="deel-sbo-pct",
        breakdown=TOTAL,
        denominator_low=both["numerator_low"] + both["numerator_low_rest"],
        denominator_high=both["numerator_high"] + both["numerator_high_rest"],
        estimated=both[["estimated", "estimated_rest"]].max(axis=1),
        indirect=both[["indirect", "indirect_rest"]].max(axis=1),
    )
    kept = whole[whole["denominator_high"] > 0]
    apart = (kept["numerator_low"] < kept["numerator_high"]) | (
        kept["denominator_low"] < kept["denominator_high"]
    )
    return kept.assign(status=_status(kept, apart)).drop(columns=list(kept.filter(regex="_rest$")))


def read_vo_pupils(table: TextTable, reference: Reference) -> Tidy:
    """Pupils vo and participation praktijkonderwijs per SWV vo and country, 1 October 2019.

    The file does not say its year; it was published for 2019. Sites without a known postcode count for the
    country only, and the problems say how many pupils that is.
    """
    pupils = _vo_per_site(table)
    pc4 = pupils["brin6"].map(reference.postcode_of_site)
    swv = pc4.map({code: vo for code, (_, vo) in reference.swv_of_postcode.items()})
    placed = pupils.assign(region=swv)
    regional = placed.dropna(subset="region").groupby("region", as_index=False)[["total", "practical"]].sum()
    country = placed[["total", "practical"]].sum().to_frame().T.assign(region=COUNTRY)
    both = pd.concat([regional, country], ignore_index=True)
    lost = placed[placed["region"].isna()]
    sentence = (
        f"{len(lost)} vestigingen met {int(lost['total'].sum())} leerlingen hebben geen bekende postcode "
        "in een samenwerkingsverband; zij tellen alleen landelijk mee."
    )
    note = Problem(sentence, Severity.WARNING, table.name)
    return Tidy(
        pd.concat([_vo_counts(both), _vo_practical(both)], ignore_index=True),
        {("ll-vo", VO_PERIOD): PeriodStatus.FINAL, ("deel-pro-pct", VO_PERIOD): PeriodStatus.FINAL},
        (note,),
        swv_route=SwvRoute.POSTCODE,
    )


VO_PERIOD = "2019"


def _vo_per_site(table: TextTable) -> pd.DataFrame:
    columns = [name for name in table.columns if _PUPIL_COLUMN.fullmatch(name)]
    counts = pd.DataFrame({name: table.column(name) for name in columns})
    wrong = [
        Problem(f"{text!r} is geen aantal leerlingen.", file=table.name, row=table.numbers[row], column=name)
        for name in columns
        for row, text in enumerate(counts[name])
        if not (text.isascii() and text.isdigit())
    ]
    if wrong:
        raise LoadRefused(f"{table.name}: {len(wrong)} cellen zijn geen aantal.", tuple(wrong))
    total = counts.astype(float).sum(axis=1)
    kind = pd.Series(table.column("ONDERWIJSTYPE VO EN LEER- OF VERBLIJFSJAAR"))
    brin6 = pd.Series(table.column("BRIN NUMMER")) + pd.Series(table.column("VESTIGINGSNUMMER"))
    rows = pd.DataFrame(
        {"brin6": brin6, "total": total, "practical": total.where(kind.str.startswith("Praktijk"), 0.0)}
    )
    return rows.groupby("brin6", as_index=False).sum()


def _vo_counts(both: pd.DataFrame) -> pd.DataFrame:
    cells = both.assign(indicator="ll-vo", period=VO_PERIOD, breakdown=TOTAL)
    return complete(cells.assign(numerator_low=both["total"], numerator_high=both["total"]))


def _vo_practical(both: pd.DataFrame) -> pd.DataFrame:
    cells = both.assign(indicator="deel-pro-pct", period=VO_PERIOD, breakdown=TOTAL)
    return complete(
        cells.assign(
            numerator_low=both["practical"],
            numerator_high=both["practical"],
            denominator_low=both["total"],
            denominator_high=both["total"],
        )
    )


VSV_PERIOD = "2015"


def read_vsv(table: TextTable, reference: Reference) -> Tidy:
    """Early school leavers per SWV vo and country; no figure of a single site is kept.

    Raises:
        LoadRefused: a number that is none, or an SWV that does not exist; every one is listed.
    """
    rows = list(_vsv_rows(table, reference))
    problems = tuple(row for row in rows if isinstance(row, Problem))
    if problems:
        raise LoadRefused(f"{table.name}: {len(problems)} cellen kloppen niet.", problems)
    counts = [row for row in rows if not isinstance(row, Problem)]
    sites = pd.DataFrame(counts, columns=["region", "pupils", "leavers"])
    country = sites.assign(region=COUNTRY)
    sums = pd.concat([sites, country]).groupby("region", as_index=False).sum()
    cells = sums.assign(indicator="vsv-vo-pct", period=VSV_PERIOD, breakdown=TOTAL).assign(
        **dict(zip(BOUNDS, (sums["leavers"], sums["leavers"], sums["pupils"], sums["pupils"]), strict=True))
    )
    statuses = {("vsv-vo-pct", VSV_PERIOD): PeriodStatus.FINAL}
    return Tidy(complete(cells), statuses, swv_route=SwvRoute.DELIVERED)


def _vsv_rows(table: TextTable, reference: Reference) -> Iterator[tuple[str, float, float] | Problem]:
    columns = ("SAMENWERKINGSVERBAND_NUMMER", "aantal_leerlingen", "vsv_totaal")
    cells = zip(*(table.column(name) for name in columns), table.numbers, strict=True)
    for notation, pupils_text, leavers_text, number in cells:
        code = canonical_code(notation) or ""
        pupils, leavers = parse_number(pupils_text, decimal=","), parse_number(leavers_text, decimal=",")
        if code not in reference.by_code or kind_of(code) is not RegionKind.SWV_VO:
            sentence = f"{notation!r} is geen samenwerkingsverband vo."
            yield Problem(sentence, file=table.name, row=number, column=columns[0])
        elif pupils is None or leavers is None or not 0 <= leavers <= pupils:
            sentence = f"{leavers_text!r} van {pupils_text!r} leerlingen kan niet."
            yield Problem(sentence, file=table.name, row=number, column=columns[2])
        else:
            yield code, pupils, leavers
