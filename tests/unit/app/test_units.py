"""Every unit and every kind of period has its own words, in cells and in sentences."""

from dataclasses import replace

import pytest

from app.indicators import Aggregation, Answer, Figure, Indicator, PeriodKind, Unit, rate
from app.sentences import (
    change_words,
    comparison,
    difference_words,
    level,
    not_filled,
    short_change,
    short_difference,
    value_words,
)
from app.wording import (
    UNIT_WORDS,
    amount,
    axis_place,
    is_period,
    is_period_of,
    moment,
    period_label,
    period_words,
    unit_words,
    year_label,
    year_of,
)
from layouts.formatting import axis_format, is_open
from tests.example_figures import COUNT, PERCENT, SWV, count, country, finished, hidden, part

ANSWERS = (Answer(1, "onvoldoende"), Answer(2, "voldoende"), Answer(3, "goed"))
SHARE = replace(
    PERCENT,
    label="Thuiszitters",
    numerator="thuiszitters",
    denominator="leerplichtige kinderen",
    period_kind=PeriodKind.CALENDAR_YEAR,
    reference_day="",
)
DECIMALS = {Unit.COUNT: 0, Unit.DENSITY: 0, Unit.EURO: 0, Unit.DAYS: 0, Unit.CATEGORY: 0}


def _in(unit: Unit, **changes: object) -> Indicator:
    """An invented indicator in a unit, each with the decimals it has in the catalogue."""
    answers = ANSWERS if unit is Unit.CATEGORY else ()
    denominator = "" if unit is Unit.COUNT else SHARE.denominator
    given = {"unit": unit, "decimals": DECIMALS.get(unit, 1), "answers": answers, "denominator": denominator}
    return replace(SHARE, **(given | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit.COUNT, 61718, "61.718"),
        (Unit.PERCENT, 2.013, "2,0%"),
        (Unit.PER_100, 2.5, "2,5 per 100"),
        (Unit.PER_1000, 4.32, "4,3 per 1.000"),
        (Unit.PER_10000, 51.2, "51,2 per 10.000"),
        (Unit.INDEX, 104.2, "104,2"),
        (Unit.DENSITY, 2034, "2.034 per km²"),
        (Unit.SCORE, 3.45, "3,5"),
        (Unit.GRADE, 7.1, "7,1"),
        (Unit.EURO, 2034, "€\N{NO-BREAK SPACE}2.034"),
        (Unit.EURO, -1250000, "−€\N{NO-BREAK SPACE}1.250.000"),
        (Unit.RATIO, 4.4, "4,4 keer"),
        (Unit.YEARS, 4.5, "4,5 jaar"),
        (Unit.DAYS, 330, "330 dagen"),
        (Unit.DAYS, 1, "1 dag"),
        (Unit.HOURS, 0.8, "0,8 uur"),
        (Unit.CATEGORY, 2, "voldoende"),
    ],
)
def test_an_amount_stands_in_its_unit(unit: Unit, value: float, text: str) -> None:
    assert amount(value, _in(unit)) == text
    assert value_words(finished(value), _in(unit)) == text


@pytest.mark.parametrize("unit", list(Unit))
def test_every_unit_has_words_for_figure_difference_sentence_and_axis(unit: Unit) -> None:
    indicator = _in(unit)
    own, there, before = finished(3.0), country(finished(2.0)), finished(2.0, period="2020")

    sentences = [
        level(own, indicator, SWV, "2025"),
        comparison(own, there, indicator),
        difference_words(own, there, indicator),
        change_words(own, before, indicator),
        short_change([before, own], indicator),
    ]

    assert unit in UNIT_WORDS
    assert sentences[0].startswith("In 2025 ")
    assert sentences[0].endswith(".")
    assert not any("procentpunt" in sentence for sentence in sentences if unit is not Unit.PERCENT)
    assert not any("%" in sentence for sentence in sentences if unit not in (Unit.PERCENT, Unit.COUNT))
    assert axis_format(indicator).numbers.endswith("f")
    assert unit_words(indicator)


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (Unit.PERCENT, "1,0 procentpunt hoger dan Nederland"),
        (Unit.PER_1000, "1,0 per 1.000 hoger dan Nederland"),
        (Unit.INDEX, "1,0 punt hoger dan Nederland"),
        (Unit.SCORE, "1,0 punt hoger dan Nederland"),
        (Unit.GRADE, "1,0 punt hoger dan Nederland"),
        (Unit.EURO, "€\N{NO-BREAK SPACE}1 meer dan Nederland"),
        (Unit.DAYS, "1 dag meer dan Nederland"),
        (Unit.YEARS, "1,0 jaar meer dan Nederland"),
        (Unit.DENSITY, "1 per km² hoger dan Nederland"),
        (Unit.RATIO, "1,0 hoger dan Nederland"),
        (Unit.COUNT, "150,0% van Nederland"),
        (Unit.CATEGORY, ""),
    ],
)
def test_a_difference_is_told_in_the_units_own_words(unit: Unit, words: str) -> None:
    own, there = finished(3.0), country(finished(2.0))
    if unit is Unit.COUNT:
        own, there = count(3), country(count(2))

    assert difference_words(own, there, _in(unit)) == words


