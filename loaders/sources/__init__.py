"""What can be fetched and where: `loaders/sources/*.toml`, with the admin's own file over them."""

import hashlib
import ipaddress
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from app.errors import StartUpError

FOLDER = Path(__file__).parent
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_TABLE = re.compile(r"[A-Za-z0-9]{1,20}")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
DIMENSION = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_CODE = re.compile(r"(>=|<=)?[A-Za-z0-9_]{1,30}|[A-Za-z0-9_]{1,30}\*")


class Kind(StrEnum):
    """How a source is asked."""

    CBS_ODATA = "cbs-odata"
    FILE = "file"


@dataclass(frozen=True)
class Source:
    """One table or file that can be fetched.

    `keep` says per dimension which codes are asked: any of a code, a prefix (`GM*`), a first or a last one
    (`>=2019JJ00`, `<=12200`). `measures` are titles or codes of measures; those of `optional_measures` may be
    absent; without both, all are asked. An address may be empty: then nobody has said where it is.
    `is_local` allows http and addresses of the own network.
    """

    name: str
    title: str
    publisher: str
    kind: Kind
    table: str = ""
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    optional_measures: tuple[str, ...] = ()
    v4_address: str = ""
    v3_address: str = ""
    address: str = ""
    file_name: str = ""
    hosts: tuple[str, ...] = ()
    is_local: bool = False
    schedule: str = ""
    note: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it is asked, the first choice first; empty when nobody has said where."""
        found = (self.address,) if self.kind is Kind.FILE else (self.v4_address, self.v3_address)
        return tuple(address for address in found if address)

    @property
    def definition(self) -> str:
        """A hash of what is asked and where: another question makes an earlier answer worthless."""
        asked = asdict(self) | {"title": "", "publisher": "", "schedule": "", "note": ""}
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any]) -> Self:
        """The source that a TOML table describes.

        Raises:
            ValueError: saying in Dutch what is wrong.
        """
        _check_entry(entry)
        source = cls(
            **{name: entry[name] for name in _TEXTS if name in entry and name != "kind"},
            kind=Kind(entry["kind"]),
            keep={name: tuple(codes) for name, codes in entry.get("keep", {}).items()},
            measures=tuple(entry.get("measures", ())),
            optional_measures=tuple(entry.get("optional_measures", ())),
            hosts=tuple(entry.get("hosts", ())),
            is_local=entry.get("local", False),
        )
        _check_source(source)
        return source


_TEXTS = (
    "name",
    "title",
    "publisher",
    "kind",
    "table",
    "v4_address",
    "v3_address",
    "address",
    "file_name",
    "schedule",
    "note",
)
_LISTS = ("measures", "optional_measures", "hosts")
_TYPES = dict.fromkeys(_TEXTS, str) | {"keep": dict, "local": bool} | dict.fromkeys(_LISTS, list)
_REQUIRED = ("name", "title", "publisher", "kind")


def load_sources(own_file: Path | None = None, folder: Path = FOLDER) -> dict[str, Source]:
    """Every source by name; an entry of the admin's own file changes the source of that name, or adds one.

    Raises:
        StartUpError: a file cannot be read, or an entry is wrong; the message says which and why.
    """
    entries: dict[str, dict[str, Any]] = {}
    places: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for entry in _entries(path):
            if entry["name"] in entries:
                raise StartUpError(f"{path.name}: de bron {entry['name']!r} staat er twee keer in.")
            entries[entry["name"]], places[entry["name"]] = entry, path.name
    for entry in _entries(own_file) if own_file else ():
        entries[entry["name"]] = entries.get(entry["name"], {}) | entry
        places[entry["name"]] = own_file.name if own_file else ""
    return {name: _source(entry, places[name]) for name, entry in entries.items()}


def _source(entry: Mapping[str, Any], place: str) -> Source:
    try:
        return Source.from_entry(entry)
    except ValueError as error:
        raise StartUpError(f"{place}: bron {entry['name']!r}: {error}.") from error


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    """The entries of one file, each with the file's defaults below it."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StartUpError(f"{path.name}: dit bestand met bronnen is niet te lezen: {error}.") from error
    defaults, listed = document.get("defaults", {}), document.get("source", [])
    is_known = not set(document) - {"defaults", "source"}
    if not is_known or not isinstance(defaults, dict) or not isinstance(listed, list):
        raise StartUpError(f"{path.name}: alleen [defaults] en [[source]] mogen erin staan.")
    for entry in listed:
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise StartUpError(f"{path.name}: elke [[source]] heeft een naam nodig (name).")
        yield defaults | entry


def _check_entry(entry: Mapping[str, Any]) -> None:
    if unknown := sorted(set(entry) - set(_TYPES)):
        raise ValueError(f"onbekend: {', '.join(unknown)}")
    if missing := [name for name in _REQUIRED if not entry.get(name)]:
        raise ValueError(f"er ontbreekt {', '.join(missing)}")
    wrong = [name for name, value in entry.items() if not isinstance(value, _TYPES[name])]
    if wrong:
        raise ValueError(f"verkeerd soort waarde: {', '.join(wrong)}")
    lists = [*(entry.get(name, []) for name in _LISTS), *entry.get("keep", {}).values()]
    if not all(isinstance(words, list) and _are_texts(words) for words in lists):
        raise ValueError(f"keep, {' en '.join(_LISTS)} zijn lijsten van teksten")
    if entry["kind"] not in list(Kind):
        raise ValueError(f"kind is een van {', '.join(Kind)}")


def _are_texts(words: list[object]) -> bool:
    return all(isinstance(word, str) for word in words)


def _check_source(source: Source) -> None:
    if not _NAME.fullmatch(source.name):
        raise ValueError("een naam bestaat uit kleine letters, cijfers en streepjes")
    if source.kind is Kind.CBS_ODATA and not _TABLE.fullmatch(source.table):
        raise ValueError("table is het nummer van een CBS-tabel, zoals 85098NED")
    if source.file_name and not _FILE_NAME.fullmatch(source.file_name):
        raise ValueError("file_name is een bestandsnaam zonder map")
    for dimension, codes in source.keep.items():
        if not DIMENSION.fullmatch(dimension) or not codes or not all(map(_CODE.fullmatch, codes)):
            raise ValueError(f"keep.{dimension} is geen lijst van codes, zoals GM* of >=2019JJ00")
    for address in source.addresses:
        _check_address(address, is_local=source.is_local)


def _check_address(address: str, *, is_local: bool) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise ValueError(f"{address!r} is geen webadres")
    if parts.username is not None or parts.password is not None:
        raise ValueError("in een adres hoort geen naam of wachtwoord")
    if not is_local and (parts.scheme != "https" or _is_own_network(parts.hostname)):
        raise ValueError(f"{address!r} moet met https:// beginnen en een naam hebben (of zet local = true)")


def _is_own_network(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or "." not in host
    return True
