"""How gunicorn is run: its arguments from the settings, and an access log without secrets."""

import re
from typing import Any
from urllib.parse import quote

from gunicorn.glogging import Logger

from app.config import ROOT, Settings

TRUSTED_PROXIES = "127.0.0.1,::1"
ACCESS_FORMAT = '%(t)s %(h)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'

_TOKEN = re.compile(r"[\w-]{32,}")


def gunicorn_arguments(settings: Settings) -> list[str]:
    """Everything after `gunicorn` on the command line."""
    return [
        "wsgi:server",
        f"--chdir={ROOT}",
        f"--bind={_address(settings)}",
        f"--workers={settings.workers}",
        "--worker-class=gthread",
        f"--threads={settings.threads}",
        "--reuse-port",
        "--keep-alive=75",  # the default of 2 s drops requests of browsers that keep their connection
        "--no-control-socket",
        "--timeout=60",
        "--graceful-timeout=30",
        "--max-requests=50000",
        "--max-requests-jitter=5000",  # so that workers do not restart together
        "--limit-request-line=4094",
        "--limit-request-fields=60",
        "--limit-request-field_size=8190",
        f"--forwarded-allow-ips={TRUSTED_PROXIES}",
        "--logger-class=app.server.DiscreetLogger",
        "--access-logfile=-",
        f"--access-logformat={ACCESS_FORMAT}",
        "--log-level=warning",
    ]


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


class DiscreetLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """An access log of one line per request, without query strings, one-time tokens or control characters."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """The parts of a line; the path escaped, because gunicorn hands it over decoded."""
        parts: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return parts | {"U": discreet_path(str(environ.get("PATH_INFO", "")))}


def discreet_path(path: str) -> str:
    """`path` on one line, with anything as long as a token cut out.

    >>> discreet_path("/wachtwoord/" + "x" * 43)
    '/wachtwoord/***'
    """
    return _TOKEN.sub("***", quote(path[:500], safe="/-._~:@()"))
