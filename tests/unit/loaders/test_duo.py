"""DUO's files become bounds per region: hidden cells stay hidden, and closed schools count once."""

import json

import pytest

from app.errors import LoadRefused
from app.indicators import CellStatus, PeriodStatus
from loaders.duo import (
    pc4_of,
    read_history,
    read_po_addresses,
    read_school_points,
    read_vo_addresses,
    read_vo_pupils,
    read_vsv,
)
from loaders.files import Bundle
from loaders.tidy import Tidy
from tests.samples.world import REFERENCE, bounds, bundle, cell, table, text_table

HISTORY = "VESTIGINGSCODE;SOORT_VESTIGING;GEMEENTECODE_VESTIGING;LEERLINGEN_2024;LEERLINGEN_2025"
VSV = "SAMENWERKINGSVERBAND_NUMMER;aantal_leerlingen;vsv_totaal"


@pytest.fixture(scope="module")
def history() -> Tidy:
    return read_history(table("historie-po.csv"), REFERENCE)


def _history(*rows: str) -> Tidy:
    return read_history(text_table(HISTORY, *rows), REFERENCE)


@pytest.mark.parametrize(
    ("postcode", "pc4"),
    [
        ("9306 TC", "9306"),
        ("3181PX", "3181"),
        ("3181px", "3181"),
        ("3181", "3181"),
        (" ", None),
        ("0123 AB", None),
        ("93061", None),
        ("9306 T", None),
        ("onbekend", None),
    ],
)
def test_the_four_digits_of_a_postcode_are_found(postcode: str, pc4: str | None) -> None:
    assert pc4_of(postcode) == pc4


def test_addresses_of_basisonderwijs_have_a_postcode_or_none() -> None:
    rows = read_po_addresses(table("adressen-po.csv"))

    assert [(row.brin6, row.pc4, row.gemeente_notation, row.sector) for row in rows] == [
        ("90AA00", "9001", "9001", "po"),
        ("90AD00", "9003", "9002", "po"),
        ("90AG00", None, "9006", "po"),
    ]


def test_addresses_of_voortgezet_onderwijs_lose_their_padding() -> None:
    rows = read_vo_addresses(table("adressen-vo.csv"))

    assert [(row.brin6, row.pc4, row.gemeente_name) for row in rows] == [
        ("90VA00", "9001", "DUINSTAD"),
        ("90VB00", "9006", "DUINSTAD"),
        ("90VC00", None, "NIEUWZAND"),
    ]


def test_addresses_that_name_a_site_twice_are_refused() -> None:
    addresses = text_table(
        "VESTIGINGSCODE;POSTCODE;GEMEENTENUMMER;GEMEENTENAAM",
        "90AA00;9001 AB;9001;X",
        "90AA00;9002 AB;9001;X",
    )

    with pytest.raises(LoadRefused) as caught:
        read_po_addresses(addresses)

    assert [str(problem) for problem in caught.value.problems] == [
        "[stop] proef.csv, rij 3, kolom VESTIGINGSCODE: '90AA00' staat er meer dan één keer in."
    ]


def test_school_points_tell_sector_and_pupils() -> None:
    rows = {row.brin6: row for row in read_school_points(bundle("scholen.geo.zip"))}

    assert (rows["90AA00"].pc4, rows["90AA00"].sector, rows["90AA00"].pupils) == ("9001", "po", 300)
    assert rows["90AE00"].sector == "po"
    assert rows["90VA00"].sector == "vo"
    assert (rows["90SA00"].sector, rows["90SA00"].pupils) == (None, None)


def test_a_site_that_stands_in_the_points_twice_counts_once_with_most_pupils() -> None:
    point = {"type": "PRO", "postcode": "9001AB", "gemeente": "DUINSTAD", "vestigingscode": "90VA00"}
    features = [{"properties": point | {"leerlingen": number}} for number in (None, 30, 20)]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()

    rows = read_school_points(Bundle("x", {"x": content}))

    assert [(row.brin6, row.pupils) for row in rows] == [("90VA00", 30)]


@pytest.mark.parametrize(
    "content",
    [
        b"geen json",
        b"{}",
        b"[]",
        b'{"features": [{"properties": {}}]}',
        b'{"features": []}',
        b'{"features": [{"properties": {"type": "PRO", "postcode": "9001AB", "gemeente": "X", '
        b'"vestigingscode": "90VA00", "leerlingen": "veel"}}]}',
    ],
)
def test_points_without_schools_are_refused(content: bytes) -> None:
    with pytest.raises(LoadRefused, match="geen scholen met postcode"):
        read_school_points(Bundle("x", {"x": content}))


def test_years_before_the_break_in_series_are_left_out(history: Tidy) -> None:
    assert sorted(set(history.observations["period"])) == ["2011", "2024", "2025"]
    assert set(history.statuses.values()) == {PeriodStatus.FINAL}


