"""`/regio/<region>/vergelijken/groepen`: groups of regions that a person keeps to compare with.

Made on the server, so that choosing among 342 gemeenten works without a script: a search is a form that comes
back with everything that was chosen. The groups are the person's, for every region of the same kind.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dash import Dash
from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.access import AllowedRegion, Tab, Viewer
from app.auth import current_viewer
from app.db import Database
from app.errors import AccessDenied, SelectionRefused
from app.names import MAX_NAME, clean
from app.own_groups import (
    MOST_GROUPS,
    MOST_REGIONS,
    GroupMoved,
    OwnComparisonGroup,
    can_be_member,
    can_have_groups,
    check_group,
    groups_address,
    is_origin,
    new_group_address,
    shelves,
)
from app.regions import KIND_NAMES, RegionName
from app.selections import delete_group, load_every_group, load_own_group, save_group
from app.selections.groups import Seen
from callbacks.regions import get_region
from callbacks.server_pages import Route, add_pages, asked_number, bound, load_frame
from layouts.own_groups import found_words, group_row, left_out_words, shelf_labels
from loaders.areas import load_kind, load_names, load_provinces
from loaders.catalogue import Catalogue

PLACE = "/regio/<region>/vergelijken/groepen"
MAX_TEXT = 60
TAB = Tab.COMPARE
"""Which tab opens these pages."""


class Form(NamedTuple):
    """A group as it stands in the form; `seen` is the kept group that it changes, `text` what is searched."""

    name: str = ""
    codes: Sequence[str] = ()
    origin: str = ""
    text: str = ""
    seen: Seen | None = None


class Place(NamedTuple):
    """Whose page it is: who looks, at which region, with which session."""

    session: Session
    catalogue: Catalogue
    viewer: Viewer
    region: RegionName


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register the pages; each address names its region."""
    routes: Sequence[Route] = (
        (PLACE, "own_groups", "GET", bound(_show, db, catalogue)),
        (f"{PLACE}/nieuw", "own_group_form", "GET", bound(_show_new, db, catalogue)),
        (f"{PLACE}/nieuw", "own_group_add", "POST", bound(_save, db, catalogue)),
        (f"{PLACE}/wijzigen", "own_group_edit", "GET", bound(_show_kept, db, catalogue)),
        (f"{PLACE}/wijzigen", "own_group_change", "POST", bound(_save, db, catalogue)),
        (f"{PLACE}/verwijderen", "own_group_delete", "POST", bound(_delete, db)),
    )
    add_pages(app, routes)


def _allowed(region: str) -> tuple[Viewer, AllowedRegion]:
    viewer = current_viewer()
    viewer.require(TAB)
    return viewer, viewer.region(region)


def _show(db: Database, catalogue: Catalogue, region: str) -> ResponseReturnValue:
    viewer, code = _allowed(region)
    if "regio" in request.args:  # an address that fills in the form
        asked = {"name": request.args.get("naam", ""), "origin": request.args.get("herkomst", "")}
        return redirect(new_group_address(code, request.args.getlist("regio")[: 2 * MOST_REGIONS], **asked))
    with db.session() as session:
        place = Place(session, catalogue, viewer, get_region(session, code))
        return make_response(_list(place))


def _show_new(db: Database, catalogue: Catalogue, region: str) -> ResponseReturnValue:
    viewer, code = _allowed(region)
    with db.session() as session:
        place = Place(session, catalogue, viewer, get_region(session, code))
        if not can_have_groups(place.region.kind):
            return redirect(groups_address(code))
        return make_response(_form(place, _asked(request.args)))


def _show_kept(db: Database, catalogue: Catalogue, region: str) -> ResponseReturnValue:
    viewer, code = _allowed(region)
    if "groep" not in request.args:
        return redirect(groups_address(code))
    with db.session() as session:
        place = Place(session, catalogue, viewer, get_region(session, code))
        group = _get_group(place, asked_number(request.args, "groep"))
        is_search = "naam" in request.args
        form = _asked(request.args, group) if is_search else _as_kept(group)
        return make_response(_form(place, form))


def _save(db: Database, catalogue: Catalogue, region: str) -> ResponseReturnValue:
    viewer, code = _allowed(region)
    with db.session() as session:
        place = Place(session, catalogue, viewer, get_region(session, code))
        group = _get_group(place, asked_number(request.form, "groep")) if "groep" in request.form else None
        form = _asked(request.form, group)
        try:
            number = _keep(db, place, form)
        except SelectionRefused as refused:
            page, status = _refused(place, form, refused)
            return make_response(page, status)
    return redirect(f"{groups_address(code)}?klaar=bewaard&groep={number}#melding", 303)


