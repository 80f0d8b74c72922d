"""Lines and marks can be told apart on white, and by people who see fewer colours."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from layouts.figures.base import COUNTRY, COUNTRY_TEXT, OTHERS, OWN, SECOND, SECOND_TEXT, THIRD

LINES = (OWN, SECOND, THIRD, COUNTRY)
WHITE = "#ffffff"

# Machado, Oliveira & Fernandes (2009), "A physiologically-based model for simulation of color vision
# deficiency", severity 1.0; for linear RGB.
SIGHTS = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
D65 = np.array([0.95047, 1.0, 1.08883])

APART = 10.0
"""Four times the difference that is just noticeable in CIE Lab (2.3; Mahy et al. 1994).

Dash and mark tell the lines apart as well, so that colour alone need not do it.
"""


def linear(colour: str) -> np.ndarray:
    """`#rrggbb` as linear RGB from 0 to 1 (WCAG 2.2, relative luminance)."""
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(TO_XYZ[1] @ linear(colour))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE 1976 L*a*b* of linear RGB, white D65."""
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / D65
    x, y, z = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: str, other: str, sight: np.ndarray) -> float:
    return float(np.linalg.norm(lab(sight @ linear(one)) - lab(sight @ linear(other))))


def test_the_measures_give_what_the_standards_say() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.005)
    # The primary red of sRGB is L* 53.2, a* 80.1, b* 67.2
    assert lab(linear("#ff0000")) == pytest.approx([53.2, 80.1, 67.2], abs=0.1)
    # Who lacks a kind of cone still sees grey as grey.
    for sight in SIGHTS.values():
        assert distance("#808080", "#808080", sight) == 0
        assert sight.sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


@pytest.mark.parametrize("colour", [*LINES, OTHERS])
def test_every_line_and_mark_has_three_to_one_against_white(colour: str) -> None:
    assert contrast(colour, WHITE) >= 3


@pytest.mark.parametrize("colour", [OWN, SECOND_TEXT, THIRD, COUNTRY_TEXT])
def test_the_words_beside_a_line_can_be_read(colour: str) -> None:
    assert contrast(colour, WHITE) >= 4.5


def test_the_lines_are_dark_and_light_in_turn() -> None:
    steps = [luminance(after) - luminance(before) for before, after in pairwise(LINES)]

    assert [step > 0 for step in steps] == [True, False, True]
    assert all(contrast(before, after) >= 3 for before, after in pairwise(LINES))


@pytest.mark.parametrize("name", SIGHTS)
def test_the_lines_stay_apart_for_who_sees_fewer_colours(name: str) -> None:
    distances = {(one, other): distance(one, other, SIGHTS[name]) for one, other in combinations(LINES, 2)}

    assert {pair: value for pair, value in distances.items() if value < APART} == {}
