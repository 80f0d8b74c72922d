"""CBS's files become figures: blanks are missing and never zero, and what cannot be placed is refused."""

import pytest

from app.errors import LoadRefused
from app.indicators import CellStatus, PeriodStatus
from loaders.tidy import Tidy
from tests.samples.world import bounds, bundle, cell, read, text_bundle

AGE_BANDS = ("Jonger dan 5 jaar", "5 tot 10 jaar", "10 tot 15 jaar", "15 tot 20 jaar", "20 tot 25 jaar")
SHARES = "Regio's;Perioden;Jongeren met jeugdhulp in natura (%);Jongeren met jeugdreclassering (%)"
COUNTS = "Wijken;Perioden;TotaalJongerenMetJeugdzorgInNatura_1;TotaalTrajectenInNatura_9"
HOUSEHOLDS = "Gemeente;Jaar;nHH;nEenOuder"
ALL_HOUSEHOLDS = (
    "Duinstad;2020;20000.0;1000.0",
    "Veendorp;2020;8000.0;600.0",
    "Nieuwzand;2020;4000.0;300.0",
    "Hoog Eloo;2020;2000.0;100.0",
)


def _shares(*rows: str) -> Tidy:
    return read("cbs-jeugdzorg-kerncijfers", text_bundle(SHARES, *rows))


def _counts(*rows: str) -> Tidy:
    return read("cbs-jeugdzorg-natura", text_bundle(COUNTS, *rows))


def _problems(refusal: LoadRefused) -> list[str]:
    return [str(problem).removeprefix("[stop] proef.csv, ") for problem in refusal.problems]


def test_percentages_keep_their_value_and_have_no_counts() -> None:
    tidy = read("cbs-jeugdzorg-kerncijfers", bundle("jeugdzorg-pct.csv"))

    found = cell(tidy, "jh-verblijf-pct", "2022", "GM9002")

    assert (found["value"], found["status"]) == (8.5, CellStatus.PRESENT)
    assert found["numerator_low"] != found["numerator_low"]  # NaN
    assert cell(tidy, "jh-pct", "2022", "NL01")["value"] == 11.5
    assert set(tidy.observations["indicator"]) == {
        "jh-pct",
        "jh-verblijf-pct",
        "jb-pct",
        "jb-verblijf-pct",
        "jr-pct",
    }


@pytest.mark.parametrize(("indicator", "region"), [("jr-pct", "GM9001"), ("jh-pct", "GM9004")])
def test_a_blank_cell_is_missing_and_not_zero(indicator: str, region: str) -> None:
    tidy = read("cbs-jeugdzorg-kerncijfers", bundle("jeugdzorg-pct.csv"))

    found = cell(tidy, indicator, "2022", region)

    assert found["status"] == CellStatus.MISSING
    assert found["value"] != found["value"]  # NaN


def test_the_empty_row_of_a_dissolved_gemeente_is_skipped() -> None:
    tidy = read("cbs-jeugdzorg-kerncijfers", bundle("jeugdzorg-pct.csv"))

    assert set(tidy.observations["region"]) == {"NL01", "GM9001", "GM9002", "GM9004", "GM9006"}


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("2022", PeriodStatus.FINAL),
        ("2022*", PeriodStatus.PROVISIONAL),
        ("2022**", PeriodStatus.REVISED_PROVISIONAL),
    ],
)
def test_asterisks_tell_how_final_a_period_is(title: str, status: PeriodStatus) -> None:
    tidy = _shares(f"Duinstad;{title};13,2;0,5")

    assert set(tidy.statuses) == {("jh-pct", "2022"), ("jr-pct", "2022")}
    assert set(tidy.statuses.values()) == {status}


def test_everything_wrong_with_percentages_is_named_with_row_and_column() -> None:
    with pytest.raises(LoadRefused) as caught:
        _shares(
            "Duinstad;2022;dertien;-0,5",
            "Nergens;2022;13,2;",
            "Oud Zand;2022;13,2;0,5",
            "Veendorp;straks;1,0;1,0",
            "Nieuwzand;2022;1,0;1,0",
            "Nieuwzand;2022;2,0;2,0",
        )

    assert _problems(caught.value) == [
        "rij 2, kolom Jongeren met jeugdhulp in natura (%): 'dertien' is geen getal.",
        "rij 2, kolom Jongeren met jeugdreclassering (%): '-0,5' is geen getal.",
        "rij 3: regio 'Nergens' bestaat niet in de indeling van dat jaar.",
        "rij 4: regio 'Oud Zand' bestaat niet in de indeling van dat jaar.",
        "rij 5, kolom Perioden: 'straks' is geen jaar.",
        "rij 7: regio GM9004 staat er meer dan één keer in.",
    ]


def test_both_decimal_signs_in_one_column_are_refused_with_the_first_row_that_differs() -> None:
    with pytest.raises(LoadRefused) as caught:
        _shares("Duinstad;2022;13,2;0.5", "Veendorp;2022;1,2;0.5", "Nieuwzand;2022;13.2;0.5")

    assert _problems(caught.value) == [
        "rij 4, kolom Jongeren met jeugdhulp in natura (%): "
        "of hier een punt of een komma de decimalen scheidt, is niet uit te maken."
    ]


