"""`/beheer/bronnen`: what can be fetched from CBS and DUO, when that was done, and when it is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from app import audit
from app.auth import current_viewer
from app.errors import BadInput
from app.jobs import Kind, Order, State, add_job, last_fetches
from app.models import DataJob
from app.services import current_services
from loaders.sources import Source, load_sources
from loaders.sources.calendar import Due, due_since, due_state
from loaders.sources.fetched import fetched_at

NO_ADDRESS = "Van deze bron is geen adres bekend. Zet het in het bestand van SOURCES_FILE."
ALREADY = "Deze bron staat al klaar om opgehaald te worden."


@dataclass(frozen=True)
class Row:
    """One source: when it was last fetched, how that ended, and whether it is due."""

    source: Source
    fetched_at: datetime | None
    job: DataJob | None
    due: Due
    since: datetime | None


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/bronnen", view_func=show_sources, methods=["GET"])
    blueprint.add_url_rule("/bronnen/<source>", view_func=fetch_source, methods=["POST"])


def show_sources() -> str:
    """Every source; what is late comes first."""
    services, now = current_services(), datetime.now(UTC)
    with services.db.session() as session:
        jobs = last_fetches(session)
    rows = [_row(source, jobs, now) for source in _sources().values()]
    rows.sort(key=lambda row: (row.due.order, row.source.publisher, row.source.title))
    return render_template("beheer/bronnen.html", rows=rows, states=State, dues=Due)


def fetch_source(source: str) -> BaseResponse:
    """Ask the worker to fetch a source."""
    viewer, services = current_viewer(), current_services()
    found = _sources().get(source)
    if found is None:
        raise NotFound
    if not found.addresses:
        raise BadInput(NO_ADDRESS)
    with services.db.transaction() as session:
        last = last_fetches(session).get(source)
        if last is not None and last.finished_at is None:
            raise BadInput(ALREADY)
        job = add_job(session, Order(Kind.FETCH, source), by=viewer.login, now=datetime.now(UTC))
        audit.record(session, by=viewer.login, action="fetch", subject=source)
    services.queue.put(job)
    return redirect(f"/beheer/gegevens/{job}", 303)


def _sources() -> Mapping[str, Source]:
    return load_sources(current_services().settings.sources_file)


def _row(source: Source, jobs: Mapping[str, DataJob], now: datetime) -> Row:
    last = fetched_at(current_services().settings.data_dir, source.name)
    return Row(source, last, jobs.get(source.name), due_state(source, last, now), due_since(source, last))
