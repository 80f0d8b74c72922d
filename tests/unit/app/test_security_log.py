"""A path in a log tells where, and never a secret."""

import pytest

from app.security_log import discreet_path

TOKEN = "a1_-" * 11


def test_s15_a_token_in_a_path_is_cut_out() -> None:
    assert discreet_path(f"/wachtwoord/{TOKEN}") == "/wachtwoord/***"


@pytest.mark.parametrize("length", range(440, 520))
def test_s15_no_part_of_a_token_is_left_where_a_long_path_is_cut(length: int) -> None:
    filling = ("x/" * length)[:length]

    assert TOKEN[:8] not in discreet_path(f"{filling}{TOKEN}")


def test_a_path_cannot_begin_a_new_line_in_the_log() -> None:
    assert discreet_path('/x\r\n2026 "GET /y"\x1b[31m') == "/x%0D%0A2026%20%22GET%20/y%22%1B%5B31m"


def test_an_ordinary_path_stays_readable() -> None:
    assert discreet_path("/regio/PO2707/indicatoren") == "/regio/PO2707/indicatoren"
