"""`/beheer/versies`: every version of the data, what each would change, publishing and taking back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import Blueprint, Response, make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from app.admin.forms import MOST_CHARACTERS, reason_error, tidy
from app.admin.impacts import impact_of
from app.auth import current_viewer
from app.errors import LoadRefused
from app.security_log import Event, log_event
from app.services import current_services
from app.wording import number
from loaders.acceptance import Warned, accept_warnings, list_warnings
from loaders.areas import load_names
from loaders.publication import SwitchMoved, Turn, WarningsOpen, publish
from loaders.removal import remove_version
from loaders.versions import Standing, Version, get_version, load_versions

MOST_LISTED = 50
MOST_WARNINGS = 100
"""So many open warnings stand on the page at once; the next ones come when these are done."""

NOTICES = {
    "gepubliceerd": "Deze versie is nu zichtbaar voor iedereen.",
    "al": "Deze versie was al zichtbaar. Er is niets gewijzigd.",
    "terug": "Deze versie is weer zichtbaar, precies zoals zij was.",
    "bevestigd": "De waarschuwingen die u aanvinkte zijn bevestigd.",
    "verwijderd": "De versie is verwijderd. Het rapport over het bestand blijft bewaard.",
}
NO_REASON = "Schrijf op waarom u dit publiceert. Iedereen kan dit lezen."
NO_REASON_BACK = "Schrijf op waarom u teruggaat. Iedereen kan dit lezen."
NO_REASON_TICK = "Schrijf op waarom deze waarschuwing geen bezwaar is."
NOTHING_TICKED = "Vink ten minste één waarschuwing aan."
NOT_SURE = "Vink aan dat u deze versie wilt verwijderen."


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/versies", view_func=show_versions, methods=["GET"])
    blueprint.add_url_rule("/versies/<version>", view_func=show_version, methods=["GET"])
    for name, act in (
        ("waarschuwingen", accept),
        ("publiceren", publish_version),
        ("verwijderen", remove),
    ):
        blueprint.add_url_rule(f"/versies/<version>/{name}", view_func=act, methods=["POST"])


@dataclass(frozen=True)
class _Said:
    """What a page answers to a form: sentences by field, and what the person typed."""

    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""


_NOTHING = _Said()


def show_versions() -> str:
    """The list, the newest first."""
    before = request.args.get("voor", "")
    options = {"before": int(before)} if before.isdecimal() and len(before) < 10 else {}
    with current_services().db.session() as session:
        found = load_versions(session, most=MOST_LISTED + 1, **options)
    notice = NOTICES.get(request.args.get("klaar", ""), "")
    older = found[MOST_LISTED - 1].id if len(found) > MOST_LISTED else None
    return render_template(
        "beheer/versies.html", versions=found[:MOST_LISTED], standings=Standing, older=older, notice=notice
    )


def show_version(version: str) -> BaseResponse:
    """One version: what it would change, its warnings, and what can be done with it."""
    return _page(_find(version), _Said(notice=NOTICES.get(request.args.get("klaar", ""), "")))


def accept(version: str) -> BaseResponse:
    """Accept the warnings that are ticked, each for its own reason; all of them, or none."""
    found = _find(version)
    ticked = {int(each) for each in request.form.getlist("akkoord") if each.isdecimal() and len(each) < 10}
    reasons = {each: tidy(request.form.get(f"reden-{each}", "")) for each in sorted(ticked)}
    errors = {
        f"reden-{each}": sentence
        for each, reason in reasons.items()
        if (sentence := reason_error(reason, missing=NO_REASON_TICK))
    }
    if not ticked:
        errors = {"waarschuwingen": NOTHING_TICKED}
    if errors:
        return _page(found, _Said(errors, _typed()), status=422)

    def act() -> None:
        with current_services().db.transaction() as session:
            accept_warnings(session, found.id, reasons, by=current_viewer().login)

    return _done(found, act, Event.WARNINGS_ACCEPTED, "bevestigd")


def publish_version(version: str) -> BaseResponse:
    """Show a version from now on, or go back to one that was shown before."""
    found = _find(version)
    if found.standing is Standing.SHOWN:  # a second click
        return redirect(f"/beheer/versies/{found.id}?klaar=al", 303)
    is_back = found.standing is Standing.EARLIER
    reason = tidy(request.form.get("reden", ""))
    if sentence := reason_error(reason, missing=NO_REASON_BACK if is_back else NO_REASON):
        return _page(found, _Said({"reden": sentence}, _typed()), status=422)

    def act() -> None:
        turn = Turn(reason, request.form.get("gezien", ""))
        publish(current_services().db, found.id, by=current_viewer().login, turn=turn)

    event = Event.VERSION_RETURNED if is_back else Event.VERSION_PUBLISHED
    return _done(found, act, event, "terug" if is_back else "gepubliceerd")


def remove(version: str) -> BaseResponse:
    """Remove a version that was never published."""
    found = _find(version)
    if request.form.get("zeker") != "ja":
        return _page(found, _Said({"zeker": NOT_SURE}, _typed()), status=422)

    def act() -> None:
        seen = request.form.get("gezien", "")
        remove_version(current_services().db, found.id, by=current_viewer().login, seen=seen)

    return _done(found, act, Event.VERSION_REMOVED, "verwijderd")


def _done(found: Version, act: Callable[[], None], event: Event, notice: str) -> BaseResponse:
    """Do it, and go to the page that says so; or say in words why not, with what was typed."""
    try:
        act()
    except WarningsOpen as error:
        return _refuse(found, _open_words(error.number))
    except (SwitchMoved, LoadRefused) as error:
        return _refuse(found, str(error))
    viewer = current_viewer()
    log_event(event, who=viewer.login, source=request.remote_addr or "", detail=f"versie {found.id}")
    place = "" if event is Event.VERSION_REMOVED else f"/{found.id}"
    return redirect(f"/beheer/versies{place}?klaar={notice}", 303)


def _open_words(count: int) -> str:
    one = count == 1
    return (
        f"Er {'is' if one else 'zijn'} nog {number(count)} waarschuwing{'' if one else 'en'} die niemand "
        f"heeft bevestigd. Bevestig {'die' if one else 'ze'} eerst, één voor één, met een reden."
    )


def _refuse(found: Version, sentence: str) -> BaseResponse:
    """409: the page as it is now, with the reason on top; 404 where the version is gone."""
    return _page(_find(str(found.id)), _Said({"inhoud": sentence}, _typed()), status=409)


def _typed() -> dict[str, str]:
    ticks = {f"akkoord-{each}": "ja" for each in request.form.getlist("akkoord")}
    return {name: text for name, text in request.form.items() if name != "csrf_token"} | ticks


def _find(version: str) -> Version:
    """The version of an address.

    Raises:
        NotFound: there is none.
    """
    is_number = version.isascii() and version.isdecimal() and len(version) < 10
    with current_services().db.session() as session:
        found = get_version(session, int(version)) if is_number else None
    if found is None:
        raise NotFound
    return found


def _page(found: Version, said: _Said, *, status: int = 200) -> Response:
    with current_services().db.session() as session:
        warnings = list_warnings(session, found.id)
        places = _places(session, warnings)
    is_open = [each for each in warnings if each.is_open]
    impact = None if found.standing is Standing.SHOWN else impact_of(found.id, found.created_at)
    page = render_template(
        "beheer/versie.html",
        version=found,
        standings=Standing,
        impact=impact,
        open_warnings=is_open[:MOST_WARNINGS],
        open_count=len(is_open),
        accepted=[each for each in warnings if not each.is_open],
        places=places,
        said=said,
        errors=said.errors,
        most_characters=MOST_CHARACTERS,
    )
    return make_response(page, status)


def _places(session: Session, warnings: Sequence[Warned]) -> dict[int, str]:
    """Number of a warning → where it is, with the names of region and indicator instead of their codes."""
    names = load_names(session, [each.finding.region for each in warnings if each.finding.region])
    labels = {each.id: each.short_label for each in current_services().catalogue}
    places = {}
    for each in warnings:
        found = each.finding
        region = names[found.region].name if found.region in names else found.region
        label = labels.get(found.indicator or "", found.indicator)
        places[each.id] = replace(found, region=region, indicator=label).place
    return places
