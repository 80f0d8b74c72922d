"""Hostile and broken files, through the sandbox: each refused in a plain sentence, with its place."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import LoadRefused
from loaders.files import Problem
from loaders.sandbox import MEGABYTE, Limits, read_in_sandbox
from tests.samples import hostile
from tests.samples.hostile import zipped
from tests.samples.world import REFERENCE, SAMPLES

LINE = b"a;b;c\n1;2;3\n"

WHOLE_FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "bomb in a workbook": (
        "bom.xlsx",
        lambda: hostile.xlsx("", extra={"xl/media/a.xml": " " * (120 * MEGABYTE)}),
        "Uitgepakt is dit 121 MB; ten hoogste 100 MB mag.",
    ),
    "bomb by ratio": (
        "bom.zip",
        lambda: zipped({"a.csv": bytes(20 * MEGABYTE)}),
        "Uitgepakt is dit meer dan 100 keer zo groot",
    ),
    "overlapping members": ("overlap.zip", hostile.overlapping_zip, "overlappen elkaar"),
    "too many members": (
        "veel.zip",
        lambda: zipped({f"{number}.csv": b"" for number in range(201)}),
        "Er zitten 201 bestanden in; ten hoogste 200 mag.",
    ),
    "zip in a zip": ("dubbel.zip", lambda: zipped({"a.dat": zipped({"a.csv": LINE})}), "bevat weer een zip"),
    "member outside the zip": (
        "pad.zip",
        lambda: zipped({"../../etc/cron.d/x": LINE}),
        "Onderdeel “../../etc/cron.d/x” heeft een pad dat buiten de zip wijst.",
    ),
    "zip with a password": ("slot.zip", hostile.locked_zip, "heeft een wachtwoord"),
    "workbook with a password": ("slot.xlsx", hostile.locked_workbook, "heeft een wachtwoord"),
    "entities in xlsx": (
        "lach.xlsx",
        lambda: hostile.xlsx("", doctype=hostile.LAUGHS),
        "eigen XML-afkortingen",
    ),
    "entities in ods": ("lach.ods", lambda: hostile.ods("", doctype=hostile.LAUGHS), "eigen XML-afkortingen"),
    "macros": ("macro.xlsx", lambda: hostile.xlsx("", extra={"xl/vbaProject.bin": "x"}), "bevat macro's"),
    "links to other files": (
        "elders.xlsx",
        lambda: hostile.xlsx("", extra={"xl/externalLinks/externalLink1.xml": "<x/>"}),
        "verwijst naar andere bestanden",
    ),
    "a letter as a workbook": (
        "brief.xlsx",
        lambda: zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}),
        "geen werkmap in de vorm xlsx of ods",
    ),
    "a zip called csv": ("cijfers.csv", lambda: zipped({"a.csv": LINE}), "De naam eindigt op .csv"),
    "text called xlsx": ("cijfers.xlsx", lambda: LINE, "geen gave werkmap"),
    "half a workbook": ("half.xlsx", lambda: hostile.far_corner_xlsx()[:900], "mogelijk is het afgebroken"),
    "half a zip": ("half.zip", lambda: zipped({"a.csv": LINE * 50})[:90], "mogelijk is het afgebroken"),
    "JSON without end": ("diep.json", lambda: b"[" * 1_000_000, "lijkt op geen van de bestanden"),
    "a million empty lines": ("leeg.csv", lambda: b"a;b;c\n" + b"\n" * 1_000_000, "leeg.csv"),
    "a million empty rows": ("leeg.csv", lambda: b"a;b;c\n" + b";;\n" * 1_000_000, "leeg.csv"),
    "nothing": ("niets.csv", lambda: b"", "niets.csv is leeg."),
}

PLACES: dict[str, tuple[str, Callable[[], bytes], Problem]] = {
    "far corner of xlsx": (
        "ver.xlsx",
        hostile.far_corner_xlsx,
        Problem(
            "Het blad loopt tot cel XFD1048576, dat zijn 17.179.869.184 cellen; ten hoogste 30.000.000 mag. "
            "Haal weg wat ver buiten de tabel staat.",
            file="ver.xlsx",
            sheet="Blad1",
            row=1_048_576,
            column="XFD",
        ),
    ),
    "far corner of ods": (
        "ver.ods",
        hostile.far_corner_ods,
        Problem(
            "Het blad loopt tot cel XFD1048576, dat zijn 17.179.869.184 cellen; ten hoogste 30.000.000 mag. "
            "Haal weg wat ver buiten de tabel staat.",
            file="ver.ods",
            sheet="Tabel",
            row=1_048_576,
            column="XFD",
        ),
    ),
    "one endless line": (
        "regel.csv",
        lambda: LINE + b"x" * (150 * MEGABYTE),
        Problem(
            "Deze regel is langer dan 1 MB; dat is geen rij van een tabel.", file="regel.csv", row=3
        ),
    ),
    "a hundred thousand columns": (
        "breed.csv",
        lambda: b";".join(b"k%d" % number for number in range(100_000)) + b"\n",
        Problem("Er zijn 100.000 kolommen; ten hoogste 16.384 mag.", file="breed.csv", row=1),
    ),
    "NUL": (
        "nul.csv",
        lambda: LINE + b"4;\0;6\n",
        Problem(
            "Hier staat een teken dat in tekst niet voorkomt (NUL). Sla het bestand op als UTF-8.",
            file="nul.csv",
            row=3,
        ),
    ),
    "half a character": (
        "half.csv",
        lambda: LINE + b"4;\xed\xa0\x80;6\n",
        Problem(
            "Hier staat een half of onbestaand teken. Sla het bestand op als UTF-8.", file="half.csv", row=3
        ),
    ),
    "half a character in UTF-16": (
        "half16.csv",
        lambda: b"\xff\xfe" + "a;b\n1;".encode("utf-16-le") + b"\x00\xd8" + "2\n".encode("utf-16-le"),
        Problem("Hier staat een half teken; het bestand is beschadigd.", file="half16.csv", row=2),
    ),
    "two encodings": (
        "twee.csv",
        lambda: "één;b\n".encode() + "Súdwest;2\n".encode("cp1252"),
        Problem(
            "Vanaf hier is de tekencodering een andere dan ervoor (UTF-8 en Windows-1252).",
            file="twee.csv",
            row=2,
        ),
    ),
}  # fmt: skip


def _refused(path: Path, limits: Limits | None = None) -> LoadRefused:
    with (
        pytest.raises(LoadRefused) as refused,
        read_in_sandbox(path, REFERENCE, limits=limits or Limits()) as parsed,
    ):
        list(parsed.pieces)
    return refused.value


def _written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("name", "make", "words"), WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_a_hostile_file_is_refused_in_words(
    name: str, make: Callable[[], bytes], words: str, tmp_path: Path
) -> None:
    refusal = _refused(_written(tmp_path, name, make()))

    assert words in str(refusal)
    assert str(refusal).startswith(name)


@pytest.mark.parametrize(("name", "make", "problem"), PLACES.values(), ids=PLACES)
def test_a_hostile_file_is_refused_with_the_place(
    name: str, make: Callable[[], bytes], problem: Problem, tmp_path: Path
) -> None:
    refusal = _refused(_written(tmp_path, name, make()))

    assert refusal.problems == (problem,)
    assert str(refusal) == f"{name} is geweigerd. {problem.sentence}"


def test_a_bomb_inside_a_folder_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    _written(tmp_path / "map", "goed.csv", LINE)
    _written(tmp_path / "map", "fout.csv", LINE + b"\0")

    refusal = _refused(tmp_path / "map")

    (problem,) = refusal.problems
    assert isinstance(problem, Problem)
    assert (problem.file, problem.row) == ("fout.csv", 3)


def test_a_text_that_a_workbook_repeats_without_end_meets_the_memory_limit(tmp_path: Path) -> None:
    path = _written(tmp_path, "herhaald.xlsx", hostile.repeated_string_xlsx(MEGABYTE, 3000))

    refusal = _refused(path, Limits(memory=600 * MEGABYTE))

    assert str(refusal) == (
        "herhaald.xlsx is geweigerd. Dit bestand vraagt te veel geheugen om te lezen en is daarom geweigerd."
    )


def test_names_of_strangers_are_shown_plain(tmp_path: Path) -> None:
    """No control characters and no turned direction; markup is text, and whoever shows it escapes it."""
    title = "=CMD()&#x202E;&lt;b&gt;"
    path = _written(tmp_path, "=1+1\x1b[31m\u202e<img src=x>.xlsx", hostile.far_corner_xlsx(title))

    refusal = _refused(path)

    (problem,) = refusal.problems
    assert isinstance(problem, Problem)
    assert (problem.file, problem.sheet) == ("=1+1[31m<img src=x>.xlsx", "=CMD()<b>")
    assert str(refusal).isprintable()


def test_column_names_of_strangers_are_shown_plain(tmp_path: Path) -> None:
    path = _written(tmp_path, "kolom.csv", "<b>\x1b[2J\u202e;=1+1\n1;2\n".encode())

    refusal = _refused(path)

    assert "<b>[2J" in str(refusal)
    assert str(refusal).isprintable()


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.csv")

    assert str(_refused(tmp_path / "pijp.csv")) == (
        "pijp.csv kan niet worden gelezen: het is geen gewoon bestand."
    )


def test_a_file_above_the_limit_is_not_opened_further(tmp_path: Path) -> None:
    path = _written(tmp_path, "groot.csv", LINE)

    refusal = _refused(path, Limits(file_bytes=5))

    assert str(refusal) == "groot.csv is groter dan 0 MB; zo groot mag een bestand niet zijn."


def test_a_file_that_is_replaced_meanwhile_is_read_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = (SAMPLES / "vsv.csv").read_bytes()
    path = _written(tmp_path, "vsv.csv", original)
    _written(tmp_path, "nieuw", LINE)
    start = subprocess.Popen

    def swap(*arguments: Any, **options: Any) -> Any:
        (tmp_path / "nieuw").replace(path)
        return start(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", swap)

    with read_in_sandbox(path, REFERENCE) as parsed:
        assert (parsed.profile, parsed.size) == ("duo-vsv-swv", len(original))
