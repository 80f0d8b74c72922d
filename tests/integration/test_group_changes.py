"""Own groups through the door: changed and removed by their owner only, and never twice."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.models import AuditEvent
from tests.integration.group_forms import (
    OWN,
    PLACE,
    TWO,
    groups,
    make,
    number_of,
    remove,
    seen_in,
    send,
    ticked,
)
from tests.integration.visitor import Visitor

Enter = Callable[[str], Visitor]


def test_a_group_is_changed_by_its_form(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    number = number_of(make(person))
    form = person.get(f"{OWN}/wijzigen?groep={number}").text

    answer = send(person, "wijzigen", "Ruimer", [*TWO, "PO2707"], groep=str(number), gezien=seen_in(form))

    assert set(ticked(form)) == set(TWO)
    assert answer.status_code == 303
    assert groups(db) == [("Ruimer", ["PO2401", "PO2402", "PO2707"])]


def test_a_search_while_changing_keeps_which_group_it_is(log_in: Enter) -> None:
    person = log_in("swv")
    number = number_of(make(person))

    page = person.get(f"{OWN}/wijzigen?groep={number}&gezien=123&naam=Nieuwe&regio=PO2707&zoek=almere").text

    assert f'name="groep" value="{number}"' in page
    assert seen_in(page) == "123"
    assert ticked(page) == ["PO2707"]


def test_r08_the_later_of_two_windows_is_told_and_may_go_on(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    number = number_of(make(person))
    seen = seen_in(person.get(f"{OWN}/wijzigen?groep={number}").text)
    send(person, "wijzigen", "Eerste", TWO, groep=str(number), gezien=seen)

    told = send(person, "wijzigen", "Tweede", TWO, groep=str(number), gezien=seen)
    after_told = groups(db)
    again = send(person, "wijzigen", "Tweede", TWO, groep=str(number), gezien=seen_in(told.text))

    assert told.status_code == 409
    assert "intussen in een ander venster gewijzigd" in told.text
    assert "In het andere venster is bewaard: “Eerste”" in told.text
    assert 'value="Tweede"' in told.text
    assert after_told == [("Eerste", TWO)]
    assert again.status_code == 303
    assert groups(db) == [("Tweede", TWO)]


def test_a_group_is_removed_once(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    number = number_of(make(person))

    first, second = remove(person, number), remove(person, number)

    assert "klaar=verwijderd" in first.headers["Location"]
    assert "klaar=al-verwijderd" in second.headers["Location"]
    assert "Deze groep was al verwijderd, of bestaat niet." in person.get(second.headers["Location"]).text
    assert groups(db) == []


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "1 OR 1=1", ""])
def test_s17_what_is_no_group_reads_like_that_of_another(log_in: Enter, number: str) -> None:
    owner, person = log_in("coordinator"), log_in("swv")
    theirs = number_of(make(owner))

    answers = [person.get(f"{OWN}/wijzigen?groep={each}") for each in (str(theirs), number)]
    sent = [send(person, "wijzigen", "Mijn", TWO, groep=each) for each in (str(theirs), number)]

    assert {answer.status_code for answer in (*answers, *sent)} == {403}
    assert len({_lasting(answer.text) for answer in answers}) == 1


def test_s17_a_group_of_another_cannot_be_seen_changed_or_removed(log_in: Enter, db: Database) -> None:
    owner, person = log_in("coordinator"), log_in("swv")
    number = number_of(make(owner, "Geheim"))

    answer = remove(person, number)

    assert "klaar=al-verwijderd" in answer.headers["Location"]
    assert "Geheim" not in person.get(f"{OWN}?klaar=bewaard&groep={number}").text
    assert groups(db) == [("Geheim", TWO)]


def test_a_group_of_another_kind_is_not_changed_at_this_page(log_in: Enter, db: Database) -> None:
    person = log_in("coordinator")
    number = number_of(make(person))

    assert person.get(f"{PLACE.format('VO2708')}/wijzigen?groep={number}").status_code == 403
    answer = send(person, "wijzigen", "x", ["VO2401", "VO2708"], region="VO2708", groep=str(number))
    assert answer.status_code == 403
    assert groups(db) == [("Buren", TWO)]


def test_every_change_leaves_one_audit_row(log_in: Enter, db: Database) -> None:
    person = log_in("swv")
    number = number_of(make(person))
    remove(person, number)

    with db.session() as session:
        query = select(func.count()).where(AuditEvent.actor == "swv", AuditEvent.action.like("own_group.%"))
        assert session.scalar(query) == 2


def test_the_account_page_counts_the_groups_and_leads_to_them(log_in: Enter) -> None:
    person = log_in("swv")
    before = person.get("/account").text
    make(person)
    make(person, "Twee")

    page = person.get("/account").text

    assert "<dt>Eigen groepen</dt><dd>geen</dd>" in before
    assert f'<a href="{OWN}">2 groepen van regio’s</a>' in page


def _lasting(page: str) -> str:
    """A page without what differs at every request: its reference, and the form token (it holds the time)."""
    without_token = re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", page)
    return re.sub(r'(Kenmerk: <span class="num">)[0-9a-f]{8}', r"\1", without_token)
