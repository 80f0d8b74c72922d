"""Outlines: from an offered file to the database and to the browser, with whose they are."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from dash import Dash
from sqlalchemy import func, select

from app.db import Database
from app.errors import LoadRefused
from app.models import Region, RegionOutline
from app.regions import RegionKind
from callbacks.outlines import get_outlines
from loaders.ingest import LoadReport
from loaders.outline_store import load_outline_year, load_outlines, load_region_of
from tests.integration.loads import load_here
from tests.integration.visitor import Visitor

OF_2019 = ("GM9001", "GM9002", "GM9004", "GM9006")
OF_2015 = ("GM9001", "GM9002", "GM9003", "GM9005")
GZIP = {"Accept-Encoding": "gzip"}


def outlines(folder: Path, codes: tuple[str, ...], *, place: tuple[float, float] = (5.4, 52.1)) -> Path:
    """A file with squares of a tenth of a degree beside each other."""
    east, north = place
    features = [
        {
            "type": "Feature",
            "properties": {"gemeenteCode": code, "gemeenteNaam": f"Plaats {code}"},
            "geometry": {"type": "Polygon", "coordinates": [_square(east + number / 10, north)]},
        }
        for number, code in enumerate(codes)
    ]
    path = folder / f"omtrekken-{len(codes)}-{codes[-1]}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def _square(x: float, y: float) -> list[list[float]]:
    return [[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y]]


@pytest.fixture
def loaded(invented_regions: None, db: Database, tmp_path: Path) -> LoadReport:
    """The outlines of 2019."""
    return load_here(db, outlines(tmp_path, OF_2019))


def test_a_file_with_outlines_keeps_them_with_the_year_of_its_gemeenten(
    db: Database, loaded: LoadReport
) -> None:
    with db.session() as session:
        found = load_outline_year(session)
        content = json.loads(load_outlines(session, 2019) or "")

    assert loaded.version_id is None
    assert found is not None
    assert (found.year, found.file_name) == (2019, "omtrekken-4-GM9006.geojson")
    assert (found.publisher, found.licence) == ("bewerking van Kadaster en CBS door derden", "CC BY 4.0")
    assert content["year"] == 2019
    assert list(content["areas"]) == list(OF_2019)
    # a tenth of a degree at 100 m: 68 east and 111 north
    assert content["areas"]["GM9001"] == [[0, 0, 68, 0, 68, 111, 0, 111]]


def test_another_file_replaces_all_outlines_and_changes_the_address(
    db: Database, loaded: LoadReport, tmp_path: Path
) -> None:
    with db.session() as session:
        before = load_outline_year(session)

    load_here(db, outlines(tmp_path, OF_2015))

    with db.session() as session:
        after, count = load_outline_year(session), session.scalar(select(func.count(RegionOutline.year)))
    assert before is not None
    assert after is not None
    assert (before.year, after.year, count) == (2019, 2015, 4)
    assert before.href != after.href
    assert after.href == f"/kaart/2015.json?v={after.version}"


@pytest.mark.parametrize(
    ("codes", "place", "words"),
    [
        (OF_2019, (155000.0, 463000.0), "geen lengte en breedte in graden"),
        (OF_2019[:3], (5.4, 52.1), "niet de gemeenten van één jaar"),
    ],
    ids=["no degrees", "not a whole year"],
)
def test_outlines_that_fit_no_map_are_refused_and_the_old_ones_stay(
    db: Database,
    loaded: LoadReport,
    tmp_path: Path,
    codes: tuple[str, ...],
    place: tuple[float, float],
    words: str,
) -> None:
    with pytest.raises(LoadRefused, match=words):
        load_here(db, outlines(tmp_path, codes, place=place))

    with db.session() as session:
        found = load_outline_year(session)
    assert found is not None
    assert found.year == 2019


def test_without_a_file_there_are_no_outlines(db: Database) -> None:
    with db.session() as session:
        assert load_outline_year(session) is None
        assert load_outlines(session, 2023) is None
        assert get_outlines(session, RegionKind.GEMEENTE) is None


def test_every_gemeente_counts_for_the_swv_with_its_largest_part(db: Database, loaded: LoadReport) -> None:
    with db.session() as session:
        homes = load_region_of(session, RegionKind.SWV_PO)

    # Duinstad lies for 0.8 and Veendorp for 0.75 in PO9001
    assert homes == {"GM9001": "PO9001", "GM9002": "PO9001", "GM9004": "PO9002", "GM9006": "PO9002"}


def test_a_gemeente_that_has_gone_counts_as_the_one_that_most_of_it_went_to(
    db: Database, loaded: LoadReport, tmp_path: Path
) -> None:
    load_here(db, outlines(tmp_path, OF_2015))

    with db.session() as session:
        gemeenten = load_region_of(session, RegionKind.GEMEENTE)
        provinces = load_region_of(session, RegionKind.PROVINCE)

    # three quarters of Oud Zand went to Nieuwzand; Hoogeloo is now Hoog Eloo
    assert gemeenten == {"GM9001": "GM9001", "GM9002": "GM9002", "GM9003": "GM9004", "GM9005": "GM9006"}
    assert provinces == dict.fromkeys(OF_2015, "PV20")


def test_a_page_can_say_whose_the_outlines_are(db: Database, loaded: LoadReport) -> None:
    with db.session() as session:
        found = get_outlines(session, RegionKind.SWV_VO)

    assert found is not None
    assert found.source.startswith(
        "Grenzen: bewerking van Kadaster en CBS door derden, Omtrekken van gemeenten "
        "(bestand omtrekken-4-GM9006.geojson) · gemeenten van 2019 · geladen op "
    )
    assert found.source.endswith("licentie CC BY 4.0")
    assert found.region_of["GM9001"] == "VO9001"


@pytest.fixture
def address(app: Dash, db: Database, tmp_path: Path) -> str:
    """Where the outlines of four gemeenten of the world of tests are, with their version."""
    with db.transaction() as session:
        for code in OF_2019:
            session.add(Region(code=code, kind=RegionKind.GEMEENTE, name=code))
        for region in session.scalars(select(Region).where(Region.code.like("GM0%"))):
            region.kind = RegionKind.TAKING_PART  # no gemeente of this year
    load_here(db, outlines(tmp_path, OF_2019))
    with db.session() as session:
        found = load_outline_year(session)
    assert found is not None
    return found.href


def test_the_browser_of_whoever_logged_in_gets_the_outlines_and_may_keep_them(
    address: str, log_in: Callable[[str], Visitor]
) -> None:
    answer = log_in("gemeente").get(address, headers=GZIP)

    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert set(answer.headers["Vary"].split(", ")) == {"Accept-Encoding", "Cookie"}
    assert list(json.loads(gzip.decompress(answer.data))["areas"]) == list(OF_2019)


def test_a_browser_that_cannot_unpack_gets_plain_text(address: str, log_in: Callable[[str], Visitor]) -> None:
    answer = log_in("gemeente").get(address)

    assert "Content-Encoding" not in answer.headers
    assert len(answer.get_json()["areas"]) == 4


def test_s35_an_address_of_another_version_is_not_kept(
    address: str, log_in: Callable[[str], Visitor]
) -> None:
    person = log_in("gemeente")
    path = address.partition("?")[0]

    for each in (path, f"{path}?v=1-abcdef"):
        answer = person.get(each)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("year", ["2018", "x", "2015.0", "-1"])
def test_a_year_without_outlines_is_not_found_and_not_kept(
    address: str, log_in: Callable[[str], Visitor], year: str
) -> None:
    answer = log_in("gemeente").get(f"/kaart/{year}.json")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_a_stranger_hears_that_a_script_must_log_in_first(address: str, visitor: Visitor) -> None:
    answer = visitor.get(address)

    assert answer.status_code == 401
    assert answer.headers["Cache-Control"] == "no-store"
