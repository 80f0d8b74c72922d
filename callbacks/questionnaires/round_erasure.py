"""Erasing who was invited, at their request: name, address and what they had not sent yet."""

from collections.abc import Sequence

from flask import request

from app.errors import SelectionRefused
from app.rights.erasures import erasure_key
from callbacks.questionnaires import round_codes
from callbacks.questionnaires.desk import ROUND_PLACE, Desk, Place, current_settings, do
from callbacks.server_pages import Route, bound
from survey.groups import list_groups
from survey.lists import load_lists
from survey.rights import erase_invitee, erase_partner

NO_ADDRESS = "Vul het mailadres in van de persoon die u wilt wissen."


def routes(desk: Desk) -> Sequence[Route]:
    """The address of this module."""
    act = bound(do, desk, _erase, round_codes.page)
    return ((f"{ROUND_PLACE}/codes/wissen", "round_invitee_erase", "POST", act),)


def _erase(place: Place) -> str:
    email = request.form.get("wis", "").strip()
    if not email:
        raise SelectionRefused({"wis": NO_ADDRESS})
    key, by = erasure_key(current_settings()), place.viewer.login
    lists = [each.id for each in load_lists(place.session, place.round.id)]
    groups = list_groups(place.session, lists)
    found = sum(erase_invitee(place.session, place.region, each.id, email, by=by, key=key) for each in groups)
    told = erase_partner(place.session, place.region, place.round.id, email, by=by, key=key)
    notice = "gewist" if found else "partner-gewist" if told else "onbekend"
    return f"/codes?klaar={notice}#melding"
