"""The publishers' own files: the starter figures are what our loaders make of them, and plain code agrees.

The files are no part of the repository. Where they are absent these tests are skipped; the samples in
`tests/samples/` have the same shapes.
"""

import csv
import io
import json
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.config import ROOT
from loaders.files import Bundle, read_path
from loaders.profiles import find_profile
from loaders.regions import read_regulation
from loaders.starter import FILES, FOLDER, build_starter

SOURCE = ROOT.parent / "shared" / "data"
REGULATION = "regions/BWBR0032324_2015-04-23.md"
HISTORY = "duo/06.-historisch-overzicht-aantal-leerlingen-per-schoolvestiging.csv"
POINTS = "duo/scholen20241122.geo.zip"

pytestmark = pytest.mark.skipif(
    not SOURCE.is_dir(), reason="the publishers' files (../shared/data) are not on this machine"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter files, computed anew."""
    folder = tmp_path_factory.mktemp("starter")
    build_starter(SOURCE, folder)
    return folder


def _texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


def _figures(indicator: str, period: str) -> dict[str, tuple[float, float]]:
    """region → both bounds of the numerator of the undivided figure, read from the starter files as text."""
    found = {}
    with (FOLDER / "figures" / f"{indicator}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (row["period"], row["breakdown"]) == (period, "totaal"):
                low = row["numerator_low"]
                found[row["region"]] = (
                    float(low),
                    float(low if row["numerator_high"] == "=" else row["numerator_high"]),
                )
    return found


def _rows(name: str, encoding: str, separator: str) -> Iterator[dict[str, str]]:
    text = (SOURCE / name).read_text(encoding=encoding)
    return csv.DictReader(io.StringIO(text), delimiter=separator)


def _regulation() -> dict[str, list[str]]:
    """postcode → gemeente, SWV po, SWV vo; cut out of the text without our loader."""
    lines = (SOURCE / REGULATION).read_text(encoding="utf-8").splitlines()
    tables = (line.strip("| ").split("|") for line in lines if line.startswith("| "))
    rows = ([cell.strip() for cell in cells] for cells in tables if len(cells) == 4)
    return {pc4: rest for pc4, *rest in rows if pc4.isdigit()}


def _points() -> list[dict[str, Any]]:
    with zipfile.ZipFile(SOURCE / POINTS) as archive:
        features = json.loads(archive.read("scholen.geo.json"))["features"]
    return [feature["properties"] for feature in features]


def test_the_starter_figures_are_what_our_loaders_make_of_the_files(built: Path) -> None:
    computed, kept = _texts(built), _texts(FOLDER)

    assert set(computed) == set(kept)
    assert [name for name in kept if computed[name] != kept[name]] == []


@pytest.mark.parametrize("name", FILES)
def test_each_file_fits_one_profile(name: str) -> None:
    assert find_profile(read_path(SOURCE / name))


def test_the_regulation_gives_every_postcode() -> None:
    ((name, content),) = read_path(SOURCE / REGULATION).members.items()

    rows, problems = read_regulation(Bundle(name, {name: content}))

    assert {row.pc4: (row.po_swv, row.vo_swv) for row in rows} == {
        pc4: (None, None) if po == "Europoort" else (po, vo) for pc4, (_, po, vo) in _regulation().items()
    }
    assert [problem.row for problem in problems] == [991, 992, 993]


def test_a_postcode_leads_to_another_number_of_pupils_than_a_gemeente() -> None:
    """PO3006, basisonderwijs 2023/24: 17,975 pupils by postcode, 19,839 by gemeente.

    Meierijstad lies in it for a part: the gemeente route would count all of it.
    """
    swv_of = {pc4: po for pc4, (_, po, _) in _regulation().items()}
    by_postcode: Counter[str] = Counter()
    by_gemeente: Counter[str] = Counter()
    for school in _points():
        if school["type"] == "basisschool":
            pupils = school["leerlingen"] or 0
            by_gemeente[school["gemeente"]] += pupils
            if swv_of.get((school["postcode"] or "")[:4]) == "PO3006":
                by_postcode[school["gemeente"]] += pupils

    assert by_postcode.total() == 17_975
    assert sum(by_gemeente[name] for name in by_postcode) == 19_839


def test_early_school_leavers_counted_by_hand() -> None:
    leavers: Counter[str] = Counter()
    for row in _rows("duo/vsv-per-swv-2015.csv", "ascii", ";"):
        for region in (row["SAMENWERKINGSVERBAND_NUMMER"], "NL01"):
            leavers[region] += int(row["vsv_totaal"])

    assert _figures("vsv-vo-pct", "2015") == {code: (count, count) for code, count in leavers.items()}


@pytest.mark.parametrize(("indicator", "kind"), [("ll-bao", "BO"), ("ll-sbo", "SBO"), ("ll-vso", "VSO")])
@pytest.mark.parametrize("year", ["2011", "2020", "2025"])
def test_pupils_per_gemeente_counted_by_hand(indicator: str, kind: str, year: str) -> None:
    low: Counter[str] = Counter()
    high: Counter[str] = Counter()
    for row in _rows(HISTORY, "utf-8-sig", ";"):
        if row["SOORT_VESTIGING"] == kind:
            text = row[f"LEERLINGEN_{year}"]
            gemeente = f"GM{int(row['GEMEENTECODE_VESTIGING']):04}"
            for region in (gemeente, "NL01"):
                low[region] += 1 if text == "<5" else int(text)
                high[region] += 4 if text == "<5" else int(text)

    found = _figures(indicator, year)

    schools = {code: (low[code], high[code]) for code in low if code != "GM9999"}
    assert {code: found[code] for code in schools} == schools
    assert all(bounds == (0, 0) for code, bounds in found.items() if code[:2] == "GM" and code not in schools)


def test_youth_care_in_kind_of_swvs_without_split_gemeenten_counted_by_hand() -> None:
    name = "cbs/jeugdzorg-in-natura-gemeenten-2022.csv"
    counts = {
        row["Wijken"].strip(): int(row["TotaalJongerenMetJeugdzorgInNatura_1"])
        for row in _rows(name, "utf-8", ",")
    }

    found = _figures("jz-natura", "2022")

    sums = {swv: sum(counts[code] for code in parts) for swv, parts in _whole_swvs(2022).items()}
    assert len(sums) == 91
    assert {swv: found[swv] for swv in sums} == {swv: (total, total) for swv, total in sums.items()}


def _whole_swvs(year: int) -> dict[str, list[str]]:
    """SWV → its gemeenten, for those of which no gemeente lies in another SWV too."""
    gemeenten: dict[str, list[str]] = defaultdict(list)
    divided = set()
    with (FOLDER / "shares.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if int(row["first_year"]) <= year <= int(row["last_year"] or 9999):
                gemeenten[row["swv"]].append(row["gemeente"])
                divided |= {row["swv"]} if row["is_whole"] == "0" else set()
    return {swv: parts for swv, parts in gemeenten.items() if swv not in divided}
