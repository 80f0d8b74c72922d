"""Who is asked: the organisations of each questionnaire, and how many people each has."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from sqlalchemy import select

from app.errors import SelectionRefused
from app.models import Region
from app.regions import RegionKind, kind_of
from callbacks.questionnaires.desk import ROUND_PLACE, Desk, Place, do, show
from callbacks.server_pages import Route, asked_number, bound
from layouts.formatting import plural
from survey import rounds
from survey.checklist import title_of
from survey.choosing import get_list
from survey.definition import Audience, text_of
from survey.groups import (
    OPEN_AUDIENCES,
    add_group,
    change_size,
    get_group,
    give_open_link,
    list_groups,
    read_size,
    remove_group,
)
from survey.lists import ListInRound, load_lists
from survey.monitor import organisations_asked
from survey.rounds import list_regions

CLOSED = "De ronde is gesloten. Er is niets gewijzigd."
NOTICES = {
    "toegevoegd": "De groep is toegevoegd.",
    "aantal": "Het aantal is gewijzigd.",
    "weg": "De groep is verwijderd.",
}


def routes(desk: Desk) -> Sequence[Route]:
    """The addresses of this module."""
    here = f"{ROUND_PLACE}/groepen"
    return (
        (here, "round_groups", "GET", bound(show, desk, _page)),
        (here, "round_group_add", "POST", bound(do, desk, _add, _page)),
        (f"{here}/<int:group_id>/aantal", "round_group_size", "POST", bound(do, desk, _resize, _page)),
        (f"{here}/<int:group_id>/verwijderen", "round_group_remove", "POST", bound(do, desk, _remove, _page)),
    )


def _page(place: Place, errors: Mapping[str, str], group_id: int = 0) -> str:
    lists = load_lists(place.session, place.round.id)
    groups = list_groups(place.session, [each.id for each in lists])
    regions = _names(place)
    shown = []
    for each in lists:
        own = [group for group in groups if group.list_id == each.id]
        shown.append(_shelf(place, each, own, regions))
    return place.render(
        "groepen.html",
        errors=errors,
        wrong_group=group_id,
        shelves=shown,
        asked=request.form if errors else {},
        asked_list=asked_number(request.form, "lijst") if errors else 0,
        is_closed=place.round.state == rounds.State.CLOSED,
        notice=NOTICES.get(request.args.get("klaar", ""), ""),
    )


def _shelf(
    place: Place, each: ListInRound, groups: Sequence[Any], regions: Mapping[str, str]
) -> dict[str, Any]:
    """One list with its groups, as the page shows it."""
    questionnaire = each.original(place.desk.questionnaires)
    of_functionaries = questionnaire.audience is Audience.FUNCTIONARY
    asked = organisations_asked(questionnaire.id, regions)
    choices = (
        asked if of_functionaries else [code for code in regions if kind_of(code) is RegionKind.GEMEENTE]
    )
    return {
        "id": each.id,
        "title": title_of(questionnaire),
        "names": text_of(questionnaire.group_names, "nl") or "mensen",
        "of_functionaries": of_functionaries,
        "is_open": questionnaire.audience in OPEN_AUDIENCES,
        "organisations": [regions[code] for code in asked],
        "choices": [(code, regions[code]) for code in choices],
        "groups": groups,
        "regions": regions,
        "caption": _caption(groups, of_functionaries=of_functionaries),
    }


def _caption(groups: Sequence[Any], *, of_functionaries: bool) -> str:
    """How many groups there are, and people in them: `95 mensen in 2 groepen`."""
    if of_functionaries:
        return f"{plural(len(groups), 'organisatie', 'organisaties')}."
    known = [group.size for group in groups if group.size]
    words = plural(len(groups), "groep", "groepen")
    if not known:
        return f"{words}. Hoeveel mensen er zijn, is niet bekend."
    unknown = len(groups) - len(known)
    missing = f" Van {plural(unknown, 'groep', 'groepen')} is het aantal niet bekend." if unknown else ""
    return f"{plural(sum(known), 'persoon', 'mensen')} in {words}.{missing}"


def _names(place: Place) -> dict[str, str]:
    """code → name of the regions that take part, by name."""
    codes = list_regions(place.session, place.round.id)
    query = select(Region.code, Region.name).where(Region.code.in_(codes)).order_by(Region.name, Region.code)
    return {row.code: row.name for row in place.session.execute(query)}


def _add(place: Place) -> str:
    _check_open(place)
    row = get_list(place.session, place.round.id, asked_number(request.form, "lijst"))
    audience = place.desk.questionnaires[row.questionnaire, row.version].audience
    code = request.form.get("gemeente", "")
    allowed = set(list_regions(place.session, place.round.id))
    if code and code not in allowed:
        raise SelectionRefused({"gemeente": "Kies een gemeente of organisatie uit de lijst."})
    if audience is Audience.FUNCTIONARY:
        _check_asked(row.questionnaire, code)
    size = read_size(request.form.get("aantal", ""), is_unknown=request.form.get("onbekend") == "ja")
    name = request.form.get("organisatie", "")
    login = place.viewer.login
    number = add_group(place.session, row, name, gemeente=code or None, size=size, by=login)
    if audience in OPEN_AUDIENCES:
        give_open_link(get_group(place.session, place.round.id, number), place.key)
    return "/groepen?klaar=toegevoegd#melding"


def _check_asked(questionnaire: str, code: str) -> None:
    if not code:
        raise SelectionRefused({"gemeente": "Kies voor welke organisatie deze mensen antwoorden."})
    if not organisations_asked(questionnaire, [code]):
        raise SelectionRefused(
            {"gemeente": "Deze vragenlijst is niet voor deze organisatie. Kies een organisatie uit de lijst."}
        )


def _resize(place: Place, group_id: int) -> str:
    _check_open(place)
    group = get_group(place.session, place.round.id, group_id)
    size = read_size(request.form.get("aantal", ""), is_unknown=request.form.get("onbekend") == "ja")
    change_size(place.session, group, size, by=place.viewer.login, round_id=place.round.id)
    return "/groepen?klaar=aantal#melding"


def _remove(place: Place, group_id: int) -> str:
    _check_open(place)
    group = get_group(place.session, place.round.id, group_id)
    remove_group(place.session, group, by=place.viewer.login, round_id=place.round.id)
    return "/groepen?klaar=weg#melding"


def _check_open(place: Place) -> None:
    if place.round.state == rounds.State.CLOSED:
        raise SelectionRefused({"groep": CLOSED})
