"""A recipe that hangs in the air is refused with file and line; one that stands names indicators we have."""

import pytest

from app.indicators import TOTAL
from loaders.catalogue import load_catalogue
from loaders.files import Bundle
from loaders.profiles import RECIPES
from loaders.recipes.model import Recipe
from loaders.recipes.parsing import RecipeError, read_recipe

RECIPE = """name = "x"
publisher = "CBS"
title = "Tabel X"
licence = "CC BY 4.0"
tried = true
shape = "tabel"
decimal = ","
country = "gegeven"
swv = "geen"

[recognise]
columns = ["Regio", "Jaar", "Aantal"]

[region]
column = "Regio"

[period]
column = "Jaar"

[[measure]]
indicator = "bev-tot"
numerator = "Aantal"
"""


def _read(text: str) -> Recipe:
    return read_recipe("x.toml", text, frozenset({"AREAS"}))


def test_a_small_recipe_is_enough_for_a_table() -> None:
    recipe = _read(RECIPE)

    assert recipe.signs.fits(Bundle("a.csv", {"a.csv": b"Jaar;Regio;Aantal;Anders\n2020;GM0363;1;2\n"}))
    assert [measure.indicator for measure in recipe.measures] == ["bev-tot"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('swv = "geen"', 'swv = "geen"\nkleur = "rood"', "line 10: unknown key 'kleur'"),
        ('column = "Jaar"', 'colum = "Jaar"', "line 18: unknown key 'colum'"),
        (
            'numerator = "Aantal"',
            'numerator = "Aantallen"',
            "line 20: the column 'Aantallen' is read, but not",
        ),
        ('column = "Regio"', 'column = "Gemeente"', "the column 'Gemeente' is read, but not in 'recognise'"),
        ('numerator = "Aantal"', 'denominator = "Aantal"', "line 20: a measure has an 'indicator', and"),
        ('numerator = "Aantal"', 'numerator = "Aantal"\nfacter = 2', "line 20: unknown key(s) ['facter']"),
        ('decimal = ","', 'decimal = ";"', "line 7: 'decimal' is one of"),
        ('swv = "geen"', 'swv = "soms"', "'soms' is not a valid Swv"),
        ('country = "gegeven"', 'country = "som"', "needs 'complete = true'"),
        ("tried = true", 'tried = "ja"', "line 5: 'tried' cannot be 'ja'"),
        ('swv = "geen"', 'swv = "geen"\nneeds = ["ALLES"]', "line 10: unknown need(s) ['ALLES']"),
        ('publisher = "CBS"\n', "", "'publisher' is missing"),
        ('column = "Jaar"', 'column = "Jaar"\nform = "peildatum"', "'day' goes with form 'peildatum'"),
        ('name = "x"', "name = x", "not valid TOML"),
    ],
)
def test_a_fault_is_named_with_file_and_line(old: str, new: str, words: str) -> None:
    assert old in RECIPE

    with pytest.raises(RecipeError) as caught:
        _read(RECIPE.replace(old, new, 1))

    assert str(caught.value).startswith("x.toml")
    assert words in str(caught.value)


def test_a_percentage_alone_cannot_be_summed_to_an_swv() -> None:
    text = RECIPE.replace('numerator = "Aantal"', 'value = "Aantal"').replace('"geen"', '"aandelen"')

    with pytest.raises(RecipeError, match="nothing to sum"):
        _read(text)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_every_shipped_recipe_makes_figures_that_the_catalogue_knows(recipe: Recipe) -> None:
    catalogue = load_catalogue()

    for measure in recipe.measures:
        indicator = catalogue.indicators[measure.indicator]
        codes = {TOTAL, *(category.code for category in indicator.categories)}
        assert measure.breakdown in codes
