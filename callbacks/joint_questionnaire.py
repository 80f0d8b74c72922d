"""`/regio/<region>/vragenlijsten/samen/<round>`: what a SWV and a gemeente make of their answers together.

Made on the server. Only who may fill in for the region comes in: on either side, of either region.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from dash import Dash
from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import AllowedRegion, FillableRegion, Tab, Viewer
from app.auth import current_viewer
from app.db import Database
from app.errors import AccessDenied, BadInput
from app.exports import csv_bytes
from app.models import SurveyRound
from app.regions import SWVS, RegionName, is_code, kind_of
from callbacks.regions import get_region
from callbacks.server_pages import Route, add_pages, bound, load_frame
from layouts.joint_questionnaire import (
    MESSAGES,
    csv_header,
    csv_rows,
    distance_words,
    partner,
    remarks,
    state_words,
)
from loaders.areas import load_names
from loaders.catalogue import Catalogue
from survey.joint.agreement import Agreement, Change, Conflict, Pair, Signer, Signing
from survey.joint.changes import save_choices, sign
from survey.joint.comparison import GEMEENTE_LIST, SWV_LIST, Line, parse_choice
from survey.joint.store import (
    list_partners,
    load_agreement,
    load_agreements,
    load_asked,
    load_lines,
    load_sent,
    make_pair,
)
from survey.lists import Questionnaires
from survey.reading import load_questionnaires
from survey.rounds import State, get_joined_round

PLACE = "/regio/<region>/vragenlijsten/samen/<int:round_id>"
NOT_OURS = "Dit formulier hoort niet bij deze pagina. Laad de pagina opnieuw en probeer het nog eens."


class Desk(NamedTuple):
    """What every page here needs."""

    db: Database
    catalogue: Catalogue
    questionnaires: Questionnaires


class Page(NamedTuple):
    """Who looks at what."""

    session: Session
    desk: Desk
    viewer: Viewer
    region: RegionName
    round: SurveyRound


class Table(NamedTuple):
    """The joint questionnaire as it stands; no lines before both sent theirs."""

    pair: Pair
    agreement: Agreement
    lines: list[Line] | None


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register the pages; each address names its region and round."""
    desk = Desk(db, catalogue, load_questionnaires())
    routes: Sequence[Route] = (
        (PLACE, "joint_partners", "GET", bound(_show_partners, desk)),
        (f"{PLACE}/<other>", "joint", "GET", bound(_show, desk)),
        (f"{PLACE}/<other>", "joint_save", "POST", bound(_save, desk)),
        (f"{PLACE}/<other>/ondertekenen", "joint_sign", "POST", bound(_sign, desk)),
        (f"{PLACE}/<other>.csv", "joint_csv", "GET", bound(_download, desk)),
    )
    add_pages(app, routes)


def _show_partners(desk: Desk, region: str, round_id: int) -> ResponseReturnValue:
    viewer, own = _allowed(region)
    with desk.db.session() as session:
        page = _page(session, desk, viewer, own, round_id)
        codes = list_partners(session, round_id, own)
        names = load_names(session, codes)
        sent, agreements = load_sent(session, round_id), load_agreements(session, round_id)
        partners = [
            partner(names[code], own, sent, agreements.get(make_pair(session, round_id, own, code)))
            for code in codes
        ]
        return make_response(
            render_template(
                "regio/samen-overzicht.html",
                **_frame(page),
                partners=partners,
                has_sent=(SWV_LIST if kind_of(own) in SWVS else GEMEENTE_LIST, own) in sent,
                asked=load_asked(session, round_id),
            )
        )


def _show(desk: Desk, region: str, round_id: int, other: str) -> ResponseReturnValue:
    viewer, own = _allowed(region)
    with desk.db.session() as session:
        page = _page(session, desk, viewer, own, round_id)
        if _is_away(page, other):
            return make_response(_away(page, other))
        return make_response(_joint(page, _table(page, other), request.args.get("klaar", "")))


def _save(desk: Desk, region: str, round_id: int, other: str) -> ResponseReturnValue:
    viewer, own = _allowed(region)
    with desk.db.transaction() as session:
        page = _page(session, desk, viewer, own, round_id)
        table = _table(page, other)
        changes = _sent_changes(table)
        conflicts = save_choices(session, table.pair, changes, seen=_seen(), by=viewer.login)
    if conflicts:
        return _again(desk, page, other, conflicts=conflicts)
    return _back(own, round_id, other, "bewaard")


def _sign(desk: Desk, region: str, round_id: int, other: str) -> ResponseReturnValue:
    viewer, own = _allowed(region)
    with desk.db.transaction() as session:
        page = _page(session, desk, viewer, own, round_id)
        table = _table(page, other)
        if table.lines is None:
            raise BadInput(NOT_OURS)
        signer = Signer(table.pair.side_of(own), viewer.login, viewer.name, _seen())
        ending = sign(session, table.pair, table.lines, signer, now=datetime.now(UTC))
    if ending in (Signing.MOVED, Signing.OPEN, Signing.SAME_PERSON):
        return _again(desk, page, other, notice=ending)
    return _back(own, round_id, other, ending)


