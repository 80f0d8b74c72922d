"""What happens when somebody opens a page or chooses something on it."""

from dash import Dash

from app.db import Database
from callbacks import (
    downloads,
    indicator,
    indicators,
    navigation,
    overview,
    own_figures,
    own_groups,
    provenance,
    saved_views,
    since_visit,
)
from loaders.catalogue import Catalogue


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register every callback and download on `app`."""
    pages = (navigation, overview, since_visit, indicators, indicator, provenance)
    for module in (*pages, downloads, own_figures, own_groups, saved_views):
        module.register(app, db, catalogue)
