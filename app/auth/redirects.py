"""Where a browser may be sent after logging in: pure."""

import re
from urllib.parse import unquote

_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def is_local_path(target: str) -> bool:
    r"""Whether `target` is a path on this site and nothing else.

    Refused: another host (`//evil`, `/\evil`, `https:evil`, also behind percent signs), control
    characters, and anything that does not begin with one slash.
    """
    decoded = unquote(target).replace(" ", "")
    return _LOCAL.fullmatch(target) is not None and _LOCAL.fullmatch(decoded) is not None


def local_path(target: str | None, default: str = "/") -> str:
    """`target` if it is a path on this site, else `default`."""
    return target if target and is_local_path(target) else default
