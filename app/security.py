"""What every response carries, and which requests are refused before anything looks at them."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.exceptions import MethodNotAllowed, NotFound

from app.config import Settings
from app.errors import AccessDenied, BadInput

MAX_BODY_BYTES = 2 * 1024 * 1024
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEALTH = "/healthz"
"""Load balancers ask for it by our number, and it tells nothing: it answers under any name."""
KEPT_ENDPOINTS = frozenset({"outlines"})
LINK_PREFIXES = ("/invullen", "/ontvangst")
"""Pages of respondents: a link or code is all they need, so neither may travel further than here."""

STATIC_PREFIXES = ("/assets/", "/_dash-component-suites/")

Origin = tuple[str, str, int | None]
"""Scheme, host, port."""

_PORTS = {"http": 80, "https": 443}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - what BASE_URL may say, not where we listen
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
_LINK_HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
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
    own, hosts = origin_of(settings.base_url), _own_hosts(settings.base_url)

    def check() -> None:
        if request.environ["PATH_INFO"].startswith("//"):
            raise NotFound  # werkzeug would take it for one slash
        if request.path != HEALTH:
            _refuse_other_hosts(hosts, settings.base_url)
        if request.method not in METHODS:
            raise MethodNotAllowed(METHODS)
        if request.method not in SAFE_METHODS:
            _refuse_other_sites(own)

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


def exempt_from_csrf(server: Flask, view: str) -> None:
    """Ask for no token at a view (`module.name`) that no cookie opens: the link or code in the request does.

    The check on other sites stands for it too.
    """
    server.extensions["csrf"].exempt(view)


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


def origin_of(address: str) -> Origin | None:
    """Scheme, host and port of an address, so that two writings of one origin are equal; None if it has none.

    >>> origin_of("https://Dashboard.example:443/over")
    ('https', 'dashboard.example', 443)
    """
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:  # as in `http://[` and `http://x:port`
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None


def _own_hosts(base_url: str) -> frozenset[str]:
    """The names under which we answer; empty, which is any, where we listen everywhere and have no name."""
    own = origin_of(base_url)
    host = own[1] if own else ""
    if host in _LOOPBACK:
        return _LOOPBACK
    return frozenset() if host in _EVERYWHERE else frozenset({host})


def _refuse_other_hosts(hosts: frozenset[str], base_url: str) -> None:
    """Refuse a name that is not ours: nothing we send may be steered by what a visitor calls us."""
    asked = origin_of(f"//{request.host}")
    if asked is None or (hosts and asked[1] not in hosts):
        raise BadInput(f"Dit dashboard staat op {base_url}. Gebruik dat adres.")


def _refuse_other_sites(own: Origin | None) -> None:
    """Refuse what another site made the browser send; without either header the token alone decides.

    Ours is the origin of BASE_URL, and with its scheme the host that was asked for, which passed the check.
    A form on a page that sends no referrer has the origin `null`: only pages behind a link are such.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if origin == "null" and request.path.startswith(LINK_PREFIXES):
        origin = None
    ours = {own, origin_of(f"{own[0]}://{request.host}") if own else None}
    is_foreign = origin is not None and (origin_of(origin) is None or origin_of(origin) not in ours)
    if is_foreign or site in {"cross-site", "same-site"}:
        raise AccessDenied("Dit verzoek kwam van een andere website en is daarom geweigerd.")


def _add_headers(response: Response, settings: Settings) -> Response:
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = current_app.config["CONTENT_SECURITY_POLICY"]
    if request.path.startswith(LINK_PREFIXES):
        response.headers.update(_LINK_HEADERS)
    if settings.is_https:
        response.headers["Strict-Transport-Security"] = _HSTS
    if not _is_static(response):
        if not _is_kept(response):
            response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response


def _is_kept(response: Response) -> bool:
    """Whether the browser of who asked may keep it: public data at an address that changes with them."""
    return (
        request.endpoint in KEPT_ENDPOINTS
        and response.status_code == 200
        and "Cache-Control" in response.headers
    )


def _is_static(response: Response) -> bool:
    return request.path.startswith(STATIC_PREFIXES) and response.status_code in {200, 206, 304}
