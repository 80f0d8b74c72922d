"""The catalogue is refused with file and line when in doubt, and the one we ship is complete."""

from math import inf
from pathlib import Path

import pytest

from app.errors import CatalogueError
from app.indicators import TOTAL, Aggregation, Answer, Basis, PlausibleBand, Unit
from app.regions import RegionKind
from loaders.catalogue import load_catalogue
from loaders.duo import KINDS
from loaders.profiles import RECIPES

THEME = 'theme = "Thema"\nchapter = "Hoofdstuk"\n'
VALUES = {
    "id": '"x"',
    "label": '"Iks"',
    "short_label": '"Iks"',
    "definition": '"Wat x is."',
    "numerator": '"iksen"',
    "denominator": '"alles"',
    "unit": '"%"',
    "decimals": "1",
    "direction": '"neutraal"',
    "levels": '["land", "gemeente"]',
    "source": '"CBS"',
    "source_table": '"tabel"',
    "source_columns": '"kolom"',
    "source_url": '"https://example.org"',
    "period_kind": '"kalenderjaar"',
    "hiding_rule": '"niets"',
    "aggregation": '"som"',
    "note": '""',
    "licence": '"CC0"',
    "fill": '"Tabel x van het CBS."',
    "first_year": "2015",
}
BREAKDOWN = """
[[indicator.breakdowns]]
dimension = "leeftijd"
label = "Leeftijd"
adds_up = true
[indicator.breakdowns.categories]
"0-4" = "0 tot 4 jaar"
"4-12" = "4 tot 12 jaar"
"""


def _entry(extra: str = "", **changes: str) -> str:
    lines = [f"{key} = {value}" for key, value in (VALUES | changes).items() if value]
    return "\n[[indicator]]\n" + "\n".join(lines) + f"\n{extra}"


