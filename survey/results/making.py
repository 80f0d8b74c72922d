"""The results of a closed round: made once, out of the answers, through the rules of `app.disclosure`."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit import record
from app.db import Database
from app.disclosure import Asked, Count, Disclosed, disclose, show_options
from app.disclosure.cells import MIN_SHOWN, MIN_TEXTS, count_of
from app.models import (
    SurveyAnswer,
    SurveyGroup,
    SurveyList,
    SurveyOpenAnswer,
    SurveyResponse,
    SurveyResult,
    SurveyRound,
)
from survey.definition import Answers, Questionnaire, Value
from survey.lists import ListInRound, load_lists
from survey.reading import load_questionnaires
from survey.results.counting import (
    THEME,
    Choice,
    Response,
    count_choices,
    count_scales,
    measure_of,
    scaled_keys,
    score_of,
    theme_items,
)
from survey.results.judging import is_hard, judged
from survey.results.snapshots import Chosen, Named, Scaled, Snapshot, to_json
from survey.rounds import WORKER, State

Sizes = Mapping[str, int | None]


def make_results(db: Database, round_id: int, *, now: datetime, by: str = WORKER) -> bool:
    """Make the results of every list of a closed round that has none yet; False if nothing was to be made.

    Twice, or by two at the same time, does no harm: what was made stays as it is.
    """
    try:
        with db.transaction() as session:
            return make_in(session, round_id, now=now, by=by)
    except IntegrityError:
        return False  # another worker made them


def make_in(session: Session, round_id: int, *, now: datetime, by: str = WORKER) -> bool:
    """The same within a transaction, as the one that closes a round."""
    round_ = session.get(SurveyRound, round_id)
    if round_ is None or round_.state != State.CLOSED:
        return False
    missing = [each for each in load_lists(session, round_id) if not _has_result(session, each.id)]
    for each in missing:
        contents = to_json(make_snapshot(session, each))
        session.add(SurveyResult(list_id=each.id, made_at=now, contents=contents))
    session.flush()
    if missing:
        record(session, by=by, action="uitkomsten gemaakt", subject=f"ronde {round_id}")
    return bool(missing)


def make_missing(db: Database, *, now: datetime) -> list[int]:
    """Make the results of every closed round that lacks some; the worker asks it every minute."""
    with db.session() as session:
        rounds = session.scalars(
            select(SurveyRound.id)
            .join(SurveyList, SurveyList.round_id == SurveyRound.id)
            .outerjoin(SurveyResult, SurveyResult.list_id == SurveyList.id)
            .where(SurveyRound.state == State.CLOSED, SurveyResult.list_id.is_(None))
            .group_by(SurveyRound.id)
            .order_by(SurveyRound.id)
        ).all()
    return [round_id for round_id in rounds if make_results(db, round_id, now=now)]


def _has_result(session: Session, list_id: int) -> bool:
    return session.get(SurveyResult, list_id) is not None


def make_snapshot(session: Session, in_round: ListInRound) -> Snapshot:
    """What may be shown of one list."""
    questionnaire = in_round.tailor(load_questionnaires())
    rows = _load_responses(session, in_round.id)
    answers = _load_answers(session, in_round.id)
    if not questionnaire.is_anonymous:
        return _named(questionnaire, rows, answers)
    responses = [Response(row.gemeente_code or "", answers.get(row.id, {})) for row in rows]
    sizes = _load_sizes(session, in_round.id)
    texts = _load_text_counts(session, in_round.id)
    return snapshot_of(questionnaire, responses, sizes, texts)


def snapshot_of(
    questionnaire: Questionnaire, responses: Sequence[Response], sizes: Sizes, texts: Mapping[str, int]
) -> Snapshot:
    """What may be shown of the answers of an anonymous list. Pure.

    Args:
        sizes: part → people who could answer; every part in which the list was held is in it.
        texts: open question → how many answered it.
    """
    heard = Counter(each.part for each in responses)
    respondents = {part: heard.get(part, 0) for part in sorted({*sizes, *heard})}
    asked = count_scales(questionnaire, responses, list(respondents))
    found = disclose(asked, respondents, sizes)
    versions = {key: each.version for each in questionnaire.questions for key in each.answer_keys}
    hard = {each.key for each in asked if is_hard(each.whole.n, each.whole.cannot_say)}
    scaled = {each.key: _scaled(each, found, versions, hard) for each in asked}
    is_heard = len(responses) >= MIN_SHOWN
    return Snapshot(
        respondents=count_of(len(responses)),
        size=_size(respondents, sizes),
        gemeenten=tuple(respondents),
        scaled={key: each for key, each in scaled.items() if not key.startswith(THEME)},
        chosen={
            each.key: _chosen(each, versions[each.key]) for each in count_choices(questionnaire, responses)
        },
        themes={key.removeprefix(THEME): each for key, each in scaled.items() if key.startswith(THEME)},
        texts=tuple(sorted(key for key, number in texts.items() if is_heard and number >= MIN_TEXTS)),
    )


def _scaled(each: Asked, found: Disclosed, versions: Mapping[str, int], hard: Collection[str]) -> Scaled:
    """What is kept of a question or a theme.

    A theme that has no score while one of its questions is hard to judge, is told to be so too: that there
    are too few answers would be told of that question.

    Args:
        hard: the questions and themes that most cannot judge.
    """
    version = sum(versions[key] for key in each.items or (each.key,))
    is_kept_away = each.key not in found.wholes and any(item in hard for item in each.items)
    is_whole_hard = each.key in hard or is_kept_away
    whole = None if is_whole_hard else found.wholes.get(each.key)
    parts, hard_parts = judged(found.parts.get(each.key, {}))
    return Scaled(each.measure, version, whole, parts, each.items, is_whole_hard, hard_parts)


def _size(respondents: Mapping[str, int], sizes: Sizes) -> int | None:
    known = [sizes.get(part) for part in respondents]
    return None if None in known or not known else sum(each or 0 for each in known)


def _chosen(choice: Choice, version: int) -> Chosen:
    if is_hard(choice.n, choice.cannot_say):
        return Chosen(version, None, is_hard=True)
    n = count_of(choice.n) if choice.n >= MIN_SHOWN else None
    return Chosen(version, n, show_options(choice.counts, choice.n, most=choice.most))


def _named(
    questionnaire: Questionnaire,
    rows: Sequence[SurveyResponse],
    answers: Mapping[str, Mapping[str, Value]],
) -> Snapshot:
    """Lists of functionaries: one answer per organisation, under its name."""
    named = []
    for row in rows:
        given = dict(answers.get(row.id, {}))
        themes = scores_of(questionnaire, given)
        named.append(Named(row.organisation or "", row.organisation_code or "", given, themes))
    named.sort(key=lambda each: (each.organisation, each.code))
    return Snapshot(respondents=Count(len(named), len(named)), named=tuple(named))


def scores_of(questionnaire: Questionnaire, given: Answers) -> dict[str, float]:
    """One respondent's score on every theme that has one."""
    measures = {key: measure_of(each) for each in questionnaire.questions for key in scaled_keys(each)}
    scores = {
        theme: score_of(given, items, measures[items[0]])
        for theme, items in theme_items(questionnaire).items()
    }
    return {theme: score for theme, score in scores.items() if score is not None}


