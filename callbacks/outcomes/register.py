"""Where the outcomes of rounds stand."""

from collections.abc import Sequence

from dash import Dash

from app.db import Database
from callbacks.outcomes import public, regional
from callbacks.server_pages import Route, add_pages, bound
from loaders.catalogue import Catalogue

REGIONAL = "/regio/<region>/vragenlijsten/uitkomst/<int:round_id>"


def register(app: Dash, db: Database, catalogue: Catalogue) -> None:
    """Register the pages, the downloads and the forms of releasing."""
    routes: Sequence[Route] = (
        (REGIONAL, "outcome", "GET", bound(regional.show, db, catalogue)),
        (f"{REGIONAL}.csv", "outcome_csv", "GET", bound(regional.csv, db)),
        (f"{REGIONAL}.xlsx", "outcome_xlsx", "GET", bound(regional.xlsx, db)),
        (f"{REGIONAL}/vrijgeven", "outcome_release", "POST", bound(regional.release, db, catalogue)),
        (f"{REGIONAL}/akkoord", "outcome_approve", "POST", bound(regional.give_approval, db, catalogue)),
        (f"{REGIONAL}/intrekken", "outcome_withdraw", "POST", bound(regional.take_back, db, catalogue)),
        ("/uitkomsten", "public_outcomes", "GET", bound(public.show_all, db)),
        ("/uitkomsten/<int:round_id>", "public_outcome", "GET", bound(public.show, db)),
        ("/uitkomsten/<int:round_id>.csv", "public_outcome_csv", "GET", bound(public.csv, db)),
        ("/uitkomsten/<int:round_id>.xlsx", "public_outcome_xlsx", "GET", bound(public.xlsx, db)),
    )
    add_pages(app, routes)
