"""How gunicorn is run: its arguments from the settings, and an access log without secrets."""

from typing import Any

from gunicorn.glogging import Logger

from app.config import ROOT, Settings
from app.security_log import discreet_path, discreet_source

ACCESS_FORMAT = '%(t)s %(h)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'


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
        f"--forwarded-allow-ips={','.join(settings.trusted_proxies)}",
        "--forwarder-headers=",  # SCRIPT_NAME and the like come from nobody, not even from the proxy
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
        path = str(environ.get("PATH_INFO", ""))
        return parts | {"U": discreet_path(path), "h": discreet_source(path, str(parts["h"]))}
