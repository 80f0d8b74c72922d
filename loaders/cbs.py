"""CBS files: StatLine exports, OData v3 rows, OData v4 JSON and CSV bundles, to tidy observations."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from app.errors import LoadRefused
from app.indicators import TOTAL, PeriodStatus
from app.regions import COUNTRY, canonical_code
from loaders.cells import COUNT_COLUMNS, Cells, count_cell, note_unknown_region, share_cell
from loaders.files import (
    Bundle,
    Problem,
    Severity,
    TextTable,
    bare_title,
    base_name,
    read_table,
)
from loaders.reference import Reference, in_force
from loaders.tidy import Tidy, complete, sum_to_country, sum_to_swv

STATUS_MARKS = {
    "**": PeriodStatus.REVISED_PROVISIONAL,
    "*": PeriodStatus.PROVISIONAL,
    "": PeriodStatus.FINAL,
}
STATUS_WORDS = {
    "Definitief": PeriodStatus.FINAL,
    "NaderVoorlopig": PeriodStatus.REVISED_PROVISIONAL,
    "Voorlopig": PeriodStatus.PROVISIONAL,
}
YOUTH_CARE_SHARES = {
    "Jongeren met jeugdhulp in natura": "jh-pct",
    "Jongeren met jeugdh. met verbl. in nat.": "jh-verblijf-pct",
    "Jongeren met jeugdbescherming": "jb-pct",
    "Jeugdbesch. en jeugdh. met verbl. in nat": "jb-verblijf-pct",
    "Jongeren met jeugdreclassering": "jr-pct",
}
YOUTH_CARE_COUNTS = {
    "TotaalJongerenMetJeugdzorgInNatura": ("jz-natura", TOTAL),
    "k_0Tot4Jaar": ("jz-natura", "leeftijd:0-4"),
    "k_4Tot12Jaar": ("jz-natura", "leeftijd:4-12"),
    "k_12Tot18Jaar": ("jz-natura", "leeftijd:12-18"),
    "k_18Tot23Jaar": ("jz-natura", "leeftijd:18-23"),
    "ThuiswonendKindInEenouderhuishouden": ("jz-natura", "huishouden:eenouder"),
    "ThuiswonendKindBijEenPaar": ("jz-natura", "huishouden:paar"),
    "AnderHuishouden": ("jz-natura", "huishouden:ander"),
    "TotaalTrajectenInNatura": ("jz-trajecten", TOTAL),
    "GemeentelijkeToegang": ("jz-trajecten", "verwijzer:gemeente"),
    "Huisarts": ("jz-trajecten", "verwijzer:huisarts"),
    "Jeugdarts": ("jz-trajecten", "verwijzer:jeugdarts"),
    "GecertificeerdeInstelling": ("jz-trajecten", "verwijzer:gecertificeerd"),
    "MedischSpecialist": ("jz-trajecten", "verwijzer:specialist"),
    "RechterOfficierVanJustitie": ("jz-trajecten", "verwijzer:rechter"),
    "GeenVerwijzer": ("jz-trajecten", "verwijzer:geen"),
    "VerwijzerOnbekend": ("jz-trajecten", "verwijzer:onbekend"),
}
_WHOLE_YEAR = re.compile(r"[12]\d{3}(JJ00)?", re.ASCII)

T = TypeVar("T")


def read_youth_care_shares(table: TextTable, reference: Reference) -> Tidy:
    """Percentages of young people with youth care per gemeente and country: StatLine CSV, decimal comma."""
    region_column, period_column = table.columns[:2]
    titles = _known_columns(table, bare_title, YOUTH_CARE_SHARES)
    cells = Cells(table.name)
    statuses: dict[tuple[str, str], PeriodStatus] = {}
    for row, number in zip(table.rows, table.numbers, strict=True):
        record = dict(zip(table.columns, row, strict=True))
        period, status = _year_and_status(record[period_column], cells, number)
        code = _named(record[region_column], int(period), reference)
        if code is None:
            note_unknown_region(cells, record[region_column], number, [record[name] for name in titles])
            continue
        for title, indicator in titles.items():
            value = cells.number(record[title], number, title, decimal=",")
            cells.rows.append(share_cell(indicator, period, code, value, number))
            statuses[indicator, period] = status
    frame = cells.frame(["indicator", "period", "region", "value", "source_row"])
    return Tidy(complete(_percentages(frame, cells)), statuses, tuple(cells.notes))


def _known_columns(table: TextTable, plain: Callable[[str], str], meaning: Mapping[str, T]) -> dict[str, T]:
    """The file's own column name → what it means, for the columns we know by their plain name."""
    return {name: meaning[plain(name)] for name in table.columns if plain(name) in meaning}


