"""Settings from the environment; everything that is wrong is said in one error."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import StartUpError

ROOT = Path(__file__).resolve().parent.parent
MIN_KEY_BYTES = 32
WEAK_KEYS = frozenset({"changeme", "change-me", "secret", "dev", "development", "test", "password", "geheim"})


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
            base_url=environ.get("BASE_URL", f"http://{host}:{port}").rstrip("/"),
            data_dir=data_dir,
            host=host,
            port=port,
            workers=_number(environ, "WORKERS", 2, faults),
            threads=_number(environ, "THREADS", 4, faults),
            contact_name=environ.get("CONTACT_NAME", ""),
            contact_email=environ.get("CONTACT_EMAIL", ""),
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
    if len(key.encode()) < MIN_KEY_BYTES or key.lower() in WEAK_KEYS or len(set(key)) < 8:
        faults.append(f"de geheime sleutel is te zwak: gebruik {MIN_KEY_BYTES} of meer willekeurige tekens")
    return key


def _database_url(environ: Mapping[str, str], data_dir: Path, faults: list[str]) -> str:
    url = environ.get("DATABASE_URL", f"sqlite:///{data_dir / 'dashboard.sqlite'}")
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        faults.append("DATABASE_URL moet met sqlite:/// of postgresql:// beginnen")
    return url


def _number(environ: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    text = environ.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        faults.append(f"{name} moet een getal van 1 tot en met 65535 zijn")
        return default
    return int(text)
