"""The regulation in its table and in its prose; what the prose leaves in doubt is refused."""

import pytest

from app.errors import LoadRefused
from loaders.files import Bundle, Severity
from loaders.regulation import read_any_regulation
from tests.samples.world import SWV_OF_POSTCODE, bundle

HEAD = "Regeling regio-indeling samenwerkingsverbanden passend onderwijs PO en VO\n"


def _prose(*lines: str) -> Bundle:
    return Bundle("r.md", {"r.md": (HEAD + "\n".join(lines)).encode()})


@pytest.mark.parametrize("name", ["regeling.md", "regeling-2013.md"])
def test_both_forms_give_the_same_areas(name: str) -> None:
    rows, _ = read_any_regulation(bundle(name))

    found = {row.pc4: (row.po_swv, row.vo_swv) for row in rows if row.pc4 != "9010"}
    assert found == {pc4: pair for pc4, pair in SWV_OF_POSTCODE.items() if pc4 != "9010"}


def test_the_prose_says_that_it_was_never_tried_on_a_real_file() -> None:
    _, problems = read_any_regulation(bundle("regeling-2013.md"))

    assert [problem.severity for problem in problems] == [Severity.WARNING]
    assert "niet aan een echt bestand getoetst" in problems[0].sentence


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            ["PO 90-01", "A: 6883", "B: 6883", "VO 90-01", "A: 6883"],
            "rij 4: postcode 6883 staat al bij PO9001",
        ),
        (["PO 90-01", "A: 6883", "VO 90-01", "A: 6884"], "rij 3: postcode 6883 staat alleen bij po."),
        (["PO 90-01", "A: 6883", "VO 90-01", "B: 6883"], "postcode 6883 ligt bij po in A en bij vo in B."),
        (
            ["PO 90-01", "A: 6883", "VO 90-01", "A: 6883", "de postcodes 6885 tot 6890"],
            "is geen gemeente met",
        ),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_its_row(lines: list[str], sentence: str) -> None:
    with pytest.raises(LoadRefused) as caught:
        read_any_regulation(_prose(*lines))

    assert any(sentence in str(problem) for problem in caught.value.problems)


def test_a_text_without_postcodes_is_refused() -> None:
    with pytest.raises(LoadRefused, match="geen tabel en geen lijst"):
        read_any_regulation(_prose("Artikel 1", "In 2013 treedt deze regeling in werking."))
