"""Our own form: it explains itself, comes back as it was filled in, and refuses what cannot be."""

import pytest

from app.errors import LoadRefused
from app.indicators import CellStatus, Indicator, PeriodStatus
from loaders.catalogue import load_catalogue
from loaders.files import Bundle
from loaders.profiles import find_profile
from loaders.template import COLUMNS, reading
from loaders.template.reading import read_form, read_form_chunks
from loaders.template.writing import csv_form, xlsx_form
from tests.samples.dialects import SAMPLES, workbook
from tests.samples.world import REFERENCE, bounds, cell

CATALOGUE = load_catalogue()
ONE_OF_EACH = list({(each.unit, each.period_kind): each for each in CATALOGUE}.values())
"""One indicator for every unit and kind of period."""
HEADER = ";".join(COLUMNS)


def _form(*rows: str) -> Bundle:
    return Bundle("f.csv", {"f.csv": "\n".join([HEADER, *rows]).encode()})


def _problems(*rows: str) -> list[str]:
    with pytest.raises(LoadRefused) as caught:
        read_form(_form(*rows), REFERENCE)
    return [str(problem).removeprefix("[stop] f.csv, ") for problem in caught.value.problems]


@pytest.mark.parametrize("indicator", ONE_OF_EACH, ids=lambda indicator: indicator.id)
def test_every_form_is_recognised_and_is_empty_until_somebody_fills_it_in(indicator: Indicator) -> None:
    for name, content in (("f.csv", csv_form(indicator)), ("f.xlsx", xlsx_form(indicator))):
        bundle = Bundle(name, {name: content})

        assert find_profile(bundle).name == "eigen-formulier"
        with pytest.raises(LoadRefused, match="leeg formulier"):
            read_form(bundle, REFERENCE)


def test_the_form_explains_its_columns_and_categories() -> None:
    indicator = CATALOGUE.indicators["tlv-so-1000"]

    words = csv_form(indicator).decode("utf-8-sig")

    assert indicator.definition in words
    assert all(category.code in words for category in indicator.categories)


def test_a_form_is_the_same_file_every_time() -> None:
    indicator = CATALOGUE.indicators["tlv-so-1000"]

    assert xlsx_form(indicator) == xlsx_form(indicator)


def test_a_filled_in_form_becomes_figures() -> None:
    tidy = read_form(SAMPLES["eigen-formulier"], REFERENCE)

    found = cell(tidy, "tlv-so-1000", "2023/24", "PO9001")
    assert (bounds(found), found["denominator_low"], found["source_row"]) == ((12, 12), 4000, 3)
    assert cell(tidy, "tlv-so-1000", "2023/24", "PO9002")["status"] == CellStatus.HIDDEN
    assert tidy.statuses == {("tlv-so-1000", "2023/24"): PeriodStatus.PROVISIONAL}


def test_a_form_in_a_workbook_says_the_same() -> None:
    rows: list[list[object]] = [
        list(COLUMNS),
        ["tlv-so-1000", "PO9001", "2023/24", "totaal", 12, 4000.5, None, None, None],
    ]

    tidy = read_form(Bundle("f.xlsx", {"f.xlsx": workbook(("Cijfers", rows))}), REFERENCE)

    assert cell(tidy, "tlv-so-1000", "2023/24", "PO9001")["denominator_low"] == 4000.5


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("zzz;PO9001;2023/24;;1;2;;;", "rij 2, kolom indicator: 'zzz' staat niet in de catalogus."),
        ("tlv-so-1000;PO1234;2023/24;;1;2;;;", "rij 2, kolom regio: regio 'PO1234' is onbekend"),
        ("tlv-so-1000;2023;2023/24;;1;2;;;", "rij 2, kolom regio: regio '2023' is onbekend"),
        ("tlv-so-1000;GM9001;2023/24;;1;2;;;", "bestaat niet voor Duinstad (gemeente)."),
        ("ll-bao;GM9003;2020;;5;;;;", "Oud Zand (GM9003) bestond niet op 1 januari 2020."),
        ("tlv-so-1000;PO9001;2023-H1;;1;2;;;", "rij 2, kolom periode: '2023-H1' kan hier niet staan."),
        ("tlv-so-1000;PO9001;2023/24;leeftijd:4;1;2;;;", "rij 2, kolom uitsplitsing: 'leeftijd:4'"),
        ("tlv-so-1000;PO9001;2023/24;;1;2;;misschien;", "rij 2, kolom status: 'misschien'"),
        ("tlv-so-1000;PO9001;2023/24;;=1+1;2;;;", "rij 2, kolom teller: '=1+1' is een formule."),
        ("tlv-so-1000;PO9001;2023/24;;1.000;2000;;;", "rij 2, kolom teller: '1.000' is geen getal."),
        ("tlv-so-1000;PO9001;2023/24;;-1;2;;;", "rij 2, kolom teller: een aantal kan niet negatief zijn."),
        ("tlv-so-1000;PO9001;2023/24;;1;0;;;", "rij 2, kolom noemer: de noemer moet meer zijn dan 0."),
        ("tlv-so-1000;PO9001;2023/24;;1;;;;", "rij 2, kolom noemer: bij een teller hoort een noemer."),
        ("tlv-so-1000;PO9001;2023/24;;;;;;", "rij 2, kolom waarde: hier staat geen cijfer"),
        ("tlv-so-1000;PO9001;2023/24;;1;1000;5;;", "rij 2, kolom waarde: de waarde is niet teller gedeeld"),
        ("tlv-so-1000;PO9001;2023/24;;1;1000;;verborgen;", "bij deze status hoort geen getal."),
        ("deel-sbo-pct;GM9001;2020;;;;110;;", "rij 2, kolom waarde: een cijfer in % ligt van 0 tot 100."),
        ("deel-sbo-pct;GM9001;2020;;11;10;;;", "rij 2, kolom teller: de teller is meer dan de noemer."),
        ("ll-bao;GM9001;2020;;5,5;;;;", "rij 2, kolom teller: dit moet een heel getal zijn."),
        ("ll-bao;GM9001;2020;;5;10;;;", "rij 2, kolom noemer: deze indicator heeft geen noemer."),
    ],
)
def test_what_cannot_be_is_refused_with_row_and_column(row: str, sentence: str) -> None:
    assert any(sentence in problem for problem in _problems(row))


def test_a_figure_that_stands_in_the_form_twice_is_refused() -> None:
    row = "ll-bao;GM9001;2020;totaal;5;;;;"

    assert _problems(row, "ll-bao;GM9002;2020;totaal;5;;;;", row) == [
        "rij 4: dit cijfer staat al eerder in het formulier."
    ]


def test_a_long_form_comes_in_pieces_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"bev-tot;{code};{year};;{year}0;;;;" for year in (2019, 2020) for code in ("GM9001", "GM9002")]
    whole = read_form(_form(*rows), REFERENCE).observations
    monkeypatch.setattr(reading, "LONG_FILE", 0)
    monkeypatch.setattr(reading, "CHUNK_ROWS", 3)

    pieces = list(read_form_chunks(_form(*rows), REFERENCE))

    assert [len(piece.observations) for piece in pieces] == [3, 1]
    assert read_form(_form(*rows), REFERENCE).observations.astype(object).equals(whole.astype(object))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("bev-tot;GM9002;2020;;veel;;;;", "rij 4, kolom teller: 'veel' is geen getal."),
        ("bev-tot;GM9002;2020;;1.234;;;;", "rij 4, kolom teller: '1.234' is geen getal."),
        ("bev-tot;GM9002;2020;;12", "rij 4: 5 cellen, maar er zijn 9 kolommen."),
        ("bev-tot;GM9001;2020;;12;;;;", "rij 4: dit cijfer staat al eerder in het formulier."),
    ],
)
def test_a_long_form_names_what_is_wrong_too(
    monkeypatch: pytest.MonkeyPatch, row: str, sentence: str
) -> None:
    monkeypatch.setattr(reading, "LONG_FILE", 0)
    monkeypatch.setattr(reading, "CHUNK_ROWS", 2)

    assert sentence in _problems("bev-tot;GM9001;2019;;1;;;;", "bev-tot;GM9001;2020;;1;;;;", row)
