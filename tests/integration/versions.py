"""What tests of versions share: one that waits, warnings about it, and its forms sent as a person does."""

from typing import Any

from sqlalchemy import select

from app.db import Database
from app.models import DataVersion, LoadFinding, Publication
from loaders.contents import fix_contents
from loaders.findings import Check, Finding, Level, Report
from loaders.reports import Attempt, store_report
from tests.integration.visitor import Visitor


def wait_for_publication(db: Database) -> int:
    """The version of the small world that nobody published, with its contents written down; its number."""
    with db.transaction() as session:
        number = session.scalars(select(DataVersion.id).where(DataVersion.state == "staged")).one()
        fix_contents(session, number, session.scalars(select(Publication.version_id)).one())
    return number


def warn(db: Database, version: int) -> list[int]:
    """Three warnings about a version, with a finding that is none; their numbers."""
    help_text = "Kijk of het klopt."
    findings = [
        Finding(Level.WARN, Check.CHANGE, f"{number} is ver van 10 (2025).", help_text, region="PO2707")
        for number in (40, 50, 60)
    ]
    report = Report((*findings, Finding(Level.PASS, Check.CODES, "Alle codes bestaan.")))
    attempt = Attempt("verzonnen.csv", "0" * 64, 1, "test", "test")
    with db.transaction() as session:
        store_report(session, attempt, report, version_id=version)
        query = select(LoadFinding.id).where(LoadFinding.severity == Level.WARN).order_by(LoadFinding.id)
        return list(session.scalars(query))


def shown(db: Database) -> int:
    """The version that officers see."""
    with db.session() as session:
        return session.scalars(select(Publication.version_id)).one()


def seen_in(page: str) -> str:
    """The stamp that stands in the forms of a page."""
    return page.partition('name="gezien" value="')[2].partition('"')[0]


def send(
    person: Visitor, version: int, act: str, data: dict[str, Any] | None = None, *, seen: str | None = None
) -> tuple[int, str]:
    """Send a form of a version's page as the page has it; (status, text of the answer)."""
    page = f"/beheer/versies/{version}"
    stamp = seen_in(person.get(page).text) if seen is None else seen
    answer = person.send(f"{page}/{act}", {"gezien": stamp, **(data or {})}, form=page)
    return answer.status_code, answer.text


def ticks(numbers: list[int], reason: str = "gezien") -> dict[str, Any]:
    """Warnings as a person ticks them."""
    return {"akkoord": [str(each) for each in numbers], **{f"reden-{each}": reason for each in numbers}}
