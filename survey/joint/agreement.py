"""What two sides agree on: a version, its signatures, and what happens when both write at once. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from survey.definition import Value


class Side(StrEnum):
    """Who signs."""

    SWV = "swv"
    GEMEENTE = "gemeente"


@dataclass(frozen=True)
class Pair:
    """A SWV and a gemeente in a round."""

    round_id: int
    swv: str
    gemeente: str

    def side_of(self, code: str) -> Side:
        """The side on which a region stands."""
        return Side.SWV if code == self.swv else Side.GEMEENTE


@dataclass(frozen=True)
class Signature:
    """A signature that is in force, or was."""

    side: Side
    version: int
    login: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Agreement:
    """What both made of it so far; version 0 and nothing chosen before the first save."""

    version: int = 0
    chosen: Mapping[str, Value] = field(default_factory=dict)
    signatures: Sequence[Signature] = ()
    agreed_on: date | None = None

    def signature(self, side: Side) -> Signature | None:
        """The signature of a side under this very version."""
        valid = (each for each in self.signatures if each.side is side and each.version == self.version)
        return next(valid, None)

    @property
    def is_agreed(self) -> bool:
        """Whether both signed this version."""
        return all(self.signature(side) for side in Side)

    @property
    def void(self) -> list[Signature]:
        """The last signatures of sides that did not sign this version."""
        last = {each.side: each for each in self.signatures}
        return [last[side] for side in Side if side in last and self.signature(side) is None]


class Signing(StrEnum):
    """How an attempt to sign ended."""

    DONE = "ondertekend"
    AGREED = "eens"
    ALREADY = "al-ondertekend"
    MOVED = "intussen-gewijzigd"
    OPEN = "nog-open"
    SAME_PERSON = "zelfde-persoon"


class Change(NamedTuple):
    """A joint answer in a form: as it stood there, and as it came back."""

    was: Value
    value: Value


class Conflict(NamedTuple):
    """A question that two changed at once; the later change is not kept, and is told."""

    mine: Value
    theirs: Value
    by: str


@dataclass(frozen=True)
class Signer:
    """Who signs, and which version that person saw."""

    side: Side
    login: str
    name: str
    seen: int
