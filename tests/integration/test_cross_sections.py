"""A chapter read at once is the same as its figures read one by one; places come out of the database."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.db import Database
from app.models import GemeenteSwv, Region, RegionMembership
from app.regions import RegionKind, kind_of
from loaders.atlas import KINDS, load_atlas
from loaders.catalogue import load_catalogue
from loaders.cross_sections import (
    load_cross_section,
    load_cross_sections,
    load_latest_periods,
)
from loaders.divided import Reading
from loaders.places import load_places
from tests.integration.comparing import Compared

COMPARED = (*KINDS, RegionKind.PROVINCE, RegionKind.COUNTRY)


@pytest.mark.parametrize("kind", COMPARED)
def test_a_chapter_at_once_is_the_same_as_its_figures_one_by_one(
    compared: Compared, kind: RegionKind
) -> None:
    catalogue = load_catalogue()
    with compared.db.session() as session:
        latest = load_latest_periods(session, 1, kind)
        at_once = load_cross_sections(session, 1, list(catalogue), kind, latest)
        one_by_one = {
            name: load_cross_section(Reading(session, 1, catalogue.indicators[name]), period, kind)
            for name, period in latest.items()
        }

    assert set(at_once) == set(latest)
    assert len(at_once) >= {RegionKind.PROVINCE: 1}.get(kind, 9)
    # Of the country alone the one way has the country beside the regions, the other among them.
    expected = {
        name: replace(each, figures={}) if kind is RegionKind.COUNTRY else each
        for name, each in one_by_one.items()
    }
    assert at_once == expected


def test_the_last_period_is_that_with_figures_of_the_kind(compared: Compared) -> None:
    with compared.db.session() as session:
        latest = {kind: load_latest_periods(session, 1, kind) for kind in COMPARED}

    assert latest[RegionKind.SWV_PO]["deel-sbo-pct"] == "2025"
    assert "jh-pct" not in latest[RegionKind.SWV_PO]
    assert latest[RegionKind.PROVINCE] == {"bev-tot": "2026"}
    assert latest[RegionKind.COUNTRY]["laag-ink-hh-pct"] == "2023"


def test_nothing_is_read_of_an_indicator_without_a_period_or_figures(compared: Compared) -> None:
    catalogue = load_catalogue()
    with compared.db.session() as session:
        found = load_cross_sections(
            session,
            1,
            [catalogue.indicators[name] for name in ("ll-bao", "ll-sbo", "jh-pct")],
            RegionKind.SWV_PO,
            {"ll-bao": "2025", "jh-pct": "2022", "ll-so": "2025"},
        )
        nothing = load_cross_sections(session, 1, [], RegionKind.SWV_PO, {"ll-bao": "2025"})
        unknown = load_cross_sections(session, 999, list(catalogue), RegionKind.SWV_PO, {"ll-bao": "2025"})

    assert set(found) == {"ll-bao"}
    assert nothing == unknown == {}


def test_the_atlas_has_a_size_of_every_region_and_says_of_when_its_variables_are(compared: Compared) -> None:
    with compared.db.session() as session:
        atlas = load_atlas(session, 1, load_catalogue())

    assert {kind: len(sizes) for kind, sizes in atlas.sizes.items()} == {
        RegionKind.GEMEENTE: 342,
        RegionKind.SWV_PO: 76,
        RegionKind.SWV_VO: 74,
    }
    assert atlas.sizes[RegionKind.GEMEENTE]["GM0034"] == 232_619
    assert atlas.moments[RegionKind.SWV_PO]["jeugdhulp"] == "2022 naast inwoners van 2019"
    assert set(atlas.variables[RegionKind.GEMEENTE]) == {"grootte", "jong", "eenouder", "jeugdhulp"}
    # 21,520 and 600 young people with care in Amsterdam and Diemen: those of the SWV, per its own inhabitants
    care = atlas.variables[RegionKind.SWV_PO]["jeugdhulp"]["PO2707"]
    children = compared.counts("bev-0-25", "2019", "swv_po")["PO2707"][0]
    assert care == pytest.approx(100 * 22_120 / children)
    assert len(atlas.places.of_kind(RegionKind.SWV_PO)) == 76
    assert "PO0001" not in atlas.places.names


LAID_OUT = {
    "PV24": "Flevoland",
    "PV27": "Noord-Holland",
    "GM0363": "Amsterdam",
    "GM0384": "Diemen",
    "GM0034": "Almere",
    "GM0457": "Weesp",
    "PO2707": "Amsterdam en Diemen",
    "PO2401": "Almere",
    "VO2708": "Amsterdam vo",
    "PO0001": "Landelijk",
}

MEMBERS = (
    ("GM0363", "PV27", None),
    ("GM0384", "PV27", None),
    ("GM0034", "PV24", None),
    ("GM0034", "PV27", 2000),
    ("GM0457", "PV27", 2021),
)
SHARES = (
    ("GM0363", "PO2707", 0.9, None),
    ("GM0363", "PO2401", 0.1, None),
    ("GM0384", "PO2707", 1.0, None),
    ("GM0034", "PO2401", 1.0, None),
    ("GM0363", "VO2708", 1.0, None),
    ("GM0457", "PO2707", 1.0, 2021),
    ("GM0034", "PO2707", 1.0, 2016),
    ("GM0363", "PO0001", 0.01, None),
)


def lay_out(session: Session) -> None:
    """Amsterdam lies for a tenth in the SWV of Almere; Weesp is gone; one SWV covers the country."""
    for code, name in LAID_OUT.items():
        is_gone = code == "GM0457"
        session.add(
            Region(
                code=code,
                kind=kind_of(code),
                name=name,
                province_code=None,
                valid_to=date(2022, 3, 24) if is_gone else None,
                is_national=code == "PO0001",
            )
        )
    session.flush()
    ids = {row.code: row.id for row in session.query(Region.code, Region.id)}
    for gemeente, province, last in MEMBERS:
        session.add(
            RegionMembership(
                gemeente_id=ids[gemeente], region_id=ids[province], first_year=1990, last_year=last
            )
        )
    for gemeente, swv, share, last in SHARES:
        session.add(
            GemeenteSwv(
                gemeente_id=ids[gemeente],
                swv_id=ids[swv],
                first_year=2015,
                last_year=last,
                share=share,
                is_whole=share == 1,
                weight_name=None if share == 1 else "leerlingen",
            )
        )


@pytest.mark.parametrize(
    ("inhabitants", "province"),
    [
        # A tenth of 900,000 is 90,000: fewer than the 200,000 of Almere, more than 80,000 of it.
        ({"GM0363": 900_000.0, "GM0034": 200_000.0}, "PV24"),
        ({"GM0363": 900_000.0, "GM0034": 80_000.0}, "PV27"),
        ({}, "PV24"),  # without inhabitants every gemeente weighs the same
    ],
)
def test_an_swv_lies_where_most_of_its_inhabitants_live(
    db: Database, inhabitants: dict[str, float], province: str
) -> None:
    with db.transaction() as session:
        lay_out(session)
        places = load_places(session, inhabitants)

    assert places.home["PO2401", RegionKind.PROVINCE] == province
    assert places.home["PO2707", RegionKind.PROVINCE] == "PV27"
    assert places.home["GM0034", RegionKind.PROVINCE] == "PV24"
    assert ("PO2401", RegionKind.YOUTH_REGION) not in places.home


def test_only_regions_of_now_with_an_area_are_places(db: Database) -> None:
    with db.transaction() as session:
        lay_out(session)
        places = load_places(session, {})

    assert set(places.names) == set(LAID_OUT) - {"PO0001", "GM0457"}
    assert places.gemeenten["PO2707"] == {"GM0363": 0.9, "GM0384": 1.0}
    assert places.swvs["GM0034"] == {"PO2401": 1.0}
    assert places.neighbours("PO2707") == ["PO2401"]
    assert places.neighbours("VO2708") == []
    assert ("GM0457", RegionKind.PROVINCE) not in places.home
