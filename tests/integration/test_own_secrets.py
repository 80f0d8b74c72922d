"""Nobody gets the own figures of another region out of any answer: pages, downloads, callbacks, forms."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from dash import Dash

from app.db import Database
from loaders.catalogue import load_catalogue
from loaders.own_figures.groups import renew_groups
from tests.integration import world
from tests.integration.canary import tells
from tests.integration.own_files import CANARY, LONG_AGO, PERIOD, PLACE, form, offer, plant, row
from tests.integration.visitor import Visitor, callback_body

Enter = Callable[[str], Visitor]

ADDRESSES = (
    "/",
    "/account",
    "/beheer/gegevens",
    "/over/indicatoren",
    "/_dash-layout",
    "/regio/{}/overzicht",
    "/regio/{}/indicatoren",
    "/regio/{}/indicatoren.csv",
    "/regio/{}/indicatoren/tlv-so-1000",
    "/regio/{}/indicatoren/tlv-so-1000.csv",
    "/regio/{}/eigen-cijfers",
    "/regio/{}/eigen-cijfers?upload=1&klaar=geladen",
    "/regio/{}/eigen-cijfers.csv",
    "/regio/{}/eigen-cijfers/sjabloon.csv",
)


def _answers(app: Dash, person: Visitor) -> Iterator[str]:
    """Every page, download and callback that this person can ask for, of every region."""
    for code in world.REGIONS:
        for address in ADDRESSES:
            answer = person.get(address.format(code))
            yield answer.text + str(answer.headers)
        for output, callback in app.callback_map.items():
            if "callback" in callback:
                path = f"/regio/{code}/indicatoren/tlv-so-1000"
                yield person.call(callback_body(app, output, {"shell-location.pathname": path})).text


def _tells(text: str) -> bool:
    return tells(text, CANARY)


@pytest.mark.parametrize("login", world.PEOPLE)
def test_ac6_no_answer_to_anybody_else_tells_the_own_figures_of_a_region(
    app: Dash, db: Database, log_in: Enter, login: str
) -> None:
    plant(db, "PO2401", {PERIOD: CANARY}, whole=2_000_000)
    person = log_in(login)

    told = [text for text in _answers(app, person) if _tells(text)]

    assert told == []


def test_ac6_the_region_itself_is_told(db: Database, log_in: Enter) -> None:
    plant(db, "PO2707", {PERIOD: CANARY}, whole=2_000_000)
    person = log_in("swv")

    assert _tells(person.get(PLACE.format("PO2707")).text)
    assert _tells(person.get(PLACE.format("PO2707") + ".csv").text)


@pytest.mark.parametrize("number", [3, 4, 5])
def test_p24_the_group_is_shown_from_five_regions_on_with_their_number(
    db: Database, log_in: Enter, number: int
) -> None:
    plant(db, "PO2707", {PERIOD: 120})
    for other in range(number - 1):
        plant(db, f"PO91{other:02}", {PERIOD: 100 + other})

    renew_groups(db, load_catalogue(), by="test", now=LONG_AGO + timedelta(days=366))
    person = log_in("swv")
    page = person.get(PLACE.format("PO2707"))
    table = person.get(PLACE.format("PO2707") + ".csv")

    assert ("5 regio’s samen" in page.text) is (number == 5)
    assert ("nog geen vergelijking" in page.text) is (number < 5)
    assert (";2,6;5;" in table.text) is (number == 5)  # 1000 × 526 / 200.000 = 2,63


def test_p24_a_group_in_which_one_dominates_is_not_shown_and_tells_nothing(
    db: Database, log_in: Enter
) -> None:
    plant(db, "PO2707", {PERIOD: 120})
    plant(db, "PO9100", {PERIOD: CANARY}, whole=2_000_000)
    for other in range(1, 5):
        plant(db, f"PO91{other:02}", {PERIOD: 100 + other})

    renew_groups(db, load_catalogue(), by="test", now=LONG_AGO + timedelta(days=366))
    page = log_in("swv").get(PLACE.format("PO2707")).text

    assert "nog geen vergelijking" in page
    assert not _tells(page)


def test_ac6_a_refusal_names_only_the_region_that_was_written(log_in: Enter, db: Database) -> None:
    plant(db, "PO2401", {PERIOD: CANARY}, whole=2_000_000)

    answer = offer(log_in("swv"), "PO2707", form(row("PO2401")))

    assert answer.status_code == 422
    assert not _tells(answer.text)
    assert world.REGIONS["PO2401"] not in answer.text