def test_each_column_may_have_its_own_decimal_sign() -> None:
    tidy = _shares("Duinstad;2022;13,2;0.5", "Veendorp;2022;1,25;0.25")

    assert cell(tidy, "jh-pct", "2022", "GM9001")["value"] == 13.2
    assert cell(tidy, "jr-pct", "2022", "GM9002")["value"] == 0.25


def test_three_digits_behind_every_sign_may_be_thousands_and_are_refused() -> None:
    with pytest.raises(LoadRefused) as caught:
        _shares("Duinstad;2022;1.234;0,5", "Veendorp;2022;1.235;0,5")

    assert "niet uit te maken" in _problems(caught.value)[0]


def test_a_secret_cell_is_hidden_and_never_zero() -> None:
    tidy = _shares("Duinstad;2022;13,2;x", "Veendorp;2022;x;0,5")

    found = cell(tidy, "jr-pct", "2022", "GM9001")
    assert found["status"] == CellStatus.HIDDEN
    assert found["value"] != found["value"]  # NaN


def test_more_than_everybody_is_refused() -> None:
    with pytest.raises(LoadRefused, match="1 cellen kloppen niet") as caught:
        _shares("Duinstad;2022;100;0,5", "Veendorp;2022;100,1;0,5")

    assert _problems(caught.value) == ["rij 3: 100,1 is meer dan 100%."]


def test_counts_are_read_as_delivered() -> None:
    tidy = read("cbs-jeugdzorg-natura", bundle("jeugdzorg-natura.csv"))

    assert bounds(cell(tidy, "jz-natura", "2022", "NL01")) == (700, 700)
    assert bounds(cell(tidy, "jz-natura", "2022", "GM9002")) == (400, 400)
    assert bounds(cell(tidy, "jz-natura", "2022", "GM9002", "leeftijd:4-12")) == (160, 160)
    assert bounds(cell(tidy, "jz-trajecten", "2022", "GM9002", "verwijzer:huisarts")) == (180, 180)


def test_counts_reach_an_swv_by_the_shares_of_its_gemeenten() -> None:
    tidy = read("cbs-jeugdzorg-natura", bundle("jeugdzorg-natura.csv"))

    found = cell(tidy, "jz-natura", "2022", "PO9001")

    # 0.8 × 200 of Duinstad and 0.75 × 400 of Veendorp, both split
    assert bounds(found) == (460, 460)
    assert found["estimated"] == 1.0
    # 0.8 × 200 and the whole of Veendorp's 400
    assert bounds(cell(tidy, "jz-natura", "2022", "VO9001")) == (560, 560)
    assert cell(tidy, "jz-natura", "2022", "VO9001")["estimated"] == pytest.approx(160 / 560)


def test_a_sum_with_an_unknown_part_is_a_minimum() -> None:
    tidy = read("cbs-jeugdzorg-natura", bundle("jeugdzorg-natura.csv"))

    found = cell(tidy, "jz-natura", "2022", "PO9002")

    # 0.2 × 200 + 0.25 × 400 + 100, and Hoog Eloo, which the source leaves out
    assert found["numerator_low"] == 240
    assert found["numerator_high"] != found["numerator_high"]  # NaN
    assert found["status"] == CellStatus.AT_LEAST


def test_an_unknown_cell_makes_only_its_own_breakdown_a_minimum() -> None:
    full = ("GM9001;2022JJ00;200;300", "GM9002;2022JJ00;400;600", "GM9006;2022JJ00;50;60")

    tidy = _counts(*full, "GM9004;2022JJ00;100;       .")

    assert cell(tidy, "jz-natura", "2022", "PO9002")["status"] == CellStatus.PRESENT
    assert cell(tidy, "jz-trajecten", "2022", "PO9002")["status"] == CellStatus.AT_LEAST
    assert cell(tidy, "jz-trajecten", "2022", "GM9004")["status"] == CellStatus.MISSING


def test_a_sum_of_nothing_but_unknown_parts_is_missing() -> None:
    tidy = _counts("GM9001;2022JJ00;.;1", "GM9002;2022JJ00;.;1")

    assert cell(tidy, "jz-natura", "2022", "PO9001")["status"] == CellStatus.MISSING


@pytest.mark.parametrize("region", ["GM9876", "GM9003", "2022", "Duinstad", ""])
def test_counts_of_an_unknown_or_dissolved_region_are_refused(region: str) -> None:
    with pytest.raises(LoadRefused) as caught:
        _counts("GM9001;2022JJ00;1;1", f"{region};2022JJ00;5;.")

    assert _problems(caught.value) == [f"rij 3: regio {region!r} bestaat niet in de indeling van dat jaar."]


def test_the_empty_row_of_an_unknown_region_is_skipped() -> None:
    tidy = _counts("GM9001;2022JJ00;1;1", "GM9003;2022JJ00;.;")

    assert "GM9003" not in set(tidy.observations["region"])


@pytest.mark.parametrize("period", ["2022KW01", "20220101", "JJJJJJ00"])
def test_counts_of_no_whole_year_are_refused(period: str) -> None:
    with pytest.raises(LoadRefused):
        _counts(f"GM9001;{period};1;1")


