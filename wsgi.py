"""The gunicorn entry: `gunicorn wsgi:server`, or better `python -m app serve`, which checks first."""

from app.config import Settings
from app.factory import create_app

server = create_app(Settings.from_environment()).server
