"""The viewer behind a session, read from the database: roles and regions as they stand at this moment."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from app.access import NATIONAL_ROLES, Role, Viewer
from app.models import GemeenteSwv, Grant, Region, User
from app.regions import COUNTRY


def load_viewer(session: Session, user_id: int) -> Viewer | None:
    """The viewer for an account; None if it does not exist or is disabled. Two queries, three for admins."""
    query = (
        select(User.login, User.name, Grant.region_code, Grant.role)
        .outerjoin(Grant, Grant.user_id == User.id)
        .where(User.id == user_id, User.is_active.is_(True))
        .order_by(Grant.region_code, Grant.role)
    )
    rows = session.execute(query).all()
    if not rows:
        return None
    grants = _collect((row.region_code, row.role) for row in rows if row.region_code is not None)
    is_national = any(roles & NATIONAL_ROLES for roles in grants.values())
    return Viewer(
        user_id=user_id,
        login=rows[0].login,
        name=rows[0].name,
        grants=grants,
        related=_load_related(session, grants),
        known=_load_known(session) if is_national else frozenset(),
    )


def _collect(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[Role]]:
    grants: dict[str, frozenset[Role]] = {}
    for code, role in pairs:
        grants[code] = grants.get(code, frozenset()) | {Role(role)}
    return grants


def _load_related(session: Session, codes: Iterable[str]) -> frozenset[str]:
    """What comes along for reading: today's gemeenten in own SWVs, today's SWVs over own gemeenten."""
    own = [code for code in codes if code != COUNTRY]
    if not own:
        return frozenset()
    gemeente, swv = aliased(Region), aliased(Region)
    query = (
        select(gemeente.code, swv.code)
        .select_from(GemeenteSwv)
        .join(gemeente, gemeente.id == GemeenteSwv.gemeente_id)
        .join(swv, swv.id == GemeenteSwv.swv_id)
        .where(GemeenteSwv.last_year.is_(None), or_(gemeente.code.in_(own), swv.code.in_(own)))
        .order_by(gemeente.code, swv.code)
    )
    return frozenset(code for row in session.execute(query) for code in row) - frozenset(own)


def _load_known(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(Region.code).order_by(Region.code)))
