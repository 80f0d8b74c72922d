"""Who really asks, when a proxy stands in front: read from its header, and believed from nobody else."""

import ipaddress
from collections.abc import Iterable
from typing import Any

from flask import Flask

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def install_proxies(server: Flask, trusted: Iterable[str]) -> None:
    """Let requests that come from a trusted proxy count as those of the visitor behind it.

    Throttle and logs then see the visitor. Only the last element of `X-Forwarded-For` counts: that one the
    proxy wrote itself; those before it are what the visitor chose to send.
    """
    proxies = frozenset(_address(proxy) for proxy in trusted) - {None}
    application = server.wsgi_app

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        if _address(environ.get("REMOTE_ADDR", "")) in proxies:
            visitor = _address(environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip())
            if visitor is not None:
                environ["REMOTE_ADDR"] = str(visitor)
        return application(environ, start_response)

    server.wsgi_app = answer  # type: ignore[method-assign]  # as Flask's manual does it


def _address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found
