"""Taking the answers of organisations out of outcomes: when they take them back, and when their time is over.

Only lists of functionaries name who answered; nothing else in an outcome is the answer of anybody.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.disclosure import Count
from app.models import SurveyResult
from survey.results.snapshots import Named, from_json, to_json


def forget_named(session: Session, list_id: int, organisation: str, code: str) -> bool:
    """Take the answers of one organisation out of the outcome of a list; False if they are not in it."""
    return _keep(session, list_id, lambda each: (each.organisation, each.code) != (organisation, code))


def forget_all_named(session: Session, list_ids: Iterable[int]) -> int:
    """Take the answers of every organisation out of the outcomes of lists; how many outcomes had some."""
    return sum(_keep(session, list_id, lambda _: False) for list_id in list_ids)


def _keep(session: Session, list_id: int, is_kept: Callable[[Named], bool]) -> bool:
    query = select(SurveyResult).where(SurveyResult.list_id == list_id)
    row = session.scalars(query.with_for_update()).first()
    if row is None:
        return False
    before = from_json(row.contents)
    named = tuple(each for each in before.named if is_kept(each))
    if len(named) == len(before.named):
        return False
    row.contents = to_json(replace(before, named=named, respondents=Count(len(named), len(named))))
    session.flush()
    return True
