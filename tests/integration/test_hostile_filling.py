"""What no page of ours sends to a questionnaire: refused in words, logged without the token, not stored."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import escape
from typing import Any

import pytest
from dash import Dash
from freezegun import freeze_time
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.models import Base, SurveyOpenAnswer
from survey.tokens import Token
from tests.databases import SqliteFactory
from tests.integration import survey_world
from tests.integration.filling import NEEDED, Respondent, drafts, respondent, responses, stored
from tests.integration.visitor import HTML, Visitor

UNKNOWN = "Deze link of code is niet bekend."
FORGED = "0123456789ABCDEFGHJKMNPQRS"


@pytest.fixture
def databases(sqlite_factory: SqliteFactory) -> SqliteFactory:
    """One kind is enough: none of this comes as far as the database."""
    return sqlite_factory


@pytest.fixture
def token(app: Dash, db: Database, settings: Settings) -> Token:
    """A personal link in an open round."""
    with db.transaction() as session:
        list_id = survey_world.add_list(session, survey_world.add_round(session))
        group_id = survey_world.add_group(session, list_id)
        return survey_world.add_invitation(session, survey_world.key_of(settings), group_id).token


@pytest.fixture
def person(app: Dash, token: Token) -> Respondent:
    found = respondent(app, token)
    found.begin()
    return found


def _survey_rows(db: Database) -> dict[str, list[str]]:
    with db.session() as session:
        return {
            name: sorted(repr(tuple(row)) for row in session.execute(select(table)))
            for name, table in Base.metadata.tables.items()
            if name.startswith("survey") and name != "survey_guess"
        }


ENDS = {"": "GET", "/verder": "GET", "/controle": "GET", "/opening/1": "GET", "/opslaan": "POST",
        "/versturen": "POST", "/beginnen": "POST", "/geopend": "POST"}  # fmt: skip


def test_forged_and_truncated_links_get_the_same_words_everywhere(app: Dash, token: Token) -> None:
    odd = [FORGED, token[:-1], token + "0", token[:-1] + "U", "x", "%00", "ib", "A" * 3000]

    answers = [
        Visitor(app, f"192.0.2.{number}").client.open(f"/invullen/{each}{end}", method=method, headers=HTML)
        for number, (end, method) in enumerate(ENDS.items())
        for each in odd
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert all(UNKNOWN in answer.text for answer in answers)


def test_a_link_is_read_as_a_person_writes_it(app: Dash, token: Token) -> None:
    written = "-".join(token.lower()[at : at + 5] for at in range(0, 26, 5)).replace("0", "o")

    assert Visitor(app).get(f"/invullen/{written}").status_code == 200


def test_p06_no_log_holds_a_token_or_a_whole_address(
    app: Dash, person: Respondent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    token = person.address.removeprefix("/invullen/")

    person.visitor.get(f"/invullen/{FORGED}")
    person.visitor.client.post(
        f"{person.address}/opslaan", data="x", headers={"Origin": "https://evil.example"}
    )
    person.visitor.client.post("/ontvangst", data={"code": FORGED}, headers=HTML)

    words = caplog.text + "".join(record.getMessage() for record in caplog.records)
    lines = [json.loads(record.message) for record in caplog.records if record.name == "dashboard.security"]
    assert [line["event"] for line in lines] == ["survey_guessed", "access_denied", "survey_guessed"]
    assert {line["from"] for line in lines} == {"192.0.2.0"}
    assert token not in words
    assert FORGED not in words


ODD_BODIES: list[Any] = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'{"versie": 0}',
    b'{"versie": true, "antwoorden": {}}',
    b'{"versie": "0", "antwoorden": {}}',
    b'{"versie": -1, "antwoorden": {}}',
    b'{"versie": 1e400, "antwoorden": {}}',
    b'{"versie": NaN, "antwoorden": {}}',
    b'{"versie": 0, "antwoorden": []}',
    b'{"versie": 0, "antwoorden": {"K01": {"a": 1}}}',
    b'{"versie": 0, "antwoorden": {"K01": 1.5}}',
    b'{"versie": 0, "antwoorden": {"K01": true}}',
    b'{"versie": 0, "antwoorden": {"K01": 1, "K01": 2}}',
    b'{"versie": 0, "antwoorden": {"Q9.99": 1}}',
    b'{"versie": 0, "antwoorden": {"K01": 1}, "regio": "GM0034"}',
    b'{"versie": 0, "antwoorden": {"K01": 1}, "rol": "coordinator"}',
    b'{"versie": 0, "antwoorden": {"K01": 1}, "draft": "x"}',
    b'{"versie": 0, "antwoorden": {"__proto__": 1}}',
    b'{"versie": 0, "antwoorden": {"A06": ' + b"[" * 5000 + b"]" * 5000 + b"}}",
    b"\xff\xfe",
]


def test_r17_a_save_of_another_shape_is_refused_whole(db: Database, person: Respondent) -> None:
    place = f"{person.address}/opslaan"

    answers = [
        person.visitor.client.post(place, data=body, content_type="application/json") for body in ODD_BODIES
    ]

    assert [body for body, answer in zip(ODD_BODIES, answers, strict=True) if answer.status_code != 400] == []
    assert all(answer.get_json()["fout"] for answer in answers)
    assert stored(db) == {}


ODD_ANSWERS: list[tuple[str, Any]] = [
    ("K01", 6),
    ("K01", "6"),
    ("K01", "eens"),
    ("K01", ["1"]),
    ("K24", 0),
    ("K24", 11),
    ("A06", -1),
    ("A06", 61),
    ("A05", "nooit"),
    ("Q1.01", ["smw", "smw"]),
    ("Q1.01", ["geen", "smw"]),
    ("Q1.13", ["wachttijd", "wachttijd"]),
    ("K26", 5),
    ("K26", "x" * 601),
    ("K26", "x" * 60_000),
    ("Q1.02", "week"),
]


def test_answers_that_no_question_can_have_and_to_what_is_not_asked_are_refused_in_words(
    db: Database, person: Respondent
) -> None:
    answers = [(key, value, person.save({key: value})) for key, value in ODD_ANSWERS]

    assert [(key, value) for key, value, answer in answers if answer.status_code != 422] == []
    assert all(answer.get_json()["fouten"][key] for key, _, answer in answers)
    assert stored(db) == {}


def test_a_megabyte_of_text_is_refused_before_it_is_read(db: Database, person: Respondent) -> None:
    by_script = person.save({"K26": "x" * 1_000_000})
    by_form = person.post("/slot/2", {"K26": "x" * 1_000_000, "versie": "0", "naar": "volgende"})

    assert (by_script.status_code, by_form.status_code) == (413, 422)
    assert "te lang" in by_form.text
    assert stored(db) == {}


def test_a_form_with_a_field_that_its_screen_lacks_is_refused_whole(db: Database, person: Respondent) -> None:
    form = {"A05": "10", "naar": "volgende"}

    codes = {
        name: person.post("/opening/3", {**form, name: "x"}).status_code
        for name in ("regio", "rol", "Q1.01", "list_id", "versie2")
    }

    assert set(codes.values()) == {400}
    assert stored(db) == {}


NAUGHTY = [
    "'; DROP TABLE survey_answer; --",
    "<script>alert(1)</script>",
    "{{ 7*7 }} ${7*7} %s %n",
    "=cmd|' /C calc'!A0",
    "Ω≈ç√∫ 田中さん 👩‍👩‍👧 Ṱ̺̺̕o",
    "مرحبا بالعالم",
    "\\x00 \\u0000 %00 ../../etc/passwd",
    "regel een\nregel twee\n\n drie",
    "None null undefined true NaN",
]


def test_r16_naughty_strings_come_back_as_they_were_given(db: Database, person: Respondent) -> None:
    for known, text in enumerate(NAUGHTY):
        assert person.save({"K26": text}, known=known).status_code == 200
        assert f">{escape(text, quote=False)}</textarea>" in person.get("/slot/2").text.replace("&#39;", "'")

    person.save(NEEDED, known=len(NAUGHTY))
    person.send()

    with db.session() as session:
        assert session.scalars(select(SurveyOpenAnswer.text)).all() == [NAUGHTY[-1]]


def test_r16_signs_that_no_text_needs_are_left_out(db: Database, person: Respondent) -> None:
    text = "voor\0\ud800\u202e\x1b\r\nna"
    body = json.dumps({"versie": 0, "antwoorden": {"K26": text}})

    answer = person.visitor.client.post(
        f"{person.address}/opslaan", data=body, content_type="application/json"
    )

    assert answer.status_code == 200
    assert stored(db) == {"K26": "voor\nna"}


def _close(db: Database, settings: Settings, **changes: Any) -> tuple[int, Token]:
    with db.transaction() as session:
        round_id = survey_world.add_round(session, **changes)
        group_id = survey_world.add_group(session, survey_world.add_list(session, round_id))
        return round_id, survey_world.add_invitation(session, survey_world.key_of(settings), group_id).token


def test_r28_the_last_day_ends_at_midnight_in_amsterdam(app: Dash, db: Database, settings: Settings) -> None:
    _, token = _close(db, settings, closes_on=date(2026, 10, 25))
    person = respondent(app, token)
    person.begin()

    with freeze_time(
        datetime(2026, 10, 25, 22, 59, tzinfo=UTC)
    ):  # 23.59 in winter time, which began that day
        assert person.begin().status_code == 303
        assert person.save({"K01": 1}).status_code == 200
    with freeze_time(datetime(2026, 10, 25, 23, 1, tzinfo=UTC)):
        late = person.save({"K01": 2}, known=1)
        sent = person.send()

    assert (late.status_code, sent.status_code) == (403, 403)
    assert "Deze vragenlijst is gesloten" in sent.text
    assert stored(db) == {"K01": 1}


def test_r28_a_clock_that_is_set_back_does_not_open_a_closed_round(
    app: Dash, db: Database, settings: Settings
) -> None:
    round_id, token = _close(db, settings)
    person = respondent(app, token)
    person.begin()
    person.save(NEEDED)
    with db.transaction() as session:
        survey_world.close_round(session, round_id)
    before = _survey_rows(db)

    with freeze_time("2026-01-01 12:00:00"):
        codes = [person.get().status_code, person.save({"K01": 1}).status_code, person.send().status_code]

    assert codes == [403, 403, 403]
    assert _survey_rows(db) == before
    assert responses(db) == 0


def test_a_round_that_is_not_open_says_so_and_stores_nothing(
    app: Dash, db: Database, settings: Settings
) -> None:
    for changes, words in (
        ({"state": "concept"}, "nog niet opengezet"),
        ({"opens_on": date(2098, 1, 1)}, "Invullen kan vanaf 1 januari 2098."),
        ({"state": "gesloten"}, "Deze vragenlijst is gesloten"),
    ):
        person = respondent(app, _close(db, settings, **changes)[1])
        pages = person.get(), person.begin(), person.send(), person.get("/controle"), person.get("/opening/1")

        assert {page.status_code for page in pages} == {403}
        assert all(words in page.text for page in pages)
    assert drafts(db) == 0


def test_nothing_of_a_questionnaire_is_kept_by_caches_or_told_to_other_sites(person: Respondent) -> None:
    for end in ("", "/opening/1", "/controle", "/verder"):
        headers = person.get(end).headers

        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "Set-Cookie" not in headers


def test_s36_a_form_on_a_page_without_referrer_passes_and_one_of_another_site_does_not(
    person: Respondent,
) -> None:
    expected: list[tuple[dict[str, str], int]] = [
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "null"}, 303),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
    ]
    for headers, status in expected:
        answer = person.visitor.client.post(f"{person.address}/beginnen", headers={**HTML, **headers})

        assert answer.status_code == status


def test_s17_somebody_elses_draft_cannot_be_reached_by_account(
    app: Dash, db: Database, person: Respondent, log_in: Callable[[str], Visitor]
) -> None:
    person.save({"K26": "Van mij."})
    visitor = log_in("coordinator")

    answers = [visitor.get(f"/regio/PO2707/vragenlijsten/invullen/{number}{end}") for number in (0, 1, 2**70)
               for end in ("", "/controle", "/slot/2")]  # fmt: skip

    assert {answer.status_code for answer in answers} == {403}
    assert not any("Van mij." in answer.text for answer in answers)
