"""Third-party files: fetched once per lock, refused when they point outside."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.errors import StartUpError
from app.vendor import PUBLIC, vendor_assets


class Npm:
    """Stands in for `npm ci`: makes the files that the packages would bring."""

    def __init__(self) -> None:
        self.runs = 0
        self.exit_code = 0
        self.css = b"a{background:url(data:image/svg+xml,x)}"

    def run(self, _command: list[str], *, cwd: Path, **_: Any) -> "subprocess.CompletedProcess[str]":
        self.runs += 1
        for source in PUBLIC.values():
            path = cwd / "node_modules" / source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.css if path.suffix == ".css" else b"content")
        return subprocess.CompletedProcess([], self.exit_code, stderr="npm error network\n")


@pytest.fixture
def npm(monkeypatch: pytest.MonkeyPatch) -> Npm:
    npm = Npm()
    monkeypatch.setattr("subprocess.run", npm.run)
    return npm


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (tmp_path / name).write_text("{}")
    return tmp_path


def _vendor(root: Path) -> bool:
    return vendor_assets(root / "var", root)


def test_only_the_files_that_pages_use_are_placed(npm: Npm, root: Path) -> None:
    _vendor(root)

    assert {path.name for path in (root / "assets" / "vendor").iterdir()} == set(PUBLIC)
    assert [path.name for path in (root / "var").iterdir()] == ["vendor-vendor.stamp"]


def test_a_second_time_nothing_is_fetched(npm: Npm, root: Path) -> None:
    first, second = _vendor(root), _vendor(root)

    assert (first, second, npm.runs) == (True, False, 1)


def test_a_new_lock_is_fetched_and_what_it_no_longer_brings_goes(npm: Npm, root: Path) -> None:
    _vendor(root)
    (root / "assets" / "vendor" / "old.js").write_text("old")
    (root / "package-lock.json").write_text('{"lockfileVersion": 3}')

    fetched = _vendor(root)

    assert fetched is True
    assert not (root / "assets" / "vendor" / "old.js").exists()


def test_a_lost_file_is_fetched_again(npm: Npm, root: Path) -> None:
    _vendor(root)
    (root / "assets" / "vendor" / "bootstrap.min.css").unlink()

    _vendor(root)

    assert (root / "assets" / "vendor" / "bootstrap.min.css").is_file()


@pytest.mark.parametrize(
    "css", [b"@import 'https://x.example/a.css'", b"a{background:url(//x.example/a.png)}"]
)
def test_a_stylesheet_that_points_outside_is_refused(npm: Npm, root: Path, css: bytes) -> None:
    npm.css = css

    with pytest.raises(StartUpError, match="adres buiten deze toepassing"):
        _vendor(root)

    assert not (root / "assets" / "vendor" / "bootstrap.min.css").exists()


def test_when_the_machines_npm_fails_the_packaged_one_is_tried(npm: Npm, root: Path) -> None:
    npm.exit_code = 1

    with pytest.raises(StartUpError, match="npm error network"):
        _vendor(root)

    assert npm.runs == 2
