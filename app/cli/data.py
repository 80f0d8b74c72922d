"""`load`, `report`, `rejected`, `publish`, `versions`, `starter`: from files to what officers see.

The loaders are imported where they are used: they bring pandas, which no other command should wait for.
"""

import argparse
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.audit import COMMAND_LINE
from app.cli.common import open_database
from app.config import Settings
from app.db import Database
from app.errors import LoadRefused

if TYPE_CHECKING:
    from loaders.ingest import LoadReport
    from loaders.versions import VersionRow


def register(subparsers: Any) -> None:
    """Add the commands."""
    load = subparsers.add_parser("load", help="een bestand inlezen als nieuwe versie, nog niet zichtbaar")
    load.add_argument("file", type=Path, metavar="BESTAND", help="bestand, map of zip van DUO of CBS")
    load.add_argument("--profile", metavar="SOORT", help="de soort bestand, als er meer dan één past")
    load.add_argument(
        "--allow-older", action="store_true", help="voorlopige cijfers mogen definitieve vervangen"
    )
    load.add_argument("--again", action="store_true", help="ook als dit bestand al eerder is geladen")
    load.set_defaults(run=_load)
    switch = subparsers.add_parser(
        "publish", help="een versie zichtbaar maken, of naar een eerdere terugkeren"
    )
    switch.add_argument("version", type=int, metavar="VERSIE")
    switch.add_argument(
        "--accept", default="", metavar="REDEN", help="waarom de waarschuwingen geen bezwaar zijn"
    )
    switch.add_argument(
        "--reason", default="", metavar="REDEN", help="wat er nieuw is of waarom; iedereen kan dit lezen"
    )
    switch.set_defaults(run=_publish)
    subparsers.add_parser("versions", help="alle versies, de nieuwste eerst").set_defaults(run=_versions)
    report = subparsers.add_parser("report", help="het rapport van een bestand; zonder nummer het laatste")
    report.add_argument("report", type=int, nargs="?", metavar="RAPPORT")
    report.set_defaults(run=_report)
    subparsers.add_parser("rejected", help="alle geweigerde bestanden").set_defaults(run=_rejected)
    starter = subparsers.add_parser("starter", help="de begincijfers opnieuw berekenen uit bronbestanden")
    starter.add_argument("folder", type=Path, metavar="MAP")
    starter.set_defaults(run=_starter)


def _load(options: argparse.Namespace) -> int:
    from loaders.ingest import LoadOptions, load_file
    from loaders.reports import FileRefused
    from loaders.sandbox import LARGE, read_in_sandbox

    choices = LoadOptions(
        allows_older=options.allow_older,
        again=options.again,
        chosen=options.profile,
        rejected=_rejected_folder(),
        read=partial(read_in_sandbox, limits=LARGE),
    )
    with open_database() as db:
        try:
            report = load_file(db, options.file, by=COMMAND_LINE, options=choices)
        except LoadRefused as refusal:
            print(f"Geweigerd, er is niets gewijzigd. {refusal}")
            if isinstance(refusal, FileRefused):
                _print_report(db, refusal.report_id)
            else:
                _print_lines(refusal.problems)
            return 1
        if report.report_id is not None:
            _print_report(db, report.report_id)
    print(_summary(report))
    return 0


def _print_report(db: Database, report_id: int | None) -> None:
    """The findings by level, the gravest first; what went well in one line."""
    from loaders.checks import Level
    from loaders.reports import load_report

    with db.session() as session:
        report = load_report(session, report_id)
    print(f"Rapport {report.id} van {report.file}:")
    for level in (Level.STOP, Level.WARN, Level.NOTE):
        own = [finding for finding in report.findings if finding.level is level]
        for finding in own:
            print(f"  {finding}")
            if finding.help:
                print(f"      Wat kunt u doen: {finding.help}")
    passed = [finding.check for finding in report.findings if finding.level is Level.PASS]
    if passed:
        print(f"  [goed] {', '.join(passed)}")
    if report.kept_at:
        print(f"Het geweigerde bestand is bewaard als {_rejected_folder() / report.kept_at}.")


def _rejected_folder() -> Path:
    from loaders.refused_files import FOLDER

    return Settings.from_environment().data_dir / FOLDER


def _report(options: argparse.Namespace) -> int:
    with open_database() as db:
        _print_report(db, options.report)
    return 0


def _rejected(_options: argparse.Namespace) -> int:
    from loaders.reports import list_refused

    with open_database() as db, db.session() as session:
        rows = list_refused(session)
    _print_lines(
        f"{row.id:>4}  {row.at:%d-%m-%Y %H:%M}  {row.by:<14}  {row.sha256[:12]}  {row.file}: {row.reason}"
        for row in rows
    )
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
    from loaders.publication import Turn, publish

    with open_database() as db:
        turn = Turn(options.reason)
        publish(db, options.version, by=COMMAND_LINE, accept=options.accept, turn=turn)
    print(f"Versie {options.version} is nu zichtbaar.")
    return 0


def _versions(_options: argparse.Namespace) -> int:
    from loaders.versions import list_versions

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