def test_the_country_counts_every_site_and_a_hidden_one_as_one_to_four(history: Tidy) -> None:
    # 310 + 90 + 110 + 150 + 80 + 20 + 0 = 760, and one site with <5
    assert bounds(cell(history, "ll-bao", "2025", "NL01")) == (761, 764)
    assert cell(history, "ll-bao", "2025", "NL01")["status"] == CellStatus.PARTLY_HIDDEN


def test_an_swv_gets_the_sites_in_its_postcodes_and_a_share_of_closed_ones(history: Tidy) -> None:
    # 9001: 310, 9002: 90, 9003: 150, and three quarters of the 20 of a closed school in Veendorp
    found = cell(history, "ll-bao", "2025", "PO9001")

    assert bounds(found) == (565, 565)
    assert found["estimated"] == pytest.approx(15 / 565)
    assert found["indirect"] == pytest.approx(15 / 565)
    assert found["status"] == CellStatus.PRESENT


def test_a_closed_school_in_a_whole_gemeente_is_indirect_but_not_estimated(history: Tidy) -> None:
    # 9006: 100, 9005: 80, 9007: 70, and 10 of a closed school in Hoog Eloo
    found = cell(history, "ll-bao", "2024", "PO9002")

    assert bounds(found) == (260, 260)
    assert (found["estimated"], found["indirect"]) == (0.0, pytest.approx(10 / 260))


def test_swv_figures_add_up_to_the_country(history: Tidy) -> None:
    one, other = (cell(history, "ll-bao", "2011", code) for code in ("PO9001", "PO9002"))

    # 280 + 100 + 140 + ¾ × 40 and 90 + 80 + 70 + 10 + ¼ × 40; together 810
    assert (bounds(one), bounds(other)) == ((550, 550), (260, 260))
    assert bounds(cell(history, "ll-bao", "2011", "NL01")) == (810, 810)


def test_a_region_with_nothing_but_one_hidden_site_is_hidden(history: Tidy) -> None:
    found = cell(history, "ll-bao", "2025", "GM9006")

    assert bounds(found) == (1, 4)
    assert found["status"] == CellStatus.HIDDEN


def test_a_hidden_site_next_to_another_makes_a_total_partly_hidden() -> None:
    tidy = _history("90AA00;BO;9001;10;<5", "90AB00;BO;9001;<5;<5")

    assert bounds(cell(tidy, "ll-bao", "2024", "GM9001")) == (11, 14)
    assert bounds(cell(tidy, "ll-bao", "2025", "GM9001")) == (2, 8)
    assert cell(tidy, "ll-bao", "2025", "GM9001")["status"] == CellStatus.PARTLY_HIDDEN


def test_an_unknown_gemeente_counts_for_the_country_only(history: Tidy) -> None:
    # 60 in Veendorp; <5 in 9999
    assert bounds(cell(history, "ll-sbo", "2025", "NL01")) == (61, 64)
    assert bounds(cell(history, "ll-sbo", "2025", "PO9002")) == (60, 60)
    assert any("9999" in problem.sentence for problem in history.problems)


def test_a_region_without_a_school_has_zero_pupils(history: Tidy) -> None:
    found = cell(history, "ll-sbo", "2025", "PO9001")

    assert bounds(found) == (0, 0)
    assert (found["status"], found["indirect"]) == (CellStatus.PRESENT, 0.0)


def test_special_schools_count_for_the_swv_of_their_sector(history: Tidy) -> None:
    cells = history.observations
    regions = {name: set(part["region"]) for name, part in cells.groupby("indicator")}

    assert not {"PO9001", "PO9002"} & regions["ll-vso"]
    assert not {"VO9001", "VO9002"} & regions["ll-so"]
    assert {"PO9002", "VO9002"} <= regions["ll-so-vso"]
    assert bounds(cell(history, "ll-vso", "2025", "VO9001")) == (45, 45)


def test_participation_sbo_keeps_part_and_whole_apart(history: Tidy) -> None:
    found = cell(history, "deel-sbo-pct", "2025", "NL01")

    assert bounds(found) == (61, 64)
    assert (found["denominator_low"], found["denominator_high"]) == (822, 828)
    assert found["status"] == CellStatus.PARTLY_HIDDEN


def test_participation_is_left_out_where_nobody_goes_to_school() -> None:
    tidy = _history("90AA00;BO;9001;10;10")

    cells = tidy.observations[tidy.observations["indicator"] == "deel-sbo-pct"]

    assert set(cells["region"]) == {"NL01", "GM9001", "PO9001"}


def test_how_sites_were_placed_is_said(history: Tidy) -> None:
    sentences = [str(problem) for problem in history.problems]

    assert sentences == [
        "[opmerking] historie-po.csv: 3 vestigingen zonder postcode in de regeling zijn toegerekend via hun "
        "gemeente, die in één samenwerkingsverband ligt.",
        "[opmerking] historie-po.csv: 1 vestigingen zonder postcode in de regeling zijn toegerekend naar het "
        "aandeel van hun gemeente in elk samenwerkingsverband (deels geschat).",
        "[waarschuwing] historie-po.csv: 1 vestigingen in een onbekende gemeente (9999) tellen alleen "
        "landelijk mee.",
    ]


