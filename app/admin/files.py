"""`/beheer/gegevens`: the files that were offered, and how far each of them is."""

import errno
from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from app import audit
from app.auth import current_viewer
from app.errors import BadInput
from app.jobs import Kind, Order, State, add_job, is_worker_silent, list_jobs, list_states
from app.security_log import Event, log_event
from app.services import current_services
from app.uploads import ADMIN_BYTES, MEGABYTE, MOST_FILES, Received, discard, receive, shown_name
from app.wording import listing

MOST_SHOWN = 50
FIELD = "bestanden"
SUFFIXES = (".csv", ".xlsx", ".xls", ".ods", ".json", ".geojson", ".md", ".txt", ".zip")
DISK_FULL = (
    "Er is op de server geen ruimte meer. Er is niets bewaard. Vraag uw technisch beheerder om ruimte."
)
NOT_KEPT = "Het bestand kon niet worden bewaard. Er is niets gewijzigd. Probeer het opnieuw."


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/gegevens", view_func=show_files, methods=["GET"])
    blueprint.add_url_rule("/gegevens", view_func=upload_files, methods=["POST"])
    blueprint.add_url_rule("/gegevens/stand", view_func=show_states, methods=["GET"])


def show_files() -> BaseResponse:
    """Every file, the newest first, with the form for new ones."""
    return _page()


def upload_files() -> BaseResponse:
    """Keep the files and ask the worker to read them; all of them, or none."""
    services = current_services()
    try:
        _check_kinds()
        received = receive(FIELD, services.settings.data_dir)
    except BadInput as error:
        return _page({FIELD: str(error)}, status=422)
    except OSError as error:
        return _page({FIELD: DISK_FULL if error.errno == errno.ENOSPC else NOT_KEPT}, status=507)
    try:
        ids = _write_down(received)
    except BaseException:
        for one in received:
            discard(services.settings.data_dir, one.stored_at)
        raise
    for job_id in ids:
        services.queue.put(job_id)
    return redirect(f"/beheer/gegevens/{ids[0]}" if len(ids) == 1 else "/beheer/gegevens", 303)


def show_states() -> Response:
    """How far the jobs are that are asked for, for the script that follows them."""
    asked = request.args.get("taken", "").split(",")[:MOST_SHOWN]
    with current_services().db.session() as session:
        states = list_states(session, asked)
    return jsonify({job_id: {"stand": state, "stap": step} for job_id, state, step in states})


def _check_kinds() -> None:
    """Nothing, if each name ends as a kind of file that somebody can read; the content is looked at later.

    Raises:
        BadInput: naming every file that does not.
    """
    names = [shown_name(file.filename) for file in request.files.getlist(FIELD) if file.filename]
    if wrong := [name for name in names if not name.lower().endswith(SUFFIXES)]:
        kinds = listing([suffix.removeprefix(".") for suffix in SUFFIXES])
        raise BadInput(f"{listing(wrong)} kan dit dashboard niet lezen. Kies bestanden van de soort {kinds}.")


def _write_down(received: list[Received]) -> list[str]:
    viewer = current_viewer()
    with current_services().db.transaction() as session:
        ids = []
        for one in received:
            order = Order(Kind.FILE, one.name, one.stored_at, one.sha256, one.size)
            ids.append(add_job(session, order, by=viewer.login, now=datetime.now(UTC)))
            audit.record(session, by=viewer.login, action="upload", subject=one.name, detail=one.sha256)
    for one in received:
        log_event(Event.UPLOAD, who=viewer.login, source=request.remote_addr or "", detail=one.sha256)
    return ids


def _page(errors: dict[str, str] | None = None, *, status: int = 200) -> BaseResponse:
    services = current_services()
    with services.db.session() as session:
        jobs = list_jobs(session, most=MOST_SHOWN)
        is_silent = is_worker_silent(session, services.settings.data_dir, now=datetime.now(UTC))
    page = render_template(
        "beheer/gegevens.html",
        jobs=jobs,
        states=State,
        is_silent=is_silent,
        errors=errors or {},
        most_files=MOST_FILES,
        most_bytes=ADMIN_BYTES,
        most_megabytes=ADMIN_BYTES // MEGABYTE,
    )
    return make_response(page, status)
