"""No network in any other command: only the fetching code knows how, and only its command knows the code."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from app.config import ROOT

FOLDERS = ("app", "callbacks", "layouts", "loaders", "survey")
CLIENTS = ("requests", "urllib3", "urllib.request", "http.client", "ftplib", "aiohttp", "httpx")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _importers(*wanted: str) -> set[str]:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return {
        path.relative_to(ROOT).as_posix()
        for path in files
        if any(name == one or name.startswith(f"{one}.") for name in _imports(path) for one in wanted)
    }


def test_only_the_fetching_code_knows_how_to_ask() -> None:
    assert _importers(*CLIENTS) == {"loaders/fetch/web.py"}


def test_only_its_command_and_the_worker_know_the_fetching_code() -> None:
    others = {name for name in _importers("loaders.fetch") if not name.startswith("loaders/fetch/")}

    assert others == {"app/cli/fetch.py", "app/tasks.py"}


def test_the_command_line_does_not_bring_it() -> None:
    code = "import sys, app.cli; sys.exit('loaders.fetch' in sys.modules or 'requests' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_web_workers_bring_neither_the_network_nor_pandas() -> None:
    code = (
        "import sys, app.factory; sys.exit(bool({'pandas', 'requests', 'loaders.fetch'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
