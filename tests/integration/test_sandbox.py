"""Reading in a process with limits: the same answer as without, no secrets inside, no crash outside."""

import logging
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from app.config import ROOT
from app.errors import LoadRefused
from loaders.facts import Facts
from loaders.files import Problem
from loaders.reference import Reference
from loaders.sandbox import MEGABYTE, Limits, Parsed, read_in_sandbox
from loaders.sandbox.parsing import read_here
from loaders.sandbox.plain import from_plain, to_plain
from tests.samples.world import FIGURE_FILES, REFERENCE, REGION_FILES, SAMPLES

REAL = ROOT.parent / "shared" / "data"
MEMORY = "cijfers.csv is geweigerd. Dit bestand vraagt te veel geheugen om te lezen en is daarom geweigerd."
TIME = "cijfers.csv is geweigerd. Dit bestand vraagt te veel tijd om te lezen en is daarom geweigerd."
BROKEN = (
    "cijfers.csv is geweigerd. Het lezen brak af: de inhoud heeft een vorm die dit dashboard niet aankan."
)
HEADER = b"SAMENWERKINGSVERBAND_NUMMER;aantal_leerlingen;vsv_totaal\n"


@dataclass
class Answer:
    """Everything that a reading gave, to be compared."""

    about: tuple[str, str, int, int, str]
    facts: Facts | None
    figures: list[pd.DataFrame]
    rest: list[tuple[Any, ...]]


def _answer(parsed: Parsed) -> Answer:
    pieces = list(parsed.pieces)
    return Answer(
        (parsed.name, parsed.sha256, parsed.size, parsed.lines, parsed.profile),
        parsed.facts,
        [piece.observations for piece in pieces],
        [(piece.statuses, piece.problems, piece.division, piece.swv_route) for piece in pieces],
    )


def _sandboxed(path: Path, reference: Reference = REFERENCE) -> Answer:
    with read_in_sandbox(path, reference) as parsed:
        return _answer(parsed)


def _direct(path: Path, reference: Reference = REFERENCE) -> Answer:
    with read_here(path, reference) as parsed:
        return _answer(parsed)


def _assert_equal(found: Answer, wanted: Answer) -> None:
    assert (found.about, found.facts, found.rest) == (wanted.about, wanted.facts, wanted.rest)
    assert len(found.figures) == len(wanted.figures)
    for one, other in zip(found.figures, wanted.figures, strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def _refused(path: Path, limits: Limits | None = None) -> str:
    with (
        pytest.raises(LoadRefused) as refused,
        read_in_sandbox(path, REFERENCE, limits=limits or Limits()) as parsed,
    ):
        list(parsed.pieces)
    return str(refused.value)


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    """A file of 12 MB with figures."""
    path = tmp_path / "cijfers.csv"
    path.write_bytes(HEADER + b"VO9001;1000;10\n" * 800_000)
    return path


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes, int], None]:
    """A function that puts another program in the place of the sandbox: what it says, and its exit code."""
    start = subprocess.Popen

    def replace(said: bytes, code: int) -> None:
        program = f"import os, sys; os.write(1, {said!r}); sys.stdout.flush(); " + (
            f"os.kill(os.getpid(), {-code})" if code < 0 else f"sys.exit({code})"
        )

        def other(_arguments: Any, **options: Any) -> Any:
            return start([sys.executable, "-c", program], **options)

        monkeypatch.setattr(subprocess, "Popen", other)

    return replace


@pytest.mark.parametrize("name", [*FIGURE_FILES, *REGION_FILES])
def test_the_sandbox_reads_what_we_read_ourselves(name: str) -> None:
    _assert_equal(_sandboxed(SAMPLES / name), _direct(SAMPLES / name))


def test_two_sandboxes_at_once_do_not_disturb_each_other() -> None:
    paths = [SAMPLES / "vsv.csv", SAMPLES / "historie-po.csv"]

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(_sandboxed, paths))

    for answer, path in zip(found, paths, strict=True):
        _assert_equal(answer, _direct(path))


def test_a_million_rows_of_nothing_below_a_table_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "vsv.csv"
    content = (SAMPLES / "vsv.csv").read_bytes()
    path.write_bytes(content + b";" * content.split(b"\n")[0].count(b";") + b"\n" * 1_000_000)

    found, wanted = _sandboxed(path), _direct(SAMPLES / "vsv.csv")

    pd.testing.assert_frame_equal(found.figures[0], wanted.figures[0], check_exact=True)


def test_a_refusal_keeps_its_rows_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "vsv.csv"
    path.write_bytes((SAMPLES / "vsv.csv").read_bytes().replace(b";", b";;", 1))

    with pytest.raises(LoadRefused) as direct:
        _direct(path)
    with pytest.raises(LoadRefused) as sandboxed:
        _sandboxed(path)

    assert str(sandboxed.value) == str(direct.value)
    assert sandboxed.value.problems == direct.value.problems


