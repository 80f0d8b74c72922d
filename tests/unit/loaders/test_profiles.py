"""Each kind of file is recognised from its content by exactly one profile."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import LoadRefused
from loaders.files import Bundle, read_path
from loaders.profiles import PROFILES, Need, Profile, check_needs, find_profile
from tests.samples.dialects import SAMPLES
from tests.samples.world import FIGURE_FILES, REFERENCE, REGION_FILES, bundle

PROFILE_OF = {
    "codes-RegioS.json": "cbs-regiocodes",
    "regeling.md": "regeling-swv",
    "adressen-po.csv": "duo-adressen-po",
    "adressen-vo.csv": "duo-adressen-vo",
    "scholen.geo.zip": "scholen-geo",
    "historie-po.csv": "duo-historie-po",
    "leerlingen-vo.csv": "duo-leerlingen-vo",
    "vsv.csv": "duo-vsv-swv",
    "jeugdzorg-pct.csv": "cbs-jeugdzorg-kerncijfers",
    "jeugdzorg-natura.csv": "cbs-jeugdzorg-natura",
    "huishoudens.csv": "cbs-huishoudens",
    "kerncijfers-leeftijd.csv": "cbs-kerncijfers-leeftijd",
    "bevolking-v4": "cbs-bevolking-v4",
    "laag-inkomen-v4": "cbs-laag-inkomen-v4",
}


@pytest.mark.parametrize(("name", "profile"), PROFILE_OF.items())
def test_each_sample_fits_exactly_one_profile(name: str, profile: str) -> None:
    sample = bundle(name)

    assert [found.name for found in PROFILES if found.recognise(sample)] == [profile]
    assert find_profile(sample).name == profile


def test_there_is_a_sample_for_every_profile() -> None:
    assert {profile.name for profile in PROFILES} == {*PROFILE_OF.values(), *SAMPLES}
    assert set(PROFILE_OF) == {*REGION_FILES, *FIGURE_FILES}


def test_a_file_is_recognised_whatever_its_name() -> None:
    sample = bundle("vsv.csv")

    assert find_profile(replace(sample, name="iets-anders.txt")).name == "duo-vsv-swv"


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_profile_either_makes_figures_or_stores_region_facts(profile: Profile) -> None:
    assert (profile.read is None) != (profile.parse is None)


def test_an_unknown_table_is_refused_with_its_columns() -> None:
    sample = Bundle("boodschappen.csv", {"boodschappen.csv": b"artikel;prijs\nmelk;1\n"})

    with pytest.raises(LoadRefused, match=r"boodschappen\.csv lijkt op geen.* Gevonden: artikel, prijs\."):
        find_profile(sample)


def test_an_unknown_folder_is_refused_with_its_files() -> None:
    with pytest.raises(LoadRefused, match=r"map lijkt op geen.* Gevonden: a\.csv, b\.csv\."):
        find_profile(Bundle("map", {"b.csv": b"1", "a.csv": b"2"}))


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n", b"<html></html>", b"{}", b"a;a\n1;2"]
)
def test_what_is_no_table_at_all_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vreemd.bin"
    path.write_bytes(content)

    with pytest.raises(LoadRefused, match="lijkt op geen"):
        find_profile(read_path(path))


def test_of_a_file_that_fits_two_profiles_a_person_chooses_one() -> None:
    vsv, ages = (bundle(name).table.columns for name in ("vsv.csv", "kerncijfers-leeftijd.csv"))
    content = ";".join([*vsv, *ages]).encode() + b"\n"

    bundle_of_two = Bundle("x.csv", {"x.csv": content})

    with pytest.raises(LoadRefused, match=r"meer dan één soort.*duo-vsv-swv .*cbs-kerncijfers-leeftijd "):
        find_profile(bundle_of_two)
    assert find_profile(bundle_of_two, "duo-vsv-swv").name == "duo-vsv-swv"
    with pytest.raises(LoadRefused, match="geen bestand van de soort 'duo-historie-po'"):
        find_profile(bundle_of_two, "duo-historie-po")


def test_everything_that_must_be_loaded_first_is_named() -> None:
    history = find_profile(bundle("historie-po.csv"))
    empty = replace(REFERENCE, areas=(), swv_of_postcode={}, postcode_of_site={}, shares=())

    with pytest.raises(LoadRefused) as caught:
        check_needs(history, empty)

    assert all(need in str(caught.value) for need in Need)


def test_weights_by_number_of_postcodes_are_not_enough() -> None:
    history = find_profile(bundle("historie-po.csv"))
    by_postcodes = tuple(replace(share, weight_name="Aantal postcodegebieden") for share in REFERENCE.shares)

    with pytest.raises(LoadRefused, match=Need.WEIGHTS):
        check_needs(history, replace(REFERENCE, shares=by_postcodes))


def test_what_is_there_is_not_asked_for() -> None:
    for profile in PROFILES:
        check_needs(profile, REFERENCE)
