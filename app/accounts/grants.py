"""Giving and taking roles in regions."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import NATIONAL_ROLES, Role
from app.accounts.people import get_user
from app.audit import record
from app.errors import AccountRefused
from app.models import Grant, Region, User
from app.regions import RegionKind, canonical_code, kind_of

_SWV = frozenset({RegionKind.SWV_PO, RegionKind.SWV_VO})
_COUNTRY = frozenset({RegionKind.COUNTRY})

ROLE_KINDS: dict[Role, frozenset[RegionKind]] = {
    Role.READER: frozenset(RegionKind),
    Role.POLICY_SWV: _SWV,
    Role.POLICY_GEMEENTE: frozenset({RegionKind.GEMEENTE}),
    Role.COORDINATOR: _SWV | {RegionKind.GEMEENTE},
    Role.REVIEWER: _SWV | {RegionKind.GEMEENTE},
    **dict.fromkeys(NATIONAL_ROLES, _COUNTRY),
}
"""The kinds of region in which a role can be given."""


def grant(session: Session, login: str, region: str, role: Role, *, by: str) -> User:
    """Give someone a role in a region; a role that is there already stays.

    Raises:
        AccountRefused: no such account or region, or the role does not go with that kind of region.
    """
    user, code = get_user(session, login), _existing_region(session, region)
    if kind_of(code) not in ROLE_KINDS[role]:
        kinds = ", ".join(sorted(ROLE_KINDS[role]))
        raise AccountRefused(f"De rol {role} kan niet in {code}; wel in een regio van soort: {kinds}.")
    if not any(own.region_code == code and own.role == role for own in user.grants):
        user.grants.append(Grant(region_code=code, role=role))
        record(session, by=by, action="role.grant", subject=f"user:{user.login}", detail=f"{role} {code}")
    return user


def revoke(session: Session, login: str, region: str, role: Role, *, by: str) -> User:
    """Take a role in a region away.

    Raises:
        AccountRefused: the account does not have it.
    """
    user, code = get_user(session, login), canonical_code(region)
    kept = [own for own in user.grants if (own.region_code, own.role) != (code, role)]
    if len(kept) == len(user.grants):
        raise AccountRefused(f"{user.login} heeft de rol {role} niet in {region!r}.")
    user.grants = kept
    record(session, by=by, action="role.revoke", subject=f"user:{user.login}", detail=f"{role} {code}")
    return user


def _existing_region(session: Session, notation: str) -> str:
    code = canonical_code(notation)
    if code is None or session.scalar(select(Region.code).where(Region.code == code)) is None:
        raise AccountRefused(f"Er is geen regio met code {notation!r}.")
    return code
