"""OData v3, for when v4 is gone."""

import json
from pathlib import Path
from typing import Any

import pytest

from loaders.fetch import FetchFailed
from loaders.sources import Source
from tests.integration.fetch.answers import Fetch, column, leftovers, read_manifest
from tests.publisher import TABLE, Publisher, Reply, publish_v4, table_source
from tests.samples.world import SAMPLES

SAMPLE = SAMPLES / "bevolking-v4"
BASE = f"/v4/{TABLE}"


def _publish_v3(publisher: Publisher, pages: list[list[dict[str, Any]]]) -> None:
    base = f"/v3/{TABLE}"
    publisher.answer_json(f"{base}/TableInfos", {"value": [{"Identifier": TABLE, "Modified": "2026-06-23"}]})
    properties = [
        {"Key": "RegioS", "Type": "GeoDimension", "Title": "Regio's"},
        {"Key": "Perioden", "Type": "TimeDimension", "Title": "Perioden"},
        {"Key": "", "Type": "TopicGroup", "Title": "Bevolking"},
        {"Key": "BevolkingOp1Januari_1", "Type": "Topic", "Title": "Bevolking op 1 januari"},
    ]
    publisher.answer_json(f"{base}/DataProperties", {"value": properties})
    publisher.answer_json(f"{base}/RegioS", {"value": [{"Key": "NL01  "}, {"Key": "GM9001"}]})
    publisher.answer_json(f"{base}/Perioden", {"value": [{"Key": "2018JJ00", "Status": "Definitief"}]})
    replies = [Reply(json.dumps({"value": page}).encode()) for page in pages]
    publisher.answer(f"{base}/UntypedDataSet", *replies)


def _v3_rows(start: int, count: int) -> list[dict[str, Any]]:
    return [
        {"ID": number, "RegioS": "GM9001", "Perioden": "2018JJ00", "BevolkingOp1Januari_1": "     ."}
        for number in range(start, start + count)
    ]


def _v3_source(publisher: Publisher, **changes: Any) -> Source:
    keep = {"RegioS": ("NL01", "GM*"), "Perioden": (">=2018JJ00",)}
    return table_source(publisher, v3_address=f"{publisher.address}/v3", keep=keep, **changes)


def test_when_v4_is_gone_v3_is_asked_by_counting_rows(publisher: Publisher, fetch: Fetch) -> None:
    _publish_v3(publisher, [_v3_rows(0, 10_000), _v3_rows(10_000, 5)])

    fetched = fetch(_v3_source(publisher, measures=("Bevolking op 1 januari",)))

    rows = json.loads(fetched.path.read_bytes())["value"]
    assert fetched.path.name == f"{TABLE}.json"
    assert column(rows, "ID") == list(range(10_005))
    assert read_manifest(fetched)["interface"] == "v3"
    pages = [path for path in publisher.asked if "UntypedDataSet" in path]
    assert [page.partition("$top")[2] for page in pages] == ["=10000&$skip=0", "=10000&$skip=10000"]
    assert "$select=ID,RegioS,Perioden,BevolkingOp1Januari_1" in pages[0]
    assert publisher.filters_asked()[0] == (
        "(startswith(RegioS,'NL01') or startswith(RegioS,'GM')) and Perioden ge '2018JJ00'"
    )


def test_an_unchanged_v3_table_is_not_fetched_again(publisher: Publisher, fetch: Fetch) -> None:
    _publish_v3(publisher, [_v3_rows(0, 5)])
    fetch(_v3_source(publisher))
    publisher.asked.clear()

    assert not fetch(_v3_source(publisher)).is_new
    assert publisher.paths_asked() == ["Properties", "TableInfos"]


def test_v3_rows_that_come_twice_are_refused(publisher: Publisher, fetch: Fetch, tmp_path: Path) -> None:
    _publish_v3(publisher, [_v3_rows(0, 10_000)])

    with pytest.raises(FetchFailed, match="rijen die er al waren"):
        fetch(_v3_source(publisher))

    assert leftovers(tmp_path) == []


def test_an_hour_without_v4_does_not_bring_the_same_figures_in_another_form(
    publisher: Publisher, fetch: Fetch
) -> None:
    publish_v4(publisher, SAMPLE)
    _publish_v3(publisher, [_v3_rows(0, 5)])
    fetch(_v3_source(publisher))
    publisher.answer(f"{BASE}/Properties", Reply(status=503))

    with pytest.raises(FetchFailed, match="na 5 pogingen"):
        fetch(_v3_source(publisher))


def test_gone_without_another_address_is_said(publisher: Publisher, fetch: Fetch, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match=r"bestaat niet \(meer\): de server geeft 404"):
        fetch(table_source(publisher))

    assert len(publisher.asked) == 1
    assert leftovers(tmp_path) == []
