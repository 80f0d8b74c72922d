"""The outcome of a round on its pages: who sees it when, what stands there, and how it is released."""

import io
from collections.abc import Callable

import pytest
from dash import Dash
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.db import Database
from app.models import AuditEvent, SurveyRound
from app.wording import INVENTED
from survey.results import make_results
from tests.integration.outcome_world import NOW, add_closed_round, add_response, core_answers
from tests.integration.survey_world import add_list
from tests.integration.visitor import Visitor, callback_body

MIXED = [1, 2, 3, 4, 5] * 5
SOME = [2, 3, 4, 5] * 5
LogIn = Callable[[str], Visitor]


def _round(db: Database, *, made: bool = True, region: str = "VO2708") -> int:
    """A closed round of the coordinator's region, with a list of intern begeleiders and one of gemeenten."""
    with db.transaction() as session:
        partners = ("PO2707", "GM0363", "GM0384", "GM0034")
        round_id = add_closed_round(
            session, {"GM0363": MIXED, "GM0384": SOME}, region=region, partners=partners
        )
        list_id = add_list(session, round_id, "gemeente")
        add_response(session, list_id, core_answers(4), None, organisation=("GM0363", "Gemeente Amsterdam"))
    if made:
        make_results(db, round_id, now=NOW)
    return round_id


def _place(region: str, round_id: int) -> str:
    return f"/regio/{region}/vragenlijsten/uitkomst/{round_id}"


def _release_of(db: Database, round_id: int) -> str:
    with db.session() as session:
        return session.get_one(SurveyRound, round_id).release


def _set_release(db: Database, round_id: int, release: str) -> None:
    with db.transaction() as session:
        session.get_one(SurveyRound, round_id).release = release


def test_before_the_release_only_coordinator_and_approvers_see_that_it_exists(
    db: Database, log_in: LogIn
) -> None:
    round_id = _round(db)

    codes = {
        login: log_in(login).get(_place(region, round_id)).status_code
        for login, region in {
            "coordinator": "VO2708",
            "swv": "PO2707",
            "gemeente": "GM0034",
            "lezer": "GM0363",
            "beheer": "VO2708",
        }.items()
    }
    page = log_in("coordinator").get(_place("VO2708", round_id)).text

    assert codes == {"coordinator": 200, "swv": 200, "gemeente": 200, "lezer": 403, "beheer": 403}
    assert "nog niet vrijgegeven" in page
    assert "Geef vrij in de regio" in page
    assert "Scores" not in page
    assert log_in("coordinator").get(_place("VO2708", round_id) + ".csv").status_code == 403
    assert log_in("coordinator").get(f"/uitkomsten/{round_id}").status_code == 404


def test_the_path_from_concept_to_public(db: Database, log_in: LogIn) -> None:
    round_id = _round(db)
    coordinator, swv, gemeente = (log_in(each) for each in ("coordinator", "swv", "gemeente"))

    refused = swv.send(_place("PO2707", round_id) + "/akkoord", form="/account")
    assert refused.status_code == 409
    assert "Akkoord geven kan alleen" in refused.text

    released = coordinator.send(_place("VO2708", round_id) + "/vrijgeven", form=_place("VO2708", round_id))
    assert released.status_code == 303
    assert _release_of(db, round_id) == "regio"
    assert "3,2" in log_in("lezer").get(_place("GM0363", round_id)).text

    assert (
        swv.send(_place("PO2707", round_id) + "/akkoord", form=_place("PO2707", round_id)).status_code == 303
    )
    assert _release_of(db, round_id) == "regio"
    again = swv.send(_place("PO2707", round_id) + "/akkoord", form=_place("PO2707", round_id))
    assert again.status_code == 409
    swv.send(_place("PO2707", round_id) + "/intrekken", form=_place("PO2707", round_id))
    swv.send(_place("PO2707", round_id) + "/akkoord", form=_place("PO2707", round_id))
    done = gemeente.send(_place("GM0034", round_id) + "/akkoord", form=_place("GM0034", round_id))

    assert done.headers["Location"].endswith("?klaar=openbaar#melding")
    assert _release_of(db, round_id) == "publiek"
    too_late = swv.send(_place("PO2707", round_id) + "/intrekken", form="/account")
    assert too_late.status_code == 409
    assert _acts(db) == [
        "uitkomsten gemaakt",
        "uitkomsten vrijgegeven in de regio",
        "akkoord met openbaar maken",
        "akkoord ingetrokken",
        "akkoord met openbaar maken",
        "akkoord met openbaar maken",
        "uitkomsten openbaar gemaakt",
    ]


