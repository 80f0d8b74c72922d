"""House rules that no tool checks: sizes, hashes, nothing from outside, every module in its layer."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("app", "callbacks", "layouts", "loaders", "survey", "tests")
MAX_FUNCTION = 40
MAX_FILE = 350
OUTSIDE = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]""")
SCRIPTABLE = re.compile(
    r"dangerously_allow_html|srcDoc|innerHTML|insertAdjacentHTML|document\.write|markdown_options"
)


def _python_files() -> list[Path]:
    return sorted(path for folder in SOURCES for path in (ROOT / folder).rglob("*.py"))


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def _own_assets() -> list[Path]:
    return sorted(path for path in (ROOT / "assets").iterdir() if path.suffix in {".css", ".js", ".svg"})


def _pyproject() -> dict[str, dict[str, dict[str, list[dict[str, list[str]]]]]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_function_is_longer_than_forty_lines() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in _python_files()
        if "migrations" not in path.parts
        for function in _functions(path)
        if (function.end_lineno or 0) - function.lineno >= MAX_FUNCTION
    ]

    assert too_long == []


def test_no_file_is_longer_than_a_reader_can_bear() -> None:
    files = [*_python_files(), *_own_assets()]

    too_long = [str(path.relative_to(ROOT)) for path in files if _line_count(path) > MAX_FILE]

    assert too_long == []


def _line_count(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_every_module_of_app_has_its_place_in_the_layers() -> None:
    contract = _pyproject()["tool"]["importlinter"]["contracts"][0]
    placed = {name.strip() for layer in contract["layers"] for name in re.split("[:|]", layer)}

    present = {f"app.{path.stem}" for path in (ROOT / "app").glob("*.py") if path.stem != "__init__"}
    present |= {f"app.{path.parent.name}" for path in (ROOT / "app").glob("*/__init__.py")}

    assert present - placed == set()


def test_every_module_of_app_below_the_factory_is_kept_from_dash() -> None:
    layers, dash = _pyproject()["tool"]["importlinter"]["contracts"][:2]
    placed = {name.strip() for layer in layers["layers"][2:] for name in re.split("[:|]", layer)}

    assert placed - set(dash["source_modules"]) == {"callbacks", "layouts"}


def test_nothing_of_ours_is_fetched_from_elsewhere() -> None:
    files = [*_own_assets(), *(ROOT / "app" / "templates").rglob("*.html"), *(ROOT / "layouts").glob("*.py")]

    found = {
        path.name: OUTSIDE.findall(path.read_text(encoding="utf-8"))
        for path in files
        if OUTSIDE.search(path.read_text(encoding="utf-8"))
    }

    assert found == {}


def test_no_text_of_others_can_become_markup_or_script() -> None:
    files = [path for path in [*_python_files(), *_own_assets()] if path != Path(__file__)]

    found = [str(path) for path in files if SCRIPTABLE.search(path.read_text(encoding="utf-8"))]

    assert found == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_requirement_is_pinned_and_hashed_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text)[1:]

    assert len(entries) > 30
    assert all(re.match(r"[a-z0-9-]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_requirements_hold_what_pyproject_asks_for() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked = re.findall(r'^  "([a-z0-9-]+)(?:\[\w+\])?==([\w.]+)",', text, flags=re.MULTILINE)
    locked = (ROOT / "requirements-test.txt").read_text(encoding="utf-8")

    assert len(asked) > 20
    assert [f"{name}=={version}" for name, version in asked if f"\n{name}=={version} " not in locked] == []


def test_the_npm_lock_has_hashes_and_names_no_host() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")

    assert text.count('"integrity": "sha512-') == text.count('"node_modules/')
    assert '"resolved"' not in text
