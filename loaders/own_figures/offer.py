"""What a region's file holds once it is read; apart from the reading, which brings pandas."""

from dataclasses import dataclass

from app.own_figures import OwnCell
from loaders.findings import Finding


@dataclass(frozen=True, slots=True)
class Offer:
    """What a file holds: figures that may be stored, and what a person should look at."""

    sha256: str
    cells: tuple[OwnCell, ...]
    warnings: tuple[Finding, ...] = ()