def _acts(db: Database) -> list[str]:
    with db.session() as session:
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id))
        return [each for each in actions if "uitkomsten" in each or "akkoord" in each]


def test_who_may_not_release_or_approve_is_refused(db: Database, log_in: LogIn) -> None:
    round_id = _round(db)
    _set_release(db, round_id, "regio")
    coordinator, swv, reader = (log_in(each) for each in ("coordinator", "swv", "lezer"))

    codes = [
        swv.send(_place("PO2707", round_id) + "/vrijgeven", form="/account").status_code,
        swv.send(_place("VO2708", round_id) + "/akkoord", form="/account").status_code,
        coordinator.send(_place("VO2708", round_id) + "/akkoord", form="/account").status_code,
        reader.send(_place("GM0363", round_id) + "/akkoord", form="/account").status_code,
    ]

    assert codes == [403, 403, 403, 403]
    assert _release_of(db, round_id) == "regio"


def test_a_round_without_results_is_not_released(db: Database, log_in: LogIn) -> None:
    round_id = _round(db, made=False)
    coordinator = log_in("coordinator")

    answer = coordinator.send(_place("VO2708", round_id) + "/vrijgeven", form="/account")

    assert answer.status_code == 409
    assert "worden nog gemaakt" in answer.text
    assert _release_of(db, round_id) == "concept"


def test_the_region_sees_texts_and_organisations_and_the_public_does_not(
    db: Database, log_in: LogIn, visitor: Visitor
) -> None:
    round_id = _round(db)
    _set_release(db, round_id, "publiek")

    inside = log_in("lezer").get(_place("GM0363", round_id)).text
    outside = visitor.get(f"/uitkomsten/{round_id}").text
    listed = visitor.get("/uitkomsten").text

    assert "Goed overleg 3" in inside
    assert "Gemeente Amsterdam" in inside
    assert "(ruw)" not in inside
    assert "Goed overleg" not in outside
    assert "Gemeente Amsterdam" not in outside
    assert "3,2" in outside
    assert f'href="/uitkomsten/{round_id}"' in listed
    assert visitor.get("/uitkomsten/999").status_code == 404
    assert visitor.get(f"/uitkomsten/{10**30}").status_code == 404


def test_ac6_downloads_hold_what_the_page_shows(db: Database, log_in: LogIn, visitor: Visitor) -> None:
    round_id = _round(db)
    _set_release(db, round_id, "publiek")

    text = log_in("lezer").get(_place("GM0363", round_id) + ".csv").text
    content = visitor.get(f"/uitkomsten/{round_id}.xlsx").data
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))

    assert '"Scores per thema: intern begeleiders";"Meerwaarde van samenwerking";"Score";3,2' in text
    assert "Gemeente Amsterdam" in text
    assert "ib Thema’s" in book.sheet_names
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    assert not any("Gemeente Amsterdam" in str(cell) for row in rows for cell in row)


def test_invented_answers_say_so(db: Database, log_in: LogIn, visitor: Visitor, app: Dash) -> None:
    round_id = _round(db)
    _set_release(db, round_id, "publiek")
    with db.transaction() as session:
        session.get_one(SurveyRound, round_id).is_demo = True
    reader = log_in("lezer")

    assert INVENTED in reader.get(_place("GM0363", round_id)).text
    assert INVENTED in visitor.get(f"/uitkomsten/{round_id}").text
    assert INVENTED in visitor.get(f"/uitkomsten/{round_id}.csv").text
    assert INVENTED in _connection(app, reader, "GM0363")
    assert "Verzonnen antwoorden" in visitor.get("/uitkomsten").text


