"""What people do with a questionnaire: begin, save, send. Each in one transaction, each refused in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session

from app.errors import AccessDenied, BadInput, DashboardError
from survey.definition import OTHER, Questionnaire, Value
from survey.free_text import warnings_of
from survey.rounds import Refusal
from survey.rules import BadAnswer, Problem, asked, kept, parse_answer, problems
from survey.store.declining import decline, take_part
from survey.store.doors import Kind
from survey.store.drafts import Draft, begin, is_declined
from survey.store.receipts import repeated_receipt
from survey.store.saving import Change, Saved, save
from survey.store.sending import Sending, free_texts, send
from survey.store.visits import Visit
from survey.tokens import Token
from survey.words import Words


class Reason(StrEnum):
    """Why nothing can be done with a questionnaire now."""

    NOT_OPEN = "niet open"
    CLOSED = "gesloten"
    SENT = "verzonden"
    DECLINED = "niet meedoen"
    NOT_BEGUN = "niet begonnen"


class FillingRefused(DashboardError):
    """Nothing was stored; the page says why in the words of its reader."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Reply:
    """What a save came to: what was stored, every answer now, what could not be stored, and what to heed."""

    saved: Saved
    answers: Mapping[str, Value]
    errors: Mapping[str, str]
    warnings: Mapping[str, list[str]]


@dataclass(frozen=True)
class Incomplete:
    """What must be put right before the answers can be sent."""

    problems: list[Problem]


def reason_against(visit: Visit) -> Reason | None:
    """Why this visitor can give no answers now; None if they can."""
    if visit.is_sent:
        return Reason.SENT
    if visit.refusal is None:
        return Reason.DECLINED if visit.is_declined else None
    return Reason.CLOSED if visit.refusal is Refusal.CLOSED else Reason.NOT_OPEN


def begin_answering(
    session: Session, visit: Visit, *, key: bytes, language: str, submission_id: str
) -> Token | None:
    """Make or find the draft; the token of the own link, for who came by an open one.

    Raises:
        FillingRefused: no answers are taken, they were sent already, or the invitee does not take part.
    """
    _refuse(visit)
    spoken = language if language in visit.questionnaire.languages else "nl"
    try:
        return begin(session, visit.door, key=key, language=spoken, submission_id=submission_id)
    except AccessDenied as over:
        reason = Reason.DECLINED if is_declined(session, visit.door) else Reason.SENT
        raise FillingRefused(reason) from over


def may_decline(visit: Visit) -> bool:
    """Whether there is something to stop: an invitee always can, others once they began.

    Who comes for an organisation cannot: its draft is not theirs alone.
    """
    if visit.door.region_code is not None:
        return False
    return visit.door.kind is Kind.INVITATION or (visit.door.kind is Kind.OWN and visit.draft is not None)


def stop_answering(session: Session, visit: Visit) -> None:
    """Erase what was not sent, and let an invitee take no part; the same again changes nothing.

    Raises:
        FillingRefused: no answers are taken any more, or they were sent already.
    """
    reason = reason_against(visit)
    if reason is Reason.DECLINED or not may_decline(visit):
        return
    if reason is not None or not decline(session, visit.door):
        raise FillingRefused(reason or Reason.SENT)


def resume_answering(session: Session, visit: Visit) -> None:
    """Let an invitee who declined take part after all.

    Raises:
        FillingRefused: no answers are taken any more, or they were sent already.
    """
    if reason_against(visit) is not Reason.DECLINED:
        _refuse(visit)
    take_part(session, visit.door)


@dataclass(frozen=True)
class Given:
    """Answers as a browser gives them, with the version of the draft that it knows.

    `earlier` holds what it gave before for the same questions without having heard back.
    """

    answers: Mapping[str, object]
    known: int
    earlier: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Prepared:
    """Answers that were read and checked against one state of the draft."""

    visit: Visit
    draft: Draft
    change: Change
    errors: Mapping[str, str]