def _percentages(frame: pd.DataFrame, cells: Cells) -> pd.DataFrame:
    high = frame[frame["value"] > 100]
    faults = tuple(
        Problem(f"{value} is meer dan 100%.", file=cells.file, row=int(row))
        for value, row in zip(high["value"], high["source_row"], strict=True)
    )
    if faults:
        raise LoadRefused(f"{cells.file}: {len(faults)} percentages boven 100.", faults)
    return frame.assign(breakdown=TOTAL)


def _year_and_status(title: str, cells: Cells, row: int) -> tuple[str, PeriodStatus]:
    year = title.rstrip("*")
    if not _WHOLE_YEAR.fullmatch(year):
        cells.faults.append(Problem(f"{title!r} is geen jaar.", file=cells.file, row=row, column="Perioden"))
        return "0000", PeriodStatus.FINAL
    return year, STATUS_MARKS.get(title.removeprefix(year), PeriodStatus.PROVISIONAL)


def _named(name: str, year: int, reference: Reference) -> str | None:
    if name == "Nederland":
        return COUNTRY
    return reference.gemeente_named(name, year) if year else None


def read_youth_care_counts(table: TextTable, reference: Reference) -> Tidy:
    """Young people with youth care in kind and their *trajecten*, 2022: OData v3 rows with padded cells.

    Gemeenten and country as delivered (rounded to 5); SWVs as sums of gemeenten.
    """
    columns = _known_columns(table, base_name, YOUTH_CARE_COUNTS)
    cells = Cells(table.name)
    for row, number in zip(table.rows, table.numbers, strict=True):
        record = dict(zip(table.columns, row, strict=True))
        year = record["Perioden"][:4]
        code = _existing(record["Wijken"], record["Perioden"], reference)
        if code is None:
            note_unknown_region(cells, record["Wijken"], number, [record[name] for name in columns])
            continue
        for name, (indicator, breakdown) in columns.items():
            value = cells.number(record[name], number, name, decimal=".")
            cells.rows.append(count_cell(indicator, year, breakdown, code, value=value, row=number))
    frame = cells.frame(COUNT_COLUMNS)
    keys = set(zip(frame["indicator"], frame["period"], strict=True))
    statuses = dict.fromkeys(keys, PeriodStatus.FINAL)
    return Tidy(_with_swvs(frame, reference), statuses, tuple(cells.notes))


def _existing(notation: str, period: str, reference: Reference) -> str | None:
    """The code of a region that existed in a whole year, such as `2022JJ00`; None for any other."""
    code = canonical_code(notation)
    if code is None or code not in reference.by_code or not _WHOLE_YEAR.fullmatch(period):
        return None
    return code if in_force(reference.by_code[code], int(period[:4])) else None


def _with_swvs(cells: pd.DataFrame, reference: Reference, *, country: bool = False) -> pd.DataFrame:
    """The cells as delivered, with SWVs summed from gemeenten and, if asked, the country too."""
    gemeenten = cells[cells["region"].str.startswith("GM")]
    frames = [complete(cells)]
    for period, part in gemeenten.groupby("period"):
        frames.append(sum_to_swv(part, reference.shares_in(int(str(period)))))
    if country:
        frames.append(sum_to_country(gemeenten))
    return pd.concat(frames, ignore_index=True)


