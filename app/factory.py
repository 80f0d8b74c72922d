"""`create_app`: the one place where everything meets."""

# mypy: disable-error-code="no-untyped-call"
# Dash's own methods carry no annotations.

import hashlib
import logging
import re
import time
from collections.abc import Callable
from typing import Any

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, make_response
from werkzeug.exceptions import NotFound

import callbacks
from app import admin, auth, error_pages, pages, security, templating
from app.access import OWN_TABS, Tab
from app.auth import current_viewer
from app.callback_bodies import install_body_check
from app.compression import compress_static
from app.config import ROOT, Settings
from app.db import Database
from app.looks import Look
from app.proxies import install_proxies
from app.services import Services
from app.uploads import install_uploads
from app.work_queue import WorkQueue
from layouts import shell
from loaders.catalogue import Catalogue, load_catalogue

TITLE = "Dashboard passend onderwijs"
BOOTSTRAP = "vendor/bootstrap.min.css"
PAGES = {
    "/regio/<region>/overzicht": Tab.OVERVIEW,
    "/regio/<region>/indicatoren": Tab.INDICATORS,
    "/regio/<region>/indicatoren/<indicator>": Tab.INDICATORS,
    "/regio/<region>/vergelijken": Tab.COMPARE,
    "/regio/<region>/vergelijken/<look>": Tab.COMPARE,
    "/regio/<region>/aansluiting": Tab.CONNECTION,
}
"""Every address that Dash's page is served on; anything else is a real 404."""

_TELLING = frozenset({"dash_version", "python_version", "dash_version_url", "ddk_version", "plotly_version"})
_CLOSED = frozenset({"", "<path:path>", "_reload-hash", "_favicon.ico"})
_LINKED_BY_TEMPLATES = (
    r"^(bootstrap\.|20-pages|21-invullen|22-rondes|30-password|60-beheer|65-invullen|66-voorlezen)"
)
_UNUSED = ("/dash_table/", "/deps/polyfill@")
_FRACTION = re.compile(r"(?<=[?]m=)(\d+)[.]\d+$")
_FINGERPRINT = re.compile(r"\.v([\w-]+?)m(?=[0-9a-f]+\.)")


class Dashboard(Dash):
    """Dash without what it serves to anybody: every path as a page, its versions, its list of packages.

    It leans on private names of Dash, each guarded by a test, so that a new release cannot quietly open them.
    """

    def _add_url(self, name: str, view_func: Callable[..., Any], methods: Any = ("GET",)) -> None:
        if name in _CLOSED:
            return
        quiet = _without_package_list(view_func) if name.startswith("_dash-component-suites/") else view_func
        super()._add_url(name, quiet, methods)

    def _config(self) -> dict[str, Any]:
        return {name: value for name, value in super()._config().items() if name not in _TELLING}

    def _setup_dev_tools(self, **_kwargs: Any) -> None:
        names = ("ui", "props_check", "serve_dev_bundles", "hot_reload", "prune_errors", "validate_callbacks")
        super()._setup_dev_tools(debug=False, **dict.fromkeys(names, False))

    def _collect_and_register_resources(self, *args: Any, **kwargs: Any) -> list[Any]:
        found = super()._collect_and_register_resources(*args, **kwargs)
        return [_plain_address(item) if isinstance(item, str) else item for item in found if _is_used(item)]

    def interpolate_index(self, *args: str, **parts: str) -> str:
        """The page around the application, with our own icon instead of one that carries Dash's version."""
        icon = f'<link rel="icon" type="image/svg+xml" href="{templating.asset_url("favicon.svg")}">'
        page = str(super().interpolate_index(*args, **(parts | {"favicon": icon})))
        return page.replace(f'"/assets/{BOOTSTRAP}"', f'"{templating.asset_url(BOOTSTRAP)}"')


def create_app(settings: Settings, catalogue: Catalogue | None = None) -> Dash:
    """The whole application, with the shipped catalogue unless another is given.

    Nothing connects to the database before the first request: gunicorn may fork.
    """
    _configure_logging()
    db, catalogue = Database(settings.database_url), catalogue or load_catalogue()
    server = _make_server(settings)
    queue = WorkQueue(settings.queue_url, settings.data_dir)
    Services(settings, db, catalogue, queue).attach(server)
    app = _make_dash(server)
    callbacks.register(app, db, catalogue)
    _add_pages(app, settings)
    install_body_check(server, app.callback_map)
    security.set_script_hashes(server, app.csp_hashes())
    _warm_up(app)
    return app


