"""One file by its address, and what is no file."""

import gzip
from errno import ENOSPC
from pathlib import Path

import pytest

from loaders.fetch import FetchFailed
from loaders.fetch.store import Store
from tests.integration.fetch.answers import Fetch, leftovers
from tests.publisher import (
    Publisher,
    Reply,
    file_source,
    publish_v4,
    table_source,
)
from tests.samples.world import SAMPLES

SAMPLE = SAMPLES / "bevolking-v4"
FILE = b"a;b\r\n1;2\r\n"


def test_a_file_keeps_its_name_and_bytes(publisher: Publisher, fetch: Fetch) -> None:
    publisher.answer("/map/06.-historisch%20overzicht.csv", Reply(FILE))

    fetched = fetch(file_source(publisher, "/map/06.-historisch%20overzicht.csv"))

    assert fetched.path.name == "06.-historisch-overzicht.csv"
    assert fetched.path.read_bytes() == FILE


def test_a_packed_answer_is_kept_unpacked(publisher: Publisher, fetch: Fetch) -> None:
    publisher.answer("/bestand.csv", Reply(gzip.compress(FILE), headers={"Content-Encoding": "gzip"}))

    assert fetch(file_source(publisher)).path.read_bytes() == FILE


def test_a_redirect_within_the_same_place_is_followed(publisher: Publisher, fetch: Fetch) -> None:
    publisher.answer("/oud", Reply(status=301, headers={"Location": "/nieuw.csv"}))
    publisher.answer("/nieuw.csv", Reply(FILE))

    assert fetch(file_source(publisher, "/oud")).path.name == "bestand.csv"


def test_redirects_in_a_circle_end(publisher: Publisher, fetch: Fetch) -> None:
    publisher.answer("/bestand.csv", Reply(status=302, headers={"Location": "/bestand.csv"}))

    with pytest.raises(FetchFailed, match="verwijst steeds door"):
        fetch(file_source(publisher))

    assert len(publisher.asked) == 6


def test_a_file_that_did_not_change_is_not_sent_again(publisher: Publisher, fetch: Fetch) -> None:
    tags = {"ETag": '"1"', "Last-Modified": "Tue, 24 Nov 2026 10:00:00 GMT"}
    publisher.answer("/bestand.csv", Reply(FILE, headers=tags), Reply(status=304))
    first = fetch(file_source(publisher))

    second = fetch(file_source(publisher))

    asked = publisher.headers[1]
    assert (second.is_new, second.path) == (False, first.path)
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', tags["Last-Modified"])


def test_the_same_bytes_again_are_nothing_new(publisher: Publisher, fetch: Fetch, tmp_path: Path) -> None:
    publisher.answer("/bestand.csv", Reply(FILE))
    first = fetch(file_source(publisher))

    second = fetch(file_source(publisher))

    assert (second.is_new, second.path) == (False, first.path)
    assert len(leftovers(tmp_path)) == 1


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(b"<html>De pagina is verhuisd</html>"), "een webpagina"),
        (Reply(b"\xef\xbb\xbf <!doctype HTML>"), "een webpagina"),
        (Reply(b"a;b", headers={"Content-Type": "text/html; charset=utf-8"}), "een webpagina"),
        (Reply(b""), "een leeg bestand"),
        (Reply(FILE, says_length=False), "of het compleet is, weten wij niet"),
        (Reply(b"x" * 2_000_000), "groter dan de 1 MB"),
        (Reply(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"}), "groter dan de 1 MB"),
    ],
    ids=["html", "html after a mark", "html by its header", "empty", "no length", "huge", "gzip bomb"],
)
def test_what_is_no_file_is_refused(
    publisher: Publisher, fetch: Fetch, tmp_path: Path, reply: Reply, reason: str
) -> None:
    publisher.answer("/bestand.csv", reply)

    with pytest.raises(FetchFailed) as failure:
        fetch(file_source(publisher), run_bytes=1024**2)

    assert reason in str(failure.value)
    assert leftovers(tmp_path) == []


def test_pages_together_have_a_limit_too(publisher: Publisher, fetch: Fetch, tmp_path: Path) -> None:
    publish_v4(publisher, SAMPLE)

    with pytest.raises(FetchFailed, match="groter dan"):
        fetch(table_source(publisher), run_bytes=5000)

    assert leftovers(tmp_path) == []


def test_without_an_address_the_admin_is_told_where_to_put_it(publisher: Publisher, fetch: Fetch) -> None:
    with pytest.raises(FetchFailed, match="SOURCES_FILE"):
        fetch(file_source(publisher, address=""))


def test_http_is_only_for_what_is_marked_as_local(publisher: Publisher, fetch: Fetch) -> None:
    with pytest.raises(FetchFailed, match="ander adres dan is afgesproken"):
        fetch(file_source(publisher, is_local=False))

    assert publisher.asked == []


def test_a_full_disk_is_said_and_leaves_nothing(
    publisher: Publisher, fetch: Fetch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    publisher.answer("/bestand.csv", Reply(FILE))
    monkeypatch.setattr(Store, "keep", refuse)

    with pytest.raises(FetchFailed, match="kan niet worden bewaard: No space left on device"):
        fetch(file_source(publisher))

    assert leftovers(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_said(publisher: Publisher, fetch: Fetch, tmp_path: Path) -> None:
    (tmp_path / "fetched").write_text("in de weg", encoding="utf-8")

    with pytest.raises(FetchFailed, match="kan niets worden bewaard"):
        fetch(file_source(publisher))
