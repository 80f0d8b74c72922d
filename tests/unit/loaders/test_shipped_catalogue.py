"""The catalogue we ship: every indicator of the domain, all its metadata, and no estimate as a figure."""

import csv
import re
from pathlib import Path

import pytest

from app.indicators import Aggregation, Basis, Direction, Indicator, PeriodKind, Unit
from app.regions import RegionKind
from app.wording import is_period_of
from loaders.catalogue import load_catalogue

INDICATORS = list(load_catalogue())
DOMAIN_LIST = Path(__file__).resolve().parents[4] / "shared" / "reference" / "indicators.csv"
OUR_OWN = {
    *(
        "bev-0-25",
        "bev-0-25-pct",
        "eenouder-hh",
        "eenouder-alle-hh-pct",
        "laag-ink-hh-pct",
        "ll-sbo",
        "ll-so",
    ),
    *("ll-vso", "ll-so-vso", "jz-natura", "jz-trajecten"),
}
"""What this dashboard adds to the list of the domain."""

PER_THEME = {
    "Jeugd en bevolking": 10,
    "Leefsituatie en risico's": 13,
    "Onderwijsdeelname en stromen": 24,
    "Ondersteuning en toewijzing": 9,
    "Verzuim, thuiszitten en uitval": 10,
    "Jeugdhulp": 19,
    "Onderwijs en jeugdhulp": 11,
    "Participatie": 5,
    "Middelen en organisatie": 8,
    "Samenwerking en tevredenheid": 8,
}
UNITS = {"ratio": Unit.RATIO, "score 1-5 en %": Unit.SCORE, "% / euro": Unit.PERCENT}
"""What the domain's list calls otherwise."""

LEVELS = {
    "G": {RegionKind.GEMEENTE},
    "S": {RegionKind.SWV_PO, RegionKind.SWV_VO},
    "J": {RegionKind.YOUTH_REGION},
    "R": {RegionKind.RMC},
    "CR": {RegionKind.COROP},
    "P": {RegionKind.PROVINCE},
    "L": {RegionKind.COUNTRY},
}
BY_ID = pytest.mark.parametrize("indicator", INDICATORS, ids=[each.id for each in INDICATORS])


def _rows() -> list[dict[str, str]]:
    """The domain's own list; where it is not at hand, the test is left out and says so."""
    if not DOMAIN_LIST.is_file():
        pytest.skip("the domain's list of indicators is not beside this folder")
    with DOMAIN_LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_all_117_indicators_of_the_domain_are_there_by_theme() -> None:
    counts = dict.fromkeys(PER_THEME, 0)
    for indicator in INDICATORS:
        counts[indicator.theme] += indicator.id not in OUR_OWN

    assert counts == PER_THEME
    assert sum(counts.values()) == 117


def test_every_id_of_the_domains_list_is_in_the_catalogue() -> None:
    assert {row["id"] for row in _rows()} == {each.id for each in INDICATORS} - OUR_OWN


def test_units_and_directions_are_those_of_the_domains_list() -> None:
    catalogue = {each.id: each for each in INDICATORS}
    for row in _rows():
        indicator = catalogue[row["id"]]
        direction = row["richting"].split(" (")[0].replace(" ", "_")
        assert indicator.unit is (UNITS.get(row["eenheid"]) or Unit(row["eenheid"])), row["id"]
        assert indicator.direction is Direction(direction), row["id"]


def test_levels_are_among_those_of_the_domains_list() -> None:
    catalogue = {each.id: each for each in INDICATORS}
    rows = [row for row in _rows() if "regio" not in row["niveaus"]]
    for row in rows:
        letters = re.findall(r"CR|[GSJRPL]", row["niveaus"])
        allowed = {RegionKind.COUNTRY}.union(*(LEVELS[letter] for letter in letters))
        assert set(catalogue[row["id"]].levels) <= allowed, row["id"]


def test_what_we_add_says_so_in_its_note() -> None:
    for indicator in INDICATORS:
        is_said = "aanvulling van dit dashboard op de lijst van 117 indicatoren" in indicator.note
        assert is_said is (indicator.id in OUR_OWN), indicator.id


@BY_ID
def test_every_indicator_says_which_file_fills_it_and_where_that_is(indicator: Indicator) -> None:
    assert indicator.fill.endswith(".")
    assert len(indicator.fill.split()) > 5
    assert indicator.first_year is not None
    assert 1980 < indicator.first_year < 2030
    assert indicator.reviewed_by == ""
    assert indicator.source_url.startswith("https://") or indicator.own_figures or "Eigen" in indicator.source


