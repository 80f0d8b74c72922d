"""What keeps invented answers and real ones apart."""

from sqlalchemy import ColumnElement

from app.models import SurveyRound


def same_kind(round_: SurveyRound) -> ColumnElement[bool]:
    """The condition on other rounds with which `round_` may be compared: invented with invented, real with real."""
    return SurveyRound.is_demo.is_(round_.is_demo)