def test_less_has_its_own_word_too() -> None:
    own, there = finished(2.0), country(finished(3.0))

    assert short_difference(own, there, _in(Unit.DAYS)) == "1 dag minder"
    assert short_difference(own, there, _in(Unit.PER_1000)) == "1,0 per 1.000 lager"


def test_a_difference_between_bounds_names_its_unit_once() -> None:
    own = part(12, 4000, 16, unit=Unit.PER_1000)
    there = country(finished(5.0))

    assert value_words(own, _in(Unit.PER_1000)) == "tussen 3,0 en 4,0 per 1.000"
    assert difference_words(own, there, _in(Unit.PER_1000)) == (
        "tussen 1,0 en 2,0 per 1.000 lager dan Nederland"
    )
    assert value_words(finished(None), _in(Unit.EURO)) == "geen gegevens"


@pytest.mark.parametrize(
    ("indicator", "value", "sentence"),
    [
        (
            _in(Unit.PER_1000),
            4.3,
            "In 2025 telde SWV Amstel 4,3 thuiszitters per 1.000 leerplichtige kinderen.",
        ),
        (
            _in(Unit.EURO, label="Kosten per kind"),
            2034,
            "In 2025 was “Kosten per kind” in SWV Amstel €\xa02.034.",
        ),
        (_in(Unit.CATEGORY, label="Oordeel"), 2, "In 2025 was “Oordeel” in SWV Amstel voldoende."),
        (_in(Unit.DAYS, label="Doorlooptijd"), 25, "In 2025 was “Doorlooptijd” in SWV Amstel 25 dagen."),
    ],
)
def test_a_figure_in_another_unit_becomes_a_sentence(
    indicator: Indicator, value: float, sentence: str
) -> None:
    assert level(finished(value), indicator, SWV, "2025") == sentence


def test_a_hidden_rate_is_hidden_with_its_number() -> None:
    figure = hidden(denominator_low=4000.0, denominator_high=4000.0, unit=Unit.PER_1000)

    assert value_words(figure, _in(Unit.PER_1000)) == "door de bron verborgen"


def test_a_plain_sum_of_euros_is_a_share_of_the_country() -> None:
    euros = _in(Unit.EURO, denominator="", aggregation=Aggregation.SUM)
    own, there = count(5_000_000), country(count(100_000_000))

    assert euros.is_counted_total
    assert comparison(own, there, euros) == (
        "Dat is 5,0% van het landelijke totaal (€\N{NO-BREAK SPACE}100.000.000)."
    )
    assert not _in(Unit.EURO).is_counted_total


@pytest.mark.parametrize(
    ("unit", "value"), [(Unit.PERCENT, 0.3), (Unit.PER_1000, 3.0), (Unit.PER_10000, 30.0), (Unit.EURO, 0.003)]
)
def test_numerator_and_denominator_make_the_value_of_their_unit(unit: Unit, value: float) -> None:
    figure = part(12, 4000, unit=unit)

    assert figure.low == pytest.approx(value)
    assert figure.high == pytest.approx(value)
    assert rate(12, 4000, unit) == pytest.approx(value)


def test_bounds_of_a_rate_hold_whatever_the_hidden_numbers_are() -> None:
    # 12 to 15 of 4.000 to 4.500: 12 of 4.500 at least, 15 of 4.000 at most
    figure = part(12, 4000, 15, unit=Unit.PER_1000)._replace(denominator_high=4500.0)

    assert figure.low == pytest.approx(2.6667, abs=0.0001)
    assert figure.high == pytest.approx(3.75)


def test_a_rate_of_nobody_is_unknown() -> None:
    assert rate(0, 0, Unit.PER_1000) is None
    assert part(0, 0, unit=Unit.PER_1000).low is None


@pytest.mark.parametrize("value", [2034, -2034])
def test_an_amount_of_euros_is_a_number_that_is_known(value: float) -> None:
    assert not is_open(finished(value), _in(Unit.EURO))