def test_a_person_may_choose_the_kind_of_file_only_where_it_fits() -> None:
    with read_in_sandbox(SAMPLES / "vsv.csv", REFERENCE, chosen="duo-vsv-swv") as parsed:
        assert parsed.profile == "duo-vsv-swv"
    with (
        pytest.raises(LoadRefused, match="is geen bestand van de soort 'duo-historie-po'"),
        read_in_sandbox(SAMPLES / "vsv.csv", REFERENCE, chosen="duo-historie-po"),
    ):
        pass


def test_too_much_memory_is_refused_in_words(figures: Path) -> None:
    assert _refused(figures, Limits(memory=300 * MEGABYTE)) == MEMORY


def test_too_much_processor_time_is_refused_in_words(figures: Path) -> None:
    assert _refused(figures, Limits(cpu_seconds=1)) == TIME


def test_too_much_time_is_refused_in_words(figures: Path) -> None:
    assert _refused(figures, Limits(wall_seconds=0)) == TIME


def test_too_long_an_answer_is_refused_in_words() -> None:
    assert "Het lezen brak af" in _refused(SAMPLES / "historie-po.csv", Limits(result_bytes=1000))


def test_our_own_memory_does_not_grow_with_the_file(figures: Path) -> None:
    _refused(figures, Limits(wall_seconds=0))

    tracemalloc.start()
    _refused(figures, Limits(memory=300 * MEGABYTE))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 5 * MEGABYTE


@pytest.mark.parametrize(
    ("code", "words"),
    [(-9, MEMORY), (-6, MEMORY), (-11, MEMORY), (-24, TIME), (-14, TIME), (4, BROKEN)],
)
def test_a_sandbox_that_dies_is_a_refusal_in_words(
    code: int,
    words: str,
    figures: Path,
    answers: Callable[[bytes, int], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    answers(b"", code)

    with caplog.at_level(logging.WARNING):
        assert _refused(figures) == words
    assert f"the sandbox ended with {code} while it read 'cijfers.csv'" in caplog.text


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\x80\x04K\x01.",
        b"[" * 100_000,
        b"null\n",
        b'{"file": ["a", "b", "1", 1, "x"], "facts": null}\n',
        b'{"file": ["a", "b", 1, 1, "x"], "facts": 7}\n',
        b'{"file": ["a", "b", 1, 1, "x"], "facts": null}\n{"rows": 99999999999, "columns": '
        b'[["value", "float64", null]]}\n',
        b'{"file": ["a", "b", 1, 1, "x"], "facts": null}\n{"rows": 1, "columns": '
        b'[["status", "str", ["x"]]]}\n\x05\0\0\0',
        b'{"refused": "x", "problems": [["x", "geen", null, null, null, null]]}\n',
    ],
)
def test_an_answer_of_another_form_is_a_refusal(
    said: bytes, figures: Path, answers: Callable[[bytes, int], None]
) -> None:
    answers(said, 0)

    assert _refused(figures) == "cijfers.csv kan niet worden gelezen en is daarom geweigerd."


def test_what_the_sandbox_says_is_shown_plain(figures: Path, answers: Callable[[bytes, int], None]) -> None:
    answers(b'{"refused": "a\\u001b[2J\\u202eb", "problems": []}\n', 0)

    assert _refused(figures) == "a[2Jb"


def test_no_secret_and_no_group_of_ours_goes_into_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "geheim")
    given: dict[str, Any] = {}
    start = subprocess.Popen

    def watch(arguments: Any, **options: Any) -> Any:
        given.update(options)
        return start(arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", watch)

    _sandboxed(SAMPLES / "vsv.csv")

    assert "geheim" not in given["env"].values()
    assert given["start_new_session"] is True


def test_the_limits_hold_inside() -> None:
    program = (
        "import resource as r; from loaders.sandbox import Limits; from loaders.sandbox.child import confine;"
        "confine(Limits()); print([r.getrlimit(x) for x in "
        "(r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_NOFILE, r.RLIMIT_CORE, r.RLIMIT_NPROC)])"
    )

    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True)

    gigabyte = 1024 * MEGABYTE
    assert said.stdout.decode().strip() == str(
        [(gigabyte, gigabyte), (300, 305), (2 * gigabyte, 2 * gigabyte), (64, 64), (0, 0), (0, 0)]
    )


def test_a_value_of_another_type_is_not_taken() -> None:
    problem = Problem("Zin.", row=3)

    assert from_plain(Problem, to_plain(problem)) == problem
    with pytest.raises(TypeError):
        from_plain(Problem, ["Zin.", "stop", None, None, "3", None])
    with pytest.raises(ValueError, match="zip"):
        from_plain(Problem, ["Zin."])
    with pytest.raises(TypeError):
        to_plain(object())
