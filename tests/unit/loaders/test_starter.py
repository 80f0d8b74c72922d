"""The files of the starter figures: small, ours, and the same bytes for the same values."""

import re
from datetime import date
from pathlib import Path

from app.regions import RegionKind
from loaders.regions import AreaRow, SuccessionRow
from loaders.starter import FOLDER
from loaders.starter.tables import area_row, read_rows, share_cells, succession_row, write_rows

MEGABYTE = 1_000_000


def test_values_come_back_from_a_file_as_they_went_in(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"

    write_rows(path, ["a", "b", "c", "d", "e"], [(None, True, 12.0, 1 / 3, 'één;, "twee"')])

    assert list(read_rows(path)) == [{"a": "", "b": "1", "c": "12", "d": "0.3333333333", "e": 'één;, "twee"'}]


def test_lines_end_alike_on_every_machine(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"

    write_rows(path, ["a", "b"], [(date(2022, 3, 24), 1)])

    assert path.read_bytes() == b"a,b\n2022-03-24,1\n"


def test_an_area_and_its_succession_are_read_back() -> None:
    area = {"code": "GM0457", "kind": "gemeente", "name": "Weesp", "province_code": "PV27"}
    days = {"valid_from": "", "valid_to": "2022-03-24"}
    change = {"old": "GM0457", "new": "GM0363", "happened_on": "2022-03-24", "inhabitants": "9", "share": "1"}

    assert area_row(area | days) == AreaRow(
        "GM0457", RegionKind.GEMEENTE, "Weesp", "PV27", None, date(2022, 3, 24)
    )
    assert succession_row(change) == SuccessionRow("GM0457", "GM0363", date(2022, 3, 24), 9, 1.0)
    assert succession_row(change | {"inhabitants": ""}).inhabitants is None


def test_a_share_is_read_back() -> None:
    row = {"gemeente": "GM0363", "swv": "PO2709", "first_year": "2023", "last_year": ""}
    weight = {"share": "0.025", "is_whole": "0", "weight_name": "Leerlingen"}

    assert share_cells(row | weight) == {
        "gemeente": "GM0363",
        "swv": "PO2709",
        "first_year": 2023,
        "last_year": None,
        "share": 0.025,
        "is_whole": False,
        "weight_name": "Leerlingen",
    }


def test_the_files_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 5 * MEGABYTE


def test_the_files_hold_no_school_and_no_postcode() -> None:
    """A BRIN code is two digits and two letters, mostly with two digits more; a postcode four and two."""
    school = re.compile(r"\b\d{2}[A-Z]{2}(\d{2})?\b|\b[1-9]\d{3} ?[A-Z]{2}\b|BRIN|POSTCODE")

    found = [
        (path.name, match.group())
        for path in FOLDER.rglob("*.csv")
        if (match := school.search(path.read_text(encoding="utf-8")))
    ]

    assert found == []