@BY_ID
def test_every_definition_is_a_sentence_of_its_own(indicator: Indicator) -> None:
    assert indicator.definition.endswith(".")
    assert len(indicator.definition.split()) >= 8
    assert sum(each.definition == indicator.definition for each in INDICATORS) == 1
    assert not indicator.label.endswith(".")
    assert "(E)" not in "".join(
        (
            indicator.definition,
            indicator.note,
            indicator.fill,
            indicator.source_columns,
            indicator.source_table,
        )
    )


@BY_ID
def test_units_decimals_and_limits_go_together(indicator: Indicator) -> None:
    has_whole = indicator.unit is Unit.PERCENT or indicator.unit.is_per_number
    assert bool(indicator.denominator) or not has_whole
    assert indicator.unit is not Unit.COUNT or (indicator.decimals, indicator.denominator) == (0, "")
    assert 0 <= indicator.decimals <= 2
    assert indicator.lowest < indicator.highest
    assert indicator.unit is not Unit.SCORE or indicator.denominator or indicator.lowest in (0.0, 1.0)


@BY_ID
def test_a_sentence_about_a_rate_reads_well(indicator: Indicator) -> None:
    """`4,3 thuiszitters per 1.000 leerplichtige kinderen`: no `alle` or `de` after the number."""
    if indicator.unit.is_per_number:
        assert not indicator.denominator.startswith(("alle ", "de ", "het "))
        assert indicator.numerator[0].islower()


@BY_ID
def test_estimates_are_bands_without_a_year_and_what_was_measured_has_one(indicator: Indicator) -> None:
    for band in indicator.plausible:
        assert indicator.lowest <= band.low < band.high <= indicator.highest
        assert (band.basis is Basis.ESTIMATED) is (band.year == "")
        assert band.p5 is None or band.basis is Basis.MEASURED
        assert band.p5 is None or band.low <= band.p5 < (band.p95 or 0) <= band.high


@BY_ID
def test_breaks_are_periods_of_the_indicators_own_kind(indicator: Indicator) -> None:
    assert all(is_period_of(cut.period, indicator.period_kind) for cut in indicator.series_breaks)
    assert (indicator.period_kind is PeriodKind.REFERENCE_DATE) is bool(indicator.reference_day)


def test_a_dimension_has_one_name_and_one_word_for_each_category() -> None:
    names: dict[str, set[str]] = {}
    words: dict[str, set[str]] = {}
    for breakdown in (part for each in INDICATORS for part in each.breakdowns):
        names.setdefault(breakdown.dimension, set()).add(breakdown.label)
        for category in breakdown.categories:
            words.setdefault(category.code, set()).add(category.label)

    assert {key: found for key, found in (names | words).items() if len(found) > 1} == {}


def test_figures_of_a_gemeente_in_two_swvs_may_not_be_added_over_swvs() -> None:
    doubled = {each.id for each in INDICATORS if each.aggregation is Aggregation.COUNTED_TWICE}

    assert doubled == {"verz-abs-1000", "verz-abs-3m-pct", "thuiszit-1000", "vrijst-5a-1000"}


def test_a_region_can_fill_what_no_national_file_has() -> None:
    own = {each.id for each in INDICATORS if each.own_figures}

    assert own >= {"tlv-so-1000", "thuiszit-1000", "arrang-1000", "lv-pct", "oza-1000", "opp-pct"}
    assert not own & {"bev-tot", "ll-bao", "jh-pct", "vsv-pct"}


def test_measured_bands_are_those_of_the_real_files() -> None:
    bands = {(each.id, band.year): band for each in INDICATORS for band in each.plausible if band.year}

    assert (bands["jh-pct", "2022"].low, bands["jh-pct", "2022"].high) == (5.5, 22.9)
    assert (bands["vsv-vo-pct", "2015"].p5, bands["vsv-vo-pct", "2015"].p95) == (0.25, 0.68)
    assert len(bands) == 17


OF_SCHOOL = re.compile(
    r"(?<!niet )waar de (basis)?school staat|plaats van de school|op de scholen voor"
    r"|schoolvestigingen in het gebied",
    re.IGNORECASE,
)
SCHOOLS_THEMSELVES = "jh-op-school-pct"
FILES_OF_SCHOOLS = {
    *("gewicht-ll-pct", "ll-so-vso", "residentieel", "deel-lwoo-pct", "zittenblijf-pct"),
    "advies-bijgesteld-pct",
}
"""Their source has a row for each school; their words do not say so."""


def test_what_is_counted_at_the_site_of_the_school_says_so_in_the_catalogue() -> None:
    told = {each.id for each in INDICATORS if OF_SCHOOL.search(f"{each.definition} {each.note}")}

    found = {each.id for each in INDICATORS if each.by_school}

    assert found == (told - {SCHOOLS_THEMSELVES, *ELSEWHERE}) | FILES_OF_SCHOOLS


ELSEWHERE = {"deel-so-pct", "deel-vso-pct"}
"""They name the site of the school to say that it does not count."""