def test_everything_wrong_in_the_history_is_named_with_row_and_column() -> None:
    with pytest.raises(LoadRefused, match="6 cellen") as caught:
        _history(
            "90AA00;BO;9001;1;2",
            "90AB00;XO;9001;1;2",
            "90AC00;BO;9003;1;2",
            "90AD00;BO;DUIN;1;2",
            "90AE00;BO;9001;;-1",
            "90AA00;SBO;9001;1;2",
        )

    assert [str(problem).removeprefix("[stop] proef.csv, ") for problem in caught.value.problems] == [
        "rij 7, kolom VESTIGINGSCODE: '90AA00' staat er meer dan één keer in.",
        "rij 3, kolom SOORT_VESTIGING: 'XO' is geen soort vestiging.",
        "rij 4, kolom GEMEENTECODE_VESTIGING: '9003' is geen gemeente van het laatste jaar.",
        "rij 5, kolom GEMEENTECODE_VESTIGING: 'DUIN' is geen gemeente van het laatste jaar.",
        "rij 6, kolom LEERLINGEN_2024: '' is geen aantal leerlingen en ook geen “<5”.",
        "rij 6, kolom LEERLINGEN_2025: '-1' is geen aantal leerlingen en ook geen “<5”.",
    ]


@pytest.mark.parametrize("text", ["12,5", "1.234", "< 5", "x", "²", "٣", "nan"])
def test_no_other_writing_is_taken_for_a_number_of_pupils(text: str) -> None:
    with pytest.raises(LoadRefused):
        _history(f"90AA00;BO;9001;1;{text}")


def test_pupils_vo_are_added_up_per_swv_and_country() -> None:
    tidy = read_vo_pupils(table("leerlingen-vo.csv"), REFERENCE)

    # 90VA00: 100+110+90+100 and 50+50; 90VB00: 125; 90VZ00, without an address: 5
    assert bounds(cell(tidy, "ll-vo", "2019", "VO9001")) == (500, 500)
    assert bounds(cell(tidy, "ll-vo", "2019", "VO9002")) == (125, 125)
    assert bounds(cell(tidy, "ll-vo", "2019", "NL01")) == (630, 630)


def test_practical_education_is_a_part_of_all_pupils() -> None:
    tidy = read_vo_pupils(table("leerlingen-vo.csv"), REFERENCE)

    found = cell(tidy, "deel-pro-pct", "2019", "NL01")

    assert bounds(found) == (130, 130)
    assert (found["denominator_low"], found["denominator_high"]) == (630, 630)
    assert bounds(cell(tidy, "deel-pro-pct", "2019", "VO9001")) == (0, 0)


def test_sites_without_an_address_are_said_to_count_for_the_country_only() -> None:
    tidy = read_vo_pupils(table("leerlingen-vo.csv"), REFERENCE)

    assert str(tidy.problems[0]).startswith(
        "[waarschuwing] leerlingen-vo.csv: 1 vestigingen met 5 leerlingen"
    )


def test_a_cell_that_is_no_number_of_pupils_vo_is_named() -> None:
    columns = "BRIN NUMMER;VESTIGINGSNUMMER;ONDERWIJSTYPE VO EN LEER- OF VERBLIJFSJAAR"
    vo = text_table(f"{columns};LEER- OF VERBLIJFSJAAR 1 - MAN", "90VA;00;VWO;<5")

    with pytest.raises(LoadRefused) as caught:
        read_vo_pupils(vo, REFERENCE)

    assert [str(problem) for problem in caught.value.problems] == [
        "[stop] proef.csv, rij 2, kolom LEER- OF VERBLIJFSJAAR 1 - MAN: '<5' is geen aantal leerlingen."
    ]


def test_early_school_leavers_are_added_up_and_no_site_is_kept() -> None:
    tidy = read_vsv(table("vsv.csv"), REFERENCE)

    assert {
        region: (cell(tidy, "vsv-vo-pct", "2015", region)["numerator_low"], whole)
        for region, whole in zip(
            tidy.observations["region"], tidy.observations["denominator_low"], strict=True
        )
    } == {"NL01": (13, 1100), "VO0001": (2, 100), "VO9001": (8, 800), "VO9002": (3, 200)}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("PO9001;10;1", "SAMENWERKINGSVERBAND_NUMMER"),
        ("VO9999;10;1", "SAMENWERKINGSVERBAND_NUMMER"),
        ("GM9001;10;1", "SAMENWERKINGSVERBAND_NUMMER"),
        ("VO9001;10;11", "vsv_totaal"),
        ("VO9001;10;-1", "vsv_totaal"),
        ("VO9001;;1", "vsv_totaal"),
        ("VO9001;1.000;1", "vsv_totaal"),
    ],
)
def test_an_impossible_row_of_early_school_leavers_is_refused(row: str, column: str) -> None:
    with pytest.raises(LoadRefused) as caught:
        read_vsv(text_table(VSV, "VO9001;10;1", row), REFERENCE)

    assert [(problem.row, problem.column) for problem in caught.value.problems] == [(3, column)]  # type: ignore[attr-defined]
