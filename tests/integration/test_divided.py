"""The starter figures on the gemeenten of now, and opened into their parts."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from app.config import ROOT
from app.contributions import Piece, adds_up, contributions
from app.db import Database
from app.divisions import Division
from app.indicators import CellStatus, Figure
from app.regions import RegionKind
from app.schema import downgrade, upgrade
from loaders import observations
from loaders.areas import load_parts
from loaders.catalogue import load_catalogue
from loaders.divided import (
    Reading,
    load_cross_section,
    load_history,
    load_origins,
    load_recent,
    load_series,
    load_slice_facts,
)
from loaders.reference_store import load_reference
from loaders.starter import load_starter
from tests.databases import PostgresFactory, SqliteFactory

SWVS = (RegionKind.SWV_PO, RegionKind.SWV_VO)
WEIGHTS = ROOT.parent / "shared" / "reference" / "herindeling_gewichten_2012_2023.csv"


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with nothing but the starter figures; tests only read it."""
    name = "sqlite_factory" if request.param == "sqlite" else "postgres_factory"
    factory: SqliteFactory | PostgresFactory = request.getfixturevalue(name)
    with factory.fresh(migrated=True) as url:
        database = Database(url)
        with database.transaction() as session:
            load_starter(session, by="tester")
        yield database
        database.close()


@pytest.fixture
def reading(db: Database) -> Iterator["Read"]:
    """A function that reads an indicator in a division."""
    with db.session() as session:
        yield Read(session)


