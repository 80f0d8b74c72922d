"""The sum behind a figure in words, worked out by hand; what the source hides never stands in it."""

from dataclasses import replace
from typing import Any

import pytest

from app.indicators import Aggregation, CellStatus, Unit
from app.provenance import NO_SUM, NOT_CONVERTED, Making, Term, columns, row_words, steps
from app.regions import NETHERLANDS, RegionKind, RegionName
from tests.example_figures import COUNT, GEMEENTE, PERCENT, at_least, count, finished, hidden, part
from tests.example_provenance import GIVEN, SCHOOLS, SUMMED, found, of_swv


def test_a_number_of_one_row_names_its_row() -> None:
    told = found(count(61_500))

    assert row_words(told) == "rij 34"
    assert steps(told) == [
        "Geteld (leerlingen op vestigingen voor basisonderwijs): 61.500, uit rij 34 van het bestand.",
        "Op het scherm staat: 61.500.",
    ]


def test_a_percentage_is_numerator_by_denominator_times_hundred() -> None:
    assert steps(found(part(1_220, 61_000))) == [
        "Teller (leerlingen in het sbo): 1.220, uit rij 34 van het bestand.",
        "Noemer (leerlingen in basisonderwijs en sbo samen): 61.000, uit rij 34 van het bestand.",
        "1.220 : 61.000 × 100 = 2.",
        "Op het scherm staat: 2,0%.",
    ]


def test_bounds_are_worked_out_twice_with_the_part_inside_its_whole() -> None:
    told = steps(found(part(12, 100, 15)))

    assert "Laagste: 12 : (12 + 88) × 100 = 12." in told
    assert "Hoogste: 15 : (15 + 88) × 100 = 14,56." in told
    assert told[-1] == "Op het scherm staat: tussen 12,0 en 14,6%."


def test_a_rate_divides_by_the_other_bound_and_has_its_own_factor() -> None:
    per_1000 = replace(PERCENT, unit=Unit.PER_1000)
    figure = part(12, 4_000, 16, unit=Unit.PER_1000)._replace(denominator_high=4_000)

    told = steps(found(figure, indicator=per_1000))

    assert "Laagste: 12 : 4.000 × 1.000 = 3." in told
    assert "Hoogste: 16 : 4.000 × 1.000 = 4." in told


def test_euros_per_pupil_have_no_factor() -> None:
    euros = replace(PERCENT, unit=Unit.EURO, decimals=0)

    told = steps(found(part(900_000, 450, unit=Unit.EURO), indicator=euros))

    assert "900.000 : 450 = 2.000." in told


def test_a_percentage_without_counts_is_not_worked_out() -> None:
    told = steps(found(finished(12.5), indicator=PERCENT))

    assert told == [
        "Dit cijfer komt als één getal uit rij 34: 12,5%. Wij rekenden het niet uit aantallen uit: die geeft "
        "de bron niet."
    ]


def test_an_swv_by_postcode_names_the_selection_of_schools() -> None:
    told = of_swv(count(61_500, indirect=0.02), origin=SCHOOLS)

    assert told.making is Making.SCHOOLS
    assert row_words(told) == (
        "alle vestigingen met een postcode in SWV Amstel, en die zonder bekende postcode via hun gemeente; "
        "het bestand heeft 9.738 regels"
    )
    assert "61.500, opgeteld over alle vestigingen met een postcode in SWV Amstel." in steps(told)[0]
    assert "Een school zonder bekende postcode telt mee via haar gemeente." in steps(told)


@pytest.mark.parametrize(
    ("region", "words"),
    [(GEMEENTE, "alle vestigingen in Almere;"), (NETHERLANDS, "alle vestigingen in het bestand;")],
)
def test_schools_of_other_regions_are_selected_by_place(region: RegionName, words: str) -> None:
    assert row_words(found(count(10), region=region, row=None, origin=SCHOOLS)).startswith(words)


def test_gemeenten_with_shares_are_added_with_their_parts() -> None:
    told = of_swv(
        count(160, estimated=0.625),
        Term("Diemen", 1.0, count(60), 7),
        Term("Amstelveen", 0.25, count(400), 9),
    )

    assert row_words(told) == "rij 7 (Diemen) en rij 9 (Amstelveen)"
    assert steps(told)[0].endswith(": 60 (Diemen) + 25% van 400 (Amstelveen) = 160.")
    assert any("geschat deel" in step for step in steps(told))


def test_part_and_whole_of_an_swv_are_each_added() -> None:
    told = steps(of_swv(part(30, 300), Term("A", 1.0, part(10, 100)), Term("B", 1.0, part(20, 200))))

    assert told[0].endswith(": 10 (A) + 20 (B) = 30.")
    assert told[1].endswith(": 100 (A) + 200 (B) = 300.")
    assert told[2] == "30 : 300 × 100 = 10."


def test_a_gemeente_counts_whole_where_people_are_counted_in_each_swv() -> None:
    twice = replace(COUNT, aggregation=Aggregation.COUNTED_TWICE)

    told = steps(of_swv(count(460), Term("A", 1.0, count(60)), Term("B", 0.25, count(400)), indicator=twice))

    assert told[0].endswith(": 60 (A) + 400 (B) = 460.")


def test_a_sum_that_does_not_fit_the_figure_is_never_written() -> None:
    told = of_swv(count(500), Term("A", 1.0, count(60)), Term("B", 1.0, count(400)))

    assert steps(told)[0].endswith(": 500, opgeteld over 2 gemeenten.")


