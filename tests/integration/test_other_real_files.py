"""The publishers' files that the starter figures do not need: each loads through the ordinary command.

Where the files are absent these tests are skipped; `tests/samples/dialects.py` has the same shapes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.config import ROOT
from app.db import Database
from app.models import Base, Region, RegionMembership
from loaders.files import Severity, read_path
from loaders.ingest import LoadReport, load_file
from loaders.profiles import find_profile
from loaders.reference_store import load_reference
from loaders.starter import FILES
from tests.samples.world import cell

SOURCE = ROOT.parent / "shared" / "data"
CORE_FIGURES = "cbs/Regionale_kerncijfers_Nederland_15082020_130832.csv"
SCORES = "duo/achterstandsscores-scholen-2019.xlsx"

pytestmark = pytest.mark.skipif(
    not SOURCE.is_dir(), reason="the publishers' files (../shared/data) are not on this machine"
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the region facts that other files need."""
    folder = tmp_path_factory.mktemp("facts")
    db = Database(f"sqlite:///{folder}/facts.sqlite")
    Base.metadata.create_all(db.engine)
    for name in FILES[:5]:
        load_file(db, SOURCE / name, by="test")
    yield db
    db.close()


def _load(db: Database, name: str) -> LoadReport:
    return load_file(db, SOURCE / name, by="test")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("regions/gemeenten-alfabetisch-2021.csv", "352 gemeenten, op de indeling van 2021."),
        ("regions/gemeenten-alfabetisch-2023.csv", "342 gemeenten, op de indeling van 2023."),
        ("regions/jeugdzorgregios1.csv", "42 regio's van de soort jeugdregio zijn bewaard."),
        ("regions/rmcregiosregionaalmeldencoordinatiepunt.csv", "39 regio's van de soort RMC-regio"),
        ("regions/passendonderwijsprimaironderwijs.csv", "vergeleken met de regeling"),
        ("regions/passendonderwijsvoortgezetonderwijs.csv", "Vaals ligt volgens de regeling niet in VO3106"),
        ("regions/provincies.csv", "vergeleken met de codelijst van het CBS"),
        ("regions/ggds.csv", "390 gemeenten, op de indeling van 2016."),
        ("regions/arbeidsmarktregios.csv", "390 gemeenten, op de indeling van 2016."),
        ("geo/gemeenten-2023.geojson", "5 omtrekken kruisen zichzelf: Gooise Meren, Hilversum, Rotterdam"),
    ],
)
def test_a_list_of_gemeenten_is_checked_against_what_we_know(loaded: Database, name: str, words: str) -> None:
    report = _load(loaded, name)

    assert report.version_id is None
    assert any(words in problem.sentence for problem in report.problems)


def test_every_gemeente_of_today_but_one_lies_in_a_jeugdregio(loaded: Database) -> None:
    _load(loaded, "regions/jeugdzorgregios1.csv")

    with loaded.session() as session:
        count = session.scalar(
            select(func.count())
            .select_from(RegionMembership)
            .join(Region, Region.id == RegionMembership.region_id)
            .where(Region.kind == "jeugdregio", RegionMembership.last_year.is_(None))
        )
    assert count == 341


def test_core_figures_of_2020_hold_the_inhabitants_and_no_more(loaded: Database) -> None:
    with loaded.session() as session:
        reference = load_reference(session)
    bundle = read_path(SOURCE / CORE_FIGURES)
    profile = find_profile(bundle)
    assert profile.read is not None

    tidy = profile.read(bundle, reference)

    assert set(tidy.statuses) == {("bev-tot", "2020")}
    assert cell(tidy, "bev-tot", "2020", "GM0193")["numerator_low"] == 128_840
    assert cell(tidy, "bev-tot", "2020", "NL01")["numerator_low"] == 17_407_585


def test_disadvantage_scores_of_schools_reach_swvs_and_the_country(loaded: Database) -> None:
    report = _load(loaded, SCORES)

    assert report.observations == 77
    assert any(problem.severity is Severity.WARNING for problem in report.problems)


def test_every_file_that_we_have_is_known() -> None:
    files = [path for path in SOURCE.rglob("*") if path.is_file() and _is_whole(path)]

    assert len(files) > 15
    assert all(find_profile(read_path(path)) for path in files)


def _is_whole(path: Path) -> bool:
    """Files of a folder that belong together are loaded as that folder."""
    return path.name != "INDEX.md" and path.parent.name not in ("03759ned", "v4-csv-bundle")
