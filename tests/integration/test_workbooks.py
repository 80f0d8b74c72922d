"""What is on screen as a workbook: the same rows as the csv, a sheet per table, for those who may see it."""

import io
from collections.abc import Callable

import pytest
from freezegun import freeze_time
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from app.db import Database
from app.models import Region
from tests.integration import world
from tests.integration.canary import publish_canary
from tests.integration.standing import Standing
from tests.integration.test_downloads import rows
from tests.integration.visitor import Visitor

LogIn = Callable[[str], Visitor]
Sheets = dict[str, list[list[object]]]
ONE = "/regio/PO2707/indicatoren/ll-bao.xlsx"
ALL = "/regio/PO2707/indicatoren.xlsx"


def sheets(response: TestResponse) -> Sheets:
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.data))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names
    }


def column(table: list[list[object]], heading: str) -> list[object]:
    place = table[0].index(heading)
    return [row[place] for row in table[1:]]


def facts(found: Sheets) -> dict[object, object]:
    return {row[0]: row[1] for row in found["Toelichting"]}


def test_the_table_of_indicators_is_one_sheet_with_the_rows_of_its_csv(standing: Standing) -> None:
    visitor, query = standing.person("swv"), "?zoek=sbo&jaar=2024"

    found = sheets(visitor.get(f"{ALL}{query}"))["Indicatoren"]

    listed = [row for row in rows(visitor.get(f"/regio/PO2707/indicatoren.csv{query}")) if row["Regiocode"]]
    assert column(found, "Indicator") == [row["Indicator"] for row in listed]
    assert column(found, "Regio") == [row["Regio"] for row in listed]
    assert column(found, "Periode") == [row["Periode"] for row in listed]
    assert len(listed) >= 2


def test_an_indicator_has_a_sheet_per_table(standing: Standing) -> None:
    found = sheets(standing.person("swv").get(f"{ONE}?jaar=2024"))

    assert list(found) == ["Toelichting", "Verloop", "Regio’s"]
    assert column(found["Verloop"], "Periode")[:3] == ["1 oktober 2023", "1 oktober 2024", "1 oktober 2025"]
    assert column(found["Verloop"], "Waarde")[3:] == [62_000.0, 61_500.0, 61_000.0]
    assert set(column(found["Regio’s"], "Regiocode")) == {"PO2707", "PO2401", "PO2402", "NL01"}


def test_a_bounded_number_is_words_in_the_workbook(standing: Standing) -> None:
    found = sheets(standing.person("swv").get(f"{ONE}?jaar=2024"))["Regio’s"]

    values = dict(zip(column(found, "Regiocode"), column(found, "Waarde"), strict=True))
    assert values["PO2402"] == "tussen 9.001 en 9.007"
    assert values["PO2401"] == 17_900.0


def test_a_hidden_number_is_words_in_the_workbook(standing: Standing) -> None:
    found = sheets(standing.person("swv").get("/regio/GM0384/indicatoren/ll-bao.xlsx"))["Verloop"]

    diemen = [row for row in found[1:] if row[2] == "GM0384"]
    assert [row[4] for row in diemen] == ["minder dan 5", "geen gegevens", 4_000.0]
    assert [row[5] for row in diemen] == ["minder dan 5", "", 4_000.0]


def test_one_table_is_downloaded_alone(standing: Standing) -> None:
    visitor = standing.person("swv")

    found = sheets(visitor.get(f"{ONE}?jaar=2024&tabel=regios"))
    listed = rows(visitor.get(f"{ONE.replace('.xlsx', '.csv')}?jaar=2024&tabel=regios"))

    assert list(found) == ["Toelichting", "Regio’s"]
    assert [row["Regiocode"] for row in listed if row["Periode"]] == column(found["Regio’s"], "Regiocode")


