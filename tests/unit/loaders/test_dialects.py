"""Every dialect that no real file was at hand for, and the newer profiles: recognised, and read exactly."""

from typing import Any

import pytest

from app.errors import LoadRefused
from app.indicators import CellStatus, PeriodStatus
from loaders.files import Severity
from loaders.listings import Listed, read_alphabetical, read_outlines, read_regioatlas
from loaders.profiles import PROFILES, find_profile
from loaders.tidy import Tidy
from tests.samples.dialects import SAMPLES, records, text, workbook
from tests.samples.world import bounds, cell, read


def _read(name: str) -> Tidy:
    return read(name, SAMPLES[name])


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_fits_exactly_one_profile(name: str) -> None:
    assert [profile.name for profile in PROFILES if profile.recognise(SAMPLES[name])] == [name]


@pytest.mark.parametrize("name", [profile.name for profile in PROFILES if not profile.tried])
def test_a_profile_without_a_real_file_says_so_with_every_load(name: str) -> None:
    problems = [problem for problem in _read(name).problems if problem.severity is Severity.WARNING]

    assert ["niet aan een echt bestand getoetst" in problem.sentence for problem in problems] == [True]


def test_headings_above_a_title_and_padded_numbers_with_a_point() -> None:
    tidy = _read("cbs-kerncijfers")

    assert bounds(cell(tidy, "bev-tot", "2020", "GM9001")) == (40000, 40000)
    assert bounds(cell(tidy, "bev-tot", "2020", "NL01")) == (68000, 68000)
    assert cell(tidy, "groene-druk", "2020", "GM9001")["value"] == 36.5
    assert cell(tidy, "groene-druk", "2020", "GM9006")["status"] == CellStatus.MISSING
    assert tidy.statuses["bev-tot", "2020"] is PeriodStatus.PROVISIONAL


def test_finished_percentages_are_never_summed() -> None:
    cells = _read("cbs-kerncijfers").observations

    regions = set(cells[cells["indicator"] == "groene-druk"]["region"])
    assert regions == {"GM9001", "GM9002", "GM9004", "GM9006"}


def test_rows_of_odata_3_in_json_with_another_running_number() -> None:
    found = cell(_read("cbs-jeugdzorg-vorm"), "jh-zv-pct", "2020", "GM9001")

    assert bounds(found) == (190, 190)
    assert (found["denominator_low"], found["denominator_high"]) == (200, 200)


def test_a_typed_data_set_in_csv() -> None:
    tidy = _read("cbs-jeugdzorg-kerncijfers-v3")

    assert cell(tidy, "jh-pct", "2020", "NL01")["value"] == 12.5
    assert cell(tidy, "jh-pct", "2020", "GM9001")["value"] == 13.0


def test_measures_of_odata_4_by_their_title() -> None:
    tidy = _read("cbs-jeugdzorg-kerncijfers-v4")

    assert cell(tidy, "jr-pct", "2020", "GM9001")["value"] == 0.5
    assert tidy.statuses["jh-pct", "2020"] is PeriodStatus.REVISED_PROVISIONAL
    assert set(tidy.observations["indicator"]) == {"jh-pct", "jr-pct"}


def test_several_pages_of_odata_4_are_one_table() -> None:
    tidy = _read("cbs-kerncijfers-v4")

    assert bounds(cell(tidy, "bev-tot", "2020", "NL01")) == (4000, 4000)
    # 0.8 × 1000 of Duinstad and 0.75 × 1000 of Veendorp
    assert bounds(cell(tidy, "bev-tot", "2020", "PO9001")) == (1550, 1550)


def test_a_province_is_found_by_its_name_and_a_landsdeel_left_out() -> None:
    tidy = _read("cbs-eenouder")

    assert bounds(cell(tidy, "eenouder-hh-pct", "2020", "PV20")) == (1500, 1500)
    assert any("landsdelen" in problem.sentence for problem in tidy.problems)


def test_a_school_year_with_an_apostrophe() -> None:
    tidy = _read("cbs-vsv")

    assert bounds(cell(tidy, "vsv-pct", "2019/20", "GM9001")) == (80, 80)
    assert tidy.statuses["vsv-n", "2019/20"] is PeriodStatus.PROVISIONAL


def test_one_measure_in_two_durations() -> None:
    tidy = _read("cbs-laag-inkomen-regio-v4")

    assert cell(tidy, "kind-laag-ink-pct", "2020", "GM9001")["value"] == 6.5
    assert cell(tidy, "kind-langd-laag-pct", "2020", "GM9001")["value"] == 2.5
    assert tidy.division == "2023"


@pytest.mark.parametrize(("kind", "groups"), [("totaal", 1), ("geslacht", 2), ("leeftijd", 3)])
def test_long_files_of_duo_add_up_over_their_groups(kind: str, groups: int) -> None:
    tidy = _read(f"duo-pogemeente-{kind}")

    assert bounds(cell(tidy, "ll-bao", "2020", "GM9001")) == (400 * groups, 400 * groups)
    assert bounds(cell(tidy, "ll-bao", "2020", "NL01")) == (1600 * groups, 1600 * groups)
    assert cell(tidy, "deel-sbo-pct", "2020", "GM9001")["denominator_low"] == 410 * groups


