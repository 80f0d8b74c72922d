"""What the comparison makes of choices, over a desk without a database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from app.comparison_groups import GroupKey, GroupKind, PeerGroup
from app.cross_sections import CrossSection
from app.errors import BadInput
from app.indicators import Indicator
from app.looks import LATEST, NOBODY, Look, Pick
from app.regions import RegionKind, RegionName
from app.similarity import Similar, parse_weights
from callbacks.comparison import views
from callbacks.comparison.choices import Choice, Stage, beside_of, choice_of, options, period_options
from callbacks.comparison.desk import Desk
from callbacks.comparison.register import is_weights, shown_of
from loaders.atlas import Atlas
from loaders.catalogue import Catalogue
from loaders.peer_groups import find_similar
from loaders.places import Places
from loaders.publication import Edition
from tests import comparison_world as world
from tests.example_figures import PERCENT, SWV, part
from tests.nodes import charts, find, table, text

EDITION = Edition(1, datetime(2026, 11, 2, tzinfo=UTC))


@dataclass(frozen=True)
class SmallDesk:
    """A desk with the figures of the small world, or others, in its drawers."""

    sections: Mapping[str, CrossSection] = field(
        default_factory=lambda: {each.indicator.id: each for each in (world.percents(), world.means())}
    )
    names_of: Mapping[str, str] = field(default_factory=lambda: world.NAMES)

    @property
    def catalogue(self) -> Catalogue:
        return Catalogue({name: each.indicator for name, each in self.sections.items()})

    def atlas(self, _edition: Edition) -> Atlas:
        home = {(code, RegionKind.PROVINCE): "PV24" for code in self.names_of}
        names = {code: name for code, name in self.names_of.items() if code != "NL01"} | {"PV24": "Flevoland"}
        sizes = {code: 1000.0 * (1 + place) for place, code in enumerate(self.names_of)}
        kinds = (RegionKind.SWV_PO, RegionKind.GEMEENTE)
        return Atlas(
            Places(names, home, {}, {}),
            dict.fromkeys(kinds, sizes),
            {kind: {"grootte": sizes} for kind in kinds},
            {},
        )

    def latest(self, _edition: Edition, _kind: RegionKind) -> Mapping[str, str]:
        return {name: each.period for name, each in self.sections.items()}

    def periods(self, _edition: Edition, indicator: str, _kind: RegionKind) -> list[str]:
        return [self.sections[indicator].period, "2020"]

    def chapter(self, _edition: Edition, _kind: RegionKind, name: str) -> Mapping[str, CrossSection]:
        found = self.sections.items()
        return {key: each for key, each in found if name in ("", each.indicator.chapter)}

    def figure(self, _edition: Edition, _kind: RegionKind, indicator: str, *_cell: str) -> CrossSection:
        return self.sections[indicator]

    def similar(self, edition: Edition, region: str, weights: str, outcome: str) -> Similar:
        return find_similar(
            self.atlas(edition), replace(SWV, code=region), parse_weights(weights), outcome=outcome
        )

    def names(self, _edition: Edition, codes: tuple[str, ...]) -> Mapping[str, str]:
        return {code: self.names_of[code] for code in codes}


@pytest.fixture(autouse=True)
def without_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line with the sources needs a database."""
    monkeypatch.setattr(views, "source_of", lambda *_: world.SOURCE)


def stage(choice: Choice = Choice(), desk: Any = None, region: RegionName = SWV, *own: PeerGroup) -> Stage:  # noqa: B008
    return Stage(cast(Desk, desk or SmallDesk()), EDITION, region, choice, own)


def own_group(*codes: str, kind: RegionKind = RegionKind.SWV_PO, number: int = 1) -> PeerGroup:
    return PeerGroup(GroupKey(GroupKind.OWN, str(number)), "Mijn groep", "uw groep", kind, codes)


def test_the_first_option_of_a_choice_is_nothing_in_the_address() -> None:
    chosen = {"groep": "provincie", "jaar": LATEST, "uitsplitsing": "totaal", "hoofdstuk": "alles"}

    found = choice_of(chosen | {"naast1": NOBODY, "naast2": NOBODY, "naast3": "PO2401"})

    assert found == Choice(group="provincie", beside=(NOBODY, "", "PO2401"))
    assert choice_of({name: value for name, value in found.as_query().items() if value}) == found


