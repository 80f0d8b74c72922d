"""Saving as answers are given: JSON in, JSON out. Every reply tells the version to name the next time."""

import json
from datetime import UTC, datetime
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.errors import BadInput
from app.wording import AMSTERDAM
from callbacks.filling.desk import Desk, Place, language_of, refused_words
from layouts.filling import read_back
from survey.definition import Value
from survey.rules import find_question
from survey.store.acts import FillingRefused, Given, Reply
from survey.store.visits import Visit
from survey.words import Words

MAX_BYTES = 64 * 1024
MAX_ANSWERS = 100
_UNREADABLE = "the body is not what our script sends"


def save_answers(desk: Desk, place: Place) -> ResponseReturnValue:
    """Store answers; 409 where somebody else gave another one meanwhile, 422 where one cannot be stored."""
    if (request.content_length or 0) > MAX_BYTES:
        return {"fout": _words(desk, place)("wrong_too_large"), "reden": "te groot"}, 413
    try:
        given = read_body(request.get_data())
    except BadInput as wrong:
        raise BadInput(_words(desk, place)("wrong_request")) from wrong
    try:
        visit, reply = desk.save(place, lambda _visit: given)
    except FillingRefused as refused:
        heading, sentence = refused_words(desk.look(place), refused.reason)
        return {"fout": f"{heading}. {sentence}", "reden": refused.reason.value}, 403
    status = 409 if reply.saved.conflicts else 422 if reply.errors else 200
    return _told(visit, reply), status


def _words(desk: Desk, place: Place) -> Words:
    visit = desk.look(place)
    return visit.words(language_of(visit))


def _told(visit: Visit, reply: Reply) -> dict[str, Any]:
    now = datetime.now(UTC).astimezone(AMSTERDAM)
    conflicts = reply.saved.conflicts
    return {
        "versie": reply.saved.version,
        "om": visit.words(language_of(visit))("saved_at", time=f"{now:%H.%M}"),
        "botsing": {
            key: {"daar": value, "tekst": _text(visit, key, value)} for key, value in conflicts.items()
        },
        "nieuw": dict(reply.saved.newer),
        "fouten": dict(reply.errors),
        "let_op": dict(reply.warnings),
        "verzending": visit.draft.submission_id if visit.draft else "",
    }


def _text(visit: Visit, key: str, value: Value | None) -> str:
    question, language = find_question(visit.questionnaire, key), language_of(visit)
    words = read_back(question, key, value, language) if question else ""
    return words or visit.words(language)("nothing")


def read_body(content: bytes) -> Given:
    """A body in exactly the shape that our own script sends.

    Raises:
        BadInput: it is anything else: not JSON, another key (a region, a role), a key twice, a wrong type.
    """
    try:
        body = json.loads(content.decode(), object_pairs_hook=_without_doubles, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadInput(_UNREADABLE) from error
    if not isinstance(body, dict) or not {"versie", "antwoorden"} <= body.keys() <= {
        "versie",
        "antwoorden",
        "eerder",
    }:
        raise BadInput(_UNREADABLE)
    known = body["versie"]
    if type(known) is not int or not 0 <= known < 2**31:
        raise BadInput(_UNREADABLE)
    return Given(_answers(body["antwoorden"]), known, _answers(body.get("eerder", {})))


def _answers(raw: object) -> dict[str, object]:
    if not isinstance(raw, dict) or len(raw) > MAX_ANSWERS or not all(map(_is_answer, raw.values())):
        raise BadInput(_UNREADABLE)
    return raw


def _is_answer(value: object) -> bool:
    if isinstance(value, list):
        return len(value) <= MAX_ANSWERS and all(isinstance(each, str) for each in value)
    return value is None or type(value) in {int, str}


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _refuse(name: str) -> None:
    raise ValueError(name)
