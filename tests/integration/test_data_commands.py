"""`load`, `publish`, `versions` and `starter`: plain Dutch sentences and honest exit codes."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from app.config import Settings
from tests.samples.world import SAMPLES
from tests.servers import environment

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs a command on the fresh database: exit code, output, errors."""
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


@pytest.fixture
def regions(invented_regions: None) -> None:
    """The database knows the invented regions."""


def test_region_facts_are_said_to_hold_from_now_on(run: Run) -> None:
    code, output, _ = run("load", SAMPLES / "codes-RegioS.json")

    assert code == 0
    assert output.endswith(
        "codes-RegioS.json is verwerkt (03759ned, codelijst van regio's). "
        "Het geldt voor alles wat u hierna laadt.\n"
    )


def test_figures_are_said_to_be_ready_with_the_next_step(run: Run, regions: None) -> None:
    code, output, _ = run("load", SAMPLES / "historie-po.csv")

    *problems, summary = output.splitlines()
    assert code == 0
    assert re.fullmatch(r"Rapport \d+ van historie-po\.csv:", problems[0])
    assert problems[1].startswith("  [waarschuwing] 1 vestigingen in een onbekende gemeente (9999)")
    assert any(line.startswith("  [opmerking] 3 vestigingen") for line in problems)
    assert problems[-1].startswith("  [goed] structuur")
    assert re.fullmatch(
        r"historie-po\.csv staat klaar als versie 1: \d+ cijfers \(06\. Historisch overzicht aantal "
        r"leerlingen per schoolvestiging\)\. Zichtbaar maken: python -m app publish 1",
        summary,
    )


def test_a_second_load_says_that_nothing_changed(run: Run, regions: None) -> None:
    run("load", SAMPLES / "vsv.csv")

    code, output, _ = run("load", SAMPLES / "vsv.csv")

    assert (code, output) == (0, "vsv.csv is al eerder geladen als versie 1; er is niets gewijzigd.\n")


def test_region_facts_loaded_again_have_no_version_to_name(run: Run, regions: None) -> None:
    _, output, _ = run("load", SAMPLES / "regeling.md")

    assert output == "regeling.md is al eerder geladen; er is niets gewijzigd.\n"


def test_a_refused_file_is_said_with_every_reason_and_exit_code_1(
    run: Run, regions: None, tmp_path: Path
) -> None:
    path = tmp_path / "fout.csv"
    path.write_text(
        "SAMENWERKINGSVERBAND_NUMMER;aantal_leerlingen;vsv_totaal\nVO9001;10;11\nXX;10;1\n", encoding="utf-8"
    )

    code, output, _ = run("load", path)

    assert code == 1
    first, _, *lines, last = output.splitlines()
    assert first == "Geweigerd, er is niets gewijzigd. fout.csv: 2 cellen kloppen niet."
    assert [line for line in lines if "Wat kunt u doen" not in line] == [
        "  [stop] rij 2, kolom vsv_totaal: '11' van '10' leerlingen kan niet.",
        "  [stop] rij 3, kolom SAMENWERKINGSVERBAND_NUMMER: 'XX' is geen samenwerkingsverband vo.",
    ]
    assert "rejected" in last


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "kan niet worden gelezen"),
        (b"", "is leeg"),
        (b"\x00\x01\x02", "een teken dat in tekst niet voorkomt (NUL)"),
        (b"artikel;prijs\nmelk;1\n", "Gevonden: artikel, prijs"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "vreemd.csv"
    if content is not None:
        path.write_bytes(content)

    code, output, _ = run("load", path)

    assert code == 1
    assert output.startswith("Geweigerd, er is niets gewijzigd. vreemd.csv")
    assert reason in output.splitlines()[0]


def test_a_file_that_needs_another_first_says_which(run: Run) -> None:
    code, output, _ = run("load", SAMPLES / "vsv.csv")

    assert code == 1
    assert "Laad eerst de codelijst van gemeenten" in output
    assert "de regeling met de postcodes" in output


def test_publishing_says_what_is_visible_now(run: Run, regions: None) -> None:
    run("load", SAMPLES / "vsv.csv")

    assert run("publish", "1", "--accept", "verzonnen") == (0, "Versie 1 is nu zichtbaar.\n", "")


def test_publishing_with_warnings_asks_for_a_reason(run: Run, regions: None) -> None:
    run("load", SAMPLES / "historie-po.csv")

    code, _, errors = run("publish", "1")

    assert code == 1
    assert "waarschuwingen die nog niemand heeft bevestigd" in errors
    assert '--accept "reden"' in errors


def test_a_report_can_be_printed_again_and_an_unknown_one_is_said(run: Run, regions: None) -> None:
    _, loaded, _ = run("load", SAMPLES / "historie-po.csv")

    _, again, _ = run("report")

    assert loaded.startswith(again)
    assert run("report", "999") == (1, "", "Rapport 999 bestaat niet.\n")


def test_refused_files_are_listed_with_their_reason(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "vreemd.csv"
    path.write_text("artikel;prijs\nmelk;1\n", encoding="utf-8")
    run("load", path)

    _, output, _ = run("rejected")

    assert "vreemd.csv: vreemd.csv lijkt op geen van de bestanden" in output


@pytest.mark.parametrize("number", ["7", "0", "99999999999999999999"])
def test_publishing_an_unknown_version_is_refused(run: Run, number: str) -> None:
    assert run("publish", number) == (1, "", f"Versie {number} bestaat niet.\n")


def test_the_versions_are_listed_newest_first_with_their_state(run: Run, regions: None) -> None:
    for name in ("vsv.csv", "leerlingen-vo.csv", "huishoudens.csv"):
        run("load", SAMPLES / name)
    run("publish", "1", "--accept", "verzonnen")
    run("publish", "2", "--accept", "verzonnen")

    code, output, _ = run("versions")

    lines = [re.split(r"  +", line.strip()) for line in output.splitlines()]
    assert code == 0
    assert [(line[0], line[1], line[-1]) for line in lines] == [
        ("3", "klaargezet", "huishoudens.csv"),
        ("2", "zichtbaar", "leerlingen-vo.csv"),
        ("1", "eerder zichtbaar", "vsv.csv"),
    ]


def test_without_versions_the_list_is_empty(run: Run) -> None:
    assert run("versions") == (0, "", "")


def test_starter_figures_without_their_files_are_refused(run: Run, tmp_path: Path) -> None:
    code, _, errors = run("starter", tmp_path)

    assert code == 1
    assert "codes-RegioS.json kan niet worden gelezen" in errors


def test_an_installation_without_tables_is_told_what_to_do(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'leeg.sqlite'}")

    code, _, errors = run("load", SAMPLES / "vsv.csv")

    assert code == 1
    assert "python -m app setup" in errors