def _folder(tmp_path: Path, text: str, name: str = "01-proef.toml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_an_entry_becomes_an_indicator(tmp_path: Path) -> None:
    catalogue = load_catalogue(_folder(tmp_path, THEME + _entry(BREAKDOWN)))

    indicator = catalogue.get("x")

    assert indicator is not None
    assert (indicator.theme, indicator.chapter, indicator.unit) == ("Thema", "Hoofdstuk", Unit.PERCENT)
    assert indicator.levels == (RegionKind.COUNTRY, RegionKind.GEMEENTE)
    assert [category.code for category in indicator.categories] == ["leeftijd:0-4", "leeftijd:4-12"]
    assert indicator.breakdowns[0].adds_up is True


BANDS = """plausible = [
  { low = 1, high = 4.5, year = "2022", level = "gemeente", basis = "gemeten", p5 = 2, p95 = 4 },
  { low = 0, high = 9, year = "", level = "land", basis = "schatting" },
]
"""
JUDGED = {"unit": '"categorie"', "denominator": '""'}
ANSWERS = 'answers = [{ value = 1, label = "onvoldoende" }, { value = 2, label = "voldoende" }]\n'


def test_an_entry_says_what_fills_it_and_what_is_plausible(tmp_path: Path) -> None:
    extra = f"own_figures = true\nlowest = -inf\nhighest = 250\n{BANDS}"

    indicator = load_catalogue(_folder(tmp_path, THEME + _entry(extra))).indicators["x"]

    assert (indicator.fill, indicator.first_year) == ("Tabel x van het CBS.", 2015)
    assert (indicator.own_figures, indicator.lowest, indicator.highest) == (True, -inf, 250.0)
    assert indicator.plausible == (
        PlausibleBand(1.0, 4.5, "2022", RegionKind.GEMEENTE, Basis.MEASURED, 2.0, 4.0),
        PlausibleBand(0.0, 9.0, "", RegionKind.COUNTRY, Basis.ESTIMATED),
    )


def test_an_entry_without_limits_has_those_of_its_unit(tmp_path: Path) -> None:
    indicator = load_catalogue(_folder(tmp_path, THEME + _entry())).indicators["x"]

    assert (indicator.lowest, indicator.highest, indicator.own_figures) == (0.0, 100.0, False)


def test_an_entry_is_counted_where_the_child_lives_unless_it_says_otherwise(tmp_path: Path) -> None:
    text = THEME + _entry() + _entry("by_school = true\n", id='"y"')

    found = load_catalogue(_folder(tmp_path, text)).indicators

    assert (found["x"].by_school, found["y"].by_school) == (False, True)


def test_a_judgement_has_its_answers(tmp_path: Path) -> None:
    indicator = load_catalogue(_folder(tmp_path, THEME + _entry(ANSWERS, **JUDGED))).indicators["x"]

    assert indicator.answers == (Answer(1, "onvoldoende"), Answer(2, "voldoende"))


def test_the_line_is_that_of_the_key_in_its_own_table(tmp_path: Path) -> None:
    second = _entry(BREAKDOWN + BREAKDOWN.replace("adds_up = true", "adds_up = 1"), id='"y"')

    with pytest.raises(CatalogueError, match=r"line 61 \(y\): 'adds_up' must be bool, not 1"):
        load_catalogue(_folder(tmp_path, THEME + _entry() + second))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (_entry('wat = "dit"\n'), r"01-proef\.toml, line 26 \(x\): unknown key\(s\) \['wat'\]"),
        (_entry(definition=""), r"01-proef\.toml, line 4 \(x\): 'definition' is missing"),
        (_entry(definition='""'), r"01-proef\.toml, line 8 \(x\): 'definition' is empty"),
        (_entry(fill='""'), r"line 24 \(x\): 'fill' is empty"),
        (_entry(id=""), r"01-proef\.toml, line 4: 'id' is missing"),
        (_entry(levels="[]"), r"line 14 \(x\): 'levels' is empty"),
        (_entry(decimals='"1"'), r"line 12 \(x\): 'decimals' must be int"),
        (_entry(decimals="true"), r"line 12 \(x\): 'decimals' must be int"),
        (_entry("own_figures = 1\n"), r"line 26 \(x\): 'own_figures' must be bool"),
        (_entry("by_school = 1\n"), r"line 26 \(x\): 'by_school' must be bool"),
        (_entry("lowest = true\n"), r"line 26 \(x\): 'lowest' must be int or float"),
        (_entry(unit='"stuks"'), r"line 11 \(x\): 'unit' is 'stuks'; it can be aantal, %, "),
        (_entry(direction='"omhoog"'), r"line 13 \(x\): 'direction' is 'omhoog'"),
        (_entry(levels='["land", "dorp"]'), r"line 14 \(x\): 'levels' is 'dorp'"),
        (_entry(period_kind='"maand"'), r"line 19 \(x\): 'period_kind' is 'maand'"),
        (_entry(aggregation='"gemiddelde"'), r"line 21 \(x\): 'aggregation' is 'gemiddelde'"),
        (_entry(denominator='""'), r"line 10 \(x\): a percentage or a rate needs a 'denominator'"),
        (_entry(denominator='""', unit='"per 1.000"'), r"line 10 \(x\): a percentage or a rate"),
        (_entry(period_kind='"peildatum"'), r"line 19 \(x\): 'reference_day' goes with"),
        (_entry('reference_day = "1 oktober"\n'), r"line 26 \(x\): 'reference_day' goes with"),
        (_entry('reviewed_by = "iemand"\n'), r"line 26 \(x\): 'reviewed_by' and 'reviewed_on'"),
        (_entry("reviewed_on = 2026-01-01\n"), r"line 26 \(x\): 'reviewed_by' and 'reviewed_on'"),
        (_entry(**JUDGED), r"line 11 \(x\): 'answers' goes with unit 'categorie'"),
        (_entry(ANSWERS), r"line 11 \(x\): 'answers' goes with unit 'categorie'"),
        (_entry('answers = ["goed"]\n', **JUDGED), r"line 26 \(x\): 'answers' is a list of"),
        (_entry(BANDS.replace("low = 1", "low = 7")), r"line 26 \(x\): in 'plausible', low is below"),
        (_entry(BANDS.replace('"gemeente"', '"provincie"')), r"line 26 \(x\): in 'plausible', low is below"),
        (_entry(BANDS.replace('"2022"', '""')), r"line 26 \(x\): in 'plausible', what is 'gemeten'"),
        (_entry(BANDS.replace('"gemeten"', '"gok"')), r"line 26 \(x\): 'basis' is 'gok'"),
        (_entry(BANDS.replace("high = 9", "hoog = 9")), r"line 26 \(x\): unknown key\(s\) \['hoog'\]"),
        (_entry("plausible = [1]\n"), r"line 26 \(x\): 'plausible' is a list of"),
        (_entry(BREAKDOWN.replace("adds_up = true\n", "")), r"line 27 \(x\): 'adds_up' is missing"),
        (
            _entry(BREAKDOWN.replace('label = "L', 'kleur = "L')),
            r"line 29 \(x\): unknown key\(s\) \['kleur'\]",
        ),
        (_entry("breakdowns = [{}]\n"), r"line 26 \(x\): 'breakdowns' are tables that start with"),
        (
            _entry('[[indicator.series_breaks]]\nperiod = "2020"\n'),
            r"line 26 \(x\): 'explanation' is missing",
        ),
        (_entry() + _entry(), r"line 28 \(x\): the id 'x' is used twice"),
        (_entry() + _entry('wat = "dit"\n', id='"y"'), r"line 49 \(y\): unknown key\(s\)"),
        ('\nwat = "dit"\n' + _entry(), r"line 4: unknown key\(s\) \['wat'\]"),
        ("\n[[indicator\n", "not valid TOML"),
        ("\nindicator = [{}]\n", r"01-proef\.toml, line 4: every indicator starts with a line"),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_line(tmp_path: Path, entry: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        load_catalogue(_folder(tmp_path, THEME + entry))


@pytest.mark.parametrize("key", ["theme", "chapter"])
def test_a_file_without_a_theme_or_chapter_is_refused(tmp_path: Path, key: str) -> None:
    text = THEME.replace(f"{key} =", "wat =") + _entry()

    with pytest.raises(CatalogueError, match=r"01-proef\.toml, line \d+: "):
        load_catalogue(_folder(tmp_path, text))


def test_an_id_that_another_file_uses_is_refused(tmp_path: Path) -> None:
    _folder(tmp_path, THEME + _entry())

    with pytest.raises(CatalogueError, match=r"02-proef\.toml, line 5 \(x\): the id 'x' is used twice"):
        load_catalogue(_folder(tmp_path, THEME + _entry(), "02-proef.toml"))


def test_every_key_is_needed(tmp_path: Path) -> None:
    for key in VALUES:
        with pytest.raises(CatalogueError, match=f"'{key}' is missing"):
            load_catalogue(_folder(tmp_path, THEME + _entry(**{key: ""})))


def test_the_shipped_catalogue_has_every_indicator_of_the_loaders() -> None:
    made = {
        *KINDS.values(),
        *(measure.indicator for recipe in RECIPES for measure in recipe.measures),
        "deel-sbo-pct",
        "ll-vo",
        "deel-pro-pct",
        "vsv-vo-pct",
    }

    assert set(load_catalogue().indicators) >= made


def test_every_breakdown_that_a_recipe_makes_is_in_the_catalogue() -> None:
    catalogue = load_catalogue()

    for recipe in RECIPES:
        for measure in recipe.measures:
            codes = {category.code for category in catalogue.indicators[measure.indicator].categories}
            assert measure.breakdown in codes | {TOTAL}, (recipe.name, measure.indicator)


def test_the_referrers_of_trajecten_do_not_add_up_and_say_so() -> None:
    indicator = load_catalogue().indicators["jz-trajecten"]

    (referrers,) = indicator.breakdowns

    assert referrers.adds_up is False
    assert referrers.note


def test_shipped_percentages_without_counts_are_not_added_up() -> None:
    catalogue = load_catalogue()

    for indicator_id in ("jh-pct", "jh-verblijf-pct", "jb-pct", "jb-verblijf-pct", "jr-pct"):
        indicator = catalogue.indicators[indicator_id]
        assert indicator.aggregation is Aggregation.FORBIDDEN
        assert set(indicator.levels) == {RegionKind.COUNTRY, RegionKind.GEMEENTE}


def test_ids_and_labels_of_the_shipped_catalogue_are_not_used_twice() -> None:
    indicators = list(load_catalogue())

    assert len({indicator.label for indicator in indicators}) == len(indicators)
    assert len({indicator.short_label for indicator in indicators}) == len(indicators)
    for indicator in indicators:
        codes = [category.code for category in indicator.categories]
        assert len(codes) == len(set(codes))
