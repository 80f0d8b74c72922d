"""The viewer behind a session, read from the database: roles and regions as they stand at this moment."""

from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from app.access import NATIONAL_ROLES, ROLES_WITH_RELATED, Role, Viewer
from app.models import GemeenteSwv, Grant, Region, User

# Made once: building a statement costs more than running it.
_gemeente, _swv = aliased(Region), aliased(Region)
_RELATED = (
    select(_gemeente.code, _swv.code)
    .select_from(GemeenteSwv)
    .join(_gemeente, _gemeente.id == GemeenteSwv.gemeente_id)
    .join(_swv, _swv.id == GemeenteSwv.swv_id)
    .where(
        GemeenteSwv.last_year.is_(None),
        or_(
            _gemeente.code.in_(bindparam("own", expanding=True)),
            _swv.code.in_(bindparam("own", expanding=True)),
        ),
    )
    .order_by(_gemeente.code, _swv.code)
)
_GRANTS = (
    select(User.login, User.name, Grant.region_code, Grant.role)
    .outerjoin(Grant, Grant.user_id == User.id)
    .where(User.id == bindparam("user"), User.is_active.is_(True))
    .order_by(Grant.region_code, Grant.role)
)


def load_viewer(session: Session, user_id: int) -> Viewer | None:
    """The viewer for an account; None if it does not exist or is disabled. Two queries, three for admins."""
    rows = session.execute(_GRANTS, {"user": user_id}).all()
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


def _load_related(session: Session, grants: Mapping[str, frozenset[Role]]) -> frozenset[str]:
    """What comes along for reading: today's gemeenten in own SWVs, today's SWVs over own gemeenten.

    A reader sees the regions of the grants and no others.
    """
    own = [code for code, roles in grants.items() if roles & ROLES_WITH_RELATED]
    if not own:
        return frozenset()
    rows = session.execute(_RELATED, {"own": own})
    return frozenset(code for row in rows for code in row) - frozenset(own)


def _load_known(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(Region.code).order_by(Region.code)))
