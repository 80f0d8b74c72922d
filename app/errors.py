"""The errors that a caller is expected to handle, each with the answer it deserves."""


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


class CatalogueError(DashboardError):
    """A catalogue entry is not acceptable; the message names file and line."""


class LoadRefused(DashboardError):
    """A data file was refused; `problems` holds every reason, with row and column where there is one."""

    def __init__(self, message: str, problems: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems
