"""Accounts, roles and links: each act with its audit row, from code and from the command line."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import accounts
from app.access import Role
from app.accounts.grants import ROLE_KINDS
from app.config import Settings
from app.db import Database
from app.errors import AccountRefused
from app.models import AuditEvent, User
from tests.integration import world


def _acts(db: Database) -> list[tuple[str, str, str, str]]:
    with db.session() as session:
        rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        return [(row.actor, row.action, row.subject, row.detail) for row in rows]


def _user(db: Database, login: str) -> User | None:
    with db.session() as session:
        return session.scalar(select(User).where(User.login == login))


def _grants(db: Database, login: str) -> set[tuple[str, str]]:
    user = _user(db, login)
    return {(grant.role, grant.region_code) for grant in user.grants} if user else set()


def test_a_new_account_has_no_password_and_no_roles(filled: Database) -> None:
    with filled.transaction() as session:
        accounts.create_user(session, " J.Jansen ", "Jo Jansen", by="beheer")

    user = _user(filled, "j.jansen")
    assert user is not None
    assert user.password_hash is None
    assert user.is_active
    assert _grants(filled, "j.jansen") == set()
    assert _acts(filled) == [("beheer", "account.create", "user:j.jansen", "")]


@pytest.mark.parametrize(
    "login", ["", "a", "Jan Jansen", "ja\nn", "-jan", "jan<script>", "é" * 5, "x" * 65, "a\0b"]
)
def test_a_login_name_has_a_plain_shape(filled: Database, login: str) -> None:
    with pytest.raises(AccountRefused), filled.transaction() as session:
        accounts.create_user(session, login, "Naam", by="beheer")


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "regel\neinde", "kleur\x1b[31m"])
def test_a_name_is_one_readable_line(filled: Database, name: str) -> None:
    with pytest.raises(AccountRefused), filled.transaction() as session:
        accounts.create_user(session, "nieuw", name, by="beheer")


def test_a_login_name_belongs_to_one_person(filled: Database) -> None:
    with pytest.raises(AccountRefused, match="bestaat al"), filled.transaction() as session:
        accounts.create_user(session, "swv", "Iemand anders", by="beheer")

    assert _acts(filled) == []


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("region", ["NL01", "PV27", "GM0034", "PO2707", "VO2708"])
def test_s16_a_role_goes_with_its_kinds_of_region_only(filled: Database, role: Role, region: str) -> None:
    kinds = {
        Role.READER: {"NL01", "PV27", "GM0034", "PO2707", "VO2708"},
        Role.POLICY_SWV: {"PO2707", "VO2708"},
        Role.POLICY_GEMEENTE: {"GM0034"},
        Role.COORDINATOR: {"GM0034", "PO2707", "VO2708"},
        Role.REVIEWER: {"GM0034", "PO2707", "VO2708"},
        Role.DATA_ADMIN: {"NL01"},
        Role.ADMIN: {"NL01"},
    }

    try:
        with filled.transaction() as session:
            accounts.grant(session, "zonder", region, role, by="beheer")
    except AccountRefused:
        is_given = False
    else:
        is_given = True

    assert is_given == (region in kinds[role])
    assert _grants(filled, "zonder") == ({(role, region)} if is_given else set())
    assert set(ROLE_KINDS) == set(Role)


def test_granting_twice_changes_nothing_the_second_time(filled: Database) -> None:
    for _ in range(2):
        with filled.transaction() as session:
            accounts.grant(session, "zonder", "PO-27-07", Role.READER, by="beheer")

    assert _grants(filled, "zonder") == {("lezer", "PO2707")}
    assert _acts(filled) == [("beheer", "role.grant", "user:zonder", "lezer PO2707")]


def test_revoking_takes_one_role_in_one_region(filled: Database) -> None:
    with filled.transaction() as session:
        accounts.revoke(session, "coordinator", "VO2708", Role.COORDINATOR, by="beheer")

    assert _grants(filled, "coordinator") == {("coordinator", "PO2707")}
    assert _acts(filled) == [("beheer", "role.revoke", "user:coordinator", "coordinator VO2708")]


def test_revoking_what_one_does_not_have_is_refused(filled: Database) -> None:
    with pytest.raises(AccountRefused), filled.transaction() as session:
        accounts.revoke(session, "swv", "PO2707", Role.READER, by="beheer")


@pytest.mark.parametrize("region", ["GM9999", "niets", "PO9999", ""])
def test_a_role_needs_a_region_that_exists(filled: Database, region: str) -> None:
    with pytest.raises(AccountRefused, match="geen regio"), filled.transaction() as session:
        accounts.grant(session, "zonder", region, Role.READER, by="beheer")


def test_s04_the_first_admin_gets_a_link_and_no_password(db: Database) -> None:
    with db.transaction() as session:
        world._add_regions(session)
    with db.transaction() as session:
        token = accounts.make_first_admin(session, by="opdrachtregel")
    with db.transaction() as session:
        again = accounts.make_first_admin(session, by="opdrachtregel")

    admin = _user(db, "beheer")
    assert token is not None
    assert again is None
    assert admin is not None
    assert admin.password_hash is None
    assert _grants(db, "beheer") == {("beheerder", "NL01")}


def test_s04_demo_accounts_have_random_passwords_told_once(db: Database) -> None:
    with db.transaction() as session:
        world._add_regions(session)
    with db.transaction() as session:
        made = accounts.create_demo_accounts(session, by="opdrachtregel")
    with db.transaction() as session:
        again = accounts.create_demo_accounts(session, by="opdrachtregel")

    assert [login for login, _, _ in made] == [
        "demo.swv",
        "demo.gemeente",
        "demo.lezer",
        "demo.coordinator",
        "demo.nakijker",
        "demo.data",
        "demo.beheer",
    ]
    assert len({password for _, password, _ in made}) == 7
    assert again == []
    assert all(password not in str(_acts(db)) for _, password, _ in made)
    assert _grants(db, "demo.coordinator") == {("coordinator", "PO2707"), ("coordinator", "VO2708")}


def test_a_demo_admin_does_not_stand_in_for_the_real_one(db: Database) -> None:
    with db.transaction() as session:
        world._add_regions(session)
        accounts.create_demo_accounts(session, by="opdrachtregel")

    with db.transaction() as session:
        assert accounts.make_first_admin(session, by="opdrachtregel") is not None


def test_a_closed_account_gets_no_link(filled: Database) -> None:
    with filled.transaction() as session:
        accounts.disable_user(session, "swv", by="beheer")

    with pytest.raises(AccountRefused, match="uitgeschakeld"), filled.transaction() as session:
        accounts.make_password_link(session, "swv", by="beheer")


def test_an_act_that_fails_leaves_no_trace(filled: Database) -> None:
    with pytest.raises(AccountRefused), filled.transaction() as session:
        _create_and_fail(session)

    assert _user(filled, "nieuw") is None
    assert _acts(filled) == []


def test_s10_the_command_adds_an_account_with_a_link_on_the_configured_address(
    command: Callable[..., int], filled: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    code = command("add", "j.jansen", "--name", "Jo Jansen")

    said = capsys.readouterr().out
    assert code == 0
    assert re.search(rf"{settings.base_url}/wachtwoord/[\w-]{{43}}\n", said)
    assert [act[:3] for act in _acts(filled)] == [
        ("opdrachtregel", "account.create", "user:j.jansen"),
        ("opdrachtregel", "password.link", "user:j.jansen"),
    ]


@pytest.mark.parametrize(
    ("words", "action"),
    [
        (["change", "swv", "--name", "Nieuwe Naam"], "account.change"),
        (["disable", "swv"], "account.disable"),
        (["enable", "swv"], "account.enable"),
        (["link", "swv"], "password.link"),
        (["grant", "swv", "lezer", "GM0034"], "role.grant"),
        (["revoke", "swv", "beleid_swv", "PO2707"], "role.revoke"),
        (["sessions", "swv", "--end"], "sessions.end"),
    ],
)
def test_each_command_does_one_act_and_writes_it_down(
    command: Callable[..., int], filled: Database, words: list[str], action: str
) -> None:
    code = command(*words)

    assert code == 0
    assert [act[:3] for act in _acts(filled)] == [("opdrachtregel", action, "user:swv")]


@pytest.mark.parametrize(
    "words",
    [
        ["add", "swv", "--name", "Dubbel"],
        ["disable", "niemand"],
        ["grant", "swv", "beheerder", "PO2707"],
        ["grant", "swv", "lezer", "GM9999"],
        ["revoke", "swv", "lezer", "PO2707"],
        ["link", "niemand"],
    ],
)
def test_a_command_that_cannot_be_done_says_why_in_one_sentence(
    command: Callable[..., int], filled: Database, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = command(*words)

    said = capsys.readouterr()
    assert code == 1
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert _acts(filled) == []


def test_the_list_tells_everybody_with_their_roles(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    command("disable", "lezer")
    command("list")

    lines = capsys.readouterr().out.splitlines()
    assert "swv (Persoon swv): beleid_swv in PO2707" in lines
    assert "lezer (Persoon lezer) [gesloten]: lezer in GM0363" in lines
    assert "zonder (Persoon zonder): geen rollen" in lines


@pytest.mark.parametrize(
    "words", [["disable", "beheer"], ["revoke", "beheer", "beheerder", "NL01"]], ids=["disable", "revoke"]
)
def test_closing_the_last_admin_comes_with_a_warning(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    code = command(*words)

    assert code == 0
    assert "geen actieve beheerder" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["disable", "swv"], ["disable", "data"], ["revoke", "swv", "beleid_swv", "PO2707"], ["list"]],
    ids=["other", "data admin", "other role", "list"],
)
def test_there_is_no_warning_while_an_admin_is_left(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    command(*words)

    assert "geen actieve beheerder" not in capsys.readouterr().out


@pytest.mark.parametrize("act", ["disable", "revoke"])
def test_a_first_admin_who_was_put_out_is_not_made_again(filled: Database, act: str) -> None:
    with filled.transaction() as session:
        if act == "disable":
            accounts.disable_user(session, "beheer", by="test")
        else:
            accounts.revoke(session, "beheer", "NL01", Role.ADMIN, by="test")

    with filled.transaction() as session:
        assert accounts.make_first_admin(session, by="test") is None
        assert not accounts.has_active_admin(session)


def test_s13_the_command_shows_sessions(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    command("sessions", "swv")

    assert "nergens ingelogd" in capsys.readouterr().out


def _create_and_fail(session: Session) -> None:
    accounts.create_user(session, "nieuw", "Nieuw", by="beheer")
    accounts.grant(session, "nieuw", "GM9999", Role.READER, by="beheer")
