"""`python -m app user …`: accounts, roles, links and sessions from the command line."""

import argparse
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app import accounts
from app.access import Role
from app.audit import COMMAND_LINE
from app.auth.sessions import LiveSession, list_sessions
from app.cli.common import open_database
from app.cli.rights import register_for_users
from app.config import Settings
from app.models import User
from app.security_log import Event, log_event
from app.wording import AMSTERDAM

Done = tuple[str, list[Event]]
"""The sentence to print, and what the security log should hold."""

Action = Callable[[Session, argparse.Namespace], Done]
"""What a command does in its transaction."""


def register(subparsers: Any) -> None:
    """Add `user` with its own commands."""
    parser = subparsers.add_parser("user", help="accounts beheren")
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    add = _command(commands, "add", _add, "account maken, met een eenmalige link om een wachtwoord te kiezen")
    add.add_argument("--name", required=True, help="naam van de persoon")
    _command(commands, "change", _change, "naam wijzigen").add_argument("--name", required=True)
    _command(commands, "disable", _disable, "account sluiten; sessies eindigen direct")
    _command(commands, "enable", _enable, "gesloten account weer openen")
    _command(commands, "link", _link, "eenmalige link om een wachtwoord te kiezen")
    _command(commands, "sessions", _sessions, "sessies tonen").add_argument(
        "--end", action="store_true", help="alle sessies beëindigen"
    )
    for name, action, words in (("grant", _grant, "rol geven"), ("revoke", _revoke, "rol afnemen")):
        command = _command(commands, name, action, f"{words} in een regio")
        command.add_argument("role", type=Role, choices=list(Role), metavar="ROL", help=", ".join(Role))
        command.add_argument("region", metavar="REGIO", help="bijvoorbeeld PO2707, GM0363 of NL01")
    register_for_users(commands)
    overview = commands.add_parser("list", help="alle accounts tonen")
    overview.set_defaults(run=_run, action=_list)


def _command(commands: Any, name: str, action: Action, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words)
    parser.add_argument("login", metavar="GEBRUIKERSNAAM")
    parser.set_defaults(run=_run, action=action)
    return parser


def _run(options: argparse.Namespace) -> int:
    options.base_url = Settings.from_environment().base_url
    with open_database() as db, db.transaction() as session:
        had_admin = accounts.has_active_admin(session)
        sentence, events = options.action(session, options)
        is_last_gone = had_admin and not accounts.has_active_admin(session)
    for event in events:
        _log(event, options)
    print(sentence)
    if is_last_gone:
        print(f"Let op! {accounts.NO_ADMIN}")
    return 0


def _log(event: Event, options: argparse.Namespace) -> None:
    details = [getattr(options, name, None) for name in ("login", "role", "region")]
    log_event(
        event, who=COMMAND_LINE, source=COMMAND_LINE, detail=" ".join(str(part) for part in details if part)
    )


def _add(session: Session, options: argparse.Namespace) -> Done:
    user = accounts.create_user(session, options.login, options.name, by=COMMAND_LINE)
    return f"Account {user.login} gemaakt. {_new_link(session, options)}", [
        Event.ACCOUNT_CHANGED,
        Event.PASSWORD_LINK_MADE,
    ]


def _change(session: Session, options: argparse.Namespace) -> Done:
    user = accounts.change_user(session, options.login, name=options.name, by=COMMAND_LINE)
    return f"De naam bij {user.login} is nu {user.name}.", [Event.ACCOUNT_CHANGED]


def _disable(session: Session, options: argparse.Namespace) -> Done:
    user = accounts.disable_user(session, options.login, by=COMMAND_LINE)
    return f"Account {user.login} is gesloten; de sessies zijn beëindigd.", [Event.ACCOUNT_CHANGED]


def _enable(session: Session, options: argparse.Namespace) -> Done:
    user = accounts.enable_user(session, options.login, by=COMMAND_LINE)
    return f"Account {user.login} is weer open.", [Event.ACCOUNT_CHANGED]


def _link(session: Session, options: argparse.Namespace) -> Done:
    return _new_link(session, options), [Event.PASSWORD_LINK_MADE]


def _new_link(session: Session, options: argparse.Namespace) -> str:
    token = accounts.make_password_link(session, options.login, by=COMMAND_LINE)
    return f"Eenmalige link, een half uur geldig:\n  {options.base_url}/wachtwoord/{token}"


def _grant(session: Session, options: argparse.Namespace) -> Done:
    user = accounts.grant(session, options.login, options.region, options.role, by=COMMAND_LINE)
    return f"{user.login} heeft de rol {options.role} in {options.region}.", [Event.ROLE_CHANGED]


def _revoke(session: Session, options: argparse.Namespace) -> Done:
    user = accounts.revoke(session, options.login, options.region, options.role, by=COMMAND_LINE)
    return f"{user.login} heeft de rol {options.role} in {options.region} niet meer.", [Event.ROLE_CHANGED]


def _sessions(session: Session, options: argparse.Namespace) -> Done:
    user = accounts.get_user(session, options.login)
    if options.end:
        count = accounts.end_all_sessions(session, options.login, by=COMMAND_LINE)
        return f"{count} sessie(s) van {user.login} beëindigd.", [Event.SESSIONS_ENDED]
    lines = [_session_line(live) for live in list_sessions(session, user.id)]
    return "\n".join(lines) or f"{user.login} is nergens ingelogd.", []


def _list(session: Session, _options: argparse.Namespace) -> Done:
    return "\n".join(
        _user_line(user) for user in accounts.list_users(session)
    ) or "Er zijn nog geen accounts.", []


def _session_line(live: LiveSession) -> str:
    began, seen = (moment.astimezone(AMSTERDAM) for moment in (live.created_at, live.last_seen_at))
    return f"{live.browser}, ingelogd {began:%Y-%m-%d %H:%M}, laatst gebruikt {seen:%Y-%m-%d %H:%M}"


def _user_line(user: User) -> str:
    roles = ", ".join(sorted(f"{grant.role} in {grant.region_code}" for grant in user.grants))
    state = "" if user.is_active else " [gesloten]"
    return f"{user.login} ({user.name}){state}: {roles or 'geen rollen'}"