def test_the_last_period_can_be_followed_or_held_on_to() -> None:
    assert period_options(stage(), PERCENT) == [
        (LATEST, "Laatste (1 oktober 2025)"),
        ("2025", "1 oktober 2025"),
        ("2020", "1 oktober 2020"),
    ]
    assert period_options(stage(), None) == [(LATEST, "Laatste")]


def test_beside_the_own_line_stands_the_country_or_nobody_and_never_the_own_region() -> None:
    first, second = (options(stage(), Look.TREND)[pick] for pick in (Pick.FIRST, Pick.SECOND))
    claimed = options(stage(), Look.CLAIM)[Pick.FIRST]

    assert [value for value, _ in first[:2]] == ["nederland", NOBODY]
    assert [value for value, _ in second[:2]] == [NOBODY, "nederland"]
    assert NOBODY not in dict(claimed)
    assert "verleden" in dict(claimed)
    assert "verleden" not in dict(first)
    assert SWV.code not in dict(first) | dict(second) | dict(claimed)
    assert dict(first)["PO2401"] == "Regio 01"


def test_a_group_of_another_kind_is_offered_where_regions_stand_side_by_side_only() -> None:
    mixed = stage(Choice(), None, SWV, own_group("GM0034", "GM0384", kind=RegionKind.GEMEENTE))

    assert "eigen-1" in dict(options(mixed, Look.TABLE)[Pick.GROUP])
    assert "eigen-1" not in dict(options(mixed, Look.PROFILE)[Pick.GROUP])
    assert "eigen-1" not in dict(options(mixed, Look.TREND)[Pick.FIRST])


@pytest.mark.parametrize("look", [Look.PROFILE, Look.RANKING, Look.FUNNEL])
@pytest.mark.parametrize("group", ["eigen-1", "verleden", "eigen-7", "onzin", "gemeenten-x", "swv-PO9999"])
def test_a_group_that_cannot_be_held_against_is_told_and_gives_no_figures(look: Look, group: str) -> None:
    mixed = own_group("GM0034", "GM0384", kind=RegionKind.GEMEENTE)

    shown = shown_of(stage(Choice(group=group), None, SWV, mixed), look)

    assert "Kies een andere groep" in text(shown.node) or "Kies hier een andere groep" in text(shown.node)
    assert shown.sheets == ()
    assert charts(shown.node) == []
    assert "%" not in text(shown.node)
    assert shown.said == text(shown.node)


@pytest.mark.parametrize("members", [("PO2401",), ("PO2401", SWV.code), (SWV.code,), ()])
def test_a_profile_beside_a_group_of_one_or_none_has_words_and_no_mean(members: tuple[str, ...]) -> None:
    shown = shown_of(stage(Choice(group="eigen-1"), None, SWV, own_group(*members)), Look.PROFILE)

    assert "In deze groep is naast uw regio" in text(shown.node)
    assert shown.sheets == ()


def test_the_own_region_in_its_own_group_counts_once_and_not_in_the_group() -> None:
    with_own, without = (
        shown_of(stage(Choice(group="eigen-1"), None, SWV, own_group(*members)), Look.PROFILE)
        for members in ((SWV.code, "PO2401", "PO2405"), ("PO2401", "PO2405"))
    )

    assert table(with_own.node) == table(without.node)
    assert "samen, 2 van de 2" in text(with_own.node)


@pytest.mark.parametrize("text_of", [SWV.code, "PO9999", "GM0363", "NL01", "PV24", "eigen-1"])
def test_what_cannot_stand_beside_a_region_is_refused(text_of: str) -> None:
    with pytest.raises(BadInput):
        beside_of(stage(), text_of)


@pytest.mark.parametrize("look", [Look.RANKING, Look.FUNNEL, Look.SIMILAR])
def test_an_indicator_that_is_not_there_is_told_and_gives_no_figures(look: Look) -> None:
    shown = shown_of(stage(Choice(indicator="bestaat-niet")), look)

    assert "Kies een ander cijfer" in text(shown.node)
    assert shown.sheets == ()


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(period="1999"), "Kies een andere periode"),
        (Choice(period="2025'--"), "Kies een andere periode"),
        (Choice(breakdown="leeftijd:0-4"), "Kies een andere uitsplitsing"),
        (Choice(group="vergelijkbaar", weights="9"), "Een gewicht is een heel getal"),
        (Choice(group="vergelijkbaar", weights="-1-1-1-1-1-1-1"), "Een gewicht is een heel getal"),
        (Choice(group="vergelijkbaar", weights="1-1-1-1-1-1-1-1"), "Een gewicht is een heel getal"),
        (Choice(group="vergelijkbaar", weights="0-0-0-0-0-0-0"), "Alle kenmerken staan op 0"),
    ],
)
def test_a_choice_that_does_not_exist_gives_words_and_no_other_figures(choice: Choice, words: str) -> None:
    shown = shown_of(stage(choice), Look.RANKING)

    assert words in text(shown.node)
    assert shown.sheets == ()


