"""A table of CBS by OData, page by page: v4 observations, and v3 rows for when v4 is not there.

The files have the names and the shape that the profiles of CBS tables know.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from loaders.fetch.errors import FetchFailed
from loaders.fetch.web import Web
from loaders.sources import DIMENSION, Source

PAGE_ROWS = 10_000
"""What v3 gives per call at most."""


class Service(Protocol):
    """One version of the OData service."""

    name: str

    def address(self, source: Source) -> str:
        """Where this version is, empty when it is nowhere."""

    def ask_modified(self, web: Web, source: Source, folder: Path) -> str:
        """When the publisher last changed the table, empty if it does not say. Writes one file in `folder`.

        Raises:
            FetchFailed: the answer is not about this table.
        """

    def take(self, web: Web, source: Source, folder: Path) -> Path:
        """Write codes and figures to files in `folder`, and return the file or folder for the loader.

        Raises:
            FetchFailed: an answer is wrong, or the table does not have what the source asks for.
        """


class V4:
    """`https://datasets.cbs.nl/odata/v1/CBS/<id>`: long observations, a link to the next page."""

    name = "v4"

    def address(self, source: Source) -> str:
        """Where v4 is."""
        return source.v4_address and f"{source.v4_address.rstrip('/')}/{source.table}"

    def ask_modified(self, web: Web, source: Source, folder: Path) -> str:
        """`Modified` and `ObservationsModified` of Properties."""
        path = folder / "properties.json"
        web.get(f"{self.address(source)}/Properties", path)
        properties = read_object(path)
        _check_table(source, properties.get("Identifier"))
        return _moments(properties, "Modified", "ObservationsModified")

    def take(self, web: Web, source: Source, folder: Path) -> Path:
        """Dimensions, measures, codes and observations: the folder is what the loader gets."""
        base = self.address(source)
        dimensions = list(_names(_rows(web, f"{base}/Dimensions", folder / "dimensions.json"), "Identifier"))
        measures = _rows(web, f"{base}/MeasureCodes", folder / "measure-codes.json")
        _check_dimensions(source, dimensions)
        for name in dimensions:
            codes = _rows(web, f"{base}/{name}Codes", folder / f"codes-{name}.json")
            _check_codes(source, name, [row.get("Identifier") for row in codes])
        query = v4_filter(source, _measures(source, measures, "Identifier"))
        url = f"{base}/Observations" + (f"?$filter={quote(query, safe=_SAFE)}" if query else "")
        _take_v4_pages(web, url, folder)
        return folder


class V3:
    """`https://opendata.cbs.nl/ODataApi/OData/<id>`: wide rows of padded text, pages by counting."""

    name = "v3"

    def address(self, source: Source) -> str:
        """Where v3 is."""
        return source.v3_address and f"{source.v3_address.rstrip('/')}/{source.table}"

    def ask_modified(self, web: Web, source: Source, folder: Path) -> str:
        """`Modified` of TableInfos."""
        path = folder / "table-infos.json"
        infos = _rows(web, f"{self.address(source)}/TableInfos?$format=json", path)
        _check_table(source, infos[0].get("Identifier"))
        return _moments(infos[0], "Modified")

    def take(self, web: Web, source: Source, folder: Path) -> Path:
        """Columns, codes, and the rows of UntypedDataSet, in which a secret cell is not empty.

        The loader gets one file with the rows of all pages; the pages stay as they came.
        """
        base = self.address(source)
        columns = _rows(web, f"{base}/DataProperties?$format=json", folder / "data-properties.json")
        keys = [row for row in columns if row.get("Type") in _V3_DIMENSIONS]
        dimensions = list(_names(keys, "Key"))
        _check_dimensions(source, dimensions)
        for name in dimensions:
            codes = _rows(web, f"{base}/{name}?$format=json", folder / f"codes-{name}.json")
            _check_codes(source, name, [row.get("Key") for row in codes])
        topics = [row for row in columns if row.get("Type") == "Topic"]
        chosen = _measures(source, topics, "Key")
        options = {
            "$format": "json",
            "$filter": v3_filter(source),
            "$select": ",".join(["ID", *dimensions, *chosen]) if chosen else "",
            "$top": str(PAGE_ROWS),
        }
        pages = _take_v3_pages(web, f"{base}/UntypedDataSet?{_query(options)}", folder)
        path = folder.with_name(f"{folder.name}.json")
        _join(pages, path)
        return path


SERVICES: tuple[Service, ...] = (V4(), V3())
_SAFE = "(),'"
_V3_DIMENSIONS = frozenset({"Dimension", "TimeDimension", "GeoDimension", "GeoDetail"})


def v4_filter(source: Source, measures: Iterable[str] = ()) -> str:
    """The `$filter` of v4, such as `Geslacht eq 'T001038' and (RegioS eq 'NL01' or …)`."""
    parts = [_any(_v4_term(name, code) for code in codes) for name, codes in source.keep.items()]
    chosen = _any(f"Measure eq '{measure}'" for measure in measures)
    return " and ".join([*parts, *([chosen] if chosen else [])])


def v3_filter(source: Source) -> str:
    """The `$filter` of v3, whose codes are padded with spaces: they begin with what is asked."""
    return " and ".join(_any(_v3_term(name, code) for code in codes) for name, codes in source.keep.items())


_BOUNDS = {">=": "ge", "<=": "le"}


def _v4_term(name: str, code: str) -> str:
    if word := _BOUNDS.get(code[:2]):
        return f"{name} {word} '{code[2:]}'"
    return f"startswith({name},'{code[:-1]}')" if code.endswith("*") else f"{name} eq '{code}'"


def _v3_term(name: str, code: str) -> str:
    if word := _BOUNDS.get(code[:2]):
        last = "zz" if word == "le" else ""  # past the spaces after the last code
        return f"{name} {word} '{code[2:]}{last}'"
    return f"startswith({name},'{code.removesuffix('*')}')"


def _any(terms: Iterable[str]) -> str:
    listed = list(terms)
    return f"({' or '.join(listed)})" if len(listed) > 1 else "".join(listed)


def _query(options: Mapping[str, str]) -> str:
    return "&".join(f"{name}={quote(value, safe=_SAFE)}" for name, value in options.items() if value)


def _take_v4_pages(web: Web, url: str, folder: Path) -> None:
    ids: set[int | str] = set()
    asked: set[str] = set()
    link: str | None = url
    while link:
        if link in asked:
            raise FetchFailed("De server verwijst naar een bladzijde die al is opgehaald.")
        asked.add(link)
        path = folder / f"observations-page-{len(asked)}.json"
        web.get(link, path)
        document = read_object(path)
        rows = _listed(document, path.name)
        if not rows:
            raise FetchFailed(f"{path.name} heeft geen enkele rij; de tabel of de selectie klopt niet.")
        if not all({"Measure", "Value"} <= row.keys() for row in rows):
            raise FetchFailed(f"{path.name} heeft niet de kolommen van een CBS-tabel.")
        ids |= _new_ids(rows, "Id", ids, path.name)
        link = _next_link(document, path.name)


def _take_v3_pages(web: Web, url: str, folder: Path) -> list[Path]:
    ids: set[int | str] = set()
    pages: list[Path] = []
    is_last = False
    while not is_last:
        path = folder / f"untyped-dataset-page-{len(pages) + 1}.json"
        pages.append(path)
        web.get(f"{url}&$skip={len(ids)}", path)
        document = read_object(path)
        rows = _listed(document, path.name)
        if not rows and not ids:
            raise FetchFailed(f"{path.name} heeft geen enkele rij; de tabel of de selectie klopt niet.")
        ids |= _new_ids(rows, "ID", ids, path.name)
        is_last = not rows or (len(rows) < PAGE_ROWS and "odata.nextLink" not in document)
    return pages


def _join(pages: Iterable[Path], path: Path) -> None:
    """One file `{"value": [rows of all pages]}`, a page in memory at a time."""
    with path.open("w", encoding="utf-8") as file:
        separator = '{"value":[\n'
        for page in pages:
            for row in read_object(page)["value"]:
                file.write(separator + json.dumps(row, ensure_ascii=False))
                separator = ",\n"
        file.write("\n]}\n")


def _new_ids(rows: Sequence[Mapping[str, Any]], key: str, known: set[int | str], name: str) -> set[int | str]:
    """The ids of rows that are all new: a server that skips or repeats rows is noticed."""
    ids = {row[key] for row in rows if isinstance(row.get(key), int | str)}
    if len(ids) < len(rows) or not known.isdisjoint(ids):
        raise FetchFailed(f"{name} heeft rijen die er al waren; de bladzijden van de server kloppen niet.")
    return ids


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file.

    Raises:
        FetchFailed: it holds something else; the message shows how it begins.
    """
    content = path.read_bytes()
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict):
        return document
    start = " ".join(content[:60].decode("utf-8", errors="replace").split())
    raise FetchFailed(f"{path.name} is niet de JSON die is gevraagd, maar begint met: {start!r}.")


