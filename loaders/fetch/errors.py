"""Why something could not be fetched; each message is a Dutch sentence for the admin."""

from app.errors import DashboardError


class FetchFailed(DashboardError):
    """Nothing was kept: the answer is wrong, too large, too slow, or comes from another place than agreed."""


class Unreachable(FetchFailed):
    """The service is not there now: every attempt failed, or it asks to come back much later."""


class Gone(Unreachable):
    """The address is no longer in use (404, 410)."""


class PassingFault(FetchFailed):
    """Worth another attempt; `retry_after` is the number of seconds that the server asks for, if it does."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
