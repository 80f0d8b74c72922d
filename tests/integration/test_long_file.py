"""The benchmark of loading: what it generates is accepted, and what it writes down follows from the runs."""

from pathlib import Path

import pytest

from tests.benchmarks import loading
from tests.benchmarks.loading import Cost, Result, describe, measure


def test_a_generated_file_is_loaded_whole(tmp_path: Path) -> None:
    result = measure(tmp_path, 200_000, 1, rounds=1)

    (load,) = result.loads
    assert load.rows == {read.rows for read in result.reads}.pop() >= 200_000
    assert load.peak_mb > 50


def test_the_page_shows_medians_and_whether_the_aim_is_met() -> None:
    reads = tuple(Cost(1000, seconds, 2.0, 2000.0, 0.0) for seconds in (1.0, 2.0, 9.0))
    loads = (Cost(1000, 30.0, 30.0, 400.0, 700.0),)

    page = describe(Result(reads, loads, file_size=5_000_000, database_size=7_000_000))

    assert "| time | 2.0 s | 30.0 s | 15.0 × |" in page
    assert "| rows per second | 500 | 33 | |" in page
    assert "read_csv: **met**" in page
    assert "any process: **met**" in page


@pytest.mark.parametrize(("seconds", "peak", "words"), [(41.0, 10.0, "read_csv"), (1.0, 1001.0, "process")])
def test_an_aim_that_is_not_met_is_said(seconds: float, peak: float, words: str) -> None:
    read, load = Cost(1000, 2.0, 2.0, 10.0, 0.0), Cost(1000, seconds, seconds, 10.0, peak)

    page = describe(Result((read,), (load,), file_size=1, database_size=1))

    assert f"{words}: **not met**" in page


def test_the_page_in_the_documentation_has_this_form() -> None:
    assert loading.REPORT.read_text(encoding="utf-8").startswith("# Benchmark of loading\n")
