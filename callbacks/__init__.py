"""What happens when somebody opens a page or chooses something on it."""

from dash import Dash

from app.db import Database
from callbacks import (
    comparison,
    connection,
    downloads,
    filling,
    indicator,
    indicator_verdict,
    indicators,
    joint_questionnaire,
    navigation,
    outcomes,
    outlines,
    overview,
    own_figures,
    own_groups,
    provenance,
    saved_views,
    since_visit,
    survey_review,
)
from callbacks.questionnaires import register as questionnaires
from loaders.catalogue import Catalogue


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register every callback and download on `app`."""
    desk = comparison.Desk(db, catalogue)
    navigation.register(app, db, catalogue, desk)
    comparison.register(app, desk)
    overview.register(app, db, catalogue, desk)
    indicator_verdict.register(app, desk)
    connection.register(app, db, catalogue)
    outcomes.register(app, db, catalogue)
    pages = (since_visit, indicators, indicator, provenance, downloads)
    surveys = (filling, questionnaires, joint_questionnaire, survey_review)
    for module in (*pages, own_figures, own_groups, saved_views, outlines, *surveys):
        module.register(app, db, catalogue)
