"""Settings come from the environment, and everything wrong is said at once."""

from pathlib import Path

import pytest

from app.config import Settings
from app.errors import StartUpError

KEY = "q7Zk2-vT9_wXb4NcR8mLd1HsPf6GyJ3e"


def _settings(**environ: str) -> Settings:
    return Settings.from_environment({"SECRET_KEY": KEY} | environ)


def test_a_key_is_all_that_is_needed(tmp_path: Path) -> None:
    settings = _settings(DATA_DIR=str(tmp_path))

    assert settings.database_url == f"sqlite:///{tmp_path / 'dashboard.sqlite'}"
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8050, "http://127.0.0.1:8050")
    assert (settings.workers, settings.threads) == (2, 4)


def test_the_key_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text(f"{KEY}\n", encoding="utf-8")

    settings = Settings.from_environment({"DATA_DIR": str(tmp_path)})

    assert settings.secret_key == KEY


def test_the_key_is_never_shown() -> None:
    assert KEY not in repr(_settings())


@pytest.mark.parametrize(
    ("address", "is_https"), [("https://x.example", True), ("http://x.example", False), ("ftp://x", False)]
)
def test_https_follows_from_the_base_address(address: str, *, is_https: bool) -> None:
    assert _settings(BASE_URL=address).is_https is is_https


def test_a_slash_at_the_end_of_the_base_address_is_dropped() -> None:
    assert _settings(BASE_URL="https://x.example/").base_url == "https://x.example"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////tmp/x.sqlite", "sqlite:////tmp/x.sqlite"),
    ],
)
def test_every_writing_of_a_database_address_leads_to_our_driver(given: str, used: str) -> None:
    assert _settings(DATABASE_URL=given).database_url == used


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"SECRET_KEY": "kort"}, "te zwak"),
        ({"SECRET_KEY": "a" * 64}, "te zwak"),
        ({"SECRET_KEY": ""}, "te zwak"),
        ({"DATABASE_URL": "mysql://h/d"}, "DATABASE_URL"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "65536"}, "PORT"),
        ({"PORT": "acht"}, "PORT"),
        ({"PORT": "²"}, "PORT"),
        ({"WORKERS": "-1"}, "WORKERS"),
        ({"THREADS": ""}, "THREADS"),
    ],
)
def test_a_wrong_setting_is_named(environ: dict[str, str], message: str) -> None:
    with pytest.raises(StartUpError, match=message):
        _settings(**environ)


def test_without_a_key_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(StartUpError, match="SECRET_KEY ontbreekt"):
        Settings.from_environment({"DATA_DIR": str(tmp_path)})


def test_everything_wrong_is_said_in_one_sentence() -> None:
    with pytest.raises(StartUpError) as caught:
        Settings.from_environment({"SECRET_KEY": "kort", "PORT": "x", "DATABASE_URL": "x"})

    assert all(word in str(caught.value) for word in ("te zwak", "PORT", "DATABASE_URL"))


def test_a_weak_key_is_not_repeated_in_the_message() -> None:
    with pytest.raises(StartUpError) as caught:
        _settings(SECRET_KEY="hunter2hunter2")

    assert "hunter2" not in str(caught.value)
