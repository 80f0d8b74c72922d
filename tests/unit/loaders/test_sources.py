"""Sources are configuration: ours, with the admin's own file over them; faults are said with their place."""

from pathlib import Path

import pytest

from app.errors import StartUpError
from loaders.sources import Kind, Source, load_sources

ENTRY = """
[[source]]
name = "eigen"
title = "Eigen bestand"
publisher = "Regio"
kind = "file"
"""


def _load(tmp_path: Path, text: str) -> Source:
    path = tmp_path / "bronnen.toml"
    path.write_text(text, encoding="utf-8")
    return load_sources(path)["eigen"]


def test_our_own_sources_name_the_tables_of_cbs_and_the_files_of_duo() -> None:
    sources = load_sources()

    tables = {source.table for source in sources.values()}
    wanted = {"03759ned", "85098NED", "84134NED", "85099NED", "85097NED", "70072ned", "71486NED", "85678NED"}
    assert wanted | {"84780NED", "71478ned", "85380NED"} <= tables
    assert sources["duo-historie-po"].addresses == ()
    assert all(source.schedule for source in sources.values())


def test_cbs_is_asked_by_v4_first_and_by_v3_if_that_is_gone() -> None:
    source = load_sources()["jeugdzorg-kerncijfers"]

    assert source.addresses == (
        "https://datasets.cbs.nl/odata/v1/CBS",
        "https://opendata.cbs.nl/ODataApi/OData",
    )


def test_the_table_of_a_hundred_million_figures_is_never_asked_whole() -> None:
    assert set(load_sources()["bevolking"].keep) == {
        "Geslacht",
        "Leeftijd",
        "BurgerlijkeStaat",
        "RegioS",
        "Perioden",
    }


def test_the_admin_fills_an_address_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "bronnen.toml"
    path.write_text(
        '[[source]]\nname = "duo-vsv-swv"\naddress = "https://duo.nl/vsv.csv"\n', encoding="utf-8"
    )

    source = load_sources(path)["duo-vsv-swv"]

    assert source.addresses == ("https://duo.nl/vsv.csv",)
    assert (source.publisher, source.kind) == ("DUO", Kind.FILE)


def test_the_admin_adds_a_source(tmp_path: Path) -> None:
    assert _load(tmp_path, ENTRY + 'address = "https://regio.nl/x.csv"').title == "Eigen bestand"


def test_another_title_is_the_same_question_but_another_filter_is_not(tmp_path: Path) -> None:
    first = _load(tmp_path, ENTRY)
    same = _load(tmp_path, ENTRY.replace("Eigen bestand", "Ons bestand"))
    other = _load(tmp_path, ENTRY + 'keep = { RegioS = ["GM*"] }')

    assert first.definition == same.definition
    assert first.definition != other.definition


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ("katten = 1", "onbekend: katten"),
        ('title = ""', "er ontbreekt title"),
        ("measures = 3", "verkeerd soort waarde: measures"),
        ("keep = 3", "verkeerd soort waarde: keep"),
        ("keep = { RegioS = 3 }", "lijsten van teksten"),
        ("hosts = [3]", "lijsten van teksten"),
        ("keep = { RegioS = [] }", "keep.RegioS is geen lijst van codes"),
        ('keep = { RegioS = ["GM\' or 1 eq 1"] }', "keep.RegioS is geen lijst van codes"),
        ('keep = { "a b" = ["GM*"] }', "keep.a b is geen lijst van codes"),
        ('kind = "ftp"', "kind is een van"),
        ('kind = "cbs-odata"', "table is het nummer"),
        ('file_name = "../x.csv"', "bestandsnaam zonder map"),
        ('address = "bestand.csv"', "geen webadres"),
        ('address = "file:///etc/passwd"', "geen webadres"),
        ('address = "http://duo.nl/x.csv"', "https://"),
        ('address = "https://169.254.169.254/x"', "https://"),
        ('address = "https://localhost/x"', "https://"),
        ('address = "https://naam:geheim@duo.nl/x"', "naam of wachtwoord"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_file_and_name(tmp_path: Path, extra: str, reason: str) -> None:
    key = extra.partition(" =")[0]
    kept = "\n".join(line for line in ENTRY.splitlines() if not line.startswith(f"{key} ="))

    with pytest.raises(StartUpError) as refusal:
        _load(tmp_path, f"{kept}\n{extra}\n")

    assert str(refusal.value).startswith("bronnen.toml: bron 'eigen': ")
    assert reason in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[source", "niet te lezen"),
        ("kat = 1", "alleen"),
        ("source = 3", "alleen"),
        ("defaults = 3", "alleen"),
        ("[[source]]\ntitle = 'x'", "heeft een naam nodig"),
        (ENTRY.replace('"eigen"', '"Eigen Bron"'), "kleine letters"),
    ],
)
def test_a_file_that_is_no_list_of_sources_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(StartUpError, match=reason):
        _load(tmp_path, text)


def test_an_absent_file_of_the_admin_is_said(tmp_path: Path) -> None:
    with pytest.raises(StartUpError, match="geen\\.toml: dit bestand met bronnen is niet te lezen"):
        load_sources(tmp_path / "geen.toml")


def test_a_name_twice_in_our_own_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(ENTRY, encoding="utf-8")

    with pytest.raises(StartUpError, match="staat er twee keer in"):
        load_sources(folder=tmp_path)


def test_addresses_of_the_own_network_are_for_those_who_say_so(tmp_path: Path) -> None:
    source = _load(tmp_path, ENTRY + 'address = "http://127.0.0.1:8000/x.csv"\nlocal = true')

    assert source.is_local
