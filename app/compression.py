"""Static files leave compressed: gzip once at the best level, from disk ever after."""

import gzip
import hashlib
import logging
import os
import re
import tempfile
from pathlib import Path

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

LOG = logging.getLogger(__name__)

LEVEL = 9
MIN_BYTES = 500
COMPRESSIBLE = frozenset(
    {
        "application/geo+json",
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
FOREVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=3600"

_SUITES = "/_dash-component-suites/"
_SUITE_FINGERPRINT = re.compile(r"\.v[\w-]+m[0-9a-fA-F]+\.")


def compress_static(server: Flask, cache_dir: Path) -> None:
    """Serve every static file of `server` compressed, with a validator and a fitting life in caches.

    Args:
        cache_dir: where the compressed copies are kept; shared by all workers, made when it is needed.
    """

    def finish(response: Response) -> Response:
        if request.method not in {"GET", "HEAD"} or not _is_static():
            return response
        response.vary.add("Accept-Encoding")
        if response.status_code == 200:
            _finish_content(response, cache_dir)
        if response.status_code in {200, 304}:
            response.headers["Cache-Control"] = FOREVER if _is_fingerprinted() else SHORTLY
        return response

    server.after_request(finish)
    server.session_interface = _NoSessionOnStatic()


class _NoSessionOnStatic(SecureCookieSessionInterface):
    """Keeps cookies and `Vary: Cookie` off files: browsers would fetch all of them anew after a log-in."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not _is_static():
            super().save_session(app, session, response)


def _is_static() -> bool:
    endpoint = request.endpoint or ""
    return endpoint == "static" or endpoint.endswith(".static") or request.path.startswith(_SUITES)


def _is_fingerprinted() -> bool:
    """Whether the address changes with the content: `?m=` of Dash's assets, `.v…m….` of its scripts."""
    if request.path.startswith(_SUITES):
        return _SUITE_FINGERPRINT.search(request.path.rsplit("/", 1)[-1]) is not None
    return request.args.get("m", "").isdigit()


def _finish_content(response: Response, cache_dir: Path) -> None:
    response.direct_passthrough = False
    content = response.get_data()
    response.close()  # of the file that was read; what leaves is in memory
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    packed = _packed(response, content, cache_dir / f"{digest}.gz")
    if packed is None:
        response.set_etag(digest)
    else:
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
        response.set_etag(f"{digest}-gzip")
    for name in ("Last-Modified", "Accept-Ranges"):  # the content is the validator, and it comes whole
        response.headers.pop(name, None)
    response.make_conditional(request)


def _packed(response: Response, content: bytes, path: Path) -> bytes | None:
    """The compressed content, or None where it should leave as it is."""
    wanted = request.accept_encodings.quality("gzip") > 0
    if not wanted or response.mimetype not in COMPRESSIBLE or len(content) < MIN_BYTES:
        return None
    try:
        return _from_disk(path, content)
    except OSError as error:
        LOG.warning("no compressed copies: %s", error)
        return None


def _from_disk(path: Path, content: bytes) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        packed = gzip.compress(content, LEVEL, mtime=0)
        _write_at_once(path, packed)
        return packed


def _write_at_once(path: Path, content: bytes) -> None:
    """Whole or not at all: other workers may read at any moment, or write the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
