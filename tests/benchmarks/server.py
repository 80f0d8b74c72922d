"""The application with the generated indicators and an empty callback behind the same gate, for gunicorn."""

import gc

from dash import Input, Output

from app.access import Tab, Viewer
from app.config import Settings
from app.factory import create_app
from callbacks.gate import gated, text
from tests.benchmarks.data import EMPTY_INPUT, EMPTY_OUTPUT, bench_catalogue

app = create_app(Settings.from_environment(), bench_catalogue())


@gated(
    app,
    tab=Tab.OVERVIEW,
    output=Output(EMPTY_OUTPUT, "children"),
    inputs={"value": (Input(EMPTY_INPUT, "value"), text(80))},
)
def answer(_viewer: Viewer, value: str) -> str:
    """Nothing but the gate."""
    return value


server = app.server

gc.freeze()  # as wsgi.py does