@pytest.mark.parametrize("text", ["-5", "1,5", "1.000.000", "<5", "*", "veel", "=1+1"])
def test_a_count_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(LoadRefused) as caught:
        _counts(f"GM9001;2022JJ00;{text};1")

    assert _problems(caught.value) == [
        f"rij 2, kolom TotaalJongerenMetJeugdzorgInNatura_1: {text!r} is geen getal."
    ]


def test_households_have_a_part_and_a_whole() -> None:
    tidy = read("cbs-huishoudens", bundle("huishoudens.csv"))

    found = cell(tidy, "eenouder-alle-hh-pct", "2020", "PO9001")

    # 0.8 × 1000 + 0.75 × 600 of 0.8 × 20000 + 0.75 × 8000
    assert bounds(found) == (1250, 1250)
    assert (found["denominator_low"], found["denominator_high"]) == (22000, 22000)
    assert bounds(cell(tidy, "eenouder-hh", "2020", "GM9004")) == (300, 300)


def test_the_country_is_the_sum_of_its_gemeenten_where_the_file_has_no_row_for_it() -> None:
    tidy = read("cbs-huishoudens", bundle("huishoudens.csv"))

    found = cell(tidy, "eenouder-alle-hh-pct", "2020", "NL01")

    assert bounds(found) == (2000, 2000)
    assert found["denominator_low"] == 34000
    assert found["estimated"] == 0.0


def test_a_missing_part_makes_the_country_a_minimum() -> None:
    rows = (*ALL_HOUSEHOLDS[:3], "Hoog Eloo;2020;2000.0;")

    tidy = read("cbs-huishoudens", text_bundle(HOUSEHOLDS, *rows))

    found = cell(tidy, "eenouder-hh", "2020", "NL01")
    assert (found["numerator_low"], found["status"]) == (1900, CellStatus.AT_LEAST)


def test_of_an_unknown_whole_no_percentage_is_known() -> None:
    rows = (*ALL_HOUSEHOLDS[:3], "Hoog Eloo;2020;;100.0")

    tidy = read("cbs-huishoudens", text_bundle(HOUSEHOLDS, *rows))

    assert cell(tidy, "eenouder-alle-hh-pct", "2020", "GM9006")["status"] == CellStatus.MISSING
    assert cell(tidy, "eenouder-alle-hh-pct", "2020", "NL01")["status"] == CellStatus.AT_LEAST
    assert bounds(cell(tidy, "eenouder-hh", "2020", "NL01")) == (2000, 2000)


def test_a_gemeente_that_the_file_forgets_is_named() -> None:
    with pytest.raises(LoadRefused, match="1 cellen kloppen niet"):
        read("cbs-huishoudens", text_bundle(HOUSEHOLDS, *ALL_HOUSEHOLDS[:3]))


def test_a_gemeente_that_is_forgotten_in_a_second_year_is_named() -> None:
    rows = (*ALL_HOUSEHOLDS, "Duinstad;2021;20000.0;1000.0")

    with pytest.raises(LoadRefused, match="1 cellen kloppen niet"):
        read("cbs-huishoudens", text_bundle(HOUSEHOLDS, *rows))


def test_a_file_with_nothing_but_empty_rows_is_refused() -> None:
    with pytest.raises(LoadRefused, match="geen cijfers"):
        read("cbs-huishoudens", text_bundle(HOUSEHOLDS, "Oud Zand;2020;;"))


def test_households_with_a_decimal_comma_are_refused() -> None:
    with pytest.raises(LoadRefused) as caught:
        read("cbs-huishoudens", text_bundle(HOUSEHOLDS, "Duinstad;2020;20000,0;1000.0"))

    assert "rij 2, kolom nHH: '20000,0' is geen getal." in _problems(caught.value)


def test_five_year_bands_add_up_to_the_young() -> None:
    tidy = read("cbs-kerncijfers-leeftijd", bundle("kerncijfers-leeftijd.csv"))

    # 2000 + 2100 + 2200 + 2300 + 2400
    assert bounds(cell(tidy, "bev-0-25", "2019", "GM9001")) == (11000, 11000)
    assert bounds(cell(tidy, "bev-0-25-pct", "2019", "NL01")) == (18000, 18000)
    assert cell(tidy, "bev-0-25-pct", "2019", "NL01")["denominator_low"] == 68000


def test_a_missing_band_makes_the_young_missing() -> None:
    columns = ";".join(["Naam", "Totale bevolking", *AGE_BANDS])
    rest = ("Veendorp;9;1;1;1;1;1", "Nieuwzand;9;1;1;1;1;1", "Hoog Eloo;9;1;1;1;1;1")

    tidy = read("cbs-kerncijfers-leeftijd", text_bundle(columns, "Duinstad;9;1;1;;1;1", *rest))

    assert cell(tidy, "bev-0-25", "2019", "GM9001")["status"] == CellStatus.MISSING
    assert cell(tidy, "bev-0-25", "2019", "NL01")["status"] == CellStatus.AT_LEAST
