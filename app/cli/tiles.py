"""`tiles`: the layout of the maps of equal tiles, computed anew from outlines of gemeenten.

The loaders are imported where they are used: they bring pandas, which no other command should wait for.
"""

import argparse
from pathlib import Path
from typing import Any


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("tiles", help="de plaats van elke tegel op de tegelkaarten berekenen")
    parser.add_argument("file", type=Path, metavar="BESTAND", help="omtrekken van gemeenten (GeoJSON)")
    parser.set_defaults(run=_tiles)


def _tiles(options: argparse.Namespace) -> int:
    from loaders.tiles.build import build_tiles

    for kind, count in build_tiles(options.file).items():
        print(f"{kind}: {count} tegels")
    return 0