def _make_server(settings: Settings) -> Flask:
    """Flask with everything that stands before Dash, in the order in which a request meets it."""
    server = Flask("app", root_path=str(ROOT / "app"), static_folder=None)
    server.debug = False
    server.url_map.merge_slashes = False  # `/over//x` is no address of ours, and no redirect either
    security.configure(server, settings)
    security.install_first_checks(server, settings)
    auth.register(server)
    install_uploads(server, current_viewer)
    security.install_csrf(server)
    error_pages.register(server)
    pages.register(server)
    admin.register(server)
    templating.register(server)
    compress_static(server, settings.data_dir / "compressed")
    install_proxies(server, settings.trusted_proxies)
    return server


def _make_dash(server: Flask) -> Dashboard:
    app = Dashboard(
        server=server,  # type: ignore[arg-type]  # Dash names only its own ways to make one
        assets_folder=str(ROOT / "assets"),
        assets_ignore=_LINKED_BY_TEMPLATES,
        use_pages=False,
        serve_locally=True,
        suppress_callback_exceptions=True,
        title=TITLE,
        update_title=None,  # type: ignore[arg-type]  # documented: leaves the title alone
        index_string=shell.INDEX,
        add_log_handler=False,
        enable_mcp=False,
        csrf_token_name=security.csrf_cookie_name(server.extensions["dashboard"].settings),
    )
    app.layout = shell.layout
    return app


def _add_pages(app: Dashboard, settings: Settings) -> None:
    """Serve Dash's page on its own addresses, to those who may open that region."""
    for number, (rule, tab) in enumerate(PAGES.items()):
        app.server.add_url_rule(rule, f"page_{number}", _page(app, tab, settings))


def _page(app: Dashboard, tab: Tab, settings: Settings) -> Callable[..., Response]:
    def show(region: str, look: str = Look.PROFILE, **_rest: str) -> Response:
        viewer = current_viewer()
        viewer.require(tab)
        viewer.own_region(region) if tab in OWN_TABS else viewer.region(region)
        if look not in set(Look):
            raise NotFound
        return security.hand_out_csrf_token(make_response(app.index()), settings)

    return show


def _warm_up(app: Dashboard) -> None:
    """Let Dash finish setting up: cold threads answer 500 on script bundles otherwise (plotly/dash #3971)."""
    with app.server.test_request_context("/"):
        app._setup_server()  # noqa: SLF001 - Dash has no public way; a test guards it
        app.index()


def _without_package_list(view: Callable[..., Any]) -> Callable[..., Any]:
    """Dash answers an unknown script with an error that lists every registered package and file."""

    def serve(package_name: str, fingerprinted_path: str) -> Any:
        try:
            return view(package_name, fingerprinted_path)
        except (DependencyException, FileNotFoundError):  # a source map is registered but not shipped
            raise NotFound from None

    return serve


def _is_used(item: Any) -> bool:
    """Whether a page of ours needs the bundle: none has a DataTable or runs in a browser without promises."""
    return not isinstance(item, str) or not any(name in item for name in _UNUSED)


def _plain_address(address: str) -> str:
    """`dash_renderer.v4_4_1m17.min.js` → `dash_renderer.v3fa9c21em17.min.js`: caches need no more.

    The moment of an asset goes without its fraction: our own templates link the same file, and a browser that
    sees two addresses fetches it twice.
    """
    named = _FINGERPRINT.sub(lambda match: f".v{_digest(match[1])}m", address)
    return _FRACTION.sub(r"\1", named)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def _configure_logging() -> None:
    """One line per event on stderr, in UTC; does nothing where logging is set up already."""
    root = logging.getLogger()
    if not root.handlers:
        formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s")
        formatter.converter = time.gmtime
        handler = logging.StreamHandler()
        handler.setFormatter(formatter)
        root.addHandler(handler)
    logging.getLogger("dashboard").setLevel(logging.INFO)