class Read:
    """Readings of the published figures in one session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.version = observations.get_published_version(session) or 0

    def __call__(self, indicator: str, division: Division = Division.NOW) -> Reading:
        found = load_catalogue().get(indicator)
        assert found is not None
        return Reading(self.session, self.version, found, division)


def _sum(figures: list[Figure]) -> float:
    return sum(figure.numerator_low or 0 for figure in figures)


@pytest.mark.parametrize(
    ("year", "gemeenten", "made"), [("2019", 355, 11), ("2022", 345, 2), ("2026", 342, 0)]
)
def test_the_country_of_now_is_the_country_of_then(
    reading: Read, year: str, gemeenten: int, made: int
) -> None:
    now = load_cross_section(reading("bev-tot"), year, RegionKind.GEMEENTE)
    then = load_cross_section(reading("bev-tot", Division.THEN), year, RegionKind.GEMEENTE)

    assert (len(then), len(now)) == (gemeenten, 342)
    assert _sum(now) == pytest.approx(_sum(then))
    assert sum(figure.converted for figure in now) == made


def test_amsterdam_of_2022_holds_weesp(reading: Read) -> None:
    series = load_series(reading("bev-tot"), ["GM0363", "GM0034", "NL01"])

    found = {figure.period: figure for figure in series["GM0363"]}
    assert found["2022"].numerator_low == 882_633 + 20_766
    assert (found["2022"].converted, found["2023"].converted) == (True, False)
    assert not any(figure.converted for figure in [*series["GM0034"], *series["NL01"]])
    parts = load_origins(reading("bev-tot"), "GM0363", "2022")
    assert [(figure.region, share) for figure, share in parts] == [("GM0363", 1.0), ("GM0457", 1.0)]


def test_the_latest_figures_of_all_indicators_are_on_the_gemeenten_of_now(reading: Read) -> None:
    where = (reading.session, reading.version)

    codes = ("GM0363", "GM1992", "GM0034")
    recent = {code: load_recent(*where, code, load_catalogue(), periods=8) for code in codes}

    series = load_series(reading("bev-tot"), ["GM0363", "GM1992"])
    for code in ("GM0363", "GM1992"):
        assert recent[code]["bev-tot", "totaal"][code] == series[code]
    assert recent["GM1992"]["bev-tot", "totaal"]["NL01"][0].region == "NL01"
    assert recent["GM0034"] == observations.load_recent(*where, ["GM0034"], periods=8)


def test_a_page_of_a_merged_gemeente_reads_as_often_for_all_indicators_as_for_one(
    db: Database, reading: Read
) -> None:
    where = (reading.session, reading.version, "GM0363", load_catalogue())
    asked: list[str] = []
    listener = ("before_cursor_execute", lambda *given: asked.append(given[2]))

    event.listen(db.engine, *listener)
    load_recent(*where, indicators=["bev-tot"])
    one = len(asked)
    load_recent(*where)
    event.remove(db.engine, *listener)

    assert (one, len(asked)) == (7, 14)


def test_regions_read_together_are_those_read_apart(reading: Read) -> None:
    where = (reading.session, reading.version)

    both = observations.load_recent(*where, ["GM0363", "GM0457"], country_periods=2)

    for code in ("GM0363", "GM0457"):
        alone = observations.load_recent(*where, [code], country_periods=2)
        assert {key: each[code] for key, each in both.items() if code in each} == {
            key: each[code] for key, each in alone.items() if code in each
        }
        assert both["bev-tot", "totaal"]["NL01"] == alone["bev-tot", "totaal"]["NL01"]


def test_the_country_alone_is_read_once_with_all_its_periods(reading: Read) -> None:
    found = observations.load_recent(reading.session, reading.version, ["NL01"], periods=3, country_periods=1)

    assert found["bev-tot", "totaal"].keys() == {"NL01"}
    assert len(found["bev-tot", "totaal"]["NL01"]) == 3


def test_what_has_figures_is_what_has_periods(reading: Read) -> None:
    where = (reading.session, reading.version)

    assert observations.load_filled(*where) == observations.load_all_periods(*where).keys()


def test_haaren_is_divided_by_inhabitants_and_says_which_part_is_estimated(reading: Read) -> None:
    own, haaren = (
        observations.load_series(reading.session, reading.version, "bev-tot", [code])[code][0]
        for code in ("GM0865", "GM0788")
    )

    vught = load_series(reading("bev-tot"), ["GM0865"])["GM0865"][0]

    moved = 0.342226568 * (haaren.numerator_low or 0)
    assert vught.numerator_low == pytest.approx((own.numerator_low or 0) + moved)
    assert vught.estimated == pytest.approx(moved / (vught.numerator_low or 1))


def test_school_figures_on_the_division_of_now_are_not_converted_again(reading: Read) -> None:
    for indicator in ("ll-bao", "deel-sbo-pct"):
        now = load_series(reading(indicator), ["GM0363", "GM1966"])
        then = load_series(reading(indicator, Division.THEN), ["GM0363", "GM1966"])

        assert now == then
        assert all(figure.status is not CellStatus.AT_LEAST for figure in now["GM0363"])


def test_an_unaffected_region_costs_one_small_query_more(db: Database, reading: Read) -> None:
    asked: list[str] = []
    listener = ("before_cursor_execute", lambda *given: asked.append(given[2]))

    event.listen(db.engine, *listener)
    load_series(reading("bev-tot"), ["GM0034", "NL01"])
    load_series(reading("bev-tot"), ["PO2707", "NL01"])
    event.remove(db.engine, *listener)

    assert len(asked) == 3


@pytest.mark.parametrize(
    ("indicator", "period"),
    [("jz-natura", "2022"), ("bev-tot", "2019"), ("bev-tot", "2026"), ("eenouder-alle-hh-pct", "2020")],
)
def test_every_swv_that_was_summed_opens_into_parts_that_make_it(
    reading: Read, indicator: str, period: str
) -> None:
    not_made = [code for code, outcome in _opened(reading, indicator, period).items() if outcome is not True]

    assert not_made == []


@pytest.mark.parametrize("indicator", ["ll-bao", "deel-sbo-pct"])
def test_every_swv_of_whole_gemeenten_opens_into_their_schools(reading: Read, indicator: str) -> None:
    outcomes = list(_opened(reading, indicator, "2025").values())

    assert (outcomes.count(True), outcomes.count(None), outcomes.count(False)) == (46, 30, 0)


def _opened(reading: Read, indicator: str, period: str) -> dict[str, bool | None]:
    """SWV → whether its parts make it; None where a part is not kept."""
    read = reading(indicator)
    where = (reading.session, reading.version, indicator)
    facts = load_slice_facts(*where)[period]
    assert facts.route is not None
    outcomes: dict[str, bool | None] = {}
    for kind in (kind for kind in SWVS if kind in read.indicator.levels):
        for total in observations.load_cross_section(*where, period, kind):
            parts = load_parts(reading.session, total.region, year=facts.day.year)
            codes = [part.gemeente.code for part in parts]
            figures = {each.region: each for each in observations.load_cross_section(*where, period, codes)}
            pieces = [
                Piece(each.gemeente.code, "", each.share, each.is_whole, figures.get(each.gemeente.code))
                for each in parts
            ]
            found = contributions(total, pieces, read.indicator, facts.route)
            is_kept = all(each.numerator is not None for each in found)
            outcomes[total.region] = adds_up(total, found) if is_kept else None
    return outcomes


def test_every_gemeente_lies_in_one_provincie_through_the_years(db: Database) -> None:
    with db.session() as session:
        reference = load_reference(session)

    for year, gemeenten in ((2019, 355), (2026, 342)):
        members = [share.gemeente for share in reference.members_in(RegionKind.PROVINCE, year)]
        assert len(members) == len(set(members)) == gemeenten


def test_provincies_of_a_year_are_the_sums_of_their_gemeenten(db: Database, reading: Read) -> None:
    reference = load_reference(reading.session)
    where = (reading.session, reading.version, "bev-tot", "2019")
    size = {
        each.region: each.numerator_low
        for each in observations.load_cross_section(*where, RegionKind.GEMEENTE)
    }
    delivered = observations.load_cross_section(*where, RegionKind.PROVINCE)

    sums = dict.fromkeys((each.region for each in delivered), 0.0)
    for share in reference.members_in(RegionKind.PROVINCE, 2019):
        sums[share.swv] += size[share.gemeente] or 0

    assert sums == {each.region: each.numerator_low for each in delivered}


@pytest.mark.skipif(not WEIGHTS.exists(), reason="the reference list of weights is not here")
def test_the_weights_are_those_of_the_reference_list(db: Database) -> None:
    with db.session() as session:
        moves = {
            (move.old, move.new, str(move.happened_on)): move.share for move in load_history(session).moves
        }

    listed = _listed(WEIGHTS)
    assert moves.keys() == listed.keys()
    assert all(abs(moves[key] - weight) < 1e-4 for key, weight in listed.items())


def _listed(path: Path) -> dict[tuple[str, str, str], float]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {
        (row["GM_OUD"], row["GM_NIEUW"], row["DATUM"]): float(row["GEWICHT"])
        for row in rows
        if row["DATUM"] > "2015-01-01"
    }


def test_slices_of_before_the_columns_get_what_their_file_always_had(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    upgrade(database)
    with database.transaction() as session:
        load_starter(session, by="tester")
    question = text("SELECT indicator, period, division, swv_route FROM slice ORDER BY id")
    with database.session() as session:
        before = session.execute(question).all()

    downgrade(database, "0003")
    upgrade(database)

    with database.session() as session:
        assert session.execute(question).all() == before
    database.close()
