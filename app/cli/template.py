"""`template`: the form for figures that no national file has.

The loaders are imported where they are used: they bring pandas, which no other command should wait for.
"""

import argparse
from pathlib import Path
from typing import Any

from app.errors import LoadRefused


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("template", help="een invulformulier voor eigen cijfers maken")
    parser.add_argument("indicator", metavar="INDICATOR", help="de code uit de catalogus, zoals tlv-so-1000")
    parser.add_argument("file", type=Path, metavar="BESTAND", help="het nieuwe bestand")
    parser.add_argument("--xlsx", action="store_true", help="een werkmap in plaats van csv")
    parser.set_defaults(run=_template)


def _template(options: argparse.Namespace) -> int:
    from loaders.catalogue import load_catalogue
    from loaders.template.writing import csv_form, xlsx_form

    indicator = load_catalogue().get(options.indicator)
    if indicator is None:
        raise LoadRefused(f"De catalogus kent geen indicator {options.indicator!r}.")
    if options.file.exists():
        raise LoadRefused(f"{options.file.name} bestaat al; kies een andere naam.")
    make = xlsx_form if options.xlsx else csv_form
    options.file.write_bytes(make(indicator))
    print(
        f"{options.file.name} is gemaakt: {indicator.label}. Vul het in en laad het met: python -m app load"
    )
    return 0
