"""Kinds of region and their codes: pure."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

COUNTRY = "NL01"


class RegionKind(StrEnum):
    """What sort of area a region is; figures are compared within one kind only."""

    COUNTRY = "land"
    PROVINCE = "provincie"
    GEMEENTE = "gemeente"
    SWV_PO = "swv_po"
    SWV_VO = "swv_vo"
    YOUTH_REGION = "jeugdregio"
    RMC = "rmc"
    COROP = "corop"
    TAKING_PART = "deelnemende_regio"


SWVS = (RegionKind.SWV_PO, RegionKind.SWV_VO)

OWN_FIGURE_KINDS = (RegionKind.GEMEENTE, *SWVS)
"""They keep registers of their own, and can bring figures that no national file has."""

KIND_NAMES = {
    RegionKind.COUNTRY: ("Nederland", "Nederland"),
    RegionKind.PROVINCE: ("provincie", "provincies"),
    RegionKind.GEMEENTE: ("gemeente", "gemeenten"),
    RegionKind.SWV_PO: ("samenwerkingsverband primair onderwijs", "samenwerkingsverbanden primair onderwijs"),
    RegionKind.SWV_VO: (
        "samenwerkingsverband voortgezet onderwijs",
        "samenwerkingsverbanden voortgezet onderwijs",
    ),
    RegionKind.YOUTH_REGION: ("jeugdregio", "jeugdregio’s"),
    RegionKind.RMC: ("doorstroompuntregio (rmc)", "doorstroompuntregio’s (rmc)"),
    RegionKind.COROP: ("COROP-gebied", "COROP-gebieden"),
    RegionKind.TAKING_PART: ("deelnemende regio", "deelnemende regio’s"),
}


@dataclass(frozen=True, slots=True)
class RegionName:
    """A region as a page speaks of it."""

    code: str
    kind: RegionKind
    name: str
    is_national: bool = False
    valid_to: date | None = None


NETHERLANDS = RegionName(COUNTRY, RegionKind.COUNTRY, "Nederland")


@dataclass(frozen=True, slots=True)
class Succession:
    """A gemeente that went, wholly or partly, into another."""

    old: RegionName
    new: RegionName
    happened_on: date
    share: float


NATIONAL_SWVS = frozenset({"PO0001", "VO0001"})
"""SWVs of one denomination that cover the whole country: no area, no gemeenten, no place in a ranking."""

_CANONICAL = re.compile(r"(NL01|PV(2\d|3[01])|GM\d{4}|(PO|VO)\d{4}|(CR|JR|RM|RG)\d{2})")
_SWV = re.compile(r"(PO|VO)[- ]?(\d{2})[- ]?(\d{2})")
_GEMEENTE = re.compile(r"(?:GM)?(\d{1,4})")
_COUNTRY = re.compile(r"NL0[01]")
_PROVINCE = re.compile(r"PV(?:2\d|3[01])")


def is_code(text: str) -> bool:
    """Whether `text` is written exactly as a canonical region code."""
    return _CANONICAL.fullmatch(text) is not None


def canonical_code(notation: str) -> str | None:
    """The canonical code behind any notation of the files, or None.

    `PO-27-07`, `PO 27 07` → `PO2707`; `363`, `0363`, ` GM0363   ` → `GM0363`; `NL00` → `NL01`. Names, and
    DUO's 9999 (ONBEKEND), have no code: None.
    """
    text = notation.strip().upper()
    if match := _SWV.fullmatch(text):
        return "".join(match.groups())
    if _COUNTRY.fullmatch(text):
        return COUNTRY
    if _PROVINCE.fullmatch(text):
        return text
    if match := _GEMEENTE.fullmatch(text):
        number = match.group(1).zfill(4)
        return None if number in {"0000", "9999"} else f"GM{number}"
    return None


def kind_of(code: str) -> RegionKind:
    """The kind that a canonical code tells by its first two letters."""
    return {
        "NL": RegionKind.COUNTRY,
        "PV": RegionKind.PROVINCE,
        "GM": RegionKind.GEMEENTE,
        "PO": RegionKind.SWV_PO,
        "VO": RegionKind.SWV_VO,
        "CR": RegionKind.COROP,
        "JR": RegionKind.YOUTH_REGION,
        "RM": RegionKind.RMC,
        "RG": RegionKind.TAKING_PART,
    }[code[:2]]