def test_many_gemeenten_are_counted_and_not_listed() -> None:
    told = of_swv(count(70), *(Term(f"G{number}", 1.0, count(10), number) for number in range(7)))

    assert row_words(told) == "de rijen van 7 gemeenten"
    assert steps(told)[0].endswith(": 70, opgeteld over 7 gemeenten.")


def test_the_country_as_a_sum_says_over_how_many_gemeenten() -> None:
    summed = replace(SUMMED, gemeenten=355, has_gemeente_rows=True)
    told = found(count(1_000), region=NETHERLANDS, row=None, origin=summed)

    assert row_words(told) == "de rijen van alle 355 gemeenten"
    assert steps(told)[0].endswith(": 1.000, opgeteld over alle 355 gemeenten.")


def test_an_swv_that_the_source_names_is_all_rows_that_name_it() -> None:
    told = of_swv(part(393, 37_928), origin=GIVEN)

    assert row_words(told) == "meer dan één: alle rijen die SWV Amstel noemen"
    assert "393 : 37.928 × 100 = 1,04." in steps(told)


def test_a_converted_gemeente_shows_the_gemeenten_of_then() -> None:
    figure = count(31_475.754, estimated=0.16)._replace(converted=True)
    terms = (Term("Vught", 1.0, count(26_558), 57), Term("Haaren", 0.3422, count(14_370), 22))

    told = found(figure, row=None, terms=terms)

    expected = "26.558 (Vught) + 34,22% van 14.370 (Haaren) = 31.475,41."
    assert steps(replace(told, figure=figure._replace(numerator_low=31_475.414, numerator_high=31_475.414)))[
        0
    ].endswith(expected)
    assert row_words(told) == "rij 57 (Vught) en rij 22 (Haaren)"
    assert steps(told)[0].endswith("opgeteld over 2 gemeenten van toen.")


def test_a_percentage_that_cannot_be_converted_says_why_and_gives_no_number() -> None:
    figure = finished(None)._replace(converted=True)

    told = found(figure, row=None, indicator=PERCENT, terms=(Term("A", 1.0, finished(12.5)),))

    assert steps(told) == [NOT_CONVERTED]


def test_a_missing_number_says_where_it_is_missing() -> None:
    assert steps(found(finished(None))) == ["Er is geen getal: de bron geeft het op rij 34 niet."]


def test_no_figure_has_no_sum_and_no_row() -> None:
    told = found(None, origin=None)

    assert (row_words(told), columns(told)) == ("", "kolommen")
    assert steps(told) == ["Er is geen cijfer voor deze keuze, dus ook geen berekening."]


def test_a_total_over_parts_that_lack_is_at_least_what_is_known() -> None:
    told = steps(of_swv(at_least(60), Term("A", 1.0, count(60)), Term("B", 1.0, finished(None))))

    assert told[0].endswith(": 60 (A) + geen gegevens (B) = minimaal 60.")
    assert told[-1] == "Op het scherm staat: minimaal 60."


def test_of_a_whole_that_is_not_known_nothing_is_divided() -> None:
    figure = part(10, 100)._replace(numerator_high=None, denominator_high=None, status=CellStatus.AT_LEAST)

    assert "Delen kan hier niet: van de teller of de noemer is niet alles bekend." in steps(found(figure))


@pytest.mark.parametrize("indicator", [COUNT, PERCENT])
def test_a_hidden_figure_gives_no_sum(indicator: Any) -> None:
    figure = hidden() if indicator is COUNT else hidden()._replace(denominator_low=97, denominator_high=100)
    secret = (Term("A", 1.0, count(777)), Term("B", 0.5, count(888)))

    told = " ".join(steps(of_swv(figure, *secret, indicator=indicator)))

    assert NO_SUM in told
    assert not [number for number in ("777", "888", "97", "100", " 4", " 1") if number in told]


def test_a_hidden_part_is_named_and_never_counted_out() -> None:
    told = steps(of_swv(count(61, 64), Term("A", 1.0, count(60)), Term("B", 1.0, hidden())))

    assert told[0].endswith(": 60 (A) + minder dan 5 (B) = tussen 61 en 64.")
    assert "DUO verbergt minder dan 5." in told[1]


def test_a_hidden_part_of_a_percentage_hides_its_whole_too() -> None:
    secret = hidden()._replace(denominator_low=97, denominator_high=100)

    told = steps(of_swv(part(11, 197, 14), Term("A", 1.0, part(10, 100)), Term("B", 1.0, secret)))

    assert told[0].endswith(": 10 (A) + verborgen (B) = tussen 11 en 14.")
    assert told[1].endswith(": 100 (A) + verborgen (B) = tussen 197 en 200.")


def test_the_columns_have_the_year_of_the_figure() -> None:
    indicator = replace(COUNT, source_columns="SOORT = BO; LEERLINGEN_<jaar>")

    assert columns(found(count(1), indicator=indicator)) == "SOORT = BO; LEERLINGEN_2025"


def test_a_region_without_a_row_of_its_own_says_so() -> None:
    province = RegionName("PV27", RegionKind.PROVINCE, "Noord-Holland")

    told = found(count(10), region=province, row=None)

    assert row_words(told) == "meer dan één: alle rijen die voor Noord-Holland tellen"
    assert steps(told)[0].endswith("10, opgeteld uit meer rijen van het bestand.")
