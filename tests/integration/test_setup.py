"""`setup`, `migrate` and `serve` from the outside: what they leave behind, and how they refuse."""

import os
import re
import socket
import stat
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.cli import main
from app.cli.serve import check_port
from app.cli.setup import make_key
from app.config import Settings
from app.db import Database
from app.errors import StartUpError
from app.models import DataVersion, Grant, Observation, SurveyRound, User
from app.schema import check_schema
from tests.servers import environment, free_port


@pytest.fixture
def installation(empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An environment without key and tables; assets/vendor/ counts as filled, so that no test needs npm."""
    environ = {
        "DATA_DIR": str(tmp_path / "var"),
        "DATABASE_URL": empty_database_url,
        "BASE_URL": "https://dashboard.example.org",
        "PORT": str(free_port()),
    }
    for name in ("SECRET_KEY", "SECRET_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("app.cli.setup.vendor_assets", lambda _data_dir: False)
    return environ


@pytest.fixture
def installed_db(installation: dict[str, str]) -> Database:
    return Database(installation["DATABASE_URL"])


def test_setup_makes_a_working_installation_with_one_admin_and_no_demo(
    installed_db: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["setup"])

    assert code == 0
    assert re.search(r"https://dashboard\.example\.org/wachtwoord/[\w-]{43}\n", capsys.readouterr().out)
    check_schema(installed_db)
    with installed_db.session() as session:
        assert session.execute(select(Grant.role, Grant.region_code)).all() == [("beheerder", "NL01")]
        assert session.scalars(select(User.password_hash)).all() == [None]
        assert session.scalars(select(User.is_demo)).all() == [False]
        assert session.scalars(select(DataVersion.state)).all() == ["published"]
        assert session.scalar(select(func.count()).select_from(Observation)) > 10_000  # type: ignore[operator]
    installed_db.close()


def test_a_second_setup_shows_no_password_and_keeps_everything(
    installed_db: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["setup", "--demo"])
    assert _count_rounds(installed_db) == 8
    passwords = re.findall(r"^  demo\.\w+\s+(\S+)", capsys.readouterr().out, flags=re.MULTILINE)
    before = _accounts_and_versions(installed_db)

    main(["setup", "--demo"])
    again = capsys.readouterr().out

    assert len(set(passwords)) == 7
    assert not any(password in again for password in passwords)
    assert _accounts_and_versions(installed_db) == before
    assert main(["demo-round", "--remove"]) == 0
    assert _count_rounds(installed_db) == 0
    installed_db.close()


def _count_rounds(db: Database) -> int:
    with db.session() as session:
        return len(session.scalars(select(SurveyRound.id)).all())


def _accounts_and_versions(db: Database) -> list[object]:
    with db.session() as session:
        people = session.execute(select(User.login, User.password_hash).order_by(User.login)).all()
        rounds = session.execute(select(SurveyRound.id, SurveyRound.title, SurveyRound.release)).all()
        return [*people, *session.scalars(select(DataVersion.id)), *rounds]


def test_a_setup_whose_admin_was_put_out_says_how_to_get_one(
    installed_db: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["setup"])
    main(["user", "disable", "beheer"])
    capsys.readouterr()

    code = main(["setup"])

    assert code == 0
    assert "Er is geen actieve beheerder" in capsys.readouterr().out
    installed_db.close()


@pytest.mark.parametrize("words", ["setup", "migrate"])
def test_a_new_sqlite_file_is_its_owners_alone_also_in_an_open_folder(
    installation: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'dashboard.sqlite'}")
    make_key(os.environ)
    before = os.umask(0o022)

    try:
        code = main([words])
        after = os.umask(before)
    finally:
        os.umask(before)

    assert code == 0
    assert after == 0o022
    assert stat.S_IMODE((folder / "dashboard.sqlite").stat().st_mode) == 0o600


def test_the_key_file_is_random_strong_and_only_for_its_owner(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "secret_key", tmp_path / "b" / "secret_key"

    made = make_key({"DATA_DIR": str(first.parent)}), make_key({"SECRET_KEY_FILE": str(second)})

    assert made == (True, True)
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700
    assert len(first.read_text().strip()) >= 64
    assert first.read_text() != second.read_text()


def test_an_existing_key_is_never_replaced(tmp_path: Path) -> None:
    make_key({"DATA_DIR": str(tmp_path)})
    key = (tmp_path / "secret_key").read_text()

    made_again = make_key({"DATA_DIR": str(tmp_path)})

    assert made_again is False
    assert (tmp_path / "secret_key").read_text() == key


def test_no_key_file_is_made_where_the_environment_has_the_key(tmp_path: Path) -> None:
    made = make_key({"DATA_DIR": str(tmp_path), "SECRET_KEY": "x"})

    assert made is False
    assert list(tmp_path.iterdir()) == []


def _refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one sentence with which a command ends in exit code 1."""
    code = main(arguments)
    written = capsys.readouterr().err
    assert code == 1
    assert written.count("\n") == 1
    return written


@pytest.fixture
def served(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The environment of a complete installation whose assets are there; starting gunicorn fails the test."""
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("app.cli.serve.PUBLIC", {})
    monkeypatch.setattr("os.execv", lambda *_: pytest.fail("gunicorn was started"))
    return settings


@pytest.mark.parametrize("key", ["", "dev", "changeme", "a" * 64, "short-but-random-x9"])
def test_serve_refuses_a_weak_key(
    served: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", key)

    assert "te zwak" in _refusal(capsys, "serve")


def test_serve_refuses_a_missing_key(
    served: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SECRET_KEY")

    assert "SECRET_KEY ontbreekt" in _refusal(capsys, "serve")


def test_serve_refuses_an_unreachable_database(
    served: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:s3cret@127.0.0.1:9/nowhere")

    words = _refusal(capsys, "serve")

    assert "niet bereikbaar" in words
    assert "s3cret" not in words


def test_serve_refuses_an_empty_database(
    served: Settings,
    empty_database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_database_url)

    assert "python -m app setup" in _refusal(capsys, "serve")


def test_serve_refuses_a_taken_port(served: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((served.host, served.port), reuse_port=True):
        words = _refusal(capsys, "serve")

    assert f"Poort {served.port}" in words
    assert "al in gebruik" in words


def test_serve_refuses_without_the_assets_of_set_up(
    served: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.cli.serve.PUBLIC", {"nowhere.css": ""})

    assert "nowhere.css" in _refusal(capsys, "serve")


def test_serve_becomes_gunicorn_when_nothing_is_wrong(
    served: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _program, command: commands.append(command))

    main(["serve"])

    assert commands[0][1:4] == ["-m", "gunicorn", "wsgi:server"]


def test_a_host_that_is_not_ours_is_named() -> None:
    with pytest.raises(StartUpError, match=r"Poort 8050 op 192\.0\.2\.1 is niet te gebruiken"):
        check_port("192.0.2.1", 8050)


def test_migrate_fills_an_empty_database(installed_db: Database) -> None:
    make_key(os.environ)

    code = main(["migrate"])

    assert code == 0
    check_schema(installed_db)
    installed_db.close()
