"""`/beheer/gegevens/<id>`: one file: how far it is, what the checks said, and what can be done with it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from app import audit
from app.auth import current_viewer
from app.errors import BadInput
from app.exports import csv_bytes
from app.jobs import Kind, Order, State, add_job, get_job, is_worker_silent, stop_waiting
from app.models import DataJob
from app.services import current_services
from app.uploads import path_of
from loaders.findings import Level
from loaders.reports import StoredReport, load_report

if TYPE_CHECKING:
    from loaders.profiles import Profile

LEVELS = {
    Level.STOP: "Houdt het laden tegen",
    Level.WARN: "Waarschuwing",
    Level.NOTE: "Opmerking",
    Level.PASS: "In orde",
}
STARTED = "Dit bestand wordt al verwerkt; terugtrekken kan niet meer."
GONE = "Dit bestand is niet meer bewaard. Bied het opnieuw aan."
UNKNOWN_PROFILE = "Kies een soort bestand uit de lijst."
HEADER = ("niveau", "controle", "blad", "rij", "kolom", "regio", "periode", "indicator", "bevinding", "hulp")


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    place = "/gegevens/<job>"
    blueprint.add_url_rule(place, view_func=show_job, methods=["GET"])
    blueprint.add_url_rule(f"{place}/rapport.csv", view_func=download_report, methods=["GET"])
    blueprint.add_url_rule(f"{place}/opnieuw", view_func=read_again, methods=["POST"])
    blueprint.add_url_rule(f"{place}/terugtrekken", view_func=take_back, methods=["POST"])


def show_job(job: str) -> str:
    """The page of one file."""
    services, now = current_services(), datetime.now(UTC)
    with services.db.session() as session:
        found = _find(get_job(session, job))
        report = load_report(session, found.report_id) if found.report_id else None
        is_silent = is_worker_silent(session, services.settings.data_dir, now=now)
    return render_template(
        "beheer/bestand.html",
        job=found,
        report=report,
        groups=_groups(report),
        levels=LEVELS,
        states=State,
        is_silent=is_silent,
        is_kept=_is_kept(found),
        profiles=_profiles() if _is_kept(found) else (),
    )


def download_report(job: str) -> Response:
    """The report as a table, every finding with its place."""
    with current_services().db.session() as session:
        found = _find(get_job(session, job))
        if found.report_id is None:
            raise NotFound
        report = load_report(session, found.report_id)
    rows = [
        (
            LEVELS[each.level],
            each.check,
            each.sheet,
            each.row,
            each.column,
            each.region,
            each.period,
            each.indicator,
            each.sentence,
            each.help,
        )
        for each in report.findings
    ]
    remarks = [f"Bestand: {report.file}", f"sha-256: {report.sha256}", f"Uitkomst: {found.message}"]
    answer = Response(csv_bytes(HEADER, rows, remarks), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="rapport-{report.id}.csv"'
    return answer


def read_again(job: str) -> BaseResponse:
    """Read the kept file once more, as the kind of file that a person chose."""
    viewer, services = current_viewer(), current_services()
    chosen = request.form.get("soort", "")
    if chosen and chosen not in {profile.name for profile in _profiles()}:
        raise BadInput(UNKNOWN_PROFILE)
    with services.db.transaction() as session:
        found = _find(get_job(session, job))
        if not _is_kept(found):
            raise BadInput(GONE)
        order = Order(
            Kind(found.kind),
            found.name,
            found.stored_at,
            found.sha256,
            found.size,
            profile=chosen,
            is_reread=True,
            allows_older="ouder" in request.form,
        )
        new = add_job(session, order, by=viewer.login, now=datetime.now(UTC))
        audit.record(session, by=viewer.login, action="reread", subject=found.name, detail=chosen)
    services.queue.put(new)
    return redirect(f"/beheer/gegevens/{new}", 303)


def take_back(job: str) -> BaseResponse:
    """Take back a file that nobody began to read."""
    viewer = current_viewer()
    with current_services().db.transaction() as session:
        found = _find(get_job(session, job))
        if not stop_waiting(session, job, by=viewer.login, now=datetime.now(UTC)):
            raise BadInput(STARTED)
        audit.record(session, by=viewer.login, action="take_back", subject=found.name)
    return redirect("/beheer/gegevens", 303)


def _profiles() -> list["Profile"]:
    """Every kind of file there is to choose from; only here, for the readers bring pandas."""
    from loaders.profiles import PROFILES

    return sorted(PROFILES, key=lambda profile: (profile.publisher, profile.title))


def _find(job: DataJob | None) -> DataJob:
    if job is None:
        raise NotFound
    return job


def _is_kept(job: DataJob) -> bool:
    """Whether the file is there to be read again: an upload that was refused, failed or taken back."""
    is_over = job.state in {State.REFUSED, State.FAILED, State.STOPPED}
    return (
        is_over
        and bool(job.stored_at)
        and path_of(current_services().settings.data_dir, job.stored_at).is_file()
    )


def _groups(report: StoredReport | None) -> list[tuple[Level, list[object]]]:
    """The findings by level, the gravest first; levels without any are left out."""
    if report is None:
        return []
    found = [(level, [each for each in report.findings if each.level is level]) for level in LEVELS]
    return [(level, list(own)) for level, own in found if own]
