"""Why a figure may differ, chosen by its facts; who loaded it, for whom; and how it changed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.deviations import WITHDRAWN, facts, reasons, revision_lines
from app.indicators import CellStatus, Figure, PeriodKind, PeriodStatus
from app.provenance import Revised
from app.regions import NETHERLANDS
from tests.example_figures import BREAK, COUNT, PERCENT, SWV, at_least, count, finished, hidden, part
from tests.example_provenance import GIVEN, MOMENT, ORIGIN, SCHOOLS, SUMMED, found, of_swv

LOADED = "Wij laadden het bestand op 2 november 2026. Wat de bron daarna veranderde, staat hier niet in."


def said(told: Any, heading: str) -> str:
    return " ".join(reason.sentence for reason in reasons(told) if reason.heading == heading)


def headings(told: Any) -> set[str]:
    return {reason.heading for reason in reasons(told)}


def test_a_plain_figure_differs_by_definition_day_division_and_version_only() -> None:
    told = found(count(61_500), indicator=replace(COUNT, hiding_rule=""))

    assert headings(told) == {"Definitie", "Peildatum", "Indeling", "Versie"}
    assert said(told, "Peildatum") == (
        "Dit cijfer is de stand van 1 oktober 2025. Op een andere dag is de stand anders."
    )
    assert said(told, "Versie") == LOADED


def test_the_definition_comes_first_with_part_whole_note_and_breaks() -> None:
    told = found(part(1, 10), indicator=replace(PERCENT, series_breaks=(BREAK,)))

    assert reasons(told)[0].sentence.startswith(
        "Geteld wordt: leerlingen in het sbo, als deel van leerlingen in basisonderwijs en sbo samen."
    )
    assert "Waar de school staat." in said(told, "Definitie")
    assert "Vanaf 2023 telt de bron anders." in said(told, "Definitie")


@pytest.mark.parametrize(
    ("kind", "period", "words"),
    [
        (PeriodKind.CALENDAR_YEAR, "2022", "over een heel jaar: 2022."),
        (PeriodKind.SCHOOL_YEAR, "2023/24", "over een heel schooljaar: schooljaar 2023/24."),
        (PeriodKind.HALF_YEAR, "2023-H1", "over een half jaar: eerste halfjaar van 2023."),
    ],
)
def test_a_span_of_time_is_no_day(kind: PeriodKind, period: str, words: str) -> None:
    assert words in said(
        found(count(1), period=period, indicator=replace(COUNT, period_kind=kind)), "Peildatum"
    )


@pytest.mark.parametrize(
    ("origin", "words"),
    [(SCHOOLS, "waar haar postcode in ligt"), (SUMMED, "1 januari 2025"), (GIVEN, "De bron deelt zelf in")],
)
def test_an_swv_says_by_which_route_it_was_divided(origin: Any, words: str) -> None:
    assert words in said(of_swv(count(10), origin=origin), "Indeling")


def test_the_weight_of_divided_gemeenten_is_named() -> None:
    told = of_swv(count(10, estimated=0.12), weights=("Leerlingen 2023/24",))

    assert "Verdeelde gemeenten zijn verdeeld naar leerlingen 2023/24." in said(told, "Indeling")
    assert said(told, "Schatting").startswith("Ongeveer 12% komt uit gemeenten die verdeeld zijn")


def test_years_on_one_division_and_converted_years_are_told_apart() -> None:
    one = replace(ORIGIN, division="2026", division_day=date(2026, 1, 1))

    assert "alle jaren op de gemeenten van 2026" in said(found(count(1), origin=one), "Indeling")
    assert said(found(count(1)._replace(converted=True), row=None), "Indeling") == (
        "De bron telt in de gemeenten van 2025; dit cijfer gaat over die van nu."
    )


def test_rounding_is_ours_with_counts_and_the_sources_without() -> None:
    assert "op 1 decimaal" in said(found(part(1, 10)), "Afronding")
    assert "DUO verbergt minder dan 5." in said(found(part(1, 10)), "Afronding")
    assert "al afgerond" in said(found(finished(12.5), indicator=PERCENT), "Afronding")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (hidden(), "toont dit kleine aantal niet"),
        (count(5, 9), "verbergt een deel van de getallen"),
        (at_least(5), "dit of hoger"),
        (count(5, indirect=0.09), "Van 9% kennen wij de postcode van de school niet."),
    ],
)
def test_what_is_not_covered_is_said(figure: Figure, words: str) -> None:
    assert words in said(found(figure), "Volledigheid")


def test_the_country_by_school_may_be_more_than_its_regions() -> None:
    told = found(count(9), region=NETHERLANDS, row=None, origin=SCHOOLS)

    assert "De regio’s samen kunnen daarom lager uitkomen" in said(told, "Volledigheid")


def test_warnings_of_the_load_and_a_provisional_status_are_passed_on() -> None:
    told = found(
        count(9, period_status=PeriodStatus.PROVISIONAL), origin=replace(ORIGIN, remarks=("Let op dit.",))
    )

    assert said(told, "Bij het laden opgemerkt") == "Let op dit."
    assert said(told, "Versie") == f"Dit cijfer is voorlopig; de bron kan het nog aanpassen. {LOADED}"


def test_starter_figures_were_not_loaded_by_anybody() -> None:
    told = found(count(9), origin=replace(ORIGIN, is_starter=True))

    assert said(told, "Versie").startswith("Dit cijfer is vooraf uit het bestand berekend")
    listed = dict(facts(told, "rij 34", "kolommen", is_admin=True))
    assert listed["Geladen"] == "op 2 november 2026, bij de installatie, vooraf uit dit bestand berekend"
    assert listed["Gepubliceerd"] == "op 2 november 2026, bij de installatie"


def test_without_a_figure_there_is_no_reason() -> None:
    assert reasons(found(None)) == []
    assert facts(found(None, origin=None), "", "", is_admin=True) == []


def test_the_facts_tell_file_hash_row_version_and_who_to_administrators() -> None:
    told = found(part(1_220, 61_000), origin=replace(ORIGIN, report_id=12), shown_version=5)

    assert facts(told, "rij 34", "SOORT = BO", is_admin=True) == [
        ("Cijfer", "2,0% (definitief)"),
        ("Bron", "DUO, Leerlingen per vestiging"),
        ("Bestand", "leerlingen.csv"),
        ("Vingerafdruk", f"sha-256 {'ab' * 32}"),
        ("Rij", "Rij 34"),
        ("Kolommen", "SOORT = BO"),
        ("Peildatum", "1 oktober 2025"),
        ("Gegevensversie", "versie 3; versie 5, die nu te zien is, nam dit over"),
        ("Geladen", "op 2 november 2026 door jan"),
        ("Gepubliceerd", "op 2 november 2026 door piet"),
        ("Rapport", "nummer 12"),
        ("Licentie", "CC0"),
    ]


def test_others_read_no_name_and_no_report() -> None:
    listed = dict(facts(found(count(1), origin=replace(ORIGIN, report_id=12)), "", "", is_admin=False))

    assert listed["Geladen"] == "op 2 november 2026 door een databeheerder"
    assert listed["Gepubliceerd"] == "op 2 november 2026 door een databeheerder"
    assert "Rapport" not in listed


def revised(version: int, figure: Figure, name: str = "") -> Revised:
    return Revised(version, MOMENT, figure, name)


def test_a_revision_tells_both_values_statuses_and_versions() -> None:
    before, after = part(131, 1_000, period_status=PeriodStatus.PROVISIONAL), part(136, 1_000)

    told = found(after, revisions=(revised(3, before), revised(7, after)))

    assert revision_lines(told) == ["Was 13,1% (voorlopig, versie 3), nu 13,6% (definitief, versie 7)."]


def test_every_change_has_a_line_and_the_same_figure_again_has_none() -> None:
    one, two, three = count(10), count(12), count(13)
    told = found(three, revisions=(revised(1, one), revised(2, one), revised(3, two), revised(4, three)))

    assert revision_lines(told) == [
        "Was 10 (definitief, versie 1), op 2 november 2026 12 (definitief, versie 3).",
        "Was 12 (definitief, versie 3), nu 13 (definitief, versie 4).",
    ]


@pytest.mark.parametrize("now", [hidden(), count(8, 14), at_least(3), finished(None)])
def test_what_is_hidden_now_is_not_told_by_what_it_was(now: Figure) -> None:
    told = found(now, revisions=(revised(1, count(3)), revised(2, now)))

    assert revision_lines(told) == [WITHDRAWN]


def test_a_figure_that_was_hidden_is_called_hidden() -> None:
    secret = hidden()._replace(denominator_low=97, denominator_high=100)
    told = found(part(1, 100), revisions=(revised(1, secret), revised(2, part(1, 100))))

    assert revision_lines(told) == [
        "Was door de bron verborgen (definitief, versie 1), nu 1,0% (definitief, versie 2)."
    ]
    assert secret.status is CellStatus.HIDDEN


def test_revisions_of_gemeenten_of_then_are_told_by_name() -> None:
    told = found(
        count(3)._replace(converted=True),
        region=SWV,
        row=None,
        revisions=(revised(1, count(1), "A"), revised(2, count(2), "A"), revised(1, count(1), "B")),
    )

    assert revision_lines(told) == ["A: was 1 (definitief, versie 1), nu 2 (definitief, versie 2)."]
