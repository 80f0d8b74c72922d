"""By what a file is recognised, from its content only: pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from loaders.files import Bundle, Head, bare_title, base_name, last_title, upper_name


class Match(StrEnum):
    """How column names are compared."""

    EXACT = "precies"
    BASE = "zonder volgnummer"  # JongerenMetJeugdzorg_84, CBS OData v3
    TITLE = "zonder eenheid"  # Totale bevolking (aantal), StatLine; headings above it are left out too
    UPPER = "hoofdletters"  # VESTIGINGS_NUMMER and Vestigings nummer, DUO


_PLAIN: dict[Match, Callable[[str], str]] = {
    Match.EXACT: str,
    Match.BASE: base_name,
    Match.TITLE: bare_title,
    Match.UPPER: upper_name,
}


def find_columns(columns: Iterable[str], wanted: str, match: Match) -> list[str]:
    """The file's own names of the columns that fit a wanted name; more than one is for the caller to refuse.

    An exact name goes before one that only fits after simplifying, a full title before its last part.
    """
    names = [name for name in columns if name]
    if wanted in names:
        return [wanted]
    plain = _PLAIN[match]
    found = [name for name in names if plain(name) == plain(wanted)]
    if not found and match is Match.TITLE:
        found = [name for name in names if last_title(name) == wanted]
    return found


def _measure_codes(bundle: Bundle) -> bytes:
    lists = (text for name, text in bundle.members.items() if upper_name(name).startswith("MEASURECODES."))
    return next(lists, b"")


@dataclass(frozen=True)
class Signs:
    """What a file must and must not have to be of a kind.

    `columns`: all of them in one row; `any_of`: at least one of them; `absent`: none of them; `members`: the
    files of a folder; `texts`: words that all stand in the first 4,000 bytes; `measures`: titles in the list
    of measures of an OData v4 folder.
    """

    columns: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    texts: tuple[bytes, ...] = ()
    measures: tuple[str, ...] = ()
    match: Match = Match.EXACT

    def fits(self, bundle: Bundle) -> bool:
        """Whether the bundle is of this kind."""
        if self.members and not set(self.members) <= set(bundle.members):
            return False
        if not all(text in bundle.start for text in self.texts):
            return False
        if any(title.encode() not in _measure_codes(bundle) for title in self.measures):
            return False
        return not self.columns or self.head(bundle.heads) is not None

    def head(self, heads: Iterable[Head]) -> Head | None:
        """The first place where the wanted column names stand; None if there is none."""
        return next((head for head in heads if not self.missing(head.columns)), None)

    def missing(self, columns: Iterable[str]) -> list[str]:
        """What keeps a row from being the row with column names, in words; empty if nothing does."""
        names = list(columns)
        found = [name for name in self.columns if not find_columns(names, name, self.match)]
        if self.any_of and not any(find_columns(names, name, self.match) for name in self.any_of):
            found.append(" of ".join(self.any_of))
        return found + [f"geen {name}" for name in self.absent if find_columns(names, name, self.match)]

    def lacks(self, bundle: Bundle) -> list[str]:
        """What is missing from the bundle: files, or the columns of the row that comes nearest."""
        members = [name for name in self.members if name not in bundle.members]
        rows = [self.missing(head.columns) for head in bundle.heads] or [list(self.columns)]
        return members + (min(rows, key=len) if self.columns else [])

    @property
    def count(self) -> int:
        """How many things are asked for."""
        return len(self.columns) + len(self.members) + len(self.texts) + bool(self.any_of)
