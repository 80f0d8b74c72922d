"""`sources`: what every publisher's file below a folder becomes, as the table of docs/sources.md.

The loaders are imported where they are used: they bring pandas, which no other command should wait for.
"""

import argparse
from pathlib import Path
from typing import Any

from app.errors import LoadRefused


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("sources", help="tonen wat er van een map met bronbestanden wordt")
    parser.add_argument("folder", type=Path, metavar="MAP")
    parser.add_argument(
        "--write",
        type=Path,
        metavar="DOCUMENT",
        help="de tabel in dit document vervangen, zoals docs/sources.md",
    )
    parser.set_defaults(run=_sources)


def _sources(options: argparse.Namespace) -> int:
    from loaders.inventory import as_markdown, replace_made_part, take_inventory

    text = _read(options.write) if options.write else ""
    if text:
        replace_made_part(text, "")  # what cannot be written is said before the long work
    made = as_markdown(take_inventory(options.folder))
    if not options.write:
        print(made, end="")
        return 0
    options.write.write_text(replace_made_part(text, made), encoding="utf-8")
    print(f"{options.write.name} is bijgewerkt.")
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LoadRefused(f"{path.name} kan niet worden gelezen.") from error
