"""One screen of questions. Without a script every press on a button is a form that saves."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from flask import redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.errors import BadInput
from callbacks.filling.desk import Desk, Place, language_of, show, show_refusal
from layouts.filling import Asked, Message, asked_on, place_of, read_back, told_of
from survey.definition import OTHER, Question, Scale
from survey.rules import Screen, screens
from survey.store.acts import FillingRefused, Given, Reply, problems_of, reason_against, text_warnings
from survey.store.visits import Visit
from survey.words import Words

BACK, ON, REVIEW = "vorige", "volgende", "controle"
CLEAR = "wis"
OWN_FIELDS = frozenset({"versie", "getoond", "naar", "terug", "taal", CLEAR, "csrf_token"})
SEVERAL = frozenset({Scale.SEVERAL, Scale.RANK})
NOT_ONE = SEVERAL | {Scale.NUMBER, Scale.OPEN}
"""Scales of which a field can be emptied by itself: all others have a button to clear."""
SAVED_ALREADY = 409


@dataclass(frozen=True)
class Sent:
    """A screen as its form came: the version it was made with, what stood in it, what stands in it now."""

    known: int
    shown: Mapping[str, object]
    given: Mapping[str, object]

    @property
    def changes(self) -> dict[str, object]:
        """What the person changed."""
        return {
            key: raw for key, raw in self.given.items() if _plain(raw) != _plain(self.shown.get(key, _NEW))
        }


_NEW = object()


def show_screen(desk: Desk, place: Place, section: str, number: int) -> ResponseReturnValue:
    """The questions of one screen, with what was answered."""
    visit = desk.look(place)
    reason = reason_against(visit)
    if reason is not None:
        return show_refusal(desk, place, FillingRefused(reason))
    if visit.draft is None:
        return redirect(place.address)
    found = _find(visit, section, number)
    if found is None:
        return redirect(place.address)  # the answers lead past it (any more)
    notice = "added" if "nieuw" in request.args else ""
    gone = request.args.get("gewist", "")
    messages = {} if gone in visit.answers else {gone: Message(is_cleared=True)}
    return _page(place, visit, found, visit.answers, messages, notice=notice)


def keep_screen(desk: Desk, place: Place, section: str, number: int) -> ResponseReturnValue:
    """Save the form of a screen, and go where its button leads unless something must be put right."""
    forms: list[Sent] = []

    def read(visit: Visit) -> Given:
        forms.append(_read(visit, section, number))
        return Given(forms[-1].changes, forms[-1].known)

    try:
        visit, reply = desk.save(place, read)
    except FillingRefused as refused:
        return show_refusal(desk, place, refused)
    return _answer(desk, place, (section, number), (visit, forms[-1], reply))


def _answer(
    desk: Desk, place: Place, where: tuple[str, int], outcome: tuple[Visit, Sent, Reply]
) -> ResponseReturnValue:
    before, sent, reply = outcome
    after = desk.look(place)
    found = _find(after, *where)
    if found is None or after.draft is None:
        return redirect(place.address, 303)
    messages = _messages(after, found, reply, is_leaving=request.form.get("naar") != ON)
    if reply.saved.conflicts or any(message.error for message in messages.values()):
        given = {**after.answers, **{key: sent.given[key] for key in messages if key in sent.given}}
        status = SAVED_ALREADY if reply.saved.conflicts else 422
        return _page(place, after, found, given, messages), status
    if CLEAR in request.form:
        back = f"&terug={REVIEW}" if request.form.get("terug") == REVIEW else ""
        return redirect(f"{place.address}/{place_of(found)}?gewist={request.form[CLEAR]}{back}", 303)
    new = {key for question in found.questions for key in question.answer_keys} - sent.shown.keys()
    if request.form.get("naar") == ON and new and sent.shown and _find(before, *where) is not None:
        return redirect(f"{place.address}/{place_of(found)}?nieuw=1", 303)
    return redirect(f"{place.address}{_next(after, found)}", 303)


def _next(visit: Visit, current: Screen) -> str:
    """Where the button leads: the end of an address."""
    way, target = [place_of(each) for each in screens(visit.questionnaire, visit.answers)], request.form
    if target.get("terug") == REVIEW and target.get("naar") != BACK:
        return f"/{REVIEW}"
    at = way.index(place_of(current))
    if target.get("naar") == BACK:
        return f"/{way[at - 1]}" if at else ""
    return f"/{way[at + 1]}" if at + 1 < len(way) else f"/{REVIEW}"


def _messages(visit: Visit, screen: Screen, reply: Reply, *, is_leaving: bool) -> dict[str, Message]:
    """What is to be said, by key: what could not be kept, what stands elsewhere, what is still missing."""
    language = language_of(visit)
    questions = {key: question for question in screen.questions for key in _keys(question)}
    messages = {key: Message(error=words) for key, words in reply.errors.items()}
    for key, value in reply.saved.conflicts.items():
        elsewhere = read_back(questions[key], key, value, language) if key in questions else str(value)
        messages[key] = Message(elsewhere=elsewhere)
    if not is_leaving:
        for problem in problems_of(visit):
            if problem.key in questions:
                messages.setdefault(problem.key, Message(error=problem.message))
    return messages


def _page(
    place: Place,
    visit: Visit,
    screen: Screen,
    given: Mapping[str, object],
    messages: dict[str, Message],
    *,
    notice: str = "",
) -> str:
    language = language_of(visit)
    way = [place_of(each) for each in screens(visit.questionnaire, visit.answers)]
    for key, warnings in text_warnings(visit, visit.answers).items():
        messages.setdefault(key, Message(warnings=warnings))
    fields = asked_on(screen, given, language, messages)
    keys = [key for each in fields for key in each.keys]
    return show(
        "scherm",
        place,
        visit,
        screen=screen,
        fields=fields,
        errors=_summary(fields),
        step=way.index(place_of(screen)) + 1,
        steps=len(way),
        here=place_of(screen),
        notice=notice,
        shown=json.dumps({key: visit.answers.get(key) for key in keys}, ensure_ascii=False),
        back_to_review=request.values.get("terug") == REVIEW,
    )


def _summary(fields: Sequence[Asked]) -> dict[str, str]:
    """Field → what is wrong, for the top of the page."""
    found: dict[str, str] = {}
    for each in fields:
        for field in each.fields:
            for part in [field, *([field.other] if field.other else [])]:
                if part.message.error:
                    found[part.key] = told_of(part.label, part.message.error)
    return found


def _find(visit: Visit, section: str, number: int) -> Screen | None:
    """A screen on the path; None where the answers lead past it.

    Raises:
        NotFound: no answers lead there.
    """
    parts = [each for each in visit.questionnaire.sections if each.key == section]
    if not parts or not 1 <= number <= len(parts[0].screens):
        raise NotFound
    way = screens(visit.questionnaire, visit.answers)
    return next((each for each in way if (each.section.key, each.number) == (section, number)), None)


def _read(visit: Visit, section: str, number: int) -> Sent:
    """The form of a screen.

    Raises:
        BadInput: it holds a field that the screen does not have.
    """
    parts = [each for each in visit.questionnaire.sections if each.key == section]
    if not parts or not 1 <= number <= len(parts[0].screens):
        raise NotFound
    questions = {key: each for each in parts[0].screens[number - 1] for key in _keys(each)}
    if not request.form.keys() <= questions.keys() | OWN_FIELDS:
        raise BadInput(visit.words()("wrong_elsewhere"))
    shown = _shown(questions.keys())
    given = {
        key: _raw(questions[key], key, visit.words()) for key in questions if key in (shown or request.form)
    }
    cleared = _cleared(questions, visit.words())
    return Sent(_version(), shown, _with_own_words({**given, **dict.fromkeys(cleared)}, questions))


def _cleared(questions: Mapping[str, Question], words: Words) -> list[str]:
    """The answer to take back, with the own words beside it.

    Raises:
        BadInput: it is no answer that has a button to clear.
    """
    key = request.form.get(CLEAR)
    if key is None:
        return []
    question = questions.get(key)
    if question is None or question.scale in NOT_ONE or key not in question.answer_keys:
        raise BadInput(words("wrong_elsewhere"))
    return [each for each in (key, f"{question.key}.{OTHER}") if each in questions]


def _keys(question: Question) -> list[str]:
    has_other = any(option.key == OTHER for option in question.options)
    return [*question.answer_keys, *([f"{question.key}.{OTHER}"] if has_other else [])]


def _raw(question: Question, key: str, words: Words) -> object:
    values = request.form.getlist(key)
    if question.scale in SEVERAL and key in question.answer_keys:
        return [value for value in values if value]
    if len(values) > 1:
        raise BadInput(words("wrong_doubled"))
    return values[0] if values else None


def _with_own_words(given: dict[str, object], questions: Mapping[str, Question]) -> dict[str, object]:
    """Own words choose the option that they stand beside, unless another one was chosen."""
    found = dict(given)
    for key, question in questions.items():
        if key in question.answer_keys or not found.get(key):
            continue
        chosen = found.get(question.key)
        if question.scale in SEVERAL and isinstance(chosen, list) and OTHER not in chosen:
            found[question.key] = [*chosen, OTHER]
        elif not chosen:
            found[question.key] = OTHER
        elif chosen != OTHER and question.scale not in SEVERAL:
            found[key] = None
    return found


def _shown(keys: object) -> dict[str, object]:
    """What stood in the form when it was made; empty if the form does not say so in a way we wrote."""
    with suppress(ValueError, RecursionError):
        shown = json.loads(request.form.get("getoond", ""))
        if isinstance(shown, dict) and shown.keys() <= set(keys):  # type: ignore[call-overload]
            return shown
    return {}


def _version() -> int:
    text = request.form.get("versie", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _plain(value: object) -> list[str] | object:
    if value is _NEW:
        return _NEW
    several = value if isinstance(value, list) else [value]
    return [str(each).replace("\r\n", "\n") for each in several if each not in (None, "")]