def _download(desk: Desk, region: str, round_id: int, other: str) -> ResponseReturnValue:
    viewer, own = _allowed(region)
    with desk.db.session() as session:
        page = _page(session, desk, viewer, own, round_id)
        table = _table(page, other)
        if table.lines is None:
            raise AccessDenied
        names = load_names(session, [table.pair.swv, table.pair.gemeente])
        swv, gemeente = names[table.pair.swv].name, names[table.pair.gemeente].name
        notes = remarks(page.round.title, table.agreement, is_demo=page.round.is_demo)
        content = csv_bytes(csv_header(swv, gemeente), csv_rows(table.lines), notes)
    response = Response(content, content_type="text/csv; charset=utf-8")
    name = f"samen-{round_id}-{table.pair.swv}-{table.pair.gemeente}.csv".lower()
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _allowed(region: str) -> tuple[Viewer, FillableRegion]:
    viewer = current_viewer()
    viewer.require(Tab.SURVEYS)
    return viewer, viewer.fillable_region(region)


def _page(session: Session, desk: Desk, viewer: Viewer, own: FillableRegion, round_id: int) -> Page:
    """The page of a region in a round that was opened.

    Raises:
        AccessDenied: there is no such round for this region; the same words for one that is being made.
    """
    round_ = get_joined_round(session, viewer.own_region(own), round_id)
    if round_.state == State.CONCEPT:
        raise AccessDenied
    return Page(session, desk, viewer, get_region(session, AllowedRegion(own)), round_)


def _table(page: Page, other: str) -> Table:
    session, round_id = page.session, page.round.id
    pair = make_pair(session, round_id, page.region.code, other)
    agreement = load_agreement(session, pair)
    return Table(pair, agreement, load_lines(session, pair, page.desk.questionnaires, agreement))


def _is_away(page: Page, other: str) -> bool:
    """Whether the other is a region of the right kind that does not take part."""
    try:
        make_pair(page.session, page.round.id, page.region.code, other)
    except AccessDenied:
        is_pair = is_code(other) and {kind_of(other) in SWVS, page.region.kind in SWVS} == {True, False}
        if not is_pair or other not in page.viewer.related | frozenset(page.viewer.grants):
            raise
        return True
    return False


def _seen() -> int:
    text = request.form.get("versie", "")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadInput(NOT_OURS)
    return int(text)


def _sent_changes(table: Table) -> dict[str, Change]:
    """The joint answers in the form, as they stood there and as they came back.

    Raises:
        BadInput: one is no answer to its question, or both did not send theirs yet.
    """
    if table.lines is None:
        raise BadInput(NOT_OURS)
    changes = {}
    for line in table.lines:
        shared = line.shared
        if f"v.{shared.key}" not in request.form:
            continue
        was, value = (
            parse_choice(shared, request.form.getlist(f"{field}.{shared.key}")) for field in ("was", "v")
        )
        if was is None or value is None:
            raise BadInput(NOT_OURS)
        changes[shared.key] = Change(was, value)
    return changes


def _again(
    desk: Desk,
    page: Page,
    other: str,
    *,
    conflicts: Mapping[str, Conflict] | None = None,
    notice: str = "",
) -> ResponseReturnValue:
    """The page as it stands now, with what came in between."""
    with desk.db.session() as session:
        now = page._replace(session=session)
        return make_response(_joint(now, _table(now, other), notice, conflicts or {}), 409)


def _joint(page: Page, table: Table, notice: str, conflicts: Mapping[str, Conflict] | None = None) -> str:
    pair, clashes = table.pair, conflicts or {}
    names = load_names(page.session, [pair.swv, pair.gemeente])
    lines = sorted(table.lines or [], key=lambda line: line.shared.key not in clashes)
    sent = load_sent(page.session, page.round.id)
    return render_template(
        "regio/samen.html",
        **_frame(page),
        pair=pair,
        side=pair.side_of(page.region.code),
        swv=names[pair.swv],
        gemeente=names[pair.gemeente],
        agreement=table.agreement,
        lines=lines,
        is_complete=table.lines is not None,
        open_lines=sum(line.is_open for line in lines),
        differing=sum(line.differs for line in lines),
        conflicts=clashes,
        message=MESSAGES.get(notice),
        state=state_words(table.agreement),
        distance=distance_words,
        asked=load_asked(page.session, page.round.id),
        has_swv=(SWV_LIST, pair.swv) in sent,
        has_gemeente=(GEMEENTE_LIST, pair.gemeente) in sent,
    )


def _away(page: Page, other: str) -> str:
    return render_template(
        "regio/samen-afwezig.html",
        **_frame(page),
        other=get_region(page.session, AllowedRegion(other)),
    )


def _frame(page: Page) -> dict[str, object]:
    frame = load_frame(page.session, page.desk.catalogue, page.viewer, page.region, Tab.SURVEYS)
    return frame | {
        "round": page.round,
        "place": f"/regio/{page.region.code}/vragenlijsten/samen/{page.round.id}",
    }


def _back(region: str, round_id: int, other: str, done: str) -> ResponseReturnValue:
    place = f"/regio/{region}/vragenlijsten/samen/{round_id}/{other}"
    return redirect(f"{place}?klaar={done}#melding", 303)
