"""The accounts that set-up makes: one admin for a real installation, or a demo account for every role."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.grants import grant
from app.accounts.links import make_password_link
from app.accounts.people import create_user
from app.audit import record
from app.models import Grant, User
from app.passwords import hash_password, make_password
from app.regions import COUNTRY

FIRST_ADMIN = "beheer"
NO_ADMIN = (
    "Er is geen actieve beheerder: gebruik `python -m app user enable GEBRUIKERSNAAM` "
    f"of `python -m app user grant GEBRUIKERSNAAM {Role.ADMIN} {COUNTRY}`."
)

DEMO_ACCOUNTS: tuple[tuple[str, str, Role, tuple[str, ...]], ...] = (
    ("demo.swv", "Demo beleid samenwerkingsverband", Role.POLICY_SWV, ("PO2707",)),
    ("demo.gemeente", "Demo beleid gemeente", Role.POLICY_GEMEENTE, ("GM0034",)),
    ("demo.lezer", "Demo lezer", Role.READER, ("GM0363",)),
    ("demo.coordinator", "Demo coördinator", Role.COORDINATOR, ("PO2707", "VO2708")),
    ("demo.nakijker", "Demo nakijker", Role.REVIEWER, ("PO2707",)),
    ("demo.data", "Demo databeheerder", Role.DATA_ADMIN, (COUNTRY,)),
    ("demo.beheer", "Demo beheerder", Role.ADMIN, (COUNTRY,)),
)


def make_first_admin(session: Session, *, by: str, login: str = FIRST_ADMIN) -> str | None:
    """Make the first admin, without a password; returns the token of the link to set one.

    None if there is an active admin, or an account of that name (closed, or without the role): then nothing
    changes, and who is to be admin again is for a person to decide.
    """
    is_taken = session.scalar(select(User.id).where(User.login == login)) is not None
    if is_taken or has_active_admin(session):
        return None
    create_user(session, login, "Beheerder", by=by)
    grant(session, login, COUNTRY, Role.ADMIN, by=by)
    return make_password_link(session, login, by=by)


def has_active_admin(session: Session) -> bool:
    """Whether an open account, not a demo one, has the role of admin."""
    admins = (
        select(User.id)
        .join(Grant)
        .where(User.is_active.is_(True), Grant.role == Role.ADMIN, User.is_demo.is_(False))
    )
    return session.scalar(admins.limit(1)) is not None


def create_demo_accounts(session: Session, *, by: str) -> list[tuple[str, str, str]]:
    """Make the demo accounts that do not exist yet: (login, password, what it may do) of each that was made.

    The passwords are random and are nowhere else; show them once.
    """
    existing = set(session.scalars(select(User.login)))
    return [
        _create_demo_account(session, login, name, role, regions, by=by)
        for login, name, role, regions in DEMO_ACCOUNTS
        if login not in existing
    ]


def _create_demo_account(
    session: Session, login: str, name: str, role: Role, regions: tuple[str, ...], *, by: str
) -> tuple[str, str, str]:
    password = make_password()
    user = create_user(session, login, name, by=by, is_demo=True)
    user.password_hash = hash_password(password)
    for region in regions:
        grant(session, login, region, role, by=by)
    record(session, by=by, action="password.change", subject=f"user:{login}", detail="demo")
    return login, password, f"{role} in {' en '.join(regions)}"