def _load_responses(session: Session, list_id: int) -> Sequence[SurveyResponse]:
    query = select(SurveyResponse).where(SurveyResponse.list_id == list_id).order_by(SurveyResponse.id)
    return session.scalars(query).all()


def _load_answers(session: Session, list_id: int) -> dict[str, dict[str, Value]]:
    query = (
        select(SurveyAnswer.response_id, SurveyAnswer.question, SurveyAnswer.value)
        .join(SurveyResponse, SurveyResponse.id == SurveyAnswer.response_id)
        .where(SurveyResponse.list_id == list_id)
        .order_by(SurveyAnswer.response_id, SurveyAnswer.question)
    )
    found: dict[str, dict[str, Value]] = {}
    for response_id, question, value in session.execute(query):
        found.setdefault(response_id, {})[question] = json.loads(value)
    return found


def _load_sizes(session: Session, list_id: int) -> dict[str, int | None]:
    """Gemeente → the people of its groups together; None where one of them has no known size."""
    query = (
        select(SurveyGroup.gemeente_code, SurveyGroup.size)
        .where(SurveyGroup.list_id == list_id, SurveyGroup.is_test.is_(False))
        .order_by(SurveyGroup.id)
    )
    found: dict[str, int | None] = {}
    for code, size in session.execute(query):
        so_far = found.get(code or "", 0)
        found[code or ""] = None if size is None or so_far is None else so_far + size
    return found


def _load_text_counts(session: Session, list_id: int) -> dict[str, int]:
    query = (
        select(SurveyOpenAnswer.question, func.count())
        .join(SurveyResponse, SurveyResponse.id == SurveyOpenAnswer.response_id)
        .where(SurveyResponse.list_id == list_id)
        .group_by(SurveyOpenAnswer.question)
    )
    return {row[0]: row[1] for row in session.execute(query)}