@pytest.mark.parametrize(
    ("unit", "changes", "words"),
    [
        (Unit.PERCENT, {}, "procent"),
        (Unit.PER_1000, {}, "per 1.000 leerplichtige kinderen"),
        (Unit.SCORE, {"lowest": 1.0, "highest": 5.0}, "score van 1 tot en met 5"),
        (Unit.SCORE, {}, "score"),
        (Unit.CATEGORY, {}, "oordeel: onvoldoende, voldoende, goed"),
        (Unit.EURO, {}, "euro"),
        (Unit.COUNT, {}, "aantal"),
    ],
)
def test_a_definition_names_the_unit(unit: Unit, changes: dict[str, object], words: str) -> None:
    assert unit_words(_in(unit, **changes)) == words


@pytest.mark.parametrize(
    ("unit", "scale"),
    [(Unit.PERCENT, (".1f", "%")), (Unit.EURO, (",.0f", " euro")), (Unit.PER_1000, (",.1f", ""))],
)
def test_an_axis_says_the_unit_where_it_is_short(unit: Unit, scale: tuple[str, str]) -> None:
    assert axis_format(_in(unit)) == scale


@pytest.mark.parametrize(
    ("kind", "period", "short", "label", "words", "when"),
    [
        (PeriodKind.CALENDAR_YEAR, "2023", "2023", "2023", "2023", "in 2023"),
        (
            PeriodKind.SCHOOL_YEAR,
            "2022/23",
            "2022/23",
            "schooljaar 2022/23",
            "schooljaar 2022/23",
            "in schooljaar 2022/23",
        ),
        (
            PeriodKind.HALF_YEAR,
            "2023-H1",
            "1e hj 2023",
            "eerste halfjaar van 2023",
            "het eerste halfjaar van 2023",
            "in het eerste halfjaar van 2023",
        ),
        (
            PeriodKind.QUARTER,
            "2023-Q2",
            "2e kw 2023",
            "tweede kwartaal van 2023",
            "het tweede kwartaal van 2023",
            "in het tweede kwartaal van 2023",
        ),
    ],
)
def test_every_kind_of_period_has_its_words(
    kind: PeriodKind, period: str, short: str, label: str, words: str, when: str
) -> None:
    indicator = replace(SHARE, period_kind=kind)

    assert year_label(period, kind) == short
    assert period_label(period, indicator) == label
    assert period_words(period, indicator) == words
    assert moment(period, indicator) == when
    assert is_period_of(period, kind)


@pytest.mark.parametrize(
    "text", ["2023-H3", "2023-Q0", "2023-Q5", "2023-H", "2023-", "2023-h1", "H1-2023", "2023H1"]
)
def test_what_is_no_half_year_or_quarter_is_no_period(text: str) -> None:
    assert not is_period(text)


@pytest.mark.parametrize("text", ["2023-H1", "2023-H2", "2023-Q1", "2023-Q4", "2023", "2023/24"])
def test_every_writing_of_a_period_is_known(text: str) -> None:
    assert is_period(text)
    assert year_of(text) == 2023


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2023-H1", PeriodKind.CALENDAR_YEAR),
        ("2023", PeriodKind.HALF_YEAR),
        ("2023-Q1", PeriodKind.HALF_YEAR),
        ("2023/24", PeriodKind.REFERENCE_DATE),
    ],
)
def test_a_period_of_one_kind_is_never_one_of_another(text: str, kind: PeriodKind) -> None:
    assert not is_period_of(text, kind)


def test_periods_stand_on_an_axis_of_years() -> None:
    places = [axis_place(period) for period in ("2023", "2023/24", "2023-H2", "2023-Q2", "2023-Q4")]

    assert places == [2023.0, 2023.0, 2023.5, 2023.25, 2023.75]


def test_a_change_since_a_half_year_has_its_article() -> None:
    indicator = replace(SHARE, period_kind=PeriodKind.HALF_YEAR)
    now, before = (finished(value, period=period) for value, period in ((3.0, "2023-H2"), (2.0, "2023-H1")))

    assert change_words(now, before, indicator) == (
        "1,0 procentpunt hoger dan in het eerste halfjaar van 2023"
    )
    assert change_words(now, now, indicator) == "gelijk aan het cijfer van het tweede halfjaar van 2023"


def test_an_indicator_without_figures_says_what_fills_it() -> None:
    indicator = replace(SHARE, fill="Tabel x van het CBS.")

    assert not_filled(indicator) == "Nog geen gegevens. Dit vult het cijfer: tabel x van het CBS."
    assert not_filled(replace(indicator, fill="CBS-tabel x.")).endswith("Dit vult het cijfer: CBS-tabel x.")


def test_counts_are_told_as_before() -> None:
    figures: list[Figure] = [count(61718, period="2020"), count(60478)]

    assert short_change(figures, COUNT) == "−1.240 (−2,0%) sinds 2020"
