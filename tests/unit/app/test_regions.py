"""Every notation that the files use leads to one canonical code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.regions import KIND_NAMES, RegionKind, canonical_code, is_code, kind_of


@pytest.mark.parametrize(
    ("notation", "code"),
    [
        ("NL01", "NL01"),
        ("NL00      ", "NL01"),
        ("PV27", "PV27"),
        ("PV31  ", "PV31"),
        ("363", "GM0363"),
        ("0363", "GM0363"),
        ("3", "GM0003"),
        ("GM0363", "GM0363"),
        ("GM1680    ", "GM1680"),
        (" gm0034 ", "GM0034"),
        ("PO2707", "PO2707"),
        ("PO-27-07", "PO2707"),
        ("PO 27 07", "PO2707"),
        ("VO-27-08", "VO2708"),
        ("VO0001", "VO0001"),
    ],
)
def test_a_notation_of_the_files_has_a_canonical_code(notation: str, code: str) -> None:
    assert canonical_code(notation) == code
    assert is_code(code)


@pytest.mark.parametrize(
    "notation",
    [
        *("", " ", "0", "0000", "9999", "GM9999", "12345", "GM12345", "-1", "3.5", "GM-0363"),
        *("NL02", "NL98", "PV19", "PV32", "LD01", "PO270", "PO27078", "PO_27_07"),
        *("Amsterdam", "Europoort", "*", "null"),
    ],
)
def test_what_is_no_region_has_no_code(notation: str) -> None:
    assert canonical_code(notation) is None


@pytest.mark.parametrize(
    "text", ["", "nl01", "NL00", "363", "GM363", "GM0363 ", " GM0363", "GM0363\n", "PV19", "PO-27-07", "*"]
)
def test_only_the_canonical_writing_is_a_code(text: str) -> None:
    assert not is_code(text)


@settings(deadline=None)
@given(st.text(max_size=12))
def test_whatever_has_a_code_has_a_canonical_one(notation: str) -> None:
    code = canonical_code(notation)

    assert code is None or is_code(code)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("NL01", RegionKind.COUNTRY),
        ("PV27", RegionKind.PROVINCE),
        ("GM0363", RegionKind.GEMEENTE),
        ("PO2707", RegionKind.SWV_PO),
        ("VO2708", RegionKind.SWV_VO),
        ("CR05", RegionKind.COROP),
        ("JR42", RegionKind.YOUTH_REGION),
        ("RM01", RegionKind.RMC),
        ("RG01", RegionKind.TAKING_PART),
    ],
)
def test_a_code_tells_its_kind(code: str, kind: RegionKind) -> None:
    assert is_code(code)
    assert kind_of(code) is kind


def test_every_kind_has_a_name_for_one_and_for_many() -> None:
    assert set(KIND_NAMES) == set(RegionKind)
    assert len({one for one, _ in KIND_NAMES.values()}) == len(RegionKind)
