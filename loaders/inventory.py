"""What a folder of publishers' files becomes: every file loaded into a database of its own, and counted."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from app.db import Database
from app.errors import LoadRefused
from app.indicators import CellStatus
from app.models import Observation, Slice
from app.schema import upgrade
from loaders.checks import Level
from loaders.files import read_path
from loaders.ingest import LoadReport, load_file
from loaders.profiles import PROFILES, Profile, fitting_profiles
from loaders.publication import publish
from loaders.reports import load_report

BEGIN = "<!-- begin: made by python -m app sources -->"
END = "<!-- end -->"
BY = "inventaris"
UNTRIED = "niet aan een echt bestand getoetst"

_BOUNDED = (CellStatus.HIDDEN, CellStatus.PARTLY_HIDDEN)
_UNRESOLVED = (CellStatus.MISSING, CellStatus.AT_LEAST)
_HEADER = (
    "file",
    "profile",
    "indicators",
    "regions",
    "periods",
    "observations",
    "hidden",
    "missing",
    "warnings",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a version holds. `hidden` cells have bounds only, `missing` ones no number or no upper bound."""

    indicators: tuple[str, ...]
    periods: tuple[str, ...]
    regions: int
    observations: int
    hidden: int
    missing: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One file or folder of files, by its path below the folder, and what came of it.

    `profile` is None where none or more than one fits. `figures` is None for region facts and for a refused
    file, `refusal` empty for a loaded one.
    """

    path: str
    profile: Profile | None
    figures: Figures | None = None
    warnings: int = 0
    refusal: str = ""


def take_inventory(folder: Path) -> list[Entry]:
    """Every file below `folder` loaded and published, or refused, by path; the installation is not touched.

    Region facts go first, in the order of the profiles; what is refused is tried again after each round that
    brought facts.

    Raises:
        LoadRefused: there is no such folder, or no file in it.
    """
    found = _find(folder)
    if not found:
        raise LoadRefused(f"In {folder.name} staat geen enkel bestand.")
    with _scratch() as db:
        entries = _load_all(db, folder, found)
    return sorted(entries, key=lambda entry: entry.path)


@contextmanager
def _scratch() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/inventory.sqlite")
        try:
            upgrade(db)
            yield db
        finally:
            db.close()


def _find(folder: Path) -> dict[Path, Profile | None]:
    """Every file, and every folder that is one bundle, with the profile that fits; facts come first."""
    if not folder.is_dir():
        raise LoadRefused(f"{folder.name} is geen map.")
    found: dict[Path, Profile | None] = {}
    for place in sorted([folder, *(path for path in folder.rglob("*") if path.is_dir())]):
        found |= _find_in(place)
    return dict(sorted(found.items(), key=_turn))


def _find_in(place: Path) -> dict[Path, Profile | None]:
    """The files of one folder; what is but a part of a bundle goes with the folder."""
    files = sorted(path for path in place.iterdir() if path.is_file() and not path.name.startswith("."))
    whole = _fitting(place) if len(files) > 1 else []
    found: dict[Path, Profile | None] = {place: _only(whole)} if whole else {}
    for path in files:
        fitting = _fitting(path)
        if not whole or any(profile not in whole for profile in fitting):
            found[path] = _only(fitting)
    return found


def _fitting(path: Path) -> list[Profile]:
    try:
        return fitting_profiles(read_path(path))
    except LoadRefused:
        return []


def _only(fitting: Sequence[Profile]) -> Profile | None:
    return fitting[0] if len(fitting) == 1 else None


def _turn(item: tuple[Path, Profile | None]) -> tuple[int, Path]:
    path, profile = item
    has_facts = profile is not None and profile.parse is not None
    return PROFILES.index(profile) if has_facts and profile else len(PROFILES), path


def _load_all(db: Database, folder: Path, found: Mapping[Path, Profile | None]) -> list[Entry]:
    done: dict[Path, Entry] = {}
    waiting = list(found)
    has_new_facts = True
    while waiting and has_new_facts:
        has_new_facts = False
        for path in waiting:
            done[path] = _load(db, folder, path, found[path])
            has_new_facts |= not done[path].refusal and done[path].figures is None
        waiting = [path for path in waiting if done[path].refusal]
    return list(done.values())


def _load(db: Database, folder: Path, path: Path, profile: Profile | None) -> Entry:
    name = path.relative_to(folder).as_posix() + ("/" if path.is_dir() else "")
    try:
        report = load_file(db, path, by=BY)
        if report.version_id is not None:
            publish(db, report.version_id, by=BY, accept=BY)
    except LoadRefused as refusal:
        return Entry(name, profile, refusal=_refusal_words(refusal))
    with db.session() as session:
        figures = None if report.version_id is None else _count(session, report.version_id)
        return Entry(name, profile, figures, _count_warnings(session, report))


def _refusal_words(refusal: LoadRefused) -> str:
    first = [str(problem) for problem in refusal.problems[:1]]
    more = len(refusal.problems) - 1
    return " ".join([str(refusal), *first, *([f"En nog {more}."] if more > 0 else [])])


def _count(session: Session, version: int) -> Figures:
    regions, cells, hidden, missing = session.execute(_cells_of(version)).one()
    slices = list(session.execute(select(Slice.indicator, Slice.period).where(Slice.version_id == version)))
    return Figures(
        tuple(sorted({indicator for indicator, _ in slices})),
        tuple(sorted({period for _, period in slices})),
        regions,
        cells,
        hidden,
        missing,
    )


def _cells_of(version: int) -> Select[int, int, int, int]:
    return (
        select(
            func.count(Observation.region_id.distinct()),
            func.count(Observation.region_id),
            func.count(case((Observation.status.in_(_BOUNDED), 1))),
            func.count(case((Observation.status.in_(_UNRESOLVED), 1))),
        )
        .join(Slice, Slice.id == Observation.slice_id)
        .where(Slice.version_id == version)
    )


def _count_warnings(session: Session, report: LoadReport) -> int:
    """The warnings in the report; a line that stands for many is one."""
    if report.report_id is None:
        return 0
    found = load_report(session, report.report_id).findings
    return sum(1 for finding in found if finding.level is Level.WARN)


def as_markdown(entries: Sequence[Entry]) -> str:
    """The inventory as a table, what was refused and why, and the kinds of file that nobody tried."""
    loaded = [entry for entry in entries if not entry.refusal]
    refused = [entry for entry in entries if entry.refusal]
    parts = [*_table(_HEADER, [_cells(entry) for entry in loaded]), "", *_totals(loaded, refused)]
    if refused:
        rows = [(f"`{entry.path}`", _profile_words(entry), entry.refusal) for entry in refused]
        parts += ["", "Refused:", "", *_table(("file", "profile", "reason"), rows)]
    untried = [profile for profile in PROFILES if not profile.tried]
    parts += ["", f"Kinds of file never tried on a real one (“{UNTRIED}”); in doubt they refuse:", ""]
    parts += [f"- `{profile.name}`: {profile.publisher}, {profile.title}" for profile in untried]
    return "\n".join(parts) + "\n"


def _cells(entry: Entry) -> tuple[str, ...]:
    name, profile = f"`{entry.path}`", _profile_words(entry)
    figures = entry.figures
    if figures is None:
        return name, profile, "region facts", "", "", "", "", "", str(entry.warnings)
    counts = (figures.observations, figures.hidden, figures.missing, entry.warnings)
    indicators = ", ".join(figures.indicators)
    return name, profile, indicators, str(figures.regions), _span(figures.periods), *map(str, counts)


def _span(periods: Sequence[str]) -> str:
    if len(periods) < 2:
        return "".join(periods)
    return f"{periods[0]} – {periods[-1]} ({len(periods)})"


def _profile_words(entry: Entry) -> str:
    if entry.profile is None:
        return "–"
    return entry.profile.name if entry.profile.tried else f"{entry.profile.name} ({UNTRIED})"


def _totals(loaded: Sequence[Entry], refused: Sequence[Entry]) -> list[str]:
    figures = [entry.figures for entry in loaded if entry.figures is not None]
    return [
        f"{len(loaded) + len(refused)} files: {len(figures)} with figures, {len(loaded) - len(figures)} with "
        f"region facts, {len(refused)} refused. {sum(each.observations for each in figures)} observations, "
        f"of which {sum(each.hidden for each in figures)} hidden (bounds only) and "
        f"{sum(each.missing for each in figures)} missing (no number, or only a lowest one)."
    ]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(map(_cell, line)) + " |" for line in lines]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def replace_made_part(text: str, made: str) -> str:
    """A document with what stands between the two marks replaced.

    Raises:
        LoadRefused: the document does not have both marks, once and in order.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in rest or END in after:
        raise LoadRefused(f"Het document heeft niet precies één deel tussen {BEGIN} en {END}.")
    return f"{before}{BEGIN}\n\n{made}\n{END}{after}"
