"""Settings from the environment; everything that is wrong is said in one error."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import StartUpError

ROOT = Path(__file__).resolve().parent.parent
MIN_KEY_BYTES = 32
PRODUCT = "dashboard-passend-onderwijs"
LOCAL_PROXIES = ("127.0.0.1", "::1")
MIN_RANDOM_CHARACTERS = 16
MIN_DISTINCT_CHARACTERS = 10
KNOWN_KEYS = frozenset(
    {
        "c292a0a3aa32397cdb050e233733900f",
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
        "thisissecret_1234_thisissecret_1234",
        "thisisasecret_1234_thisisasecret_1234",
    }
)
"""Keys out of other projects' code and manuals, in lower case: random or not, everybody has them."""

WEAK_WORDS = (
    *("abcdefghijklmnopqrstuvwxyz", "0123456789", "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    *("dashboard", "passend", "onderwijs", "complex", "generated", "random", "insecure", "unsafe", "django"),
    *("changeme", "change", "secret", "development", "production", "testing", "test", "dev", "flask"),
    *("password", "wachtwoord", "geheime", "geheim", "sleutel", "welkom", "key", "token", "session"),
    *("example", "voorbeeld", "default", "please", "vervang", "replace", "your", "this", "mijn", "1234"),
)


@dataclass(frozen=True)
class Settings:
    """What an installation can decide. `secret_key` signs sessions and keys hashes; it is never shown."""

    secret_key: str = field(repr=False)
    database_url: str
    base_url: str
    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8050
    workers: int = 2
    threads: int = 4
    contact_name: str = ""
    contact_email: str = ""
    sources_file: Path | None = None
    user_agent: str = PRODUCT
    trusted_proxies: tuple[str, ...] = LOCAL_PROXIES
    queue_url: str = field(default="", repr=False)
    survey_key: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us over https: cookies are then Secure and carry the `__Host-` prefix."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """The settings that the environment describes.

        Raises:
            StartUpError: something is missing or wrong; the message names all of it.
        """
        faults: list[str] = []
        data_dir = Path(environ.get("DATA_DIR", ROOT / "var"))
        host = environ.get("HOST", "127.0.0.1")
        port = _number(environ, "PORT", 8050, faults)
        settings = cls(
            secret_key=_secret_key(environ, data_dir, faults),
            database_url=_database_url(environ, data_dir, faults),
            base_url=_base_url(environ, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", faults),
            data_dir=data_dir,
            host=host,
            port=port,
            workers=_number(environ, "WORKERS", 2, faults),
            threads=_number(environ, "THREADS", 4, faults),
            contact_name=environ.get("CONTACT_NAME", ""),
            contact_email=environ.get("CONTACT_EMAIL", ""),
            sources_file=Path(environ["SOURCES_FILE"]) if environ.get("SOURCES_FILE") else None,
            user_agent=_user_agent(environ, faults),
            trusted_proxies=_proxies(environ, faults),
            queue_url=_queue_url(environ, faults),
            survey_key=_survey_key(environ, faults),
            smtp_url=_smtp_url(environ, faults),
            mail_from=environ.get("MAIL_FROM", environ.get("CONTACT_EMAIL", "")),
        )
        if faults:
            raise StartUpError("De instellingen kloppen niet: " + "; ".join(faults) + ".")
        return settings


def _secret_key(environ: Mapping[str, str], data_dir: Path, faults: list[str]) -> str:
    key = environ.get("SECRET_KEY")
    if key is None:
        path = Path(environ.get("SECRET_KEY_FILE", data_dir / "secret_key"))
        if not path.exists():
            faults.append(f"SECRET_KEY ontbreekt en {path} bestaat niet")
            return ""
        key = path.read_text(encoding="utf-8").strip()
    if len(key.encode()) < MIN_KEY_BYTES or _is_guessable(key):
        faults.append(f"de geheime sleutel is te zwak: gebruik {MIN_KEY_BYTES} of meer willekeurige tekens")
    return key


def _is_guessable(key: str) -> bool:
    """Whether a key is known, or little of it is left without the words that people write in its place."""
    rest = key.lower()
    if rest in KNOWN_KEYS:
        return True
    for word in sorted(WEAK_WORDS, key=len, reverse=True):
        rest = rest.replace(word, "")
    rest = re.sub(r"[\W_]", "", rest)
    return len(rest) < MIN_RANDOM_CHARACTERS or len(set(rest)) < MIN_DISTINCT_CHARACTERS


def _database_url(environ: Mapping[str, str], data_dir: Path, faults: list[str]) -> str:
    url = environ.get("DATABASE_URL", f"sqlite:///{data_dir / 'dashboard.sqlite'}")
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        faults.append("DATABASE_URL moet met sqlite:/// of postgresql:// beginnen")
    return url


def _queue_url(environ: Mapping[str, str], faults: list[str]) -> str:
    """Where the queue of background work stands; empty for a SQLite file in the data folder."""
    url = environ.get("QUEUE_URL", "")
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        faults.append("QUEUE_URL moet met redis://, rediss:// of unix:// beginnen")
    return url


def _survey_key(environ: Mapping[str, str], faults: list[str]) -> str:
    """What links and receipts of questionnaires are made with; empty: derived from the secret key.

    With a key of its own, the secret key can be changed while a round runs.
    """
    key = environ.get("SURVEY_KEY", "")
    if key and (len(key.encode()) < MIN_KEY_BYTES or _is_guessable(key)):
        faults.append(f"SURVEY_KEY is te zwak: gebruik {MIN_KEY_BYTES} of meer willekeurige tekens")
    return key


def _smtp_url(environ: Mapping[str, str], faults: list[str]) -> str:
    """The mail server, `smtp://name:password@host:587` or `smtps://`; empty: no mail is sent."""
    url = environ.get("SMTP_URL", "")
    if url and not url.startswith(("smtp://", "smtps://")):
        faults.append("SMTP_URL moet met smtp:// of smtps:// beginnen")
    return url


def _base_url(environ: Mapping[str, str], own: str, faults: list[str]) -> str:
    """The address that people type; requests under another host name are refused."""
    address = environ.get("BASE_URL", f"http://{own}").rstrip("/")
    if not re.fullmatch(r"https?://(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:[0-9]{1,5})?", address, re.ASCII):
        faults.append("BASE_URL moet http:// of https:// met een naam zijn, zonder pad erachter")
    return address


def _user_agent(environ: Mapping[str, str], faults: list[str]) -> str:
    """What publishers see when we fetch from them: who we are and whom they can write to."""
    contact = environ.get("CONTACT_EMAIL", "")
    is_plain = contact and contact.isascii() and contact.isprintable()
    text = environ.get("FETCH_USER_AGENT", f"{PRODUCT} ({contact})" if is_plain else PRODUCT)
    if not text.strip() or not text.isascii() or not text.isprintable():
        faults.append("FETCH_USER_AGENT mag alleen gewone letters en tekens hebben")
    return text


def _proxies(environ: Mapping[str, str], faults: list[str]) -> tuple[str, ...]:
    """The addresses of the proxies that are believed about who asks; none at all is possible too."""
    given = environ.get("TRUSTED_PROXIES", ",".join(LOCAL_PROXIES)).split(",")
    try:
        return tuple(str(ipaddress.ip_address(text.strip())) for text in given if text.strip())
    except ValueError:
        faults.append("TRUSTED_PROXIES moet uit IP-adressen met komma's ertussen bestaan")
        return ()


def _number(environ: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    text = environ.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        faults.append(f"{name} moet een getal van 1 tot en met 65535 zijn")
        return default
    return int(text)