def _rows(web: Web, url: str, path: Path) -> list[dict[str, Any]]:
    """The rows of a small table, which must come in one page."""
    web.get(url, path)
    document = read_object(path)
    if "@odata.nextLink" in document or "odata.nextLink" in document:
        raise FetchFailed(f"{path.name} komt in meer dan één bladzijde; dat is niet verwacht.")
    rows = _listed(document, path.name)
    if not rows:
        raise FetchFailed(f"{path.name} is een lege lijst.")
    return rows


def _listed(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = document.get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FetchFailed(f"{name} heeft geen lijst met rijen (value).")
    return rows


def _next_link(document: Mapping[str, Any], name: str) -> str | None:
    link = document.get("@odata.nextLink")
    if link is not None and not isinstance(link, str):
        raise FetchFailed(f"{name}: de verwijzing naar de volgende bladzijde is niet te lezen.")
    return link


def _names(rows: Iterable[Mapping[str, Any]], key: str) -> Iterator[str]:
    """Names of dimensions; they become part of addresses and file names, so they are plain words."""
    for row in rows:
        name = row.get(key)
        if not isinstance(name, str) or not DIMENSION.fullmatch(name):
            raise FetchFailed(f"{name!r} is geen naam van een onderverdeling.")
        yield name


def _moments(properties: Mapping[str, Any], *names: str) -> str:
    return " ".join(str(properties[name]) for name in names if properties.get(name))


def _check_table(source: Source, identifier: object) -> None:
    if str(identifier).strip().lower() != source.table.lower():
        raise FetchFailed(f"De server antwoordt over tabel {identifier!r} in plaats van {source.table}.")


def _check_dimensions(source: Source, dimensions: Sequence[str]) -> None:
    if missing := sorted(set(source.keep) - set(dimensions)):
        raise FetchFailed(
            f"Tabel {source.table} heeft geen {', '.join(missing)}, maar: {', '.join(dimensions)}. "
            "Pas de selectie (keep) van de bron aan."
        )


def _check_codes(source: Source, dimension: str, codes: Iterable[object]) -> None:
    """Each code that is asked for must exist: a code that has gone would leave out figures in silence."""
    present = {str(code).strip() for code in codes}
    for asked in source.keep.get(dimension, ()):
        if asked.startswith(">="):
            found = any(code >= asked[2:] for code in present)
        elif asked.startswith("<="):
            found = any(code <= asked[2:] for code in present)
        elif asked.endswith("*"):
            found = any(code.startswith(asked[:-1]) for code in present)
        else:
            found = asked in present
        if not found:
            raise FetchFailed(
                f"In tabel {source.table} heeft {dimension} geen {asked}. "
                "Pas de selectie (keep) van de bron aan."
            )


def _measures(source: Source, rows: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    """The codes of the measures that the source asks for by title or code; none is all."""
    by_word: dict[str, list[str]] = {}
    for row in rows:
        code = str(row.get(key, "")).strip()
        for word in {code, str(row.get("Title", "")).strip()}:
            by_word.setdefault(word, []).append(code)
    if missing := [word for word in source.measures if word not in by_word]:
        raise FetchFailed(f"Tabel {source.table} heeft geen onderwerp {', '.join(map(repr, missing))}.")
    words = [*source.measures, *source.optional_measures]
    chosen = dict.fromkeys(code for word in words for code in by_word.get(word, ()))
    if words and not chosen:
        raise FetchFailed(f"Tabel {source.table} heeft geen van de onderwerpen van deze bron.")
    if wrong := [code for code in chosen if not _is_measure(code)]:
        raise FetchFailed(f"{wrong[0]!r} is geen code van een onderwerp.")
    return list(chosen)


def _is_measure(code: str) -> bool:
    return code.isascii() and code.replace("_", "").isalnum()