def test_fewer_than_five_is_hidden_between_bounds() -> None:
    tidy = _read("duo-poswv-totaal")

    found = cell(tidy, "ll-sbo", "2020", "PO9002")
    assert (bounds(found), found["status"]) == ((0, 4), CellStatus.HIDDEN)
    assert bounds(cell(tidy, "deel-sbo-pct", "2020", "PO9001")) == (200, 200)


def test_a_sum_over_a_cell_without_bounds_is_hidden() -> None:
    found = cell(_read("duo-poswv-geslacht"), "ll-sbo", "2020", "PO9001")

    assert found["status"] == CellStatus.HIDDEN
    assert found["numerator_high"] != found["numerator_high"]  # NaN


def test_scores_from_a_sheet_whose_header_is_not_in_row_one() -> None:
    tidy = _read("cbs-achterstandsscores")

    found = cell(tidy, "achterst-ll", "2019", "PO9001")
    assert (bounds(found), found["denominator_low"]) == ((33.5, 33.5), 100)
    assert bounds(cell(tidy, "achterst-ll", "2019", "NL01")) == (43.75, 43.75)
    assert any("1 vestigingen met 60 leerlingen" in problem.sentence for problem in tidy.problems)


def test_a_score_that_is_a_formula_is_refused_with_its_place() -> None:
    rows: list[list[object]] = [
        ["Scores, 1 oktober 2019"],
        ["School (BRIN vestiging)", "Aantal bekostigde leerlingen", "Achterstandsscore"],
        ["90AA00", 100, "=SUM(A1)"],
    ]
    bundle = text("x.xlsx")
    bundle.members["x.xlsx"] = workbook(("Tabel 1", rows))

    with pytest.raises(LoadRefused) as caught:
        read("cbs-achterstandsscores", bundle)

    assert [str(problem) for problem in caught.value.problems] == [
        "[stop] x.xlsx, blad Tabel 1, rij 3, kolom C: hier staat een formule; bewaar het blad met waarden."
    ]


def test_a_list_of_regioatlas_counts_a_double_line_once() -> None:
    listing, problems = read_regioatlas(SAMPLES["regioatlas"])

    assert (listing.kind, listing.year) == (Listed.YOUTH_REGION, 2016)
    assert [(row.code, row.region) for row in listing.rows] == [("GM9001", "JR04"), ("GM9002", "JR30")]
    assert "1 regels staan er dubbel in" in problems[0].sentence


def test_an_unknown_region_in_regioatlas_is_refused_with_its_row() -> None:
    bundle = text("x.csv", "Gemeente;CBS;Jeugdzorgregio's;Inwoneraantal", "Duinstad;9001;Nergens;1")

    with pytest.raises(LoadRefused) as caught:
        read_regioatlas(bundle)

    assert "rij 2, kolom Jeugdzorgregio's: de jeugdregio 'Nergens' is onbekend." in str(
        caught.value.problems[0]
    )


def test_the_alphabetical_list_has_every_gemeente_once() -> None:
    listing = read_alphabetical(SAMPLES["cbs-gemeentenlijst"])

    assert [row.code for row in listing.rows] == ["GM9001", "GM9002", "GM9004", "GM9006"]


def test_an_outline_that_crosses_itself_is_named() -> None:
    listing, problems = read_outlines(SAMPLES["gemeente-omtrekken"])

    assert len(listing.rows) == 2
    assert [problem.sentence for problem in problems] == [
        "1 omtrekken kruisen zichzelf: Veendorp. Zij staan zo op de kaart."
    ]


_ROW: dict[str, Any] = {
    "ID": 7,
    "VormenVanJeugdzorg": "A045560",
    "RegioS": "GM9001",
    "Perioden": "2020JJ00",
    "JongerenMetJeugdzorg_1": 10,
}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Perioden": "2020KW01"}, "'2020KW01' is geen jaar."),
        ({"RegioS": "2020"}, "regio '2020' bestaat niet in de indeling van dat jaar."),
        ({"RegioS": "GM9003"}, "regio 'GM9003' bestaat niet in de indeling van dat jaar."),
        ({"JongerenMetJeugdzorg_1": -5}, "'-5' is geen getal."),
        ({"JongerenMetJeugdzorg_1": "1.000.000"}, "'1.000.000' is geen getal."),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(LoadRefused) as caught:
        read("cbs-jeugdzorg-vorm", records("x.json", [_ROW | changes]))

    assert sentence in str(caught.value.problems[0])
    assert "rij 7" in str(caught.value.problems[0])


def test_more_than_everybody_is_refused() -> None:
    rows = [_ROW | {"ID": 1}, _ROW | {"ID": 2, "VormenVanJeugdzorg": "A042503", "JongerenMetJeugdzorg_1": 11}]

    with pytest.raises(LoadRefused) as caught:
        read("cbs-jeugdzorg-vorm", records("x.json", rows))

    assert "110 is meer dan 100%." in str(caught.value.problems[0])


def test_an_unknown_table_hears_what_was_expected_and_what_was_found() -> None:
    bundle = text("x.csv", "GEMEENTENUMMER;TYPE_PO;PEILJAAR;LEERLINGEN", "0363;BO;2020;1")

    with pytest.raises(LoadRefused) as caught:
        find_profile(bundle)

    assert "Het meest lijkt het op pogemeente" in str(caught.value)
    assert "ontbreekt AANTAL_LEERLINGEN" in str(caught.value)
    assert "Gevonden: GEMEENTENUMMER, TYPE_PO, PEILJAAR, LEERLINGEN." in str(caught.value)
