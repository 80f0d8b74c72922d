"""From a guarded bundle to what it says; no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loaders.files import Bundle, read_path
from loaders.profiles import check_needs, find_profile
from loaders.reference import Reference
from loaders.sandbox import Parsed


def parse(bundle: Bundle, reference: Reference, *, chosen: str | None) -> Parsed:
    """What a bundle says; figures are read while somebody walks through the pieces.

    Raises:
        LoadRefused: it is not recognised, or it needs region facts that are not there.
    """
    profile = find_profile(bundle, chosen)
    check_needs(profile, reference)
    facts = profile.parse(bundle) if profile.parse is not None else None
    pieces = profile.read_chunks(bundle, reference)
    return Parsed(bundle.name, bundle.sha256, bundle.size, bundle.lines, profile.name, facts, pieces)


@contextmanager
def read_here(path: Path, reference: Reference, *, chosen: str | None = None) -> Iterator[Parsed]:
    """`read_in_sandbox` without the sandbox and the guards, for files of our own: the same answer, sooner.

    Raises:
        LoadRefused: the file is refused.
    """
    yield parse(read_path(path), reference, chosen=chosen)
