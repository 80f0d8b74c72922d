"""The security log: one line of JSON per event, in UTC. Never passwords, tokens or answers."""

import ipaddress
import json
import logging
import re
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import quote

logger = logging.getLogger("dashboard.security")

MAX_LENGTH = 80

_TOKEN = re.compile(r"[\w-]{32,}")
_LINK = re.compile(r"(?:[0-9A-Za-z]{5}[ -]?){5}[0-9A-Za-z]|(?<=/invullen/)[^/]+", re.IGNORECASE)
"""A link to a questionnaire or the code of a receipt, however it is written; and what was typed for one."""

_OF_RESPONDENTS = re.compile(r"/+(invullen|ontvangst)(/|$)", re.IGNORECASE)


class Event(StrEnum):
    """What can happen that a security officer wants to read back."""

    LOGIN_OK = "login_ok"
    LOGIN_FAILED = "login_failed"
    LOGIN_THROTTLED = "login_throttled"
    LOGOUT = "logout"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event
    PASSWORD_LINK_MADE = "password_link_made"  # noqa: S105 - the name of an event
    ACCESS_DENIED = "access_denied"
    REQUEST_REFUSED = "request_refused"
    ACCOUNT_CHANGED = "account_changed"
    ROLE_CHANGED = "role_changed"
    UPLOAD = "upload"
    VERSION_PUBLISHED = "version_published"
    VERSION_RETURNED = "version_returned"
    VERSION_REMOVED = "version_removed"
    WARNINGS_ACCEPTED = "warnings_accepted"
    SURVEY_GUESSED = "survey_guessed"
    SURVEY_WITHDRAWN = "survey_withdrawn"
    OWN_FIGURES_STORED = "own_figures_stored"
    OWN_FIGURES_REFUSED = "own_figures_refused"
    OWN_FIGURES_WITHDRAWN = "own_figures_withdrawn"
    OWN_FIGURES_EXPORTED = "own_figures_exported"
    OWN_DATA_DOWNLOADED = "own_data_downloaded"
    ACCOUNT_ERASED = "account_erased"
    ERASURES_REPEATED = "erasures_repeated"
    LEAK_LISTED = "leak_listed"
    TEXTS_READ = "texts_read"
    TEXTS_REVIEWED = "texts_reviewed"
    TEXTS_EXPORTED = "texts_exported"
    OUTCOME_EXPORTED = "outcome_exported"
    OUTCOME_RELEASED = "outcome_released"


_WARNINGS = frozenset(
    {
        Event.LOGIN_FAILED,
        Event.LOGIN_THROTTLED,
        Event.ACCESS_DENIED,
        Event.REQUEST_REFUSED,
        Event.SURVEY_GUESSED,
    }
)


def discreet_path(path: str) -> str:
    """`path` on one line of at most some hundreds of characters, with anything as long as a token cut out.

    >>> discreet_path("/wachtwoord/-" + "x" * 42)
    '/wachtwoord/***'
    """
    return quote(_LINK.sub("***", _TOKEN.sub("***", path))[:500], safe="/-._~:@()*")


def discreet_source(path: str, address: str) -> str:
    """The network address for a log; of somebody who fills in a questionnaire only the network's first part.

    >>> discreet_source("/invullen", "192.0.2.77")
    '192.0.2.0'
    """
    if not _OF_RESPONDENTS.match(path):
        return address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    length = 24 if isinstance(parsed, ipaddress.IPv4Address) else 48
    return str(ipaddress.ip_network((parsed, length), strict=False).network_address)


def log_event(event: Event, *, who: str, source: str, detail: str = "") -> None:
    """Write one line.

    JSON in ASCII keeps it one line whatever the parts hold: line ends, terminal codes and other control
    characters come out as `\\uXXXX`.

    Args:
        who: login of the person, or `onbekend`.
        source: network address, or `opdrachtregel`.
        detail: what it was about; cut at 80 characters.
    """
    line = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "event": event,
        "who": who[:MAX_LENGTH],
        "from": source[:MAX_LENGTH],
        "detail": detail[:MAX_LENGTH],
    }
    logger.log(
        logging.WARNING if event in _WARNINGS else logging.INFO, json.dumps(line).replace("\x7f", "\\u007f")
    )