def test_a_chapter_that_does_not_exist_gives_words() -> None:
    shown = shown_of(stage(Choice(chapter="Toverij")), Look.PROFILE)

    assert "Dit hoofdstuk is er niet" in text(shown.node)


@pytest.mark.parametrize(
    ("weights", "is_known"),
    [("", True), ("1-1-1-1-1-1-1", True), ("0-0-0-0-0-0-0", True), ("1-1", False), ("x" * 80, False)],
)
def test_weights_in_an_address_are_known_or_skipped(weights: str, is_known: bool) -> None:  # noqa: FBT001
    assert is_weights(weights) is is_known


def wide_world(regions: int, indicators: int) -> SmallDesk:
    """Gemeenten × percentages, each its own number."""
    codes = [f"GM{number:04d}" for number in range(1, regions + 1)]
    sections = {}
    for number in range(indicators):
        each: Indicator = replace(PERCENT, id=f"cijfer-{number}", label=f"Cijfer {number}")
        figures = {
            code: part(1 + (place * 7 + number) % 97, 1000, region=code) for place, code in enumerate(codes)
        }
        sections[each.id] = CrossSection(each, "2025", RegionKind.GEMEENTE, figures, None)
    names = {code: f"Gemeente {code}" for code in codes} | {"NL01": "Nederland"}
    return SmallDesk(sections, names)


def test_five_hundred_regions_by_a_hundred_indicators_are_cut_to_what_a_person_reads_and_it_says_so() -> None:
    desk = wide_world(500, 100)
    gemeente = RegionName("GM0250", RegionKind.GEMEENTE, "Gemeente GM0250")
    everybody = own_group(*desk.sections["cijfer-0"].figures, kind=RegionKind.GEMEENTE)

    shown = shown_of(stage(Choice(group="eigen-1"), desk, gemeente, everybody), Look.TABLE)

    header, *rows = table(shown.node)
    assert (len(header) - 2, len(rows)) == (25, 60)
    assert header[1] == "Gemeente GM0250"
    assert header[-2:] == ["Nederland", "Periode"]
    words = text(find(shown.node, "Ul")[1])
    # 499 others; own region and country take two of the 25 columns
    assert "Deze groep heeft 499 regio’s. Getoond zijn de 23 die in grootte het meest op u lijken." in words
    assert "Hier zijn 100 cijfers. Getoond zijn de eerste 60; kies een hoofdstuk voor de andere." in words
    # The nearest in size are the neighbours by number: 238 or 239 to 261 or 262, without 250.
    assert {int(name[-4:]) for name in header[2:-2]} <= set(range(238, 263)) - {250}
    assert len(json.dumps(shown.node)) < 400_000


def test_a_profile_of_a_hundred_indicators_is_cut_and_says_so() -> None:
    desk = wide_world(20, 100)
    gemeente = RegionName("GM0010", RegionKind.GEMEENTE, "Gemeente GM0010")
    everybody = own_group(*desk.sections["cijfer-0"].figures, kind=RegionKind.GEMEENTE)

    shown = shown_of(stage(Choice(group="eigen-1"), desk, gemeente, everybody), Look.PROFILE)

    assert len(table(shown.node)) == 1 + 60
    assert len(charts(shown.node)[0]["data"][2]["x"]) == 60
    assert "Getoond zijn de eerste 60" in text(shown.node)


def test_the_country_and_a_dissolved_gemeente_say_why_they_are_not_compared() -> None:
    weesp = RegionName(
        "GM0457", RegionKind.GEMEENTE, "Weesp", valid_to=datetime(2022, 3, 24, tzinfo=UTC).date()
    )
    country = RegionName("NL01", RegionKind.COUNTRY, "Nederland")

    answers = {
        region.code: {text(shown_of(stage(Choice(), None, region), look).node) for look in Look}
        for region in (weesp, country)
    }

    assert answers["GM0457"] == {
        "Weesp is opgeheven op 24 maart 2022. Vergelijken kan alleen met regio’s die er nog zijn; de cijfers "
        "van toen staan bij de indicatoren."
    }
    assert answers["NL01"] == {"Nederland is met niets te vergelijken. Kies een regio om te vergelijken."}
