"""Large answers packed for the line, where nothing in them is secret."""

import gzip

from flask import after_this_request, request
from flask.wrappers import Response

LEAST = 20_000
"""Below this number of bytes packing costs more than it saves."""

LEVEL = 5


def pack_answer() -> None:
    """Let the answer to this request leave gzipped, if it is large and the browser takes that.

    Only for answers without tokens: what is packed together with something secret can be guessed by its size.
    """
    if request.accept_encodings.quality("gzip") > 0:
        after_this_request(_pack)


def _pack(response: Response) -> Response:
    content = response.get_data()
    if len(content) < LEAST or response.headers.get("Content-Encoding"):
        return response
    response.set_data(gzip.compress(content, compresslevel=LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
