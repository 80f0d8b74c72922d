"""The comparison over the figures of a new installation, asked for as a browser asks."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dash import Dash
from sqlalchemy import text as sql
from werkzeug.test import TestResponse

from app import accounts
from app.access import Role
from app.db import Database
from app.factory import create_app
from app.looks import Look
from app.passwords import hash_password
from callbacks.comparison.views import VIEWS
from loaders.starter import load_starter
from tests import nodes
from tests.databases import PostgresFactory, SqliteFactory
from tests.integration import own_files, world
from tests.integration.visitor import PAGE, Visitor, callback_body
from tests.servers import make_settings

LOOKS = tuple(look for look in Look if look in VIEWS)
CONTENT = "..comparison-content.children...comparison-looks.children...comparison-said.children.."
PEOPLE = {
    "beheer": (Role.ADMIN, "NL01"),
    "swv": (Role.POLICY_SWV, "PO2707"),
    "gemeente": (Role.POLICY_GEMEENTE, "GM0034"),
    "almere": (Role.COORDINATOR, "PO2401"),
}
"""Login → role and region. The own figures of PO2401 hold `own_files.CANARY`."""


class Compared:
    """The application over the starter figures; tests only read it."""

    def __init__(self, app: Dash, db: Database) -> None:
        self.app, self.db = app, db
        self._people: dict[str, Visitor] = {}

    def person(self, login: str = "beheer") -> Visitor:
        """Somebody who has logged in and opened a page."""
        if login not in self._people:
            person = Visitor(self.app, f"192.0.2.{1 + len(self._people)}")
            assert person.log_in(login).status_code == 303
            person.get(f"/regio/{PEOPLE[login][1]}/overzicht")
            self._people[login] = person
        return self._people[login]

    def answer(self, look: str, region: str, login: str = "beheer", **choices: Any) -> TestResponse:
        """What a view answers to choices, named as in the address."""
        values = {f"comparison-{name}.value": value for name, value in choices.items()}
        values["shell-location.pathname"] = f"/regio/{region}/vergelijken/{look}"
        return self.person(login).call(callback_body(self.app, CONTENT, values))

    def view(self, look: str, region: str, login: str = "beheer", **choices: str) -> Any:
        """The tree of a view."""
        answer = self.answer(look, region, login, **choices)
        assert answer.status_code == 200, answer.text
        return answer.get_json()["response"]["comparison-content"]["children"]

    def words(self, look: str, region: str, login: str = "beheer", **choices: str) -> str:
        """Everything that is to be read in a view."""
        return nodes.text(self.view(look, region, login, **choices))

    def page(self, look: str, region: str, query: str = "") -> Any:
        """The tree of a page around its view, or the answer of an error."""
        values: dict[str, object] = {
            "shell-location.pathname": f"/regio/{region}/vergelijken/{look}",
            "shell-location.search": f"?{query}" if query else "",
        }
        answer = self.person().call(callback_body(self.app, PAGE, values))
        assert answer.status_code == 200, answer.text
        return answer.get_json()["response"]["shell-body"]["children"]

    def place(self, output: str, path: str, **values: object) -> Any:
        """What another callback answers, by the output that it fills; `values` by `id.property`."""
        given = {"shell-location.pathname": path, **values}
        answer = self.person().call(callback_body(self.app, output, given))
        assert answer.status_code in {200, 204}, answer.text
        name, _, part = output.partition(".")
        return answer.get_json()["response"][name][part] if answer.status_code == 200 else None

    def file(
        self, look: str, ending: str, region: str, login: str = "beheer", **choices: str
    ) -> TestResponse:
        """A download of the tables of a view."""
        path = f"/regio/{region}/vergelijken/{look}.{ending}"
        return self.person(login).get(path, query_string=choices)

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What plain SQL finds: a second way to the figures."""
        with self.db.session() as session:
            return list(session.execute(sql(statement), values))

    def counts(self, indicator: str, period: str, kind: str, breakdown: str = "totaal") -> dict[str, Any]:
        """region → its row of (numerator low, high, denominator low, high, value, status)."""
        found = self.rows(
            "SELECT r.code, o.numerator_low, o.numerator_high, o.denominator_low, o.denominator_high,"
            " o.value, o.status FROM observation o JOIN slice s ON s.id = o.slice_id"
            " JOIN region r ON r.id = o.region_id WHERE s.indicator = :indicator AND s.period = :period"
            " AND r.kind = :kind AND o.breakdown = :breakdown",
            indicator=indicator,
            period=period,
            kind=kind,
            breakdown=breakdown,
        )
        return {row[0]: row[1:] for row in found}


@contextmanager
def comparing(factory: SqliteFactory | PostgresFactory, folder: Path) -> Iterator[Compared]:
    """An installation of its own: starter figures, a few people, and figures of PO2401 for its own eyes."""
    with factory.fresh(migrated=True) as url:
        db = Database(url)
        with db.transaction() as session:
            load_starter(session, by="test")
        secret = hash_password(world.PASSWORD)
        with db.transaction() as session:
            for login, (role, region) in PEOPLE.items():
                accounts.create_user(session, login, f"Persoon {login}", by="test").password_hash = secret
                accounts.grant(session, login, region, role, by="test")
        own_files.plant(db, "PO2401", {own_files.PERIOD: own_files.CANARY})
        app = create_app(make_settings(url, folder))
        yield Compared(app, db)
        app.server.extensions["dashboard"].db.close()
        db.close()


def row(tree: Any, name: str) -> dict[str, str]:
    """Heading → cell of the row of a table whose first cell begins with `name`."""
    header, *rows = nodes.table(tree)
    return dict(zip(header, next(cells for cells in rows if cells[0].startswith(name)), strict=True))


def bytes_of(answer: TestResponse) -> bytes:
    """Every byte of an answer; of a workbook what is packed in it."""
    if not answer.data.startswith(b"PK"):
        return answer.data
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def dutch(value: float, decimals: int = 1) -> str:
    """A percentage as a page writes it, made by other means: 2.04 → `2,0%`."""
    return f"{value:.{decimals}f}%".replace(".", ",")