def read_households(table: TextTable, reference: Reference) -> Tidy:
    """Single-parent households and all households, 2020; the country is the sum of its gemeenten."""
    cells = Cells(table.name)
    for row, number in zip(table.rows, table.numbers, strict=True):
        record = dict(zip(table.columns, row, strict=True))
        name, year = record["Gemeente"], record["Jaar"]
        code = reference.gemeente_named(name, int(year)) if _WHOLE_YEAR.fullmatch(year) else None
        if code is None:
            note_unknown_region(cells, name, number, [record["nHH"], record["nEenOuder"]])
            continue
        part = cells.number(record["nEenOuder"], number, "nEenOuder", decimal=".")
        whole = cells.number(record["nHH"], number, "nHH", decimal=".")
        count = count_cell("eenouder-hh", year, TOTAL, code, value=part, row=number)
        cells.rows += [count, count | {"indicator": "eenouder-alle-hh-pct"} | _part_of(whole)]
    return _summed(cells, reference)


AGE_BANDS = ("Jonger dan 5 jaar", "5 tot 10 jaar", "10 tot 15 jaar", "15 tot 20 jaar", "20 tot 25 jaar")
AGE_PERIOD = "2019"


def read_age_bands(table: TextTable, reference: Reference) -> Tidy:
    """Inhabitants of 0–24 and in all, 2019, from five-year bands; the country is the sum of its gemeenten."""
    cells = Cells(table.name)
    for row, number in zip(table.rows, table.numbers, strict=True):
        record = dict(zip(table.columns, row, strict=True))
        code = reference.gemeente_named(record["Naam"], int(AGE_PERIOD))
        if code is None:
            note_unknown_region(cells, record["Naam"], number, [record[name] for name in AGE_BANDS])
            continue
        young = sum(cells.number(record[name], number, name, decimal=",") for name in AGE_BANDS)
        whole = cells.number(record["Totale bevolking"], number, "Totale bevolking", decimal=",")
        count = count_cell("bev-0-25", AGE_PERIOD, TOTAL, code, value=young, row=number)
        cells.rows += [count, count | {"indicator": "bev-0-25-pct"} | _part_of(whole)]
    return _summed(cells, reference)


def _part_of(whole: float) -> dict[str, float]:
    """The denominator of a cell; of a part of an unknown whole no percentage is known."""
    if np.isnan(whole):
        return {"numerator_low": np.nan, "numerator_high": np.nan}
    return {"denominator_low": whole, "denominator_high": whole}


def _summed(cells: Cells, reference: Reference) -> Tidy:
    frame = cells.frame([*COUNT_COLUMNS, "denominator_low", "denominator_high"])
    if problems := tuple(_forgotten(frame, cells.file, reference)):
        raise LoadRefused(f"{cells.file}: {problems[0].sentence}", problems)
    keys = zip(frame["indicator"], frame["period"], strict=True)
    statuses = dict.fromkeys(set(keys), PeriodStatus.FINAL)
    return Tidy(_with_swvs(frame, reference, country=True), statuses, tuple(cells.notes))


def _forgotten(frame: pd.DataFrame, file: str, reference: Reference) -> Iterator[Problem]:
    for period, part in frame.groupby("period"):
        if missing := sorted(set(reference.gemeenten(int(str(period)))) - set(part["region"])):
            sentence = f"{len(missing)} gemeenten van {period} ontbreken: {', '.join(missing[:10])}."
            yield Problem(sentence, file=file)


def read_inhabitants(bundle: Bundle, reference: Reference) -> Tidy:
    """Inhabitants on 1 January (03759ned, OData v4 JSON): country, provinces, gemeenten, and SWVs as sums."""
    cells = Cells(bundle.name)
    try:
        for item in _inhabitants(bundle):
            _inhabitants_cell(item, cells, reference)
        words = _period_statuses(json.loads(bundle.members["codes-Perioden.json"])["value"])
        statuses = {("bev-tot", row["period"]): words[row["period"]] for row in cells.rows}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LoadRefused(f"{bundle.name} heeft niet de vorm van een OData-tabel van het CBS.") from error
    frame = cells.frame(COUNT_COLUMNS)
    return Tidy(_with_swvs(frame, reference), statuses, tuple(cells.notes))


