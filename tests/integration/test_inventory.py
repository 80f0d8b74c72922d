"""`python -m app sources`: what every file of a folder becomes, loaded apart from the installation."""

import shutil
from pathlib import Path

import pytest

from app.cli import main
from app.config import ROOT
from app.errors import LoadRefused
from loaders.inventory import BEGIN, END, Entry, as_markdown, replace_made_part, take_inventory
from loaders.profiles import PROFILES
from tests.samples.world import FIGURE_FILES, REGION_FILES, SAMPLES

SOURCE = ROOT.parent / "shared" / "data"
DOCUMENT = ROOT / "docs" / "sources.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, region files in a folder that sorts last, and a file that is nothing."""
    place = tmp_path_factory.mktemp("bronnen")
    (place / "z-regio").mkdir(parents=True)
    for name in REGION_FILES:
        shutil.copy(SAMPLES / name, place / "z-regio")
    for name in FIGURE_FILES:
        copy = shutil.copytree if (SAMPLES / name).is_dir() else shutil.copy
        copy(SAMPLES / name, place / name)
    (place / "a-lees-mij.txt").write_text("Dit is | geen tabel.\n", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def entries(folder: Path) -> dict[str, Entry]:
    """path → what became of it; taken once, for it takes a process per file."""
    return {entry.path: entry for entry in take_inventory(folder)}


def test_every_file_loads_in_whatever_order_it_lies_there(entries: dict[str, Entry]) -> None:
    refused = {path for path, entry in entries.items() if entry.refusal}
    assert refused == {"a-lees-mij.txt"}
    with_figures = {path.rstrip("/") for path, entry in entries.items() if entry.figures}
    assert with_figures == set(FIGURE_FILES)


def test_cells_are_counted_by_what_is_known_of_them(entries: dict[str, Entry]) -> None:
    found = entries["historie-po.csv"].figures

    assert found is not None
    assert found.indicators == ("deel-sbo-pct", "ll-bao", "ll-sbo", "ll-so", "ll-so-vso", "ll-vso")
    assert found.periods == ("2011", "2024", "2025")
    assert found.observations == 132
    assert 0 < found.hidden < found.observations
    assert found.missing == 0


def test_without_the_region_files_what_needs_them_is_refused_with_their_names(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "vsv.csv", tmp_path)
    shutil.copy(SAMPLES / "codes-RegioS.json", tmp_path)

    entries = {entry.path: entry for entry in take_inventory(tmp_path)}

    assert "Laad eerst de regeling met de postcodes" in entries["vsv.csv"].refusal


def test_the_table_escapes_what_would_break_it() -> None:
    made = as_markdown([Entry("a|b.csv", None, refusal="Regel één |\nregel twee")])

    assert "| `a\\|b.csv` | – | Regel één \\| regel twee |" in made


def test_kinds_of_file_that_nobody_tried_are_named() -> None:
    made = as_markdown([])

    assert [profile.name for profile in PROFILES if f"- `{profile.name}`:" in made] == [
        profile.name for profile in PROFILES if not profile.tried
    ]


def test_only_the_made_part_of_the_document_is_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "bronnen"
    folder.mkdir()
    shutil.copy(SAMPLES / "codes-RegioS.json", folder)
    written = tmp_path / "bronnen.md"
    written.write_text(f"Voor.\n\n{BEGIN}\nvan eerder\n{END}\n\nNa.\n", encoding="utf-8")

    assert main(["sources", str(folder), "--write", str(written)]) == 0

    text = written.read_text(encoding="utf-8")
    assert text.startswith(f"Voor.\n\n{BEGIN}\n\n| file |")
    assert text.endswith(f"\n{END}\n\nNa.\n")
    assert "van eerder" not in text
    assert "bijgewerkt" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", BEGIN, f"{END}{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_document_without_one_made_part_is_left_alone(text: str) -> None:
    with pytest.raises(LoadRefused, match="precies één deel"):
        replace_made_part(text, "nieuw")


def test_a_folder_that_is_not_there_or_empty_is_refused(tmp_path: Path) -> None:
    for place, words in ((tmp_path / "weg", "geen map"), (tmp_path, "geen enkel bestand")):
        with pytest.raises(LoadRefused, match=words):
            take_inventory(place)


def test_the_document_has_one_made_part_and_names_no_machine() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert replace_made_part(text, "") != text
    assert all(f"`{profile.name}`" in text for profile in PROFILES if not profile.tried)


@pytest.mark.skipif(
    not SOURCE.is_dir(), reason="the publishers' files (../shared/data) are not on this machine"
)
def test_the_written_says_what_becomes_of_the_publishers_files() -> None:
    made = as_markdown(take_inventory(SOURCE))

    assert _figures(DOCUMENT.read_text(encoding="utf-8")) == _figures(made)


def _figures(text: str) -> list[list[str]]:
    """The rows of the first table without their last cell: warnings change with every sharper check."""
    lines = text[text.index("| file |") :].split("\n\n", maxsplit=1)[0].splitlines()
    return [line.split(" | ")[:-1] for line in lines]
