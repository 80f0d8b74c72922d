"""A round from plan to end: made, changed, opened, extended and closed by its coordinator."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import AllowedRegion, CoordinatedRegion, Tab
from app.auth import current_viewer
from app.errors import SelectionRefused
from app.regions import SWVS, RegionName
from callbacks.questionnaires.desk import (
    PLACE,
    ROUND_PLACE,
    Desk,
    Place,
    asked_date,
    do,
    now,
    round_address,
    show,
    today,
)
from callbacks.regions import get_region
from callbacks.server_pages import Route, bound, load_frame
from loaders.areas import load_parts
from survey import rounds
from survey.checklist import check_opening, load_checklist
from survey.closing import close_for_good
from survey.monitor import load_responses
from survey.rounds import RoundDraft, check_round

NOTICES = {
    "gemaakt": "De ronde is gemaakt. Loop de stappen hieronder af.",
    "gewijzigd": "De gegevens zijn gewijzigd.",
    "geopend": "De ronde is open.",
    "al-open": "De ronde was al open.",
    "verlengd": "De ronde is met een week verlengd.",
    "niet-verlengd": "De ronde was al verlengd. Dat kan één keer. Er is niets gewijzigd.",
    "gesloten": "De ronde is gesloten. Antwoorden kunnen er niet meer bij.",
    "al-gesloten": "De ronde was al gesloten.",
}


class Partner(NamedTuple):
    """A region that may take part; the usual ones are ticked beforehand."""

    region: RegionName
    is_usual: bool


def routes(desk: Desk) -> Sequence[Route]:
    """The addresses of this module."""
    return (
        (f"{PLACE}/rondes/nieuw", "round_form", "GET", bound(_show_new, desk)),
        (f"{PLACE}/rondes/nieuw", "round_add", "POST", bound(_add, desk)),
        (ROUND_PLACE, "round", "GET", bound(show, desk, _page)),
        (f"{ROUND_PLACE}/wijzigen", "round_edit", "GET", bound(show, desk, _edit_page)),
        (f"{ROUND_PLACE}/wijzigen", "round_change", "POST", bound(do, desk, _change, _edit_page)),
        (f"{ROUND_PLACE}/openen", "round_open", "POST", bound(do, desk, _open, _page)),
        (f"{ROUND_PLACE}/verlengen", "round_extend", "POST", bound(do, desk, _extend, _page)),
        (f"{ROUND_PLACE}/sluiten", "round_close", "POST", bound(do, desk, _close, _page)),
        (f"{ROUND_PLACE}/verwijderen", "round_delete", "POST", bound(_delete, desk)),
    )


def _show_new(desk: Desk, region: str) -> ResponseReturnValue:
    viewer = current_viewer()
    code = viewer.coordinated_region(region)
    with desk.db.session() as session:
        start = today() + timedelta(days=7)
        usual = {
            "eerste": start.isoformat(),
            "sluit": (start + timedelta(days=rounds.USUAL_DAYS)).isoformat(),
            "partners": [each.region.code for each in _partners(session, code) if each.is_usual],
        }
        return _new_page(desk, session, code, usual, {})


def _add(desk: Desk, region: str) -> ResponseReturnValue:
    viewer = current_viewer()
    code = viewer.coordinated_region(region)
    chosen = request.form.getlist("deelnemer")
    try:
        draft = _asked()
        with desk.db.transaction() as session:
            allowed = {each.region.code for each in _partners(session, code)}
            partners = [each for each in chosen if each in allowed]
            round_id = rounds.create_round(session, code, draft, partners, by=viewer.login, now=now())
    except SelectionRefused as refused:
        with desk.db.session() as session:
            values = {**request.form.to_dict(), "partners": chosen}
            return _new_page(desk, session, code, values, refused.problems), 422
    return redirect(f"{round_address(code, round_id)}?klaar=gemaakt#melding", 303)


def _new_page(
    desk: Desk,
    session: Session,
    code: CoordinatedRegion,
    values: Mapping[str, Any],
    errors: Mapping[str, str],
) -> str:
    named = get_region(session, AllowedRegion(str(code)))
    home = f"/regio/{code}/{Tab.SURVEYS}"
    return render_template(
        "vragenlijsten/gegevens.html",
        **load_frame(session, desk.catalogue, current_viewer(), named, Tab.SURVEYS),
        home=home,
        place=f"{home}/rondes/nieuw",
        round=None,
        partners=_partners(session, code),
        values=values,
        errors=errors,
    )


def _partners(session: Session, code: str) -> list[Partner]:
    """The regions that may take part beside one's own: parts of it, and the other SWVs of those parts."""
    near = _around(session, code)
    far: dict[str, RegionName] = {}
    for each in near.values():
        far |= _around(session, each.code)
    others = [far[each] for each in far if each not in near and each != code and far[each].kind in SWVS]
    found = [Partner(each, is_usual=True) for each in near.values()]
    return sorted(
        found + [Partner(each, is_usual=False) for each in others], key=lambda each: each.region.name
    )


