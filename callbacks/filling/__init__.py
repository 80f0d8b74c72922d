"""Filling in questionnaires: by a link or code, and by account. All of it is made on the server."""

from dash import Dash

from app.db import Database
from callbacks.filling import by_account, by_link, receipts
from callbacks.filling.desk import Desk
from loaders.catalogue import Catalogue
from survey.reading import load_questionnaires
from survey.store.visits import Shelf


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register the pages of respondents."""
    desk = Desk(db, catalogue, Shelf(load_questionnaires()))
    by_link.register(app, desk)
    by_account.register(app, desk)
    receipts.register(app, desk)
