"""P-22: what is written here is about nobody: no mail address outside example domains, nothing like a BSN."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.free_text import has_bsn

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("app", "callbacks", "layouts", "loaders", "survey", "tests", "docs", "assets")
KINDS = {".py", ".toml", ".html", ".md", ".txt", ".js", ".css", ".json"}
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
EXAMPLE = re.compile(
    r"@(?:[\w-]+\.)*(?:example|invalid|test|localhost)(?:\.(?:org|com|net|nl))?$", re.IGNORECASE
)
"""Domains that RFC 2606 keeps free; `example.nl` is that of the Dutch registry."""

ADDRESS = re.compile(r"\w+://\S+")
"""Of a page or database: it may hold a password before the host."""

SHORT = re.compile(r"@[a-z][.]nl$")
"""Domains of one letter."""

NINE_DIGITS = re.compile(r"(?<![\d.,_#x-])\d{9}(?![\d_]|[.,]\d)")
INVENTED = {"111222333", "123456782", "000000000"}
"""Numbers that stand in every explanation of the test, and that nobody was given."""


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in KINDS and "vendor" not in path.parts and path.is_file():
                yield path


def _addresses(text: str) -> list[str]:
    found = MAIL.findall(ADDRESS.sub("", text))
    return [each for each in found if not EXAMPLE.search(each) and not SHORT.search(each)]


def _numbers(text: str) -> list[str]:
    return [each for each in NINE_DIGITS.findall(text) if each not in INVENTED and has_bsn(each)]


@pytest.mark.parametrize("find", [_addresses, _numbers])
def test_p22_nothing_in_the_repository_looks_like_a_real_person(find: object) -> None:
    assert callable(find)
    found = {str(path.relative_to(ROOT)): find(path.read_text(encoding="utf-8")) for path in _files()}

    assert {path: texts for path, texts in found.items() if texts} == {}


def test_p22_the_check_finds_what_it_looks_for() -> None:
    person = "jan.jansen" + "@" + "gemeente.nl"
    number = next(str(each) for each in range(231_456_780, 231_456_800) if has_bsn(str(each)))

    assert _addresses(f"mail {person} of piet@example.nl") == [person]
    assert _numbers(f"bsn {number}, getal 231.456.780") == [number]
