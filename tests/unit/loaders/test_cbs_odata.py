"""CBS tables in OData v4: inhabitants per year and division, low incomes of the country."""

import json
from typing import Any

import pytest

from app.errors import LoadRefused
from app.indicators import CellStatus, PeriodStatus
from loaders.files import Bundle
from loaders.profiles import find_profile
from tests.samples.world import bounds, bundle, cell, read


def _observation(**changes: Any) -> dict[str, Any]:
    return {
        "Id": 7,
        "Measure": "M000352",
        "ValueAttribute": "None",
        "Value": 10,
        "BurgerlijkeStaat": "T001019",
        "Geslacht": "T001038",
        "Leeftijd": "10000",
        "RegioS": "GM9001",
        "Perioden": "2019JJ00",
    } | changes


def _population(*observations: dict[str, Any]) -> Bundle:
    periods = [{"Identifier": "2019JJ00", "Status": "Voorlopig"}]
    members = {"observations-page-1.json": list(observations), "codes-Perioden.json": periods}
    return Bundle("x", {name: json.dumps({"value": rows}).encode() for name, rows in members.items()})


def test_inhabitants_are_those_of_everybody_on_the_first_of_january() -> None:
    tidy = read("cbs-bevolking-v4", bundle("bevolking-v4"))

    assert bounds(cell(tidy, "bev-tot", "2019", "NL01")) == (72000, 72000)
    assert bounds(cell(tidy, "bev-tot", "2019", "PV20")) == (72000, 72000)
    assert tidy.statuses == {
        ("bev-tot", "2018"): PeriodStatus.FINAL,
        ("bev-tot", "2019"): PeriodStatus.REVISED_PROVISIONAL,
    }


def test_an_impossible_cell_is_a_gemeente_that_did_not_exist_then() -> None:
    cells = read("cbs-bevolking-v4", bundle("bevolking-v4")).observations

    pairs = set(zip(cells["region"], cells["period"], strict=True))

    assert {("GM9003", "2018"), ("GM9004", "2019")} <= pairs
    assert not {("GM9003", "2019"), ("GM9004", "2018")} & pairs


def test_inhabitants_of_an_swv_follow_the_division_of_the_year() -> None:
    tidy = read("cbs-bevolking-v4", bundle("bevolking-v4"))

    # 2018: Duinstad whole, 42000, and 0.75 × 16000; 2019: 0.8 × 44000 and 0.75 × 16000
    assert bounds(cell(tidy, "bev-tot", "2018", "PO9001")) == (54000, 54000)
    assert bounds(cell(tidy, "bev-tot", "2019", "PO9001")) == (47200, 47200)
    # 2018: 9000 of Oud Zand; 2019: 0.2 × 44000 and 8000 of Nieuwzand; both with 4000 and 0.25 × 16000
    assert bounds(cell(tidy, "bev-tot", "2018", "PO9002")) == (17000, 17000)
    assert bounds(cell(tidy, "bev-tot", "2019", "PO9002")) == (24800, 24800)


def test_an_empty_cell_that_is_possible_is_missing() -> None:
    tidy = read("cbs-bevolking-v4", _population(_observation(Value=None, ValueAttribute="Missing")))

    assert cell(tidy, "bev-tot", "2019", "GM9001")["status"] == CellStatus.MISSING


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"RegioS": "GM9876"}, "rij 7: regio 'GM9876' bestaat niet in de indeling van dat jaar."),
        ({"RegioS": "GM9003"}, "rij 7: regio 'GM9003' bestaat niet in de indeling van dat jaar."),
        ({"RegioS": None}, "rij 7: regio '' bestaat niet in de indeling van dat jaar."),
        ({"Value": -1}, "rij 7, kolom Value: '-1' is geen getal."),
        ({"Value": "tien"}, "rij 7, kolom Value: 'tien' is geen getal."),
        ({"Value": True}, "rij 7, kolom Value: 'true' is geen getal."),
        ({"Perioden": "1800JJ00"}, "rij 7, kolom Perioden: '1800JJ00' is geen jaar."),
    ],
)
def test_an_impossible_observation_is_refused_with_its_number(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(LoadRefused) as caught:
        read("cbs-bevolking-v4", _population(_observation(**changes)))

    assert [str(problem) for problem in caught.value.problems] == [f"[stop] x, {sentence}"]


def test_rows_of_landsdelen_are_left_out_with_a_word() -> None:
    tidy = read("cbs-bevolking-v4", _population(_observation(), _observation(Id=8, RegioS="LD01")))

    assert "LD01" not in set(tidy.observations["region"])
    assert any("1 rijen over landsdelen" in str(problem) for problem in tidy.problems)


@pytest.mark.parametrize("observation", [{}, {"Measure": "M000352"}])
def test_a_table_of_another_shape_is_not_recognised(observation: dict[str, Any]) -> None:
    with pytest.raises(LoadRefused, match="lijkt op geen"):
        find_profile(_population(observation))


def test_rows_of_another_shape_further_on_are_refused() -> None:
    with pytest.raises(LoadRefused, match="lijkt op geen"):
        find_profile(_population(_observation(), {"Measure": "M000352"}))


def test_json_that_is_none_is_refused() -> None:
    with pytest.raises(LoadRefused, match="lijkt op geen"):
        find_profile(Bundle("x", {"observations-page-1.json": b"[1,", "codes-Perioden.json": b"{}"}))


def test_low_incomes_are_those_of_all_households_in_the_country() -> None:
    tidy = read("cbs-laag-inkomen-v4", bundle("laag-inkomen-v4"))

    values = dict(zip(tidy.observations["period"], tidy.observations["value"], strict=True))
    assert values == {"2011": 5.5, "2012": 6.0, "2013": 7.5}
    assert set(tidy.observations["region"]) == {"NL01"}


def test_a_period_that_the_code_list_lacks_is_called_provisional() -> None:
    tidy = read("cbs-laag-inkomen-v4", bundle("laag-inkomen-v4"))

    assert tidy.statuses == {
        ("laag-ink-hh-pct", "2011"): PeriodStatus.FINAL,
        ("laag-ink-hh-pct", "2012"): PeriodStatus.PROVISIONAL,
        ("laag-ink-hh-pct", "2013"): PeriodStatus.PROVISIONAL,
    }
    assert any("2013 staat niet in de lijst van perioden" in str(problem) for problem in tidy.problems)
