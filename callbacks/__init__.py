"""What happens when somebody opens a page or chooses something on it."""

from dash import Dash

from app.db import Database
from callbacks import (
    downloads,
    indicator,
    indicators,
    navigation,
    outlines,
    overview,
    own_figures,
    provenance,
)
from loaders.catalogue import Catalogue


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register every callback and download on `app`."""
    for module in (navigation, overview, indicators, indicator, provenance, downloads, own_figures, outlines):
        module.register(app, db, catalogue)
