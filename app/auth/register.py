"""Putting log-in on a server: identity, gate and routes, in the order that requests meet them."""

from flask import Blueprint, Flask

from app.auth import account, login, password_link
from app.auth.gate import install_gate
from app.auth.identity import install_identity
from app.passwords import dummy_hash


def register(server: Flask) -> None:
    """Install the gate and the pages around logging in, before anything else that handles requests."""
    install_identity(server)
    install_gate(server)
    blueprint = Blueprint("auth", __name__)
    for routes in (login, password_link, account):
        routes.register(blueprint)
    server.register_blueprint(blueprint)
    dummy_hash()