def _connection(app: Dash, person: Visitor, region: str, **filters: str) -> str:
    path = f"/regio/{region}/aansluiting"
    person.get(path)
    values: dict[str, object] = {"shell-location.pathname": path, "shell-edition.children": ""}
    values |= {f"connection-{name}.value": value for name, value in filters.items()}
    return person.call(callback_body(app, "connection-content.children", values)).text


def test_the_chapter_shows_each_theme_with_each_group(db: Database, log_in: LogIn, app: Dash) -> None:
    round_id = _round(db)
    _set_release(db, round_id, "regio")
    reader = log_in("lezer")

    everything = _connection(app, reader, "GM0363")
    one = _connection(app, reader, "GM0363", thema="sturing")

    assert "Meerwaarde van samenwerking" in everything
    assert "Intern begeleiders 3,2" in everything
    assert "1 organisatie" in everything
    assert "Meerwaarde van samenwerking" not in one
    assert "Sturen en informeren" in one


def test_groups_stand_beside_each_other_at_each_question_on_the_chapter_and_in_the_files(
    db: Database, log_in: LogIn, visitor: Visitor, app: Dash
) -> None:
    round_id = _round(db)
    _set_release(db, round_id, "publiek")
    reader, place = log_in("lezer"), _place("GM0363", round_id)
    first = "Doordat school en jeugdhulp samenwerken, krijgt een kind eerder de hulp die past."

    chapter = _connection(app, reader, "GM0363", thema="meerwaarde")
    page, csv = (reader.get(f"{place}{ending}").text for ending in ("", ".csv"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(reader.get(f"{place}.xlsx").data))
    outside = [visitor.get(f"/uitkomsten/{round_id}{ending}").text for ending in ("", ".csv")]

    table, gap = (
        "Meerwaarde van samenwerking: elke groep per vraag",
        "gemeenten 0,8 hoger dan intern begeleiders",
    )
    assert [
        words
        for words in (table, gap, "(5 vragen)", f"uitkomst\\u002f{round_id}.csv")
        if words not in chapter
    ] == []
    assert table in page
    assert f'"{table}";"{first}";"Gemeenten";4' in csv
    assert f'"{table}";"{first}";"Intern begeleiders";3,2' in csv
    name = next(each for each in book.sheet_names if each.startswith("groepen Meerwaarde"))
    rows = book.get_sheet_by_name(name).to_python()
    assert ["Vraag", "Intern begeleiders", "Gemeenten", "Grootste verschil"] in [row[:4] for row in rows]
    assert not any("elke groep per vraag" in each for each in outside)  # one group without a name


@pytest.mark.parametrize(
    ("release", "words"), [(None, "nog geen ronde"), ("concept", "nog niet vrijgegeven")]
)
def test_without_an_outcome_the_chapter_says_why(
    db: Database, log_in: LogIn, app: Dash, release: str | None, words: str
) -> None:
    if release:
        _round(db)

    assert words in _connection(app, log_in("lezer"), "GM0363")


def test_ac4_the_chapter_is_for_people_of_that_very_region(db: Database, log_in: LogIn, app: Dash) -> None:
    """Neighbours and administrators see its national figures, and no answers."""
    round_id = _round(db)
    _set_release(db, round_id, "regio")

    assert log_in("swv").get("/regio/GM0363/aansluiting").status_code == 403
    assert log_in("beheer").get("/regio/GM0363/aansluiting").status_code == 403
    assert "3,2" not in _connection(app, log_in("swv"), "GM0363")
    assert "3,2" not in _connection(app, log_in("beheer"), "GM0363")
