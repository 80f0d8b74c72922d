"""`/beheer/gegevens`: the files that were offered, and how far each of them is."""

from flask import Blueprint, render_template


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/gegevens", view_func=show_files, methods=["GET"])


def show_files() -> str:
    """Every file, the newest first."""
    return render_template("beheer/gegevens.html")
