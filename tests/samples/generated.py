"""A larger invented world, for what needs a load of some seconds: every figure in it is made up here."""

import json
from pathlib import Path
from typing import Any

GEMEENTEN = range(2001, 2601)
YEARS = range(2011, 2026)
KINDS = ("BO", "SBO", "SO", "VSO", "SO/VSO")


def write_large_files(folder: Path) -> list[Path]:
    """Write region files and, as the last one, pupils per site, in loading order."""
    return [
        _write(folder, "codes.json", json.dumps({"@odata.context": "#RegioSCodes", "value": _codes()})),
        _write(folder, "regeling.md", _regulation()),
        _write(folder, "punten.json", json.dumps({"type": "FeatureCollection", "features": _points()})),
        _write(folder, "historie.csv", "\n".join(_history()) + "\n"),
    ]


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _codes() -> list[dict[str, Any]]:
    country = {"Identifier": "NL01", "Title": "Nederland", "Description": "", "DimensionGroupId": "NL"}
    gemeenten = [
        {
            "Identifier": f"GM{number}",
            "Title": f"Plaats {number}",
            "Description": "",
            "DimensionGroupId": "GMPV20",
        }
        for number in GEMEENTEN
    ]
    return [country, *gemeenten]


def _regulation() -> str:
    rows = [
        f"| {pc4} | Plaats {number} | PO{2001 + number % 70} | VO{2001 + number % 70} |"
        for number in GEMEENTEN
        for pc4 in (number, number + 1000)
    ]
    # The postcode 3001 stands in another SWV than the rest of its gemeente: one gemeente is split.
    rows = [row.replace("PO2042", "PO2001") if row.startswith("| 3001 ") else row for row in rows]
    title = "Regeling regio-indeling samenwerkingsverbanden passend onderwijs PO en VO (verzonnen)"
    return "\n".join([title, *rows]) + "\n"


def _points() -> list[dict[str, Any]]:
    return [
        {
            "properties": {
                "type": "basisschool",
                "postcode": f"{number}AB",
                "gemeente": f"Plaats {number}",
                "vestigingscode": f"{number}00",
                "leerlingen": 100,
            }
        }
        for number in GEMEENTEN
    ]


def _history() -> list[str]:
    header = "VESTIGINGSCODE;SOORT_VESTIGING;GEMEENTECODE_VESTIGING;"
    lines = [header + ";".join(f"LEERLINGEN_{year}" for year in YEARS)]
    for number in GEMEENTEN:
        for position, kind in enumerate(KINDS):
            counts = ";".join(str(number % 90 + year % 7) for year in YEARS)
            lines.append(f"{number}{position:02};{kind};{number};{counts}")
    return lines
