"""The errors that a caller is expected to handle, each with the answer it deserves."""

from collections.abc import Mapping


class DashboardError(Exception):
    """Base of every error of our own; the message is a full sentence for the person who sees it."""


class StartUpError(DashboardError):
    """The installation cannot run: settings, database or schema. One sentence on stderr, exit code 1."""


class BadInput(DashboardError):
    """The browser sent something that no page of ours sends. Answered with 400."""


class AccessDenied(DashboardError):
    """Not this person's, or it does not exist: the same words for both. Answered with 403."""

    def __init__(self, message: str = "U heeft geen toegang tot deze pagina of gegevens.") -> None:
        super().__init__(message)


class NotLoggedIn(DashboardError):
    """Nobody is logged in, or the session has ended. Answered with 401."""

    def __init__(self, message: str = "U bent niet (meer) ingelogd. Log opnieuw in.") -> None:
        super().__init__(message)


class TooManyRequests(DashboardError):
    """Too often in too short a time. Answered with 429; `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AccountRefused(DashboardError):
    """A change to an account that cannot be made; the message says why."""


class SelectionRefused(DashboardError):
    """What a person wants to keep cannot be kept so; `problems` holds every reason, by field of the form."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class CatalogueError(DashboardError):
    """A catalogue entry is not acceptable; the message names file and line."""


class LoadRefused(DashboardError):
    """A data file was refused; `problems` holds every reason, with row and column where there is one."""

    def __init__(self, message: str, problems: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems
