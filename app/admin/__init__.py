"""The pages of `/beheer`: for data administrators and administrators, and for nobody else."""

from flask import Blueprint, Flask

from app.admin import files, job, preview, sources, versions
from app.auth import current_viewer

MODULES = (files, job, versions, preview, sources)


def register(server: Flask) -> None:
    """Add the routes, each behind the same door."""
    blueprint = Blueprint("admin", __name__, url_prefix="/beheer")
    blueprint.before_request(_check)
    for module in MODULES:
        module.register(blueprint)
    server.register_blueprint(blueprint)


def _check() -> None:
    current_viewer().require_admin()
