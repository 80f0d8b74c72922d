"""`load`, `publish`, `versions` and `starter`: figures from files to what officers see.

The loaders are imported where they are used: they bring pandas, which no other command should wait for.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.audit import COMMAND_LINE
from app.cli.common import open_database
from app.errors import LoadRefused

if TYPE_CHECKING:
    from loaders.ingest import LoadReport, VersionRow


def register(subparsers: Any) -> None:
    """Add the four commands."""
    load = subparsers.add_parser("load", help="een bestand inlezen als nieuwe versie, nog niet zichtbaar")
    load.add_argument("file", type=Path, metavar="BESTAND", help="bestand, map of zip van DUO of CBS")
    load.set_defaults(run=_load)
    switch = subparsers.add_parser(
        "publish", help="een versie zichtbaar maken, of naar een eerdere terugkeren"
    )
    switch.add_argument("version", type=int, metavar="VERSIE")
    switch.set_defaults(run=_publish)
    subparsers.add_parser("versions", help="alle versies, de nieuwste eerst").set_defaults(run=_versions)
    starter = subparsers.add_parser("starter", help="de begincijfers opnieuw berekenen uit bronbestanden")
    starter.add_argument("folder", type=Path, metavar="MAP")
    starter.set_defaults(run=_starter)


def _load(options: argparse.Namespace) -> int:
    from loaders.ingest import load_file

    with open_database() as db:
        try:
            report = load_file(db, options.file, by=COMMAND_LINE)
        except LoadRefused as refusal:
            print(f"Geweigerd, er is niets gewijzigd. {refusal}")
            _print_lines(refusal.problems)
            return 1
    _print_lines(report.problems)
    print(_summary(report))
    return 0


def _print_lines(lines: Iterable[object]) -> None:
    for line in lines:
        print(line)


def _summary(report: "LoadReport") -> str:
    if not report.is_new:
        version = f" als versie {report.version_id}" if report.version_id else ""
        return f"{report.file} is al eerder geladen{version}; er is niets gewijzigd."
    if report.version_id is None:
        return f"{report.file} is verwerkt ({report.profile}). Het geldt voor alles wat u hierna laadt."
    return (
        f"{report.file} staat klaar als versie {report.version_id}: {report.observations} cijfers "
        f"({report.profile}). Zichtbaar maken: python -m app publish {report.version_id}"
    )


def _publish(options: argparse.Namespace) -> int:
    from loaders.publication import publish

    with open_database() as db:
        publish(db, options.version, by=COMMAND_LINE)
    print(f"Versie {options.version} is nu zichtbaar.")
    return 0


def _versions(_options: argparse.Namespace) -> int:
    from loaders.ingest import list_versions

    with open_database() as db, db.session() as session:
        rows = list_versions(session)
    _print_lines(_line(row) for row in rows)
    return 0


def _line(row: "VersionRow") -> str:
    state = "zichtbaar" if row.is_current else "eerder zichtbaar" if row.published_at else "klaargezet"
    loaded = f"{row.created_at:%d-%m-%Y %H:%M}  {row.created_by:<14}"
    return f"{row.id:>4}  {state:<16}  {loaded}  {row.sha256[:12]}  {row.file}"


def _starter(options: argparse.Namespace) -> int:
    from loaders.starter import build_starter

    counts = build_starter(options.folder)
    _print_lines(f"{indicator}: {count} cijfers" for indicator, count in counts.items())
    return 0
