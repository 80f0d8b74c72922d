"""The catalogue is refused with file and line when in doubt, and the one we ship is complete."""

from pathlib import Path

import pytest

from app.errors import CatalogueError
from app.indicators import TOTAL, Aggregation, Unit
from app.regions import RegionKind
from loaders.catalogue import load_catalogue
from loaders.cbs import YOUTH_CARE_COUNTS, YOUTH_CARE_SHARES
from loaders.duo import KINDS

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


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (_entry('wat = "dit"\n'), r"01-proef\.toml, line 4: unknown key\(s\) \['wat'\]"),
        (_entry(definition=""), r"01-proef\.toml, line 4: 'definition' is missing"),
        (_entry(definition='""'), r"01-proef\.toml, line 4: 'definition' is empty"),
        (_entry(levels="[]"), "line 4: 'levels' is empty"),
        (_entry(decimals='"1"'), "line 4: 'decimals' must be int"),
        (_entry(decimals="true"), "line 4: 'decimals' must be int"),
        (_entry(unit='"stuks"'), r"line 4 \(x\): 'stuks'"),
        (_entry(direction='"omhoog"'), r"line 4 \(x\): 'omhoog'"),
        (_entry(levels='["dorp"]'), r"line 4 \(x\): 'dorp'"),
        (_entry(aggregation='"gemiddelde"'), r"line 4 \(x\): 'gemiddelde'"),
        (_entry(denominator='""'), "line 4: a percentage needs a 'denominator'"),
        (_entry(period_kind='"peildatum"'), "line 4: 'reference_day' goes with"),
        (_entry('reference_day = "1 oktober"\n'), "line 4: 'reference_day' goes with"),
        (_entry('reviewed_by = "iemand"\n'), "line 4: 'reviewed_by' and 'reviewed_on'"),
        (_entry(BREAKDOWN.replace("adds_up = true\n", "")), "line 4: a breakdown without 'adds_up'"),
        (_entry(BREAKDOWN.replace('label = "L', 'kleur = "L')), r"line 4: unknown key\(s\) \['kleur'\]"),
        (_entry('[[indicator.series_breaks]]\nperiod = "2020"\n'), "line 4: a break in series has"),
        (_entry() + _entry(), r"line 25: the id 'x' is used twice"),
        (_entry() + _entry('wat = "dit"\n', id='"y"'), r"line 25: unknown key\(s\)"),
        ('\nwat = "dit"\n' + _entry(), r"line 4: unknown key\(s\) \['wat'\]"),
        ("\n[[indicator\n", "not valid TOML"),
        ("\nindicator = [{}]\n", r"01-proef\.toml"),
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

    with pytest.raises(CatalogueError, match=r"02-proef\.toml, line 4: the id 'x' is used twice"):
        load_catalogue(_folder(tmp_path, THEME + _entry(), "02-proef.toml"))


def test_every_key_but_note_and_denominator_is_needed(tmp_path: Path) -> None:
    for key in VALUES:
        with pytest.raises(CatalogueError, match=f"'{key}' is missing"):
            load_catalogue(_folder(tmp_path, THEME + _entry(**{key: ""})))


def test_the_shipped_catalogue_has_every_indicator_of_the_loaders() -> None:
    made = {
        *KINDS.values(),
        *YOUTH_CARE_SHARES.values(),
        *(indicator for indicator, _ in YOUTH_CARE_COUNTS.values()),
        "deel-sbo-pct",
        "ll-vo",
        "deel-pro-pct",
        "vsv-vo-pct",
        "eenouder-hh",
        "eenouder-alle-hh-pct",
        "bev-tot",
        "bev-0-25",
        "bev-0-25-pct",
        "laag-ink-hh-pct",
    }

    assert set(load_catalogue().indicators) == made


def test_the_shipped_breakdowns_are_those_that_the_loaders_make() -> None:
    made: dict[str, set[str]] = {}
    for indicator_id, breakdown in YOUTH_CARE_COUNTS.values():
        made.setdefault(indicator_id, set()).add(breakdown)

    for indicator in load_catalogue():
        codes = {category.code for category in indicator.categories}
        assert codes | {TOTAL} == made.get(indicator.id, {TOTAL})


def test_the_referrers_of_trajecten_do_not_add_up_and_say_so() -> None:
    indicator = load_catalogue().indicators["jz-trajecten"]

    (referrers,) = indicator.breakdowns

    assert referrers.adds_up is False
    assert referrers.note


def test_shipped_percentages_without_counts_are_not_added_up() -> None:
    catalogue = load_catalogue()

    for indicator_id in YOUTH_CARE_SHARES.values():
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