def _around(session: Session, code: str) -> dict[str, RegionName]:
    """code → the gemeenten of an SWV, or the SWVs of a gemeente."""
    either = [each for part in load_parts(session, code) for each in (part.gemeente, part.swv)]
    return {each.code: each for each in either if each.code != code and not each.is_national}


def _asked() -> RoundDraft:
    """The round as the form has it, checked.

    Raises:
        SelectionRefused: with a sentence per field.
    """
    opens_on, closes_on = asked_date(request.form, "eerste"), asked_date(request.form, "sluit")
    missing = {"eerste": opens_on, "sluit": closes_on}
    if opens_on is None or closes_on is None:
        raise SelectionRefused({name: "Kies een dag." for name, value in missing.items() if value is None})
    draft = RoundDraft(
        request.form.get("titel", ""),
        opens_on,
        closes_on,
        asked_date(request.form, "bijeenkomst"),
        request.form.get("contact", ""),
        request.form.get("kanaal", ""),
        asked_date(request.form, "bijeenkomst-1"),
    )
    return check_round(draft, today())


def _page(place: Place, errors: Mapping[str, str]) -> str:
    checklist = load_checklist(place.session, place.round, place.desk.questionnaires)
    return place.render(
        "ronde.html",
        errors=errors,
        checklist=checklist,
        notice=NOTICES.get(request.args.get("klaar", ""), ""),
        can_open=place.is_concept and checklist.is_ready,
        has_warning=place.round.state != rounds.State.CONCEPT and _is_unbalanced(place),
        is_over=place.round.closes_on < today(),
        longest=rounds.EXTENSION.days,
    )


def _is_unbalanced(place: Place) -> bool:
    responses = load_responses(place.session, place.round.id, place.desk.questionnaires)
    return any(not each.balance.is_balanced for each in responses)


def _edit_page(place: Place, errors: Mapping[str, str]) -> str:
    kept = place.round
    values: dict[str, Any] = {
        "titel": kept.title,
        "eerste": kept.opens_on.isoformat(),
        "sluit": kept.closes_on.isoformat(),
        "bijeenkomst-1": kept.first_meeting_on.isoformat() if kept.first_meeting_on else "",
        "bijeenkomst": kept.meeting_on.isoformat() if kept.meeting_on else "",
        "contact": kept.contact,
        "kanaal": kept.channel,
    }
    values |= request.form.to_dict() if errors else {}
    return place.render("gegevens.html", errors=errors, values=values, partners=[])


def _change(place: Place) -> str:
    rounds.change_round(place.session, place.round, _asked(), by=place.viewer.login)
    return "?klaar=gewijzigd#melding"


def _open(place: Place) -> str:
    skips = request.form.get("zonder-test") == "ja"
    checklist = load_checklist(place.session, place.round, place.desk.questionnaires)
    if place.is_concept:
        check_opening(checklist, skips_test=skips)
    detail = "" if checklist.is_tested else "zonder testantwoord"
    done = rounds.open_round(place.session, place.round, by=place.viewer.login, today=today(), detail=detail)
    return f"?klaar={'geopend' if done else 'al-open'}#melding"


def _extend(place: Place) -> str:
    done = rounds.extend_round(place.session, place.round, by=place.viewer.login, today=today())
    return f"?klaar={'verlengd' if done else 'niet-verlengd'}#melding"


def _close(place: Place) -> str:
    if request.form.get("zeker") != "ja":
        raise SelectionRefused({"zeker": "Zet een vinkje als u zeker weet dat de ronde kan sluiten."})
    done = close_for_good(place.session, place.round.id, by=place.viewer.login, now=now())
    return f"?klaar={'gesloten' if done else 'al-gesloten'}#melding"


def _delete(desk: Desk, region: str, round_id: int) -> ResponseReturnValue:
    answer = do(desk, _remove, _page, region, round_id)
    if isinstance(answer, tuple):
        return answer
    return redirect(f"/regio/{region}/{Tab.SURVEYS}?klaar=verwijderd#melding", 303)


def _remove(place: Place) -> str:
    rounds.delete_round(place.session, place.round, by=place.viewer.login)
    return ""