def prepare(visit: Visit, given: Given) -> Prepared:
    """Read and check answers; this takes the longest of a save, and no lock.

    Raises:
        FillingRefused: no answers are taken, or nothing was begun.
        BadInput: a key is of no question at all; nothing is stored.
    """
    _refuse(visit)
    if visit.draft is None:
        raise FillingRefused(Reason.NOT_BEGUN)
    words = visit.words()
    values, errors = _read(visit.questionnaire, given.answers, words)
    path = set(asked(visit.questionnaire, _merged(visit.answers, values)))
    for question in [each for each, value in values.items() if value is not None and each not in path]:
        errors[question] = words("wrong_not_asked")
        del values[question]
    before, _ = _read(visit.questionnaire, given.earlier, words)
    return Prepared(visit, visit.draft, Change(values, given.known, before), errors)


def store(session: Session, prepared: Prepared) -> Reply:
    """Store prepared answers; each that cannot be stored has a sentence in the reply.

    The draft is as it was when they were prepared, and nobody else can change it in this transaction.
    """
    visit, change = prepared.visit, prepared.change
    saved = save(session, prepared.draft, change)
    stored = {key: value for key, value in change.values.items() if key not in saved.conflicts}
    warnings = text_warnings(visit, stored)
    return Reply(saved, _merged(visit.answers, stored), prepared.errors, warnings)


def text_warnings(visit: Visit, answers: Mapping[str, Value | None]) -> dict[str, list[str]]:
    """What to heed in free texts, by key."""
    texts, words = free_texts(visit.questionnaire) & answers.keys(), visit.words()
    found = {key: warnings_of(str(answers[key] or ""), words) for key in texts}
    return {key: warnings for key, warnings in found.items() if warnings}


def send_answers(session: Session, visit: Visit, *, key: bytes, submission_id: str) -> Token | Incomplete:
    """Send everything on the path, once; the receipt, also when it was sent before under the same id.

    `visit` was read in this transaction, with its lock.

    Raises:
        FillingRefused: no answers are taken, nothing was begun, or they were sent already.
    """
    if visit.draft is None:
        again = repeated_receipt(session, key, submission_id) if submission_id else None
        if again is None or again.list_id != visit.door.list_id:
            raise FillingRefused(reason_against(visit) or Reason.NOT_BEGUN)
        return again.receipt
    _refuse(visit)
    if found := problems_of(visit):
        return Incomplete(found)
    answers = kept(visit.questionnaire, visit.answers)
    receipt = send(session, Sending(visit.door, visit.draft, visit.questionnaire, answers), key=key)
    if receipt is None:
        raise FillingRefused(Reason.SENT)
    return receipt


def problems_of(visit: Visit) -> list[Problem]:
    """What stands in the way of sending, in the order of asking."""
    return problems(visit.questionnaire, visit.answers, visit.words())


def keys_of(questionnaire: Questionnaire) -> frozenset[str]:
    """Every key under which an answer may stand, asked or not."""
    own_words = (
        f"{question.key}.{OTHER}"
        for question in questionnaire.questions
        if any(option.key == OTHER for option in question.options)
    )
    plain = (key for question in questionnaire.questions for key in question.answer_keys)
    return frozenset(plain) | frozenset(own_words)


def _refuse(visit: Visit) -> None:
    reason = reason_against(visit)
    if reason is not None:
        raise FillingRefused(reason)


def _read(
    questionnaire: Questionnaire, given: Mapping[str, object], words: Words
) -> tuple[dict[str, Value | None], dict[str, str]]:
    if not given.keys() <= keys_of(questionnaire):
        raise BadInput(words("wrong_unknown"))
    values: dict[str, Value | None] = {}
    errors: dict[str, str] = {}
    for key, raw in given.items():
        try:
            values[key] = parse_answer(questionnaire, key, raw, words)
        except BadAnswer as problem:
            errors[key] = str(problem)
    return values, errors


def _merged(answers: Mapping[str, Value], changes: Mapping[str, Value | None]) -> dict[str, Value]:
    both = {**answers, **changes}
    return {key: value for key, value in both.items() if value is not None}


def may_resume_elsewhere(visit: Visit) -> bool:
    """Whether there is a link to go on with on another device: an account needs none."""
    return visit.door.kind in {Kind.INVITATION, Kind.OWN}
