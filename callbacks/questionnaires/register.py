"""Registers the pages about rounds."""

from dash import Dash

from app.db import Database
from callbacks.questionnaires import (
    overview,
    round_codes,
    round_erasure,
    round_groups,
    round_lists,
    round_mail_text,
    round_mails,
    round_monitor,
    round_preview,
    rounds,
)
from callbacks.questionnaires.desk import Desk
from callbacks.server_pages import add_pages
from loaders.catalogue import Catalogue
from survey.reading import load_questionnaires


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register every page of a round; each address names its region."""
    desk = Desk(db, catalogue, load_questionnaires())
    modules = (
        overview,
        rounds,
        round_lists,
        round_groups,
        round_codes,
        round_erasure,
        round_mails,
        round_mail_text,
        round_monitor,
        round_preview,
    )
    for module in modules:
        add_pages(app, module.routes(desk))
