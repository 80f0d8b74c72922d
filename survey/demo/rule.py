"""What keeps invented answers and real ones apart."""

from sqlalchemy import ColumnElement

from app.models import SurveyRound


def same_kind(round_: SurveyRound) -> ColumnElement[bool]:
    """The condition on rounds that may be compared with this one: invented with invented, real with real."""
    return SurveyRound.is_demo.is_(round_.is_demo)
