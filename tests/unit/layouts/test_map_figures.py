"""The looks of a map: each stands out, can be told from the next, and can be written on."""

from itertools import pairwise

from layouts.map_figures import DARK, EDGE, LOOKS, SHADES, look_of, shade_keys

WHITE = "#ffffff"


def test_a07_every_look_stands_out_from_the_page_by_itself_or_by_its_edge() -> None:
    faint = [
        key
        for key, look in LOOKS.items()
        if key != "outside" and max(contrast(look.color, WHITE), contrast(look.edge, WHITE)) < 3
    ]

    assert faint == []


def test_a07_letters_and_hatching_can_be_read_on_every_shade() -> None:
    assert [shade for shade in "12345" if contrast(*look_of(shade)[:3:2]) < 4.5] == []
    assert contrast(EDGE, WHITE) >= 3


def test_a07_shades_grow_darker_in_equal_steps_of_one_hue() -> None:
    steps = [contrast(one, other) for one, other in pairwise(SHADES)]

    assert [contrast(shade, WHITE) for shade in SHADES] == sorted(contrast(shade, WHITE) for shade in SHADES)
    assert min(steps) > 1.6
    assert max(steps) < 1.8
    # the same ends for any number of classes above one
    assert [shade_keys(number) for number in (1, 2, 3)] == [["3"], ["1", "5"], ["1", "3", "5"]]


def test_the_frame_of_the_own_region_stands_out_on_every_shade_by_its_two_colours() -> None:
    assert min(max(contrast(shade, DARK), contrast(shade, WHITE)) for shade in SHADES) >= 3


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(light, (one, other)))
    return (high + 0.05) / (low + 0.05)


def light(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
