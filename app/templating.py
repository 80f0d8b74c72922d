"""What templates may use besides their own values."""

from datetime import datetime

from flask import Flask

from app.access import Role
from app.auth import current_viewer, is_logged_in
from app.config import ROOT
from app.impact import words as impact_words
from app.indicators import Aggregation, Direction
from app.periods import SESSION_IDLE
from app.regions import KIND_NAMES, RegionKind
from app.wording import AMSTERDAM, INVENTED, day, number, size_words, uncapital, unit_words

ROLE_NAMES = {
    Role.READER: "lezer",
    Role.POLICY_SWV: "beleid samenwerkingsverband",
    Role.POLICY_GEMEENTE: "beleid gemeente",
    Role.COORDINATOR: "coördinator",
    Role.REVIEWER: "antwoorden nakijken",
    Role.DATA_ADMIN: "databeheerder",
    Role.ADMIN: "beheerder",
}
DIRECTIONS = {
    Direction.HIGHER: "hoger",
    Direction.LOWER: "lager",
    Direction.NEUTRAL: "geen van beide: het cijfer zegt niet wat beter is",
}
AGGREGATIONS = {
    Aggregation.SUM: "de delen van een gebied worden opgeteld, noemer en teller apart",
    Aggregation.COUNTED_TWICE: "een gemeente telt helemaal mee in elk van haar samenwerkingsverbanden; "
    "samenwerkingsverbanden worden nooit opgeteld",
    Aggregation.FORBIDDEN: "dit cijfer kan niet worden opgeteld: de aantallen erachter zijn niet bekend",
}


def register(server: Flask) -> None:
    """Give the templates of `server` their words and links."""
    server.jinja_env.globals.update(
        asset_url=asset_url,
        is_logged_in=is_logged_in,
        may_administer=_may_administer,
        previewed=_previewed,
        directions=DIRECTIONS,
        aggregations=AGGREGATIONS,
        impact_words=impact_words,
        invented=INVENTED,
        session_minutes=SESSION_IDLE.seconds // 60,
    )
    server.jinja_env.filters.update(
        day=day,
        moment=_moment,
        number=number,
        role_name=_role_name,
        kind_name=_kind_name,
        uncapital=uncapital,
        unit_words=unit_words,
        size_words=size_words,
    )


def _previewed() -> int | None:
    """The version that this session looks at before it is published."""
    return current_viewer().preview_version if is_logged_in() else None


def _may_administer() -> bool:
    return is_logged_in() and current_viewer().is_admin


def asset_url(name: str) -> str:
    """The address of a file in assets/, which changes when the file does, as Dash's own addresses do."""
    path = ROOT / "assets" / name
    return f"/assets/{name}?m={int(path.stat().st_mtime)}" if path.is_file() else f"/assets/{name}"


def _moment(value: datetime) -> str:
    local = value.astimezone(AMSTERDAM)
    return f"{day(local.date())}, {local:%H.%M} uur"


def _role_name(role: Role) -> str:
    return ROLE_NAMES[role]


def _kind_name(kind: RegionKind) -> str:
    return KIND_NAMES[kind][1]
