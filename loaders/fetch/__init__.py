"""Fetching: one source from its publisher to a folder with the raw answer. Nothing else uses the network."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from loaders.fetch.errors import FetchFailed, Gone, Unreachable
from loaders.fetch.odata import SERVICES, Service
from loaders.fetch.store import Kept, Store, content_hash
from loaders.fetch.web import Answer, Clock, Limits, SystemClock, Web
from loaders.sources import Kind, Source

__all__ = ["FetchFailed", "Fetched", "fetch_source"]

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Fetched:
    """What the loader gets. `is_new` is False when the publisher has nothing that was not fetched before."""

    path: Path
    moment: datetime
    is_new: bool


def fetch_source(
    source: Source,
    data_dir: Path,
    user_agent: str,
    *,
    clock: Clock | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Fetched:
    """Fetch one source into `<data_dir>/fetched/<source>/<moment>/`; half an answer is never kept.

    Raises:
        FetchFailed: nothing was kept; the message says why.
    """
    if not source.addresses:
        raise FetchFailed(
            f"Van {source.name} is geen adres bekend. "
            "Zet het in het bestand van SOURCES_FILE; zie docs/sources.md."
        )
    clock = clock or SystemClock()
    store = Store(data_dir, source)
    try:
        with store.locked(), Web(source, user_agent, clock, limits) as web:
            return _fetch(web, source, store, clock)
    except OSError as error:
        raise FetchFailed(f"Het antwoord kan niet worden bewaard: {error.strerror or error}.") from error


def _fetch(web: Web, source: Source, store: Store, clock: Clock) -> Fetched:
    known = store.latest()
    with store.half() as half:
        take = _fetch_file if source.kind is Kind.FILE else _fetch_table
        found = take(web, source, half, known)
        if isinstance(found, Kept):
            return Fetched(found.path, found.moment, is_new=False)
        path, facts = found
        if known and known.path.name == path.name and known.manifest["sha256"] == content_hash(path):
            return Fetched(known.path, known.moment, is_new=False)
        kept = store.keep(half, path, clock.now(), web.answers, facts)
    return Fetched(kept.path, kept.moment, is_new=True)


_Found = Kept | tuple[Path, Mapping[str, str]]
"""The earlier answer, which still holds; or the new file or folder, with facts for its manifest."""


def _fetch_table(web: Web, source: Source, half: Path, known: Kept | None) -> _Found:
    """The table by the first version of the service that is there."""
    *first, last = [service for service in SERVICES if service.address(source)]
    for service in first:
        try:
            return _fetch_by(service, web, source, half, known)
        except Unreachable as error:
            # An older service gives the same figures in another form: not for an hour without the new one.
            if known and known.manifest["interface"] == service.name and not isinstance(error, Gone):
                raise
            web.answers.clear()
            shutil.rmtree(half / service.name)
    return _fetch_by(last, web, source, half, known)


def _fetch_by(service: Service, web: Web, source: Source, half: Path, known: Kept | None) -> _Found:
    folder = half / service.name / source.table
    folder.mkdir(parents=True)
    modified = service.ask_modified(web, source, folder)
    facts = {"interface": service.name, "modified": modified}
    same = {**facts, "definition": source.definition}
    if known and modified and same.items() <= known.manifest.items():
        return known
    path = service.take(web, source, folder)
    if service.ask_modified(web, source, folder) != modified:  # some pages are of before, some of after
        raise FetchFailed("De tabel veranderde tijdens het ophalen. Probeer het opnieuw.")
    return path, facts


def _fetch_file(web: Web, source: Source, half: Path, known: Kept | None) -> _Found:
    path = half / _file_name(source)
    answer = web.get(source.address, path, _conditions(source, known))
    if answer.status == 304 and known:
        return known
    _check_file(path, answer)
    return path, {"interface": "file"}


def _conditions(source: Source, known: Kept | None) -> dict[str, str]:
    if known is None or known.manifest["definition"] != source.definition:
        return {}
    tags = {"If-None-Match": known.header("ETag"), "If-Modified-Since": known.header("Last-Modified")}
    return {name: value for name, value in tags.items() if value}


def _file_name(source: Source) -> str:
    last = unquote(urlsplit(source.address).path).rpartition("/")[2]
    name = source.file_name or _UNSAFE.sub("-", last).strip(".-")[-100:]
    return name if "." in name else f"{source.name}.csv"


def _check_file(path: Path, answer: Answer) -> None:
    with path.open("rb") as file:
        start = file.read(1000)
    if not start:
        raise FetchFailed("De server geeft een leeg bestand.")
    is_html = answer.headers.get("Content-Type", "").lower().startswith(("text/html", "application/xhtml"))
    if is_html or _HTML.match(start):
        raise FetchFailed("De server geeft een webpagina in plaats van het bestand. Klopt het adres nog?")
    if not {"Content-Length", "Transfer-Encoding"} & set(answer.headers):
        raise FetchFailed("De server zegt niet hoe groot het bestand is; of het compleet is, weten wij niet.")
