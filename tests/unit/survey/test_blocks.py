"""Other regions beside one's own, and what anybody can read from how that changes: pure."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.disclosure import Count, Measure, Share, Shown
from survey.definition import Answers, Scale
from survey.reading import latest, load_questionnaires
from survey.results.blocks import Block, Entry, Place, latest_blocks, may_stand
from survey.results.comparing import benchmark
from survey.results.elsewhere import shares_outside
from survey.results.snapshots import Named, Scaled, Snapshot
from survey.tailoring import OwnQuestion, tailored
from tests.example_blocks import block_of

SWV = latest(load_questionnaires(), "swv")
ME = Place("PO0001", frozenset({"PO0001"}))


def _scaled(mean: float | None, n: int = 30, version: int = 1) -> Scaled:
    return Scaled(Measure.FIVE, version, Shown(Count(n, n), mean, Share(50, 50)))


def _one(mean: float | None, n: int = 30, version: int = 1) -> Snapshot:
    return Snapshot(Count(n, n), scaled={"K01": _scaled(mean, n, version)})


OWN = _scaled(4.0)


def test_a_benchmark_stands_on_blocks_that_keep_three_regions_for_each_of_them() -> None:
    four = [_one(3.0), _one(3.5), _one(4.1), _one(3.2)]

    found = benchmark("K01", OWN, ME, [block_of(four)])

    assert found is not None
    assert (found.mean, found.regions) == (3.5, 4)  # 13.8 / 4 = 3.45
    assert benchmark("K01", OWN, ME, [block_of(four[:3])]) is None
    assert benchmark("K01", OWN, ME, [block_of([*four[:3], _one(None)])]) is None
    assert benchmark("K01", OWN, ME, [block_of([*four[:3], _one(4.1, version=2)])]) is None
    assert benchmark("K01", OWN, ME, [block_of([_one(3.0, n=3)] * 4)]) is None  # nine without any one


def test_ones_own_region_is_left_out_of_its_block() -> None:
    found = benchmark(
        "K01",
        OWN,
        Place("PO0002", frozenset({"PO0002"})),
        [block_of([_one(1.0), _one(3.0), _one(3.0), _one(3.6)])],
    )

    assert found is not None
    assert (found.mean, found.regions) == (3.2, 3)


def test_a_round_with_many_regions_may_not_know_all_but_two_of_a_block() -> None:
    """A gemeente that takes part in two rounds of four knows both."""
    entries = [Entry(f"PO{each}", frozenset({f"PO{each}", "GM0001"}), _one(3.0)) for each in range(2)]
    entries += [Entry(f"PO{each}", frozenset({f"PO{each}"}), _one(3.0)) for each in range(2, 4)]

    assert not may_stand((entry, 30) for entry in entries)
    assert may_stand((entry, 30) for entry in [*entries, Entry("PO9", frozenset({"PO9"}), _one(3.0))])


def test_a_block_of_which_all_regions_came_in_again_makes_room() -> None:
    first, again = block_of([_one(3.0)] * 4), block_of([_one(4.0)] * 4)
    more = block_of([_one(4.0)] * 3)

    assert latest_blocks([first, again]) == [again]
    assert latest_blocks([first, more]) == [first, more]


def _named(*values: str | int, key: str = "Q5.03") -> Snapshot:
    named = [Named(f"SWV {number}", "PO0001", {key: value}) for number, value in enumerate(values)]
    return Snapshot(Count(len(named), len(named)), named=named)


def test_functionaries_leave_their_region_as_shares() -> None:
    found = shares_outside([block_of([_named("ja", "nee", "ja", "nee")] * 4)], SWV, place=ME)

    assert set(found) == {"Q5.03"}
    assert found["Q5.03"].n == Count(10, 19)
    assert (found["Q5.03"].shares["ja"], found["Q5.03"].shares["nee"]) == (Share(50, 50), Share(50, 50))
    assert shares_outside([block_of([_named("ja", "nee", "ja", "nee")] * 3)], SWV, place=ME) == {}
    assert (
        shares_outside([block_of([_named("ja", "nee", "ja")] * 4)], SWV, place=ME) == {}
    )  # nine without one


def test_a_newcomer_alone_changes_nothing() -> None:
    """The example of the audit: ten SWVs at half, and an eleventh that said yes or no."""
    before = [block_of([_named("ja"), _named("nee")] * 10)]

    for new in ("ja", "nee"):
        after = [*before, block_of([_named(new)], first=40)]
        assert shares_outside(after, SWV, place=ME) == shares_outside(before, SWV, place=ME) != {}


def test_a_block_counts_by_itself_or_not_at_all() -> None:
    """Twelve who all said yes: 10 of 20 would become 22 of 32. Six of twelve more make 16 of 32.

    Joined to the next block they would be known as soon as that stands alone.
    """
    half = [_named("ja"), _named("nee")]
    before = [block_of(half * 10)]
    of_one_mind = block_of([_named("ja")] * 12, first=40)
    mixed = block_of(half * 6, first=60)

    assert shares_outside([*before, of_one_mind], SWV, place=ME) == shares_outside(before, SWV, place=ME)
    later = shares_outside([*before, of_one_mind, mixed], SWV, place=ME)["Q5.03"]
    assert (later.n, later.shares["ja"]) == (Count(32, 32), Share(50, 50))


def test_own_questions_and_gemeenten_of_a_region_do_not_leave_it() -> None:
    own = OwnQuestion(1, Scale.YES_NO, "Kent u de routekaart?")
    swv = tailored(SWV, (), [own], gemeenten=[("GM0363", "Amsterdam"), ("GM0384", "Diemen")])
    answers: list[Answers] = [{"X1": "ja", "Q5.02": ["GM0363"]}, {"X1": "nee", "Q5.02": ["GM0384"]}] * 2
    one = Snapshot(Count(4, 4), named=[Named("SWV", "PO0001", each) for each in answers])

    assert {"X1", "Q5.02"} <= {each.key for each in swv.questions}
    assert shares_outside([block_of([one] * 4)], swv, place=ME) == {}


Moment = tuple[int, frozenset[int], bool]
"""A round of a region with gemeenten that take part, and whether the oldest outcome is taken back first."""

MOMENTS = st.lists(
    st.tuples(st.integers(0, 9), st.frozensets(st.integers(0, 5), max_size=2), st.booleans()),
    min_size=6,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(MOMENTS, st.sampled_from([*(f"GM{each}" for each in range(6)), "PO0", "PO1"]))
def test_p11_p12_nobody_reads_one_outcome_from_how_means_change(
    moments: Sequence[Moment], viewer: str
) -> None:
    """Somebody sees every benchmark of every round in which his region takes part, at all moments.

    Each is the sum of some outcomes. He knows those of its own rounds. No combination of the sums may be the
    outcome of one other round, also after somebody took an answer back.
    """
    released, seen = _history(moments, viewer)
    unknown = [number for number, entry in enumerate(released) if viewer not in entry.members]
    if not seen or not unknown:
        return
    sums = np.array([[float(number in each) for number in unknown] for each in seen])
    rank = np.linalg.matrix_rank(sums)

    for place in range(len(unknown)):
        alone = np.zeros(len(unknown))
        alone[place] = 1.0
        assert np.linalg.matrix_rank(np.vstack([sums, alone])) > rank


def _history(moments: Sequence[Moment], viewer: str) -> tuple[list[Entry], list[frozenset[int]]]:
    """All outcomes ever released, and of which of them each value that was ever shown is a sum."""
    released: list[Entry] = []
    waiting: list[int] = []
    blocks: list[list[int]] = []
    seen: list[frozenset[int]] = []
    for region, gemeenten, is_taken_back in moments:
        if is_taken_back and blocks:
            blocks.pop(0)
        code = f"PO{region}"
        released.append(Entry(code, frozenset({code, *(f"GM{each}" for each in gemeenten)}), _one(3.0)))
        waiting.append(len(released) - 1)
        last = {released[number].region: number for number in waiting}
        if may_stand((released[number], 30) for number in last.values()):
            blocks.append(list(last.values()))
            waiting = []
        standing = latest_blocks([Block([released[number] for number in block]) for block in blocks])
        kept = [block for block in blocks if Block([released[number] for number in block]) in standing]
        for entry in released:
            if viewer in entry.members:
                shown = (number for block in kept for number in block)
                place = Place(entry.region, entry.members)
                seen.append(frozenset(n for n in shown if not place.is_own(released[n])))
    return released, seen


@pytest.mark.parametrize("is_by_one", [True, False])
def test_one_by_one_the_same_check_would_find_the_newcomer(*, is_by_one: bool) -> None:
    sums = [[1, 1, 1, 0], [1, 1, 1, 1]] if is_by_one else [[1, 1, 1, 1]]
    alone = np.array([0, 0, 0, 1])

    rank = np.linalg.matrix_rank(np.array(sums))
    assert bool(np.linalg.matrix_rank(np.vstack([sums, alone])) == rank) is is_by_one
