"""The gunicorn entry: `gunicorn wsgi:server`, or better `python -m app serve`, which checks first."""

import gc

from app.config import Settings
from app.factory import create_app

server = create_app(Settings.from_environment()).server

gc.freeze()  # what start-up made stays: the collector need not go through it again at every large answer
