"""The form of one region: what is handed out, and what may come back."""

from datetime import date
from pathlib import Path

import pytest

from app.errors import LoadRefused
from app.indicators import TOTAL
from app.own_figures import CellKey
from app.regions import RegionKind
from loaders.catalogue import load_catalogue
from loaders.own_figures import own_indicators, reading
from loaders.own_figures.offer import Offer
from loaders.own_figures.reading import read_offer
from loaders.reference import Reference
from loaders.regions import AreaRow
from loaders.sandbox.parsing import read_here
from loaders.template import COLUMNS
from loaders.template.regional import region_csv, region_xlsx

CATALOGUE = load_catalogue()
INDICATORS = own_indicators(CATALOGUE, RegionKind.SWV_PO)
AREAS = tuple(
    AreaRow(code, RegionKind.SWV_PO, f"Regio {code}", None, None, None) for code in ("PO9001", "PO9002")
)
REFERENCE = Reference(AREAS, {}, {}, (), only_region="PO9001")
HEADER = ";".join(COLUMNS)
TODAY = date(2026, 3, 1)


def _read(folder: Path, content: bytes, name: str = "f.csv") -> Offer:
    path = folder / name
    path.write_bytes(content)
    return read_offer(path, REFERENCE, CATALOGUE, today=TODAY, read=read_here)


def _refused(folder: Path, *rows: str) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(LoadRefused) as caught:
        _read(folder, "\n".join([HEADER, *rows]).encode())
    return [(each.row, each.column, each.sentence) for each in caught.value.problems]  # type: ignore[attr-defined]


def test_only_indicators_that_the_kind_of_region_may_fill_are_asked() -> None:
    words = region_csv("PO9001", "Regio", INDICATORS).decode("utf-8-sig")

    assert "tlv-so-1000;PO9001;;totaal;" in words
    assert "tlv-vso-1000" not in words
    assert "ll-bao" not in words


@pytest.mark.parametrize("name", ["f.csv", "f.xlsx"])
def test_an_empty_form_is_recognised_and_holds_no_figure(tmp_path: Path, name: str) -> None:
    make = region_csv if name == "f.csv" else region_xlsx

    with pytest.raises(LoadRefused) as caught:
        _read(tmp_path, make("PO9001", 'Regio; "<b>", =1', INDICATORS), name)

    assert [each.sentence for each in caught.value.problems] == [  # type: ignore[attr-defined]
        "Er staat geen enkel cijfer in het formulier."
    ]


def test_a_row_that_is_filled_in_becomes_a_figure(tmp_path: Path) -> None:
    form = region_csv("PO9001", "Regio", INDICATORS) + b"tlv-so-1000;PO9001;2024/25;;12;4000;;voorlopig;x\r\n"

    offer = _read(tmp_path, form)

    (cell,) = offer.cells
    assert cell.key == CellKey("tlv-so-1000", "2024/25", TOTAL)
    assert (cell.numerator, cell.denominator, cell.value, cell.period_status) == (12, 4000, None, "voorlopig")
    assert offer.warnings == ()


def test_another_region_and_every_other_fault_are_told_together(tmp_path: Path) -> None:
    found = _refused(
        tmp_path,
        "tlv-so-1000;PO9002;2024/25;;12;4000;;;",
        "ll-bao;PO9001;2024;;12;;;;",
        "tlv-so-1000;PO9001;2023/24;;12;;;;",
        "tlv-sbo-1000;PO9001;2098/99;;12;4000;;;",
        "tlv-sbo-1000;PO9001;2023/24;;x;4000;;;",
    )

    assert found == [
        (2, "regio", "PO9002 is een andere regio; hier kunnen alleen cijfers van PO9001 staan."),
        (3, "indicator", "'ll-bao' is geen eigen cijfer: het komt uit een landelijke bron."),
        (4, "noemer", "bij een teller hoort een noemer."),
        (5, "periode", "'2098/99' ligt in de toekomst."),
        (6, "teller", "'x' is geen getal."),
    ]


def test_an_unusual_value_is_told_and_stored(tmp_path: Path) -> None:
    offer = _read(tmp_path, f"{HEADER}\ntlv-so-1000;PO9001;2024/25;;900;4000;;;".encode())

    assert len(offer.cells) == 1
    assert [(each.row, each.sentence) for each in offer.warnings] == [
        (2, "225 ligt buiten de gewone waarden van 1,5 tot 24 (een schatting van ons).")
    ]


def test_a_figure_that_stands_twice_is_refused(tmp_path: Path) -> None:
    same = "tlv-so-1000;PO9001;2024/25;;12;4000;;;"

    assert (3, None, "dit cijfer staat al eerder in het formulier.") in _refused(tmp_path, same, same)


def test_more_figures_than_a_person_fills_in_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_FIGURES", 2)
    rows = [f"tlv-so-1000;PO9001;20{year}/{year + 1};;12;4000;;;" for year in (21, 22, 23)]

    sentence = "Het formulier heeft 3 cijfers; hoogstens 2 kunnen in één keer."
    assert _refused(tmp_path, *rows) == [(None, None, sentence)]


def test_reading_for_no_region_is_a_mistake_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one region"):
        read_offer(tmp_path, Reference(AREAS, {}, {}, ()), CATALOGUE, today=TODAY)