def test_the_first_sheet_tells_region_choices_source_licence_and_date(log_in: LogIn) -> None:
    with freeze_time("2026-11-02 23:30"):  # in the Netherlands it is the next day
        told = facts(sheets(log_in("swv").get(f"{ONE}?jaar=2024")))

    assert told["Regio"] == "Amsterdam en Diemen (PO2707)"
    assert told["Gekozen: periode"] == "1 oktober 2024"
    assert str(told["Bron"]).startswith("Bron: DUO, Verzonnen cijfers voor tests")
    assert told["Licentie"] == "CC0"
    assert told["Gedownload op"] == "3 november 2026"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (ONE, "po2707-ll-bao-2026-11-03.xlsx"),
        (f"{ONE}?tabel=verloop", "po2707-ll-bao-verloop-2026-11-03.xlsx"),
        (ALL, "po2707-indicatoren-2026-11-03.xlsx"),
        ("/regio/PO2707/vergelijken/tabel.xlsx", "tabel-po2707-2026-11-03.xlsx"),
    ],
)
def test_s27_the_name_says_region_subject_and_day(log_in: LogIn, path: str, name: str) -> None:
    with freeze_time("2026-11-02 23:30"):
        response = log_in("swv").get(path)

    assert response.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert response.headers["Content-Type"].startswith(
        "application/vnd.openxmlformats-officedocument.spreadsheet"
    )
    assert response.headers["Cache-Control"] == "no-store"
    assert response.data.startswith(b"PK")


def test_s26_a_region_with_a_formula_for_a_name_is_only_text(log_in: LogIn, db: Database) -> None:
    with db.transaction() as session:
        session.query(Region).filter_by(code="PO2707").update({"name": '=HYPERLINK("x")'})

    found = sheets(log_in("swv").get(ONE))

    assert '\'=HYPERLINK("x")' in column(found["Verloop"], "Regio")


@pytest.mark.parametrize("path", ["indicatoren.xlsx", "indicatoren/ll-bao.xlsx"])
@pytest.mark.parametrize("code", ["PO2402", "PO9999", "*", "NL01"])
def test_ac6_a_workbook_of_another_region_is_refused(standing: Standing, path: str, code: str) -> None:
    response = standing.person("swv").get(f"/regio/{code}/{path}")

    assert response.status_code == 403
    assert "Lelystad" not in response.text


@pytest.mark.parametrize("path", ["indicatoren.xlsx", "indicatoren/ll-bao.xlsx"])
def test_ac1_a_stranger_gets_no_workbook(standing: Standing, path: str) -> None:
    assert standing.stranger().get(f"/regio/PO2707/{path}").status_code == 401


@pytest.mark.parametrize("query", ["", "?jaar=2026", "?tabel=verloop", "?tabel=regios"])
@pytest.mark.parametrize("path", [ALL, ONE])
def test_ac6_a_figure_that_is_not_published_is_in_no_workbook(
    log_in: LogIn, db: Database, path: str, query: str
) -> None:
    before = log_in("swv").get(path + query)
    publish_canary(db)
    after = log_in("swv").get(path + query)

    assert not (before.status_code == 200 and _has_canary(sheets(before)))
    assert after.status_code == 200
    assert _has_canary(sheets(after))


@pytest.mark.parametrize(
    "address",
    [
        "indicatoren.xlsx?jaar=1999",
        "indicatoren.xlsx?thema=onzin",
        "indicatoren/ll-bao.xlsx?jaar=1999",
        "indicatoren/ll-bao.xlsx?niveau=onzin",
        "indicatoren/ll-bao.xlsx?tabel=onzin",
        "indicatoren/ll-bao.xlsx?tabel=bijdragen",
        "indicatoren/ll-bao.csv?tabel=onzin",
        "indicatoren/onzin.xlsx",
    ],
)
def test_a_choice_that_does_not_exist_gives_no_figures_of_another_one(
    standing: Standing, address: str
) -> None:
    response = standing.person("swv").get(f"/regio/PO2707/{address}")

    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.text


@pytest.mark.parametrize("code", ["PO2707", "GM0363"])
@pytest.mark.parametrize("indicator", ["bev-0-18-pct", "deel-lwoo-pct", "jr-pct"])
def test_an_indicator_that_nobody_filled_gives_an_empty_table(
    standing: Standing, indicator: str, code: str
) -> None:
    visitor, path = standing.person("swv"), f"/regio/{code}/indicatoren/{indicator}"

    workbook, listed = visitor.get(f"{path}.xlsx"), visitor.get(f"{path}.csv")

    assert sheets(workbook)["Verloop"][1][0] == "Geen rijen bij deze keuze."
    assert (listed.status_code, rows(listed)) == (200, [])


def _has_canary(found: Sheets) -> bool:
    cells = [cell for table in found.values() for row in table for cell in row]
    return any(str(world.CANARY) in str(cell).replace(".", "") for cell in cells)