def _keep(db: Database, place: Place, form: Form) -> int:
    """Keep what the form says, and give its number.

    Raises:
        SelectionRefused: it cannot be kept so.
    """
    kind = place.region.kind
    known = _known(place) if can_have_groups(kind) else {}
    sent = request.form.getlist("regio")
    draft = check_group(request.form.get("naam", ""), sent, form.origin, kind=kind, known=known)
    viewer = place.viewer
    with db.transaction() as session:
        now = datetime.now(UTC)
        return save_group(session, viewer.user_id, draft, by=viewer.login, now=now, seen=form.seen)


def _refused(place: Place, form: Form, refused: SelectionRefused) -> tuple[str, int]:
    """The form once more, with what is wrong; after a change elsewhere it may then be kept."""
    if not isinstance(refused, GroupMoved) or form.seen is None:
        return _form(place, form, problems=refused.problems), 422
    group = _get_group(place, form.seen.group_id)
    form = form._replace(seen=Seen(group.id, group.stamp))
    return _form(place, form, problems=refused.problems, elsewhere=group), 409


def _delete(db: Database, region: str) -> ResponseReturnValue:
    viewer, code = _allowed(region)
    with db.transaction() as session:
        is_done = delete_group(session, viewer.user_id, asked_number(request.form, "groep"), by=viewer.login)
    done = "verwijderd" if is_done else "al-verwijderd"
    return redirect(f"{groups_address(code)}?klaar={done}#melding", 303)


def _get_group(place: Place, number: int) -> OwnComparisonGroup:
    """A group of this person with regions of this kind.

    Raises:
        AccessDenied: there is none; the same words for another's.
    """
    found = load_own_group(place.session, place.viewer.user_id, number)
    if found is None or found.kind is not place.region.kind:
        raise AccessDenied
    return found


def _asked(values: MultiDict[str, str], group: OwnComparisonGroup | None = None) -> Form:
    """The form as an address or a sent form has it; what cannot be kept of it is told when it is kept."""
    origin = clean(values.get("herkomst", ""))
    return Form(
        clean(values.get("naam", ""))[: 2 * MAX_NAME],
        values.getlist("regio"),
        origin if is_origin(origin) else "",
        clean(values.get("zoek", ""))[:MAX_TEXT],
        Seen(group.id, values.get("gezien", "")[:MAX_TEXT]) if group else None,
    )


def _as_kept(group: OwnComparisonGroup) -> Form:
    return Form(group.name, group.codes, group.origin, seen=Seen(group.id, group.stamp))


def _known(place: Place) -> dict[str, RegionName]:
    """code → every region of the page's kind, by name; those that were dissolved too."""
    regions = load_kind(place.session, place.region.kind, today_only=False)
    return {region.code: region for region in regions}


def _list(place: Place) -> str:
    session, catalogue, viewer, region = place
    groups = load_every_group(session, viewer.user_id)
    codes = {code for group in groups for code in group.codes}
    names = load_names(session, sorted(codes | {region.code}))
    done = asked_number(request.args, "groep")
    return render_template(
        "regio/groepen.html",
        **load_frame(session, catalogue, viewer, region, TAB),
        kind=KIND_NAMES[region.kind],
        place=groups_address(region.code),
        can_have=can_have_groups(region.kind),
        rows=[group_row(each, names, region.code) for each in groups if each.kind is region.kind],
        others=[group_row(each, names, region.code) for each in groups if each.kind is not region.kind],
        most=MOST_GROUPS,
        is_full=len(groups) >= MOST_GROUPS,
        notice=request.args.get("klaar", ""),
        kept=next((group for group in groups if group.id == done and group.kind is region.kind), None),
    )


def _form(
    place: Place,
    form: Form,
    *,
    problems: Mapping[str, str] | None = None,
    elsewhere: OwnComparisonGroup | None = None,
) -> str:
    session, catalogue, viewer, region = place
    known, kind = _known(place), KIND_NAMES[region.kind]
    today = [each for each in known.values() if can_be_member(each)]
    chosen = _chosen(form.codes, today)
    provinces = load_provinces(session, region.kind)
    found = shelves(today, provinces, text=form.text, without=[each.code for each in chosen])
    return render_template(
        "regio/groep.html",
        **load_frame(session, catalogue, viewer, region, TAB),
        **_choices(form, chosen, len(today)),
        kind=kind,
        place=groups_address(region.code),
        form=form,
        shelves=shelf_labels(found),
        found=found_words(sum(len(shelf.regions) for shelf in found), form.text, kind),
        left_out="" if problems else left_out_words(len(set(form.codes)) - len(chosen), kind),
        errors=problems or {},
        elsewhere=group_row(elsewhere, known, region.code) if elsewhere else None,
        max_name=MAX_NAME,
    )


def _chosen(codes: Iterable[str], today: Iterable[RegionName]) -> list[RegionName]:
    """Those of the codes that may be in a group, by name."""
    asked = set(codes)
    return [region for region in today if region.code in asked]


def _choices(form: Form, chosen: Sequence[RegionName], total: int) -> dict[str, Any]:
    return {"chosen": chosen, "total": total, "most": MOST_REGIONS, "is_new": form.seen is None}
