"""“Sinds uw vorige bezoek” through the door: written once per visit, and never at the cost of the page."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from dash import Dash
from freezegun import freeze_time
from sqlalchemy import delete, func, select, update

from app.db import Database
from app.models import Grant, LoginSession, Publication, PublicationEvent, RegionVisit, VersionSlice
from loaders.publication import Turn, publish
from tests.integration import world
from tests.integration.later_version import publish_again
from tests.integration.visitor import PAGE, Visitor, callback_body
from tests.nodes import find, text

Enter = Callable[[str], Visitor]
OUTPUT = "overview-since.children"
PLACE = "/regio/PO2707/overzicht"
FIRST_DAY = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
FIRST = "Dit is uw eerste bezoek aan deze regio."


def come(app: Dash, moment: datetime, login: str = "swv", place: str = PLACE) -> Any:
    """Log in at a moment and look at the overview; what the block shows."""
    with freeze_time(moment):
        person = Visitor(app)
        assert person.log_in(login).status_code == 303
        person.get(place)
        return ask(person, place)


def ask(person: Visitor, place: str = PLACE) -> Any:
    answer = person.call(callback_body(person.app, OUTPUT, {"shell-location.pathname": place}))
    assert answer.status_code == 200
    return answer.get_json()["response"]["overview-since"]["children"]


def visits(db: Database) -> int:
    with db.session() as session:
        return session.scalar(select(func.count()).select_from(RegionVisit)) or 0


def test_the_first_visit_says_so_quietly(app: Dash, db: Database) -> None:
    shown = come(app, FIRST_DAY)

    assert text(shown).startswith(FIRST)
    assert visits(db) == 1


def test_nothing_changed_is_told_with_the_day(app: Dash) -> None:
    come(app, FIRST_DAY)

    shown = come(app, FIRST_DAY + timedelta(days=2))

    assert text(shown) == "Sinds uw vorige bezoek op 3 november 2026 is er niets veranderd."


def test_what_changed_is_told_with_old_and_new_and_why(app: Dash, db: Database) -> None:
    come(app, FIRST_DAY)
    old, new = publish_again(db, 62_345)
    with db.transaction() as session:
        event = {"at": FIRST_DAY + timedelta(days=1), "by": "data", "is_undo": False}
        reason = "DUO verbeterde de telling."
        session.add(PublicationEvent(version_id=new, previous_id=old, reason=reason, **event))

    shown = come(app, FIRST_DAY + timedelta(days=2))

    words = text(shown)
    assert "Sinds uw vorige bezoek op 3 november 2026" in words
    assert "was 61.000 (voorlopig), is nu 62.345 (definitief)" in words
    assert "4 november 2026: nieuwe cijfers. DUO verbeterde de telling." in words
    links = [each["props"]["href"] for each in find(shown, "A")]
    assert links == ["/regio/PO2707/indicatoren/ll-bao", "/over/wijzigingen"]


def test_the_block_stays_the_same_during_the_visit(app: Dash, db: Database) -> None:
    come(app, FIRST_DAY)
    publish_again(db, 62_345)
    later = FIRST_DAY + timedelta(days=2)
    with freeze_time(later):
        person = Visitor(app)
        person.log_in("swv")
        person.get(PLACE)
        first = ask(person)

    with freeze_time(later + timedelta(minutes=50)):
        assert ask(person) == first


def test_new_figures_that_leave_the_region_alone_are_told_as_such(app: Dash, db: Database) -> None:
    come(app, FIRST_DAY, "gemeente", "/regio/GM0034/overzicht")
    old, new = _publish_for_others_only(db)
    with db.transaction() as session:
        event = {"at": FIRST_DAY, "by": "data", "is_undo": False, "reason": ""}
        session.add(PublicationEvent(version_id=new, previous_id=old, **event))

    shown = come(app, FIRST_DAY + timedelta(days=2), "gemeente", "/regio/GM0034/overzicht")

    assert "zijn er nieuwe cijfers gepubliceerd. Voor Almere bleven de laatste gelijk." in text(shown)


def _publish_for_others_only(db: Database) -> tuple[int, int]:
    """A later version with new pupil numbers of one region, after a first one without any pupil numbers."""
    with db.transaction() as session:
        session.execute(delete(VersionSlice).where(VersionSlice.indicator == world.COUNT))
    return publish_again(db, 61_000)


def test_every_region_has_a_visit_of_its_own(app: Dash, db: Database) -> None:
    come(app, FIRST_DAY)

    assert text(come(app, FIRST_DAY + timedelta(days=1), place="/regio/GM0363/overzicht")).startswith(FIRST)
    assert visits(db) == 2


def test_two_people_do_not_see_each_others_visit(app: Dash) -> None:
    come(app, FIRST_DAY)

    assert text(come(app, FIRST_DAY + timedelta(days=1), "coordinator")).startswith(FIRST)


def test_ac4_a_region_of_others_is_refused_and_not_written_down(app: Dash, db: Database) -> None:
    person = Visitor(app)
    person.log_in("swv")
    person.get(PLACE)

    body = callback_body(app, OUTPUT, {"shell-location.pathname": "/regio/PO2401/overzicht"})

    assert person.call(body).status_code == 403
    assert visits(db) == 0


def test_a_version_in_preview_is_not_written_down(app: Dash, db: Database, waiting: int) -> None:
    person = Visitor(app)
    person.log_in("data")
    person.get("/regio/PO2707/overzicht")
    with db.transaction() as session:
        session.execute(update(LoginSession).values(preview_version=waiting))

    shown = ask(person)

    assert "Dit bezoek telt niet mee." in text(shown)
    assert visits(db) == 0


def test_s04_before_the_first_publication_the_page_stands(app: Dash, db: Database) -> None:
    with db.transaction() as session:
        session.delete(session.get_one(Publication, 1))

    assert text(come(app, FIRST_DAY)).startswith(FIRST)
    assert visits(db) == 0


def test_a_version_that_came_back_is_told_as_going_back(app: Dash, db: Database) -> None:
    first, _ = publish_again(db, 62_345)
    come(app, FIRST_DAY)
    publish(db, first, by="data", turn=Turn("Fout in het bestand."))

    words = text(come(app, FIRST_DAY + timedelta(days=400)))

    assert "terug naar eerdere cijfers. Fout in het bestand." in words
    assert "was 62.345 (definitief), is nu 61.000 (voorlopig)" in words


def test_the_overview_has_a_place_for_it_apart_from_the_figures(app: Dash, log_in: Enter) -> None:
    person = log_in("swv")
    person.get(PLACE)

    page = person.call(callback_body(app, PAGE, {"shell-location.pathname": PLACE})).get_json()["response"]

    ids = [each["props"].get("id") for each in find(page["shell-body"]["children"], "Div")]
    assert ids.index("overview-since") < ids.index("overview-content")


def test_the_account_page_counts_visits(app: Dash, log_in: Enter) -> None:
    come(app, datetime.now(UTC))

    assert "van 1 regio: wanneer u er de laatste twee keer was" in log_in("swv").get("/account").text


def test_the_grant_that_goes_takes_the_block_along(app: Dash, db: Database) -> None:
    come(app, FIRST_DAY)
    with db.transaction() as session:
        session.execute(update(Grant).where(Grant.region_code == "PO2707").values(region_code="PO2401"))
    person = Visitor(app)
    person.log_in("swv")
    person.get("/regio/PO2401/overzicht")

    body = callback_body(app, OUTPUT, {"shell-location.pathname": PLACE})

    assert person.call(body).status_code == 403
