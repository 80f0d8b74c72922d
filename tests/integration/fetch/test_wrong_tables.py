"""Tables that are not what was asked are refused, and nothing is left of them."""

import json
from pathlib import Path

import pytest

from loaders.fetch import FetchFailed
from tests.integration.fetch.answers import Fetch, leftovers
from tests.publisher import TABLE, Publisher, Reply, publish_pages, publish_v4, table_source
from tests.samples.world import SAMPLES

SAMPLE = SAMPLES / "bevolking-v4"
BASE = f"/v4/{TABLE}"


@pytest.mark.parametrize(
    ("path", "reply", "reason"),
    [
        ("Properties", Reply(b"<!DOCTYPE html><title>Onderhoud</title>"), "<!DOCTYPE html>"),
        ("Properties", Reply(b'{"Identifier": "85098NED"}'), "antwoordt over tabel '85098NED'"),
        (
            "Dimensions",
            Reply(b'{"value": [{"Identifier": "../../etc"}]}'),
            "geen naam van een",
        ),
        (
            "Dimensions",
            Reply(b'{"value": [{"Identifier": "Wijken"}]}'),
            "heeft geen BurgerlijkeStaat, ",
        ),
        ("Dimensions", Reply(b'{"value": []}'), "lege lijst"),
        ("GeslachtCodes", Reply(b'{"value": [{"Identifier": "3000"}]}'), "Geslacht geen T001038"),
        ("PeriodenCodes", Reply(b'{"value": [{"Identifier": "2010JJ00"}]}'), "Perioden geen >=2018JJ00"),
        ("GeslachtCodes", Reply(b'{"value": [1, 2]}'), "geen lijst met rijen"),
        ("GeslachtCodes", Reply(b'{"value": [{}], "@odata.nextLink": "x"}'), "meer dan één bladzijde"),
        ("Observations", Reply(b'{"value": []}'), "geen enkele rij"),
        ("Observations", Reply(b'{"value": [{"Id": 1}]}'), "niet de kolommen"),
        ("Observations", Reply(b'{"value": [{"Id": 1, '), "niet de JSON"),
        ("Observations", Reply(b"[" * 100_000), "niet de JSON"),
        ("Observations", Reply(b'{"value": [{"Id": [], "Measure": 1, "Value": 1}]}'), "bladzijden"),
        ("Observations", Reply(b"", 204), "onverwacht antwoord 204"),
        ("Observations", Reply(b"", 304), "onverwacht antwoord 304"),
        ("Observations", Reply(b"", 403), "onverwacht antwoord 403"),
        ("Observations", Reply(b"x", headers={"Content-Encoding": "br"}), "onbekende manier"),
    ],
)
def test_a_wrong_answer_is_refused_and_nothing_is_left(
    publisher: Publisher, fetch: Fetch, tmp_path: Path, path: str, reply: Reply, reason: str
) -> None:
    publish_v4(publisher, SAMPLE)
    publisher.answer(f"{BASE}/{path}", reply)

    with pytest.raises(FetchFailed) as failure:
        fetch(table_source(publisher))

    assert reason in str(failure.value)
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("key", "reason"),
    [("measures", "geen onderwerp 'Aantal katten'"), ("optional_measures", "geen van de onderwerpen")],
)
def test_an_unknown_measure_is_refused(publisher: Publisher, fetch: Fetch, key: str, reason: str) -> None:
    publish_v4(publisher, SAMPLE)

    with pytest.raises(FetchFailed, match=reason):
        fetch(table_source(publisher, **{key: ("Aantal katten",)}))


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        (f"{BASE}/Observations", "al is opgehaald"),
        (f"{BASE}/Observations?$skip=1", "rijen die er al waren"),
    ],
)
def test_pages_that_go_round_in_circles_are_noticed(
    publisher: Publisher, fetch: Fetch, tmp_path: Path, link: str, reason: str
) -> None:
    publish_v4(publisher, SAMPLE)
    row = {"Id": 1, "Measure": "M000352", "Value": 1}
    page = {"value": [row], "@odata.nextLink": publisher.address + link}
    publisher.answer_json(f"{BASE}/Observations", page)

    with pytest.raises(FetchFailed, match=reason):
        fetch(table_source(publisher, keep={}))

    assert leftovers(tmp_path) == []


def test_pages_without_end_stop_at_a_limit(publisher: Publisher, fetch: Fetch, tmp_path: Path) -> None:
    publish_v4(publisher, SAMPLE)
    rows = [{"Id": number, "Measure": "M000352", "Value": 1} for number in range(40)]
    publish_pages(publisher, f"{BASE}/Observations", rows, 1)

    with pytest.raises(FetchFailed, match="Na 20 vragen was het nog niet klaar"):
        fetch(table_source(publisher, keep={}), requests=20)

    assert leftovers(tmp_path) == []


def test_a_run_that_takes_too_long_stops(publisher: Publisher, fetch: Fetch, tmp_path: Path) -> None:
    publish_v4(publisher, SAMPLE)

    with pytest.raises(FetchFailed, match="Na 0 minuten was het nog niet klaar"):
        fetch(table_source(publisher), run_seconds=3)

    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/v4",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "http://naam:geheim@127.0.0.1/x",
        "http://127.0.0.1:99999999/x",
    ],
)
@pytest.mark.parametrize("way", ["redirect", "next page"])
def test_nothing_leads_us_to_another_place(
    publisher: Publisher, fetch: Fetch, tmp_path: Path, address: str, way: str
) -> None:
    publish_v4(publisher, SAMPLE)
    row = {"Id": 1, "Measure": "M000352", "Value": 1}
    if way == "redirect":
        publisher.answer(f"{BASE}/Observations", Reply(status=302, headers={"Location": address}))
    else:
        publisher.answer_json(f"{BASE}/Observations", {"value": [row], "@odata.nextLink": address})

    with pytest.raises(FetchFailed, match="ander adres dan is afgesproken"):
        fetch(table_source(publisher))

    assert leftovers(tmp_path) == []


def test_a_table_that_changes_while_it_is_fetched_is_refused(
    publisher: Publisher, fetch: Fetch, tmp_path: Path
) -> None:
    publish_v4(publisher, SAMPLE)
    moments = [
        json.dumps({"Identifier": TABLE, "Modified": day}).encode() for day in ("2026-06-23", "2026-06-24")
    ]
    publisher.answer(f"{BASE}/Properties", *map(Reply, moments))

    with pytest.raises(FetchFailed, match="veranderde tijdens het ophalen"):
        fetch(table_source(publisher))

    assert leftovers(tmp_path) == []
