"""Blocks of outcomes of other regions, for tests."""

from collections.abc import Sequence

from survey.results.blocks import Block, Entry
from survey.results.snapshots import Snapshot


def block_of(snapshots: Sequence[Snapshot], first: int = 2) -> Block:
    """A block of regions PO0002, PO0003, …, each in a round of its own."""
    codes = [f"PO{number:04}" for number in range(first, first + len(snapshots))]
    return Block([Entry(code, frozenset({code}), each) for code, each in zip(codes, snapshots, strict=True)])
