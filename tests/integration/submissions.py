"""Answers that are sent as the program sends them, many at a time, for tests of what may be seen of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.db import Database
from survey.reading import load_questionnaires
from survey.store import Draft, Sending, begin, find_door, load_draft, send
from survey.tokens import Token, receipt_hash
from tests.integration import survey_world as world

ANSWERS: Mapping[str, int | str] = {"K01": 4, "K02": 2}
TEXT = "Wij zouden vaker samen aan tafel willen zitten."


def open_key() -> str:
    """The key of a question that is answered in one's own words."""
    return next(each.key for each in load_questionnaires()["ib", 1].questions if each.scale == "open")


@dataclass(frozen=True)
class Sent:
    """One sending: the invitation, in the order of sending, and what the respondent keeps."""

    invitation_id: str
    receipt: Token
    receipt_hash: str


def invite(
    db: Database, key: bytes, number: int, questionnaire: str = "ib"
) -> tuple[int, list[world.Invited]]:
    """An open round with so many personal links; returns the round and the links."""
    with db.transaction() as session:
        round_id = world.add_round(session)
        group = world.add_group(session, world.add_list(session, round_id, questionnaire))
        return round_id, [world.add_invitation(session, key, group) for _ in range(number)]


def send_all(db: Database, key: bytes, people: Sequence[world.Invited], open_key: str = "") -> list[Sent]:
    """Let each begin and send in a transaction of their own, one after another."""
    return [send_one(db, key, person, open_key) for person in people]


def send_one(db: Database, key: bytes, person: world.Invited, open_key: str = "") -> Sent:
    """Let one person begin, and send."""
    questionnaire = load_questionnaires()["ib", 1]
    answers = {**ANSWERS, **({open_key: TEXT} if open_key else {})}
    with db.transaction() as session:
        door = find_door(session, key, person.token)
        assert door is not None
        begin(session, door, key=key)
    with db.transaction() as session:
        draft = load_draft(session, door, lock=True)
        assert isinstance(draft, Draft)
        receipt = send(session, Sending(door, draft, questionnaire, answers), key=key)
    assert receipt is not None
    return Sent(person.id, receipt, receipt_hash(key, receipt))
