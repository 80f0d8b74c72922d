"""What tests of own groups share: the forms as a person sends them, and what is kept."""

import re
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import Database
from app.models import ComparisonGroup, ComparisonGroupRegion
from tests.integration.visitor import HTML, Visitor

PLACE = "/regio/{}/vergelijken/groepen"
OWN = PLACE.format("PO2707")
TWO = ["PO2401", "PO2402"]


def make(
    person: Visitor, name: str = "Buren", codes: list[str] = TWO, *, region: str = "PO2707", **data: Any
) -> TestResponse:
    """Send the form of a new group."""
    return send(person, "nieuw", name, codes, region=region, **data)


def send(
    person: Visitor, act: str, name: str, codes: list[str], *, region: str = "PO2707", **data: Any
) -> TestResponse:
    """Send the form of a group to one of its addresses."""
    fields = {"csrf_token": person.token("/account"), "naam": name, "regio": codes, **data}
    return person.client.post(f"{PLACE.format(region)}/{act}", data=fields, headers=HTML)


def remove(person: Visitor, number: int | str, region: str = "PO2707") -> TestResponse:
    """Send the form that removes a group."""
    fields = {"csrf_token": person.token("/account"), "groep": str(number)}
    return person.client.post(f"{PLACE.format(region)}/verwijderen", data=fields, headers=HTML)


def groups(db: Database) -> list[tuple[str, list[str]]]:
    """Every group that is kept, with its regions."""
    with db.session() as session:
        found = session.execute(
            select(ComparisonGroup.name, ComparisonGroupRegion.region_code)
            .join(ComparisonGroupRegion, ComparisonGroupRegion.group_id == ComparisonGroup.id)
            .order_by(ComparisonGroup.name, ComparisonGroupRegion.region_code)
        ).all()
    names = dict.fromkeys(row[0] for row in found)
    return [(name, [code for other, code in found if other == name]) for name in names]


def number_of(answer: TestResponse) -> int:
    """The group that was kept."""
    return int(re.findall(r"groep=(\d+)", answer.headers["Location"])[0])


def ticked(page: str) -> list[str]:
    """The regions with a tick, in the order of the page."""
    return re.findall(r'name="regio" value="(\w+)" autocomplete="off" checked', page)


def offered(page: str) -> list[str]:
    """The regions without a tick."""
    return re.findall(r'name="regio" value="(\w+)" autocomplete="off">', page)


def seen_in(page: str) -> str:
    """The stamp in the form of a group."""
    return page.partition('name="gezien" value="')[2].partition('"')[0]
