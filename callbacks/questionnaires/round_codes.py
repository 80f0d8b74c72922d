"""How people get in: invited by address, by a code on paper, or by the open link of their group."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

import segno
from flask import request
from flask.typing import ResponseReturnValue

from app.audit import record
from app.errors import SelectionRefused
from app.models import SurveyGroup, SurveyInvitation
from callbacks.questionnaires.desk import (
    ROUND_PLACE,
    Desk,
    Place,
    change,
    current_settings,
    do,
    has_server,
    reading,
    show,
)
from callbacks.server_pages import Route, asked_number, bound
from survey import rounds
from survey.checklist import title_of
from survey.choosing import get_list
from survey.definition import Questionnaire, text_of
from survey.groups import OPEN_AUDIENCES, get_group, list_groups
from survey.invitations import (
    MOST_AT_ONCE,
    add_codes,
    add_people,
    check_named,
    is_working,
    link_of,
    list_invitations,
    read_number,
    read_people,
)
from survey.lists import load_lists
from survey.mail.outbox import list_mailed
from survey.tokens import Token, spaced, token_of

CLOSED = "De ronde is gesloten: uitnodigen kan niet meer."
NO_SERVER = (
    "Dit dashboard kan zelf geen mail versturen. Maak codes op papier: namen en mailadressen zijn dan niet "
    "nodig. Er is niemand toegevoegd."
)
SHEET_CLOSED = (
    "De ronde is gesloten: invullen kan niet meer. Het blad met links en codes is er daarom ook niet meer."
)
NOTICES = {
    "mensen": "De mensen zijn toegevoegd. Hun mail zet u klaar op de pagina Mails.",
    "niemand": "Deze mensen waren al uitgenodigd voor deze vragenlijst. Er is niets toegevoegd.",
    "codes": "De codes zijn gemaakt.",
    "gewist": "Naam, mailadres en eigen antwoorden die nog niet waren verzonden, zijn gewist. De link werkt "
    "niet meer. Antwoorden namens een organisatie blijven staan voor de collega’s.",
    "partner-gewist": "Dit mailadres is gewist. Er gaan geen mails over deze ronde meer naartoe.",
    "onbekend": "Dit mailadres staat niet in deze ronde. Er is niets gewist.",
}


def routes(desk: Desk) -> Sequence[Route]:
    """The addresses of this module."""
    here = f"{ROUND_PLACE}/codes"
    return (
        (here, "round_codes", "GET", bound(show, desk, page)),
        (f"{here}/mensen", "round_people_add", "POST", bound(do, desk, _add_people, page)),
        (f"{here}/maken", "round_codes_add", "POST", bound(do, desk, _add_codes, page)),
        (f"{here}/blad/<int:group_id>", "round_codes_sheet", "GET", bound(_sheet, desk)),
    )


def page(place: Place, errors: Mapping[str, str]) -> str:
    """The page of links and codes."""
    lists = load_lists(place.session, place.round.id)
    asked = {each.id: each.original(place.desk.questionnaires) for each in lists}
    groups = list_groups(place.session, list(asked))
    invitations = list_invitations(place.session, [group.id for group in groups])
    mailed = list_mailed(place.session, [group.id for group in groups])
    return place.render(
        "codes.html",
        errors=errors,
        asked_groups=[_row(place, group, asked[group.list_id], invitations, mailed) for group in groups],
        typed=request.form if errors else {},
        asked_group=asked_number(request.form or request.args, "groep"),
        most=MOST_AT_ONCE,
        has_server=has_server(),
        is_closed=place.round.state == rounds.State.CLOSED,
        notice=NOTICES.get(request.args.get("klaar", ""), ""),
    )


def _row(
    place: Place,
    group: SurveyGroup,
    questionnaire: Questionnaire,
    invitations: Sequence[SurveyInvitation],
    mailed: Container[str],
) -> dict[str, Any]:
    own = [each for each in invitations if each.group_id == group.id]
    return {
        "id": group.id,
        "list_id": group.list_id,
        "title": title_of(questionnaire),
        "is_named": questionnaire.audience not in OPEN_AUDIENCES,
        "organisation": group.organisation,
        "people": sum(1 for each in own if each.email),
        "codes": sum(1 for each in own if _is_on_paper(place, each, mailed)),
        "has_open_link": group.open_nonce is not None,
    }


def _is_on_paper(place: Place, invitation: SurveyInvitation, mailed: Container[str]) -> bool:
    """Whether the coordinator hands the link out; the link of somebody with an address is only theirs.

    So no sheet tells whose a link is: who holds the sheet can open what was begun with it. The link of
    somebody who was erased works no more, and is no code.
    """
    is_handed_out = not invitation.email and invitation.id not in mailed
    return is_handed_out and is_working(invitation, place.key)


def _add_people(place: Place) -> str:
    group = _group(place)
    if not has_server():
        raise SelectionRefused({"mensen": NO_SERVER})
    row = get_list(place.session, place.round.id, group.list_id)
    check_named(place.desk.questionnaires[row.questionnaire, row.version].audience)
    people = read_people(request.form.get("mensen", ""))
    login, round_id = place.viewer.login, place.round.id
    count = add_people(place.session, group, people, place.key, by=login, round_id=round_id)
    return f"/codes?klaar={'mensen' if count else 'niemand'}#melding"


def _add_codes(place: Place) -> str:
    group = _group(place)
    number = read_number(request.form.get("codes", ""))
    login, round_id = place.viewer.login, place.round.id
    add_codes(place.session, group, number, place.key, by=login, round_id=round_id)
    return "/codes?klaar=codes#melding"


def _group(place: Place) -> SurveyGroup:
    if place.round.state == rounds.State.CLOSED:
        raise SelectionRefused({"groep": CLOSED})
    return get_group(place.session, place.round.id, asked_number(request.form, "groep"))


def _sheet(desk: Desk, region: str, round_id: int, group_id: int) -> ResponseReturnValue:
    """Everything of one group that is handed out on paper, to print; the links stand on this page only.

    Whoever looks at it could fill in for others: so each time is written down, before it is made.
    """

    def write_down(place: Place) -> None:
        group = get_group(place.session, place.round.id, group_id)
        if place.round.state == rounds.State.CLOSED:
            raise SelectionRefused({"wie": SHEET_CLOSED})
        subject, detail = f"ronde {place.round.id}", f"groep {group.id}"
        record(place.session, by=place.viewer.login, action="blad geopend", subject=subject, detail=detail)

    try:
        change(desk, region, round_id, write_down)
    except SelectionRefused as refused:
        with reading(desk, region, round_id) as place:
            return page(place, errors=refused.problems), 422
    return show(desk, _sheet_page, region, round_id, group_id=group_id)


def _sheet_page(place: Place, errors: Mapping[str, str], group_id: int) -> str:
    group = get_group(place.session, place.round.id, group_id)
    listed = {each.id: each for each in load_lists(place.session, place.round.id)}
    mailed = list_mailed(place.session, [group.id])
    own = [each for each in list_invitations(place.session, [group.id]) if _is_on_paper(place, each, mailed)]
    opened = token_of(place.key, group.open_nonce) if group.open_nonce else None
    return place.render(
        "blad.html",
        errors=errors,
        group=group,
        title=text_of(listed[group.list_id].original(place.desk.questionnaires).titles, "nl"),
        address=f"{current_settings().base_url}/invullen",
        open_link=_slip(opened, 0, scale=6) if opened else None,
        slips=[_slip(token_of(place.key, each.nonce), each.number) for each in own],
    )


def _slip(token: Token, number: int, *, scale: int = 3) -> dict[str, Any]:
    """A link as it stands on paper: code, address and a square to scan."""
    link = link_of(current_settings().base_url, token)
    return {
        "number": number,
        "code": spaced(token),
        "link": link,
        "qr": segno.make(link, error="m").svg_data_uri(scale=scale, border=4, svgclass=None, lineclass=None),
    }
