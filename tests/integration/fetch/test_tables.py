"""A table of CBS by OData v4: page by page, only what is wanted, only what changed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.config import ROOT
from loaders.sources import load_sources
from tests.integration.fetch.answers import Fetch, column, leftovers, read_manifest
from tests.publisher import TABLE, FakeClock, Publisher, publish_v4, table_source
from tests.samples.world import SAMPLES

SAMPLE = SAMPLES / "bevolking-v4"
REAL = ROOT.parent / "shared" / "data" / "cbs" / TABLE
BASE = f"/v4/{TABLE}"


def test_a_table_is_fetched_page_by_page_with_codes_in_the_form_the_profile_knows(
    publisher: Publisher, fetch: Fetch
) -> None:
    publish_v4(publisher, SAMPLE, page_rows=5)

    fetched = fetch(table_source(publisher))

    names = {path.name for path in fetched.path.iterdir()}
    wanted = {"properties.json", "dimensions.json", "measure-codes.json", "codes-Perioden.json"}
    assert fetched.is_new
    assert fetched.path.name == TABLE
    assert wanted | {"codes-RegioS.json", "observations-page-1.json", "observations-page-2.json"} <= names
    pages = [json.loads(path.read_bytes())["value"] for path in fetched.path.glob("observations-page-*.json")]
    original = json.loads((SAMPLE / "observations-page-1.json").read_bytes())["value"]
    assert sorted(row["Id"] for page in pages for row in page) == column(original, "Id")


def test_only_what_the_source_wants_is_asked(publisher: Publisher, fetch: Fetch) -> None:
    publish_v4(publisher, SAMPLE)

    wishes = {"measures": ("Bevolking op 1 januari",), "optional_measures": ("Aantal katten",)}
    fetch(table_source(publisher, **wishes))

    assert publisher.filters_asked() == [
        "Geslacht eq 'T001038' and Leeftijd eq '10000' and BurgerlijkeStaat eq 'T001019' and "
        "(startswith(RegioS,'NL') or startswith(RegioS,'PV') or startswith(RegioS,'GM')) and "
        "Perioden ge '2018JJ00' and Measure eq 'M000352'"
    ]


@pytest.mark.skipif(not REAL.is_dir(), reason="the publishers' files (../shared/data) are not here")
def test_the_real_table_comes_back_as_it_was_published(publisher: Publisher, fetch: Fetch) -> None:
    publish_v4(publisher, REAL)
    shipped = load_sources()["bevolking"]

    fetched = fetch(replace(shipped, v4_address=f"{publisher.address}/v4", v3_address="", is_local=True))

    pages = [fetched.path / f"observations-page-{number}.json" for number in (1, 2)]
    rows = [row for page in pages for row in json.loads(page.read_bytes())["value"]]
    assert rows == json.loads((REAL / "observations-page-1.json").read_bytes())["value"]
    assert len(rows) == 13568
    codes = (fetched.path / "codes-RegioS.json").read_bytes()
    assert codes == (REAL / "codes-RegioS.json").read_bytes()


def test_the_manifest_says_what_was_asked_when_and_what_came(publisher: Publisher, fetch: Fetch) -> None:
    publish_v4(publisher, SAMPLE)

    manifest = read_manifest(fetch(table_source(publisher)))

    first = manifest["answers"][0]
    assert manifest["interface"] == "v4"
    assert manifest["modified"] == "2026-06-23T00:00:00+02:00"
    assert manifest["fetched_at"].startswith("2026-11-24T12:")
    assert first["file"] == "properties.json"
    assert first["url"] == f"{publisher.address}{BASE}/Properties"
    assert (first["status"], len(first["sha256"])) == (200, 64)
    assert first["headers"]["Content-Type"] == "application/json"


def test_we_say_who_we_are_and_pause_between_requests(
    publisher: Publisher, fetch: Fetch, clock: FakeClock
) -> None:
    publish_v4(publisher, SAMPLE)

    fetch(table_source(publisher))

    assert {headers["User-Agent"] for headers in publisher.headers} == {"dashboard (test)"}
    assert clock.sleeps == [1] * (len(publisher.asked) - 1)


def test_a_table_that_did_not_change_costs_one_request(
    publisher: Publisher, fetch: Fetch, tmp_path: Path
) -> None:
    publish_v4(publisher, SAMPLE)
    first = fetch(table_source(publisher))
    publisher.asked.clear()

    second = fetch(table_source(publisher))

    assert publisher.paths_asked() == ["Properties"]
    assert (second.is_new, second.path, second.moment) == (False, first.path, first.moment)
    assert len(leftovers(tmp_path)) == 1


def test_another_question_about_the_same_table_is_asked_anew(publisher: Publisher, fetch: Fetch) -> None:
    publish_v4(publisher, SAMPLE)
    fetch(table_source(publisher, keep={}))
    publisher.asked.clear()

    fetch(table_source(publisher))

    assert "Observations" in publisher.paths_asked()


def test_a_changed_table_is_kept_beside_the_earlier_one(
    publisher: Publisher, fetch: Fetch, tmp_path: Path
) -> None:
    publish_v4(publisher, SAMPLE)
    fetch(table_source(publisher))
    publisher.answer_json(f"{BASE}/Properties", {"Identifier": TABLE, "Modified": "2027-06-23"})

    second = fetch(table_source(publisher))

    assert second.is_new
    assert len(leftovers(tmp_path)) == 2


def test_a_damaged_earlier_answer_counts_for_nothing(publisher: Publisher, fetch: Fetch) -> None:
    publish_v4(publisher, SAMPLE)
    first = fetch(table_source(publisher))
    (first.path / "observations-page-1.json").write_bytes(b"{}")

    assert fetch(table_source(publisher)).is_new