def _inhabitants(bundle: Bundle) -> Iterator[dict[str, Any]]:
    for name, content in sorted(bundle.members.items()):
        if name.startswith("observations"):
            for item in json.loads(content)["value"]:
                if item["Measure"] == "M000352" and _is_everyone(item):
                    yield item


def _is_everyone(item: dict[str, Any]) -> bool:
    return (item["Geslacht"], item["Leeftijd"], item["BurgerlijkeStaat"]) == ("T001038", "10000", "T001019")


def _inhabitants_cell(item: dict[str, Any], cells: Cells, reference: Reference) -> None:
    """`Impossible` is a gemeente that did not exist in that year: no row. Any other empty cell is missing."""
    if item["ValueAttribute"] == "Impossible":
        return
    code, year, value = canonical_code(item["RegioS"]), item["Perioden"][:4], item["Value"]
    fault = None
    if code is None or code not in reference.by_code:
        fault = f"regio {item['RegioS'].strip()!r} is onbekend."
    elif not in_force(reference.by_code[code], int(year)):
        fault = f"{code} bestond niet op 1 januari {year}."
    elif value is not None and not _is_count(value):
        fault = f"{value!r} is geen getal."
    if code is None or fault:
        cells.faults.append(Problem(fault or "", file=cells.file, row=item["Id"]))
        return
    number = np.nan if value is None else float(value)
    cells.rows.append(count_cell("bev-tot", year, TOTAL, code, value=number, row=item["Id"]))


def _is_count(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _period_statuses(codes: list[dict[str, Any]]) -> dict[str, PeriodStatus]:
    years = (code for code in codes if code["Identifier"].endswith("JJ00"))
    return {code["Identifier"][:4]: STATUS_WORDS[code["Status"]] for code in years}


LOW_INCOME = {
    "Measure": "1050010_2",
    "KenmerkenVanHuishoudens": "1050010",
    "InkomensgrensHuishouden": "1050290",
    "DuurInkomenspositie": "A028721",
}


def read_low_income(bundle: Bundle, reference: Reference) -> Tidy:
    """Share of households with a low income, country, from 2011 (85678NED, OData v4 as a CSV bundle)."""
    del reference  # the bundle holds the country only and says so by having no region column
    table = read_table("Observations.csv", bundle.members["Observations.csv"])
    codes = read_table("PeriodenCodes.csv", bundle.members["PeriodenCodes.csv"])
    words = dict(zip(codes.column("Identifier"), codes.column("Status"), strict=True))
    cells = Cells(f"{bundle.name}/Observations.csv")
    statuses: dict[tuple[str, str], PeriodStatus] = {}
    for row, number in zip(table.rows, table.numbers, strict=True):
        record = dict(zip(table.columns, row, strict=True))
        if any(record[name] != code for name, code in LOW_INCOME.items()):
            continue
        period = record["Perioden"][:4]
        value = cells.number(record["Value"], number, "Value", decimal=",")
        cells.rows.append(share_cell("laag-ink-hh-pct", period, COUNTRY, value, number))
        statuses["laag-ink-hh-pct", period] = STATUS_WORDS.get(
            words.get(record["Perioden"], ""), PeriodStatus.PROVISIONAL
        )
        if record["Perioden"] not in words:
            sentence = f"{period} staat niet in de lijst van perioden; wij noemen het cijfer voorlopig."
            cells.notes.append(Problem(sentence, Severity.WARNING, cells.file, row=number))
    frame = cells.frame(["indicator", "period", "region", "value", "source_row"])
    return Tidy(complete(_percentages(frame, cells)), statuses, (*cells.notes, *_only_country(table)))


def _only_country(table: TextTable) -> tuple[Problem, ...]:
    if "RegioS" in table.columns:
        raise LoadRefused(
            f"{table.name} heeft een kolom RegioS; dit profiel kent alleen het landelijke bestand."
        )
    return (Problem("Dit bestand heeft alleen cijfers voor Nederland.", Severity.NOTE, table.name),)
