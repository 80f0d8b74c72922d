"""Pages with their choices that a person keeps under a name: what may be kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.errors import SelectionRefused
from app.names import clean, name_problem, same_key

MOST_VIEWS = 50


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """A view that may be kept: its name, and an address of ours. `query` has no question mark."""

    name: str
    path: str
    query: str

    @property
    def address(self) -> str:
        """Where the view stands."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class SavedView(ViewDraft):
    """A kept view."""

    id: int
    created_at: datetime


class NameTaken(SelectionRefused):
    """There is another view under this name; it is replaced only by who says so."""

    def __init__(self, name: str) -> None:
        super().__init__({"naam": f"U heeft al een weergave met de naam “{name}”."})


def check_name(name: str) -> str:
    """The name of a view as it is kept.

    Raises:
        SelectionRefused: it cannot be one.
    """
    text = clean(name)
    if problem := name_problem(text, "de weergave"):
        raise SelectionRefused({"naam": problem})
    return text


def view_to_replace(draft: ViewDraft, kept: Iterable[SavedView], *, may_replace: bool) -> SavedView | None:
    """The kept view whose place a new one takes; None if it comes beside those that are kept.

    Raises:
        NameTaken: another view has the name, and nobody said that it may go.
        SelectionRefused: there are as many views as one person may have.
    """
    views = list(kept)
    same = next((view for view in views if same_key(view.name) == same_key(draft.name)), None)
    if same is not None and not may_replace and same.address != draft.address:
        raise NameTaken(same.name)
    if same is None and len(views) >= MOST_VIEWS:
        words = f"U heeft al {len(views)} weergaven, en meer kan niet. Verwijder er eerst een."
        raise SelectionRefused({"naam": words})
    return same
