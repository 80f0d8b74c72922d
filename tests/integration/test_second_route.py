"""Figures of the database beside those that plain reading of the publishers' files gives: no code in common.

Nothing here reads with a loader: csv and json, a few sums, and SQL on the tables. It needs the publishers'
files, which are not in this repository, and is skipped where they are absent.
"""

import csv
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from app.config import ROOT
from app.db import Database
from loaders.starter import load_starter
from tests.databases import SqliteFactory

FILES = ROOT.parent / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not FILES.is_dir(), reason="the publishers' files (../shared/data) are not on this machine"
)

Bounds = tuple[float | None, float | None]
Cells = dict[tuple[str, str], tuple[Bounds, Bounds, float | None]]
KINDS = {"BO": "ll-bao", "SBO": "ll-sbo", "SO": "ll-so", "VSO": "ll-vso", "SO/VSO": "ll-so-vso"}


@pytest.fixture(scope="module")
def db(sqlite_factory: SqliteFactory) -> Iterator[Database]:
    """The starter figures in a database that the tests only read."""
    with sqlite_factory.fresh(migrated=True) as url:
        database = Database(url)
        with database.transaction() as session:
            load_starter(session, by="tester")
        yield database
        database.close()


def _stored(db: Database, indicator: str, breakdown: str = "totaal", *, whole: bool = False) -> Cells:
    """(region, period) → numerator, denominator, value; `whole`: only what is not estimated or indirect."""
    query = (
        "SELECT r.code, s.period, o.numerator_low, o.numerator_high, o.denominator_low, o.denominator_high,"
        " o.value FROM observation o JOIN slice s ON s.id = o.slice_id JOIN region r ON r.id = o.region_id"
        " WHERE s.indicator = :indicator AND o.breakdown = :breakdown"
        " AND (:whole = 0 OR (o.estimated = 0 AND o.indirect = 0))"
    )
    with db.session() as session:
        rows = session.execute(
            text(query), {"indicator": indicator, "breakdown": breakdown, "whole": int(whole)}
        ).all()
    return {(row[0], row[1]): ((row[2], row[3]), (row[4], row[5]), row[6]) for row in rows}


def _rows(path: str, *, encoding: str, separator: str = ";", skip: int = 0) -> Iterator[dict[str, str]]:
    with (FILES / path).open(encoding=encoding, newline="") as file:
        for _ in range(skip):
            next(file)
        yield from csv.DictReader(file, delimiter=separator)


def _history() -> Iterator[tuple[str, str, str, str, Bounds]]:
    """(site, kind, gemeente, year, bounds of its pupils) for every cell of DUO's history since 2011."""
    path = "duo/06.-historisch-overzicht-aantal-leerlingen-per-schoolvestiging.csv"
    for row in _rows(path, encoding="utf-8-sig"):
        for year in range(2011, 2026):
            cell = row[f"LEERLINGEN_{year}"].strip()
            bounds = (1, 4) if cell == "<5" else (int(cell or 0), int(cell or 0))
            gemeente = f"GM{int(row['GEMEENTECODE_VESTIGING']):04}"
            yield row["VESTIGINGSCODE"], row["SOORT_VESTIGING"], gemeente, str(year), bounds


def _add(sums: dict[tuple[str, str], list[int]], key: tuple[str, str], bounds: Bounds) -> None:
    low, high = sums.setdefault(key, [0, 0])
    sums[key] = [low + int(bounds[0] or 0), high + int(bounds[1] or 0)]


@pytest.mark.parametrize(("kind", "indicator"), list(KINDS.items()))
def test_pupils_of_every_gemeente_and_the_country_in_every_year(
    db: Database, kind: str, indicator: str
) -> None:
    sums: dict[tuple[str, str], list[int]] = {}
    for _, found, gemeente, year, bounds in _history():
        if found == kind:
            _add(sums, ("NL01", year), bounds)
            _add(sums, (gemeente, year), bounds)

    stored = _stored(db, indicator)

    compared = {key: value for key, value in sums.items() if key in stored}
    assert {key: list(stored[key][0]) for key in compared} == compared
    assert len(compared) > 15 * 100
    # What the database leaves out has no pupils at all, or no known gemeente.
    assert all(sums[key] == [0, 0] or key[0] == "GM9999" for key in set(sums) - set(compared))


def test_pupils_of_special_primary_schools_by_postcode_of_the_school(db: Database) -> None:
    """For SWVs all of whose schools have a postcode of their own: site → postcode → regulation → SWV."""
    postcodes, areas = _postcodes(), _regulation()
    sums: dict[tuple[str, str], list[int]] = {}
    for site, kind, _, year, bounds in _history():
        if kind == "SBO" and (swv := areas.get(postcodes.get(site, ""))):
            _add(sums, (swv, year), bounds)

    stored = {key: cell for key, cell in _stored(db, "ll-sbo", whole=True).items() if key[0].startswith("PO")}

    assert len(stored) > 600
    assert {key: list(cell[0]) for key, cell in stored.items()} == {
        key: sums.get(key, [0, 0]) for key in stored
    }


def _postcodes() -> dict[str, str]:
    """Site → four digits; the addresses of basisonderwijs first, then the points of all schools."""
    with zipfile.ZipFile(FILES / "duo/scholen20241122.geo.zip") as archive:
        features = json.loads(archive.read("scholen.geo.json"))["features"]
    found = {each["properties"]["vestigingscode"]: each["properties"]["postcode"][:4] for each in features}
    for row in _rows("duo/02.-alle-schoolvestigingen-basisonderwijs.csv", encoding="cp1252"):
        if row["POSTCODE"].strip():
            found[row["VESTIGINGSCODE"].strip()] = row["POSTCODE"].strip()[:4]
    return found


def _regulation() -> dict[str, str]:
    areas = {}
    text_of = (FILES / "regions/BWBR0032324_2015-04-23.md").read_text(encoding="utf-8")
    for line in text_of.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0].isdigit():
            areas[cells[0]] = cells[2]
    return areas


def test_early_school_leavers_of_every_swv(db: Database) -> None:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in _rows("duo/vsv-per-swv-2015.csv", encoding="ascii"):
        for code in (row["SAMENWERKINGSVERBAND_NUMMER"], "NL01"):
            sums[code][0] += int(row["vsv_totaal"])
            sums[code][1] += int(row["aantal_leerlingen"])

    stored = _stored(db, "vsv-vo-pct")

    assert {key[0]: [cell[0][0], cell[1][0]] for key, cell in stored.items()} == dict(sums)


def _names() -> dict[str, str]:
    """Name → code of the gemeenten of 2022 and 2023 that share their name with no other."""
    codes = json.loads((FILES / "cbs/03759ned/codes-RegioS.json").read_text(encoding="utf-8"))["value"]
    found: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        if code["Identifier"].startswith("GM"):
            found[code["Title"]].append(code["Identifier"])
    return {name: codes[0] for name, codes in found.items() if len(codes) == 1}


@pytest.mark.parametrize(
    ("column", "indicator"),
    [(2, "jh-pct"), (3, "jh-verblijf-pct"), (4, "jb-pct"), (5, "jb-verblijf-pct"), (6, "jr-pct")],
)
def test_percentages_of_youth_care_as_they_were_delivered(db: Database, column: int, indicator: str) -> None:
    path = FILES / "cbs/Indicatoren_jeugdzorg__gemeenten_24062023_110530.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    names = _names() | {"Nederland": "NL01"}
    stored = {key[0]: cell[2] for key, cell in _stored(db, indicator).items()}

    read = {
        names[row[0]]: float(row[column].replace(",", ".")) if row[column] else None
        for row in rows
        if row[0] in names and names[row[0]] in stored
    }

    assert len(read) > 250
    assert {code: stored[code] for code in read} == read


def test_counts_of_youth_care_with_their_parts(db: Database) -> None:
    columns = {
        ("jz-natura", "totaal"): "TotaalJongerenMetJeugdzorgInNatura_1",
        ("jz-natura", "leeftijd:12-18"): "k_12Tot18Jaar_4",
        ("jz-natura", "huishouden:eenouder"): "ThuiswonendKindInEenouderhuishouden_6",
        ("jz-trajecten", "totaal"): "TotaalTrajectenInNatura_9",
        ("jz-trajecten", "verwijzer:huisarts"): "Huisarts_11",
    }
    rows = list(_rows("cbs/jeugdzorg-in-natura-gemeenten-2022.csv", encoding="utf-8", separator=","))
    for (indicator, breakdown), column in columns.items():
        stored = _stored(db, indicator, breakdown)
        for row in rows:
            code = row["Wijken"].strip().replace("NL00", "NL01")
            cell = row[column].strip()
            number = None if cell == "." else float(cell)

            assert stored[code, "2022"][0] == (number, number), (code, column)


def test_single_parent_households_of_the_country_are_those_of_all_gemeenten(db: Database) -> None:
    path = "cbs/huishoudens_samenstelling_gemeentes.csv"
    with (FILES / path).open(encoding="utf-8-sig") as file:
        comments = sum(line.startswith("#") for line in file)
    rows = [
        row
        for row in _rows(path, encoding="utf-8-sig", separator=",", skip=comments)
        if row["nEenOuder"] and row["nHH"]
    ]

    stored = _stored(db, "eenouder-alle-hh-pct")["NL01", "2020"]

    assert len(rows) == 355
    assert stored[0] == (sum(float(row["nEenOuder"]) for row in rows),) * 2
    assert stored[1] == (sum(float(row["nHH"]) for row in rows),) * 2


def test_the_young_of_every_gemeente_with_a_name_of_its_own(db: Database) -> None:
    bands = ["Jonger dan 5 jaar", "5 tot 10 jaar", "10 tot 15 jaar", "15 tot 20 jaar", "20 tot 25 jaar"]
    names, stored = _names(), _stored(db, "bev-0-25")
    read = {}
    for row in _rows("cbs/Regionale_kerncijfers_Nederland_2019.csv", encoding="cp1252"):
        code = names.get(row["Naam"], "")
        if row["Totale bevolking"] and (code, "2019") in stored:
            read[code] = float(sum(int(row[band]) for band in bands))

    assert len(read) > 250
    assert {code: stored[code, "2019"][0] for code in read} == {code: (n, n) for code, n in read.items()}


def test_inhabitants_of_every_region_and_year(db: Database) -> None:
    read = {}
    for path in sorted((FILES / "cbs/03759ned").glob("observations*.json")):
        for each in json.loads(path.read_text(encoding="utf-8"))["value"]:
            if each["Measure"] == "M000352" and each["Value"] is not None:
                key = each["RegioS"].strip(), each["Perioden"][:4]
                assert key not in read
                read[key] = float(each["Value"])
    stored = {key: cell for key, cell in _stored(db, "bev-tot").items() if key[0][:2] in ("NL", "PV", "GM")}

    assert {key: cell[0] for key, cell in stored.items()} == {key: (read[key],) * 2 for key in stored}
    assert len(stored) > 8 * 342


def test_low_income_of_the_country_by_year(db: Database) -> None:
    read = {
        row["Perioden"][:4]: float(row["Value"].replace(",", "."))
        for row in _rows("cbs/v4-csv-bundle/Observations.csv", encoding="utf-8")
        if (row["Measure"], row["KenmerkenVanHuishoudens"]) == ("1050010_2", "1050010")
        and (row["InkomensgrensHuishouden"], row["DuurInkomenspositie"]) == ("1050290", "A028721")
        and row["Value"]
    }

    assert {key[1]: cell[2] for key, cell in _stored(db, "laag-ink-hh-pct").items()} == read


def test_practical_education_of_the_country(db: Database) -> None:
    path = "duo/leerlingen-vo-per-vestiging-naar-onderwijstype-2019.csv"
    part = whole = 0
    for row in _rows(path, encoding="cp1252"):
        pupils = sum(
            int(cell or 0)
            for name, cell in row.items()
            if name.startswith("LEER- OF VERBLIJFSJAAR") and name.endswith(("MAN", "VROUW"))
        )
        whole += pupils
        if "Praktijkonderwijs" in row["ONDERWIJSTYPE VO EN LEER- OF VERBLIJFSJAAR"]:
            part += pupils

    stored = _stored(db, "deel-pro-pct")["NL01", "2019"]

    assert (stored[0], stored[1]) == ((part, part), (whole, whole))
