"""What every response carries, and which requests are refused before anything looks at them."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.exceptions import MethodNotAllowed

from app.config import Settings
from app.errors import AccessDenied

MAX_BODY_BYTES = 2 * 1024 * 1024
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
STATIC_PREFIXES = ("/assets/", "/_dash-component-suites/")

_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HSTS = "max-age=31536000; includeSubDomains"


def session_cookie_name(settings: Settings) -> str:
    """The name of the session cookie; `__Host-` binds it to this host and to https."""
    return "__Host-sessie" if settings.is_https else "sessie"


def csrf_cookie_name(settings: Settings) -> str:
    """The name of the cookie from which Dash reads the token that it sends back as `X-CSRFToken`."""
    return "__Host-_csrf_token" if settings.is_https else "_csrf_token"


def configure(server: Flask, settings: Settings) -> None:
    """Set keys, cookies and limits."""
    server.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=session_cookie_name(settings),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        WTF_CSRF_SSL_STRICT=False,  # Origin and Sec-Fetch-Site say it better than Referer
    )


def install_first_checks(server: Flask, settings: Settings) -> None:
    """Refuse odd methods and requests from other sites, and put the headers on every response."""
    own = urlsplit(settings.base_url)

    def check() -> None:
        if request.method not in METHODS:
            raise MethodNotAllowed(METHODS)
        if request.method not in SAFE_METHODS:
            _refuse_other_sites(own.netloc)

    def finish(response: Response) -> Response:
        return _add_headers(response, settings)

    server.before_request(check)
    server.after_request(finish)
    set_script_hashes(server, ())


def install_csrf(server: Flask) -> None:
    """Ask for a token with every request that changes something.

    Call it after the log-in gate: an ended session should answer 401, not that a token is wrong.
    """
    CSRFProtect(server)


def set_script_hashes(server: Flask, hashes: Iterable[str]) -> None:
    """Allow these inline scripts (Dash's own and its clientside callbacks) besides our own files."""
    scripts = " ".join([_POLICY["script-src"], *hashes])
    policy = _POLICY | {"script-src": scripts}
    server.config["CONTENT_SECURITY_POLICY"] = "; ".join(f"{name} {value}" for name, value in policy.items())


def hand_out_csrf_token(response: Response, settings: Settings) -> Response:
    """Give a page the token that its callbacks must send back; scripts read this cookie, so not HttpOnly."""
    response.set_cookie(
        csrf_cookie_name(settings), generate_csrf(), secure=settings.is_https, httponly=False, samesite="Lax"
    )
    return response


def _refuse_other_sites(own_host: str) -> None:
    """Refuse what another site made the browser send; without either header the token alone decides."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    is_foreign = origin is not None and urlsplit(origin).netloc not in {own_host, request.host}
    if is_foreign or site in {"cross-site", "same-site"}:
        raise AccessDenied("Dit verzoek kwam van een andere website en is daarom geweigerd.")


def _add_headers(response: Response, settings: Settings) -> Response:
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = current_app.config["CONTENT_SECURITY_POLICY"]
    if settings.is_https:
        response.headers["Strict-Transport-Security"] = _HSTS
    if not _is_static(response):
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response


def _is_static(response: Response) -> bool:
    return request.path.startswith(STATIC_PREFIXES) and response.status_code in {200, 206, 304}
