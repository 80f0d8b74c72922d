"""What is on screen as CSV, for those who may see the screen."""

import csv
import io
from collections.abc import Callable

import pytest
from freezegun import freeze_time
from werkzeug.test import TestResponse

from app.db import Database
from app.models import Region
from tests.integration.canary import tells_canary
from tests.integration.standing import Standing
from tests.integration.visitor import Visitor

LogIn = Callable[[str], Visitor]


def rows(response: TestResponse) -> list[dict[str, str]]:
    text = response.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_table_is_downloaded_with_the_filters_of_the_screen(standing: Standing) -> None:
    response = standing.person("swv").get("/regio/PO2707/indicatoren.csv?zoek=deel+van+alle+sbo&jaar=2024")

    found = [row for row in rows(response) if row["Regiocode"]]
    assert [(row["Regio"], row["Periode"], row["Laagste waarde"]) for row in found] == [
        ("Amsterdam en Diemen", "1 oktober 2024", "2"),
        ("Nederland", "1 oktober 2024", "2,4"),
    ]


def test_an_indicator_is_downloaded_with_its_series_and_all_regions(standing: Standing) -> None:
    response = standing.person("swv").get("/regio/PO2707/indicatoren/ll-bao.csv?jaar=2024")

    found = [
        (row["Regiocode"], row["Periode"], row["In woorden"]) for row in rows(response) if row["Regiocode"]
    ]
    assert ("PO2707", "1 oktober 2023", "62.000") in found
    assert ("NL01", "1 oktober 2025", "1.380.000") in found
    assert ("PO2402", "1 oktober 2024", "tussen 9.001 en 9.007") in found
    assert len(found) == 3 + 3 + 2


def test_a_hidden_number_has_bounds_and_is_no_zero(standing: Standing) -> None:
    response = standing.person("swv").get("/regio/GM0384/indicatoren/ll-bao.csv?jaar=2023")

    hidden = next(row for row in rows(response) if row["Regiocode"] == "GM0384")
    assert (hidden["Laagste waarde"], hidden["Hoogste waarde"]) == ("1", "4")
    assert hidden["In woorden"] == "minder dan 5"


def test_a_download_ends_with_its_source(standing: Standing) -> None:
    text = standing.person("swv").get("/regio/PO2707/indicatoren/ll-bao.csv").data.decode("utf-8-sig")

    assert '"Bron: DUO, Verzonnen cijfers voor tests (bestand verzonnen.csv)' in text


def test_s27_the_name_is_the_servers_and_the_type_is_right(log_in: LogIn) -> None:
    with freeze_time("2026-11-02 12:00"):
        response = log_in("swv").get("/regio/PO2707/indicatoren/ll-bao.csv?onbekend=%22%0d%0ax")

    assert response.headers["Content-Disposition"] == "attachment; filename=po2707-ll-bao-2026-11-02.csv"
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.data.startswith(b"\xef\xbb\xbf")


def test_s26_a_region_with_a_formula_for_a_name_is_only_text(log_in: LogIn, db: Database) -> None:
    with db.transaction() as session:
        session.query(Region).filter_by(code="PO2707").update({"name": '=HYPERLINK("x")'})

    response = log_in("swv").get("/regio/PO2707/indicatoren/ll-bao.csv")

    names = {row["Regio"] for row in rows(response) if row["Regiocode"] == "PO2707"}
    assert names == {'\'=HYPERLINK("x")'}


@pytest.mark.parametrize("path", ["indicatoren.csv", "indicatoren/ll-bao.csv"])
@pytest.mark.parametrize("code", ["PO2402", "PO9999", "*", "NL01"])
def test_ac6_a_download_of_another_region_is_refused(standing: Standing, path: str, code: str) -> None:
    response = standing.person("swv").get(f"/regio/{code}/{path}")

    assert response.status_code == 403
    assert "Lelystad" not in response.text


@pytest.mark.parametrize("path", ["indicatoren.csv", "indicatoren/ll-bao.csv"])
def test_ac1_a_stranger_gets_no_download(standing: Standing, path: str) -> None:
    assert standing.stranger().get(f"/regio/PO2707/{path}").status_code == 401


def test_an_unknown_indicator_is_not_found(standing: Standing) -> None:
    assert standing.person("swv").get("/regio/PO2707/indicatoren/onzin.csv").status_code == 404


@pytest.mark.parametrize("path", ["indicatoren.csv", "indicatoren/ll-bao.csv"])
def test_ac6_a_figure_that_is_not_published_is_in_no_download(standing: Standing, path: str) -> None:
    response = standing.person("swv").get(f"/regio/PO2707/{path}?jaar=2026")

    assert response.status_code == 404
    assert not tells_canary(response.text)


@pytest.mark.parametrize(
    "address",
    [
        "indicatoren.csv?jaar=1999",
        "indicatoren.csv?jaar=0000",
        "indicatoren.csv?jaar=9999",
        "indicatoren.csv?thema=onzin",
        "indicatoren.csv?niveau=onzin",
        "indicatoren.csv?uitsplitsing=onzin",
        "indicatoren.csv?cijfers=onzin",
        "indicatoren/ll-bao.csv?jaar=1999",
        "indicatoren/ll-bao.csv?uitsplitsing=onzin",
        "indicatoren/ll-bao.csv?niveau=onzin",
        "indicatoren/ll-bao.csv?indeling=onzin",
    ],
)
def test_a_choice_that_does_not_exist_gives_no_figures_of_another_one(
    standing: Standing, address: str
) -> None:
    response = standing.person("swv").get(f"/regio/PO2707/{address}")

    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.text
