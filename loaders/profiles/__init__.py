"""Which loader reads which file, recognised from its content.

A table is a recipe, `*.toml` beside this file: a new edition is a few lines there. Code profiles remain for
what no recipe can say: figures per school, and region facts.
"""

from functools import partial
from pathlib import Path

from app.errors import LoadRefused
from loaders.files import Bundle
from loaders.profiles.base import Need, Profile
from loaders.profiles.own import OWN
from loaders.profiles.places import PLACES
from loaders.profiles.schools import SCHOOLS
from loaders.recipes.model import Recipe
from loaders.recipes.parsing import load_recipes
from loaders.recipes.reading import read_by_recipe
from loaders.reference import Reference

__all__ = [
    "FOLDER",
    "PROFILES",
    "RECIPES",
    "Need",
    "Profile",
    "check_needs",
    "find_profile",
    "fitting_profiles",
    "get_profile",
]

FOLDER = Path(__file__).parent
_SHOWN = 8
_LONGEST = 80


def _profile(recipe: Recipe) -> Profile:
    return Profile(
        name=recipe.name,
        publisher=recipe.publisher,
        title=recipe.title,
        licence=recipe.licence,
        signs=recipe.signs,
        needs=tuple(Need[name] for name in recipe.needs),
        read=partial(read_by_recipe, recipe),
        tried=recipe.tried,
    )


RECIPES = load_recipes(FOLDER, frozenset(Need.__members__))
PROFILES = (*PLACES, *SCHOOLS, *OWN, *map(_profile, RECIPES))


def get_profile(name: str) -> Profile:
    """The profile of that name."""
    return next(profile for profile in PROFILES if profile.name == name)


def fitting_profiles(bundle: Bundle) -> list[Profile]:
    """Every profile that fits; more than one is for a person to choose from."""
    return [profile for profile in PROFILES if profile.recognise(bundle)]


def find_profile(bundle: Bundle, chosen: str | None = None) -> Profile:
    """The one profile that fits the bundle, or the one that a person chose among those that fit.

    Raises:
        LoadRefused: none fits, or more than one and none was chosen, or the chosen one does not; the message
            says what was expected and what was found.
    """
    fitting = fitting_profiles(bundle)
    if chosen is not None:
        fitting = [profile for profile in fitting if profile.name == chosen]
        if not fitting:
            raise LoadRefused(f"{bundle.name} is geen bestand van de soort {chosen!r}. {_expected(bundle)}")
    if len(fitting) > 1:
        names = ", ".join(f"{profile.name} ({profile.title})" for profile in fitting)
        raise LoadRefused(f"{bundle.name} kan meer dan één soort bestand zijn. Kies er een: {names}.")
    if not fitting:
        raise LoadRefused(
            f"{bundle.name} lijkt op geen van de bestanden die dit dashboard kent. {_expected(bundle)}"
        )
    return fitting[0]


def _expected(bundle: Bundle) -> str:
    """Which profile comes nearest and what it lacks, and what the bundle has instead."""
    lacks = {profile.title: profile.signs.lacks(bundle) for profile in PROFILES if profile.signs.columns}
    parts = {
        profile.title: len(lacks[profile.title]) / profile.signs.count
        for profile in PROFILES
        if lacks.get(profile.title)
    }
    nearest = min(parts, key=lambda title: parts[title], default=None)
    words = ""
    if nearest is not None and parts[nearest] < 1:
        words = f"Het meest lijkt het op {nearest}; daarvoor ontbreekt {_listed(lacks[nearest])}. "
    heads = max((head.columns for head in bundle.heads), key=len, default=())
    found = [name for name in heads if name] or sorted(bundle.members)
    return f"{words}Gevonden: {_listed(found)}."


def _listed(names: list[str]) -> str:
    return ", ".join(_clipped(name) for name in names[:_SHOWN]) + (
        f" en nog {len(names) - _SHOWN}" if len(names) > _SHOWN else ""
    )


def _clipped(name: str) -> str:
    """A name of a column; a sentence of a text that is no table is cut off."""
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def check_needs(profile: Profile, reference: Reference) -> None:
    """Nothing, if the database has the region facts that the profile needs.

    Raises:
        LoadRefused: some are missing; the message names all of them.
    """
    present = {
        Need.AREAS: bool(reference.areas),
        Need.POSTCODES: reference.has_postcodes,
        Need.SITES: reference.has_sites,
        Need.WEIGHTS: reference.has_weights,
    }
    if missing := [need for need in profile.needs if not present[need]]:
        raise LoadRefused(f"Laad eerst {'; '.join(missing)}.")
