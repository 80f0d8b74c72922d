"""The numbers of the comparison are those that plain SQL, arithmetic and statsmodels make of the figures."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from app.db import Database
from app.indicators import SeriesBreak
from app.looks import Look
from app.regions import RegionKind, RegionName
from callbacks.comparison.choices import Cell, Choice, Stage
from callbacks.comparison.desk import Desk
from callbacks.comparison.sayings import show_hold
from loaders.catalogue import Catalogue, load_catalogue
from loaders.publication import Edition
from loaders.starter import load_starter
from tests.databases import SqliteFactory
from tests.integration.comparing import Compared, dutch, row
from tests.nodes import table, text

OWN = "PO2707"
SBO = "deel-sbo-pct"
Row = tuple[float, float, float, float, float | None, str]


def provinces(compared: Compared, kind: str) -> dict[str, str]:
    """SWV → the province in which most of its inhabitants live, national ones left out."""
    inhabitants = {code: each[0] for code, each in compared.counts("bev-tot", "2026", "gemeente").items()}
    home = dict(
        tuple(row)
        for row in compared.rows(
            "SELECT g.code, p.code FROM region_membership m JOIN region g ON g.id = m.gemeente_id"
            " JOIN region p ON p.id = m.region_id WHERE m.last_year IS NULL AND p.kind = 'provincie'"
        )
    )
    weights: dict[str, dict[str, float]] = {}
    for gemeente, swv, share in compared.rows(
        "SELECT g.code, w.code, s.share FROM gemeente_swv s JOIN region g ON g.id = s.gemeente_id"
        " JOIN region w ON w.id = s.swv_id WHERE s.last_year IS NULL AND w.kind = :kind"
        " AND NOT w.is_national",
        kind=kind,
    ):
        found = weights.setdefault(swv, {})
        found[home[gemeente]] = found.get(home[gemeente], 0.0) + share * inhabitants[gemeente]
    return {swv: max(found, key=lambda code: found[code]) for swv, found in weights.items()}


def percentage(least: float, most: float, smallest: float, largest: float) -> tuple[float, float]:
    """A part of a whole between its ends; the rest is what the whole has beside the part."""
    return 100 * least / (least + largest - most), 100 * most / (most + smallest - least)


def between(low: float, high: float) -> str:
    """Bounds as a page writes them."""
    first, last = dutch(low), dutch(high)
    return first if first == last else f"tussen {first.removesuffix('%')} en {last}"


def test_a_province_has_the_mean_and_the_common_value_of_its_other_swvs(compared: Compared) -> None:
    home = provinces(compared, "swv_po")
    members = [code for code, province in home.items() if province == home[OWN] and code != OWN]
    rows = compared.counts(SBO, "2025", "swv_po")
    ends = [percentage(*rows[code][:4]) for code in members]
    mean = between(*(sum(each[side] for each in ends) / len(ends) for side in (0, 1)))
    common = between(*percentage(*(sum(rows[code][place] for code in members) for place in range(4))))

    claim = compared.words(Look.CLAIM, OWN, cijfer=SBO, jaar="2025", naast1="provincie")
    profile = compared.view(Look.PROFILE, OWN, groep="provincie")

    counted, each = f"{len(members)} van de {len(members)}", "samenwerkingsverband primair onderwijs"
    assert len(members) >= 5
    assert f"samen {common}, gemiddeld per {each} {mean} ({counted} met een cijfer)" in claim
    told = row(profile, "Deelname speciaal basisonderwijs")
    assert (told["Vergelijking"], told["Groepscijfer"]) == (common, f"samen, {counted}")


def test_members_without_a_figure_are_counted_as_lacking(compared: Compared) -> None:
    flevoland = [
        row[0]
        for row in compared.rows(
            "SELECT g.code FROM region_membership m JOIN region g ON g.id = m.gemeente_id"
            " JOIN region p ON p.id = m.region_id WHERE m.last_year IS NULL AND p.code = 'PV24'"
        )
    ]
    rows = compared.counts("jr-pct", "2022", "gemeente")
    known = [rows[code][4] for code in flevoland if code != "GM0034" and rows[code][4] is not None]

    told = row(compared.view(Look.PROFILE, "GM0034", groep="provincie"), "Jongeren met jeugdreclassering")

    assert len(flevoland) == 6
    assert 2 <= len(known) < 5
    assert told["Vergelijking"] == dutch(sum(known) / len(known))
    assert told["Groepscijfer"] == f"gemiddelde, {len(known)} van de 5"


def steps(inner: tuple[float, float], outer: tuple[float, float], benchmark: float) -> str:
    """The verdict in words: clear where even the wide limits exclude the benchmark."""
    for name, (low, high) in (("duidelijk", outer), ("waarschijnlijk", inner)):
        if not low <= benchmark <= high:
            return f"{name} {'hoger' if low > benchmark else 'lager'}"
    return "vergelijkbaar"


def wilson(part: float, whole: float, alpha: float) -> tuple[float, float]:
    low, high = proportion_confint(part, whole, alpha=alpha, method="wilson")
    return 100 * float(low), 100 * float(high)


def test_every_verdict_against_the_country_is_that_of_wilsons_limits(compared: Compared) -> None:
    rows = {
        code: row for code, row in compared.counts("vsv-vo-pct", "2015", "swv_vo").items() if code != "VO0001"
    }
    (country,) = compared.counts("vsv-vo-pct", "2015", "land").values()
    benchmark = 100 * country[0] / country[2]
    expected = {
        code: steps(wilson(row[0], row[2], 0.05), wilson(row[0], row[2], 0.002), benchmark)
        for code, row in rows.items()
    }

    shown = table(compared.view(Look.RANKING, "VO2708", cijfer="vsv-vo-pct"))[1:]

    names = {
        name: code for code, name in compared.rows("SELECT code, name FROM region WHERE kind = 'swv_vo'")
    }
    told = {names[cells[0]]: cells[5].lstrip("▲△▽▼ ").removesuffix(", opvallend") for cells in shown}
    assert told == expected
    assert set(expected.values()) >= {"vergelijkbaar", "duidelijk hoger", "duidelijk lager"}
    margins = {names[cells[0]]: cells[3] for cells in shown}
    low, high = wilson(393, 37_928, 0.05)
    assert margins["VO2708"] == f"{dutch(low, 2)} – {dutch(high, 2)}"


@pytest.mark.parametrize("own", ["VO2708", "VO2401"])
def test_a_verdict_against_a_province_is_that_of_newcombes_difference(compared: Compared, own: str) -> None:
    home = provinces(compared, "swv_vo")
    rows = compared.counts("vsv-vo-pct", "2015", "swv_vo")
    members = [
        code for code, province in home.items() if province == home[own] and code != own and code in rows
    ]
    part, whole = (sum(rows[code][place] for code in members) for place in (0, 2))
    limits = [
        confint_proportions_2indep(
            rows[own][0], rows[own][2], part, whole, method="newcomb", compare="diff", alpha=alpha
        )
        for alpha in (0.05, 0.002)
    ]

    told = row(compared.view(Look.PROFILE, own, groep="provincie"), "Voortijdig schoolverlaters")

    assert told["Vergelijking"] == dutch(100 * part / whole, 2)
    assert told["Groepscijfer"] == f"samen, {len(members)} van de {len(members)}"
    assert told["Oordeel"].lstrip("▲△▽▼ ").removesuffix(", opvallend") == steps(limits[0], limits[1], 0.0)


def test_the_own_past_is_the_period_before(compared: Compared) -> None:
    before, now = (percentage(*compared.counts(SBO, year, "swv_po")[OWN][:4]) for year in ("2018", "2019"))

    told, first = (
        row(compared.view(Look.HOLD, OWN, cijfer=SBO, jaar=year), "Eigen verleden")
        for year in ("2019", "2011")
    )

    assert (told["Uw regio"], told["Vergelijking"], told["Periode"]) == (
        between(*now),
        between(*before),
        "1 oktober 2018",
    )
    assert (first["Vergelijking"], first["Verschil"], first["Periode"]) == ("geen gegevens", "", "")


def test_the_own_past_never_lies_before_a_break_in_the_series(compared: Compared) -> None:
    whole = load_catalogue()
    broken = replace(whole.indicators[SBO], series_breaks=(SeriesBreak("2019", "Andere telling."),))
    desk = Desk(compared.db, Catalogue(dict(whole.indicators) | {SBO: broken}))
    region = RegionName(OWN, RegionKind.SWV_PO, "Amsterdam en Diemen")
    stage = Stage(desk, Edition(1, datetime.now(UTC)), region, Choice(indicator=SBO))

    past = {
        year: row(show_hold(stage, Cell(broken, year, "totaal")).node, "Eigen verleden")["Periode"]
        for year in ("2018", "2019", "2020")
    }

    assert past == {"2018": "1 oktober 2017", "2019": "", "2020": "1 oktober 2019"}


def nearest(compared: Compared) -> list[str]:
    """The ten SWVs by Euclidean distance of z-scores, sizes as logarithms."""
    rows = compared.counts(SBO, "2025", "swv_po")
    codes = sorted(code for code in rows if code != "PO0001")
    young, single = (
        compared.counts(*each, "swv_po")
        for each in (("bev-0-25-pct", "2019"), ("eenouder-alle-hh-pct", "2020"))
    )
    users, children = (
        compared.counts(*each, "swv_po") for each in (("jz-natura", "2022"), ("bev-0-25", "2019"))
    )
    parts = dict(
        tuple(row)
        for row in compared.rows(
            "SELECT w.code, COUNT(*) FROM gemeente_swv s JOIN region w ON w.id = s.swv_id"
            " WHERE s.last_year IS NULL GROUP BY w.code"
        )
    )
    values = np.array(
        [
            [
                np.log((rows[code][2] + rows[code][3]) / 2),
                young[code][0] / young[code][2],
                single[code][0] / single[code][2],
                users[code][0] / children[code][0],
                np.log(parts[code]),
            ]
            for code in codes
            if users[code][1] is not None
        ]
    )
    kept = [code for code in codes if users[code][1] is not None]
    scores = (values - values.mean(axis=0)) / values.std(axis=0)
    distances = np.sqrt(((scores - scores[kept.index(OWN)]) ** 2).sum(axis=1))
    return [kept[place] for place in np.argsort(distances, kind="stable")[1:11]]


def similar_rows(desk: Desk, version: int, region: str = OWN) -> list[tuple[str, float]]:
    found = desk.similar(Edition(version, datetime(2026, 11, 2, tzinfo=UTC)), region, "", "")
    return [(each.code, each.distance) for each in found.neighbours]


def test_similar_regions_are_the_nearest_ten_and_the_same_after_a_second_load(
    compared: Compared, sqlite_factory: SqliteFactory
) -> None:
    here = similar_rows(Desk(compared.db, load_catalogue()), 1)

    with sqlite_factory.fresh(migrated=True) as url:
        other = Database(url)
        with other.transaction() as session:
            version = load_starter(session, by="again")
        again = similar_rows(Desk(other, load_catalogue()), version)
        other.close()

    assert [code for code, _ in here] == nearest(compared)
    assert again == here
    names: dict[str, Any] = dict(tuple(row) for row in compared.rows("SELECT code, name FROM region"))
    shown = table(compared.view(Look.SIMILAR, OWN, cijfer=SBO))[1:]
    assert [cells[:2] for cells in shown] == [
        [names[code], f"{distance:.2f}".replace(".", ",")] for code, distance in here
    ]


def test_the_outcome_never_chooses_the_similar_regions(compared: Compared) -> None:
    plain = compared.view(Look.SIMILAR, "GM0034", cijfer=SBO)
    outcome = compared.view(Look.SIMILAR, "GM0034", cijfer="jh-pct")

    assert "gebruik van jeugdhulp" in text(plain).split("Het meest lijkt")[0]
    assert "gebruik van jeugdhulp" not in text(outcome).split("Het meest lijkt")[0]
    assert table(plain) != table(outcome)


def test_weights_change_who_is_similar_and_stand_in_the_version_line(compared: Compared) -> None:
    alone = compared.view(Look.SIMILAR, "GM0034", cijfer=SBO, gewichten="1-0-0-0-0-0-0")
    sizes = {
        code: each[0] for code, each in compared.counts("bev-tot", "2026", "gemeente").items() if each[0]
    }
    own = np.log(sizes["GM0034"])
    nearest_in_size = sorted(
        (abs(np.log(size) - own), code) for code, size in sizes.items() if code != "GM0034"
    )

    names: dict[str, Any] = dict(tuple(row) for row in compared.rows("SELECT code, name FROM region"))
    assert [cells[0] for cells in table(alone)[1:]] == [names[code] for _, code in nearest_in_size[:10]]
    assert "grootte (2026) × 1." in text(alone)
