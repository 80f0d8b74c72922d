"""Settings come from the environment, and everything wrong is said at once."""

import secrets
from collections.abc import Callable
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
    ("address", "is_https"),
    [("https://x.example", True), ("http://x.example", False), ("http://[::1]:80", False)],
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
        ({"TRUSTED_PROXIES": "10.0.0.0/8"}, "TRUSTED_PROXIES"),
        ({"TRUSTED_PROXIES": "*"}, "TRUSTED_PROXIES"),
        ({"BASE_URL": "dashboard.example.nl"}, "BASE_URL"),
        ({"BASE_URL": "https://"}, "BASE_URL"),
        ({"BASE_URL": "https://x.example/pad"}, "BASE_URL"),
        ({"BASE_URL": "ftp://x.example"}, "BASE_URL"),
    ],
)
def test_a_wrong_setting_is_named(environ: dict[str, str], message: str) -> None:
    with pytest.raises(StartUpError, match=message):
        _settings(**environ)


@pytest.mark.parametrize(
    "key",
    [
        "c292a0a3aa32397cdb050e233733900f",
        "C292A0A3AA32397CDB050E233733900F",
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
        "thisISaSECRET_1234_thisISaSECRET_1234",
        "CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET",
        "changeme-changeme-changeme-changeme",
        "dashboard-passend-onderwijs-geheime-sleutel",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "0123456789abcdef0123456789abcdef"[:10] * 4,
        "secret" * 10,
        "ab1!" * 20,
        "!@#$%^&*()_+-=[]{}|;:,.<>?/~`'x12345",
    ],
)
def test_s05_a_key_that_others_know_or_can_guess_is_refused(key: str) -> None:
    assert len(key) >= 32
    with pytest.raises(StartUpError, match="te zwak"):
        _settings(SECRET_KEY=key)


@pytest.mark.parametrize("make", [secrets.token_urlsafe, secrets.token_hex], ids=["base64", "hexadecimal"])
def test_s05_random_keys_are_accepted(make: Callable[[int], str]) -> None:
    keys = [make(32) for _ in range(100)]

    assert [_settings(SECRET_KEY=key).secret_key for key in keys] == keys


@pytest.mark.parametrize(
    ("given", "believed"),
    [
        (None, ("127.0.0.1", "::1")),
        ("", ()),
        ("10.0.0.1", ("10.0.0.1",)),
        (" 10.0.0.1, 2001:DB8::0001 ,", ("10.0.0.1", "2001:db8::1")),
    ],
)
def test_s50_the_proxies_that_are_believed_are_a_setting(
    given: str | None, believed: tuple[str, ...]
) -> None:
    environ = {} if given is None else {"TRUSTED_PROXIES": given}

    assert _settings(**environ).trusted_proxies == believed


def test_the_own_address_of_an_ipv6_host_is_one_that_browsers_read() -> None:
    assert _settings(HOST="::1").base_url == "http://[::1]:8050"


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


def test_publishers_see_who_we_are_and_whom_to_write_to() -> None:
    assert _settings().user_agent == "dashboard-passend-onderwijs"
    assert _settings(CONTACT_EMAIL="a@b.nl").user_agent == "dashboard-passend-onderwijs (a@b.nl)"
    assert _settings(CONTACT_EMAIL="é@b.nl").user_agent == "dashboard-passend-onderwijs"
    assert _settings(FETCH_USER_AGENT="SWV Voorbeeld").user_agent == "SWV Voorbeeld"


@pytest.mark.parametrize("name", ["", "twee\nregels", "naïef"])
def test_a_name_for_publishers_that_does_not_fit_in_a_header_is_refused(name: str) -> None:
    with pytest.raises(StartUpError, match="FETCH_USER_AGENT"):
        _settings(FETCH_USER_AGENT=name)


def test_the_admins_own_sources_are_a_file(tmp_path: Path) -> None:
    assert _settings().sources_file is None
    assert _settings(SOURCES_FILE="").sources_file is None
    assert _settings(SOURCES_FILE=str(tmp_path / "x.toml")).sources_file == tmp_path / "x.toml"
