"""The publishers' own files through the sandbox: exactly what reading them ourselves gives."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from app.config import ROOT
from app.db import Database
from loaders.fact_store import store_facts
from loaders.reference import Reference
from loaders.reference_store import load_reference
from loaders.sandbox import Parsed, read_in_sandbox
from loaders.sandbox.parsing import read_here
from tests.databases import SqliteFactory

SOURCE = ROOT.parent / "shared" / "data"
FACTS = (
    "cbs/03759ned/codes-RegioS.json",
    "regions/BWBR0032324_2015-04-23.md",
    "duo/02.-alle-schoolvestigingen-basisonderwijs.csv",
    "duo/alle-vestigingen-vo.csv",
    "duo/scholen20241122.geo.zip",
    "regions/jeugdzorgregios1.csv",
    "geo/gemeenten-2023.geojson",
)
FIGURES = (
    "duo/06.-historisch-overzicht-aantal-leerlingen-per-schoolvestiging.csv",
    "duo/leerlingen-vo-per-vestiging-naar-onderwijstype-2019.csv",
    "duo/vsv-per-swv-2015.csv",
    "duo/achterstandsscores-scholen-2019.xlsx",
    "cbs/Indicatoren_jeugdzorg__gemeenten_24062023_110530.csv",
    "cbs/jeugdzorg-in-natura-gemeenten-2022.csv",
    "cbs/huishoudens_samenstelling_gemeentes.csv",
    "cbs/Regionale_kerncijfers_Nederland_2019.csv",
    "cbs/Regionale_kerncijfers_Nederland_15082020_130832.csv",
    "cbs/03759ned",
    "cbs/v4-csv-bundle",
)
EMPTY = Reference(areas=(), swv_of_postcode={}, postcode_of_site={}, shares=())

pytestmark = pytest.mark.skipif(
    not SOURCE.is_dir(), reason="the publishers' files (../shared/data) are not on this machine"
)


@pytest.fixture(scope="module")
def reference(sqlite_factory: SqliteFactory) -> Iterator[Reference]:
    """The region facts of the publishers' files."""
    with sqlite_factory.fresh(migrated=True) as url:
        db = Database(url)
        known = EMPTY
        for name in FACTS:
            with read_here(SOURCE / name, known) as parsed, db.transaction() as session:
                assert parsed.facts is not None
                store_facts(session, parsed.profile, parsed.facts)
            with db.session() as session:
                known = load_reference(session)
        yield known
        db.close()


def _read(path: Path, reference: Reference, *, here: bool) -> tuple[Parsed, list[pd.DataFrame], list[Any]]:
    with (read_here if here else read_in_sandbox)(path, reference) as parsed:
        pieces = list(parsed.pieces)
    rest = [(piece.statuses, piece.problems, piece.division, piece.swv_route) for piece in pieces]
    return parsed, [piece.observations for piece in pieces], rest


def _about(parsed: Parsed) -> tuple[object, ...]:
    return parsed.name, parsed.sha256, parsed.size, parsed.lines, parsed.profile, parsed.facts


def test_every_real_file_comes_out_of_the_sandbox_as_it_is(reference: Reference) -> None:
    paths = [SOURCE / name for name in (*FACTS, *FIGURES)]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(partial(_read, reference=reference, here=False), paths))

    for path, (parsed, frames, rest) in zip(paths, found, strict=True):
        wanted, wanted_frames, wanted_rest = _read(path, reference, here=True)
        assert (_about(parsed), rest) == (_about(wanted), wanted_rest)
        for one, other in zip(frames, wanted_frames, strict=True):
            pd.testing.assert_frame_equal(one, other, check_exact=True)
