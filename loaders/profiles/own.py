"""Our own form, for figures that no national file has."""

from loaders.profiles.base import Need, Profile
from loaders.recipes.signs import Signs
from loaders.template import COLUMNS
from loaders.template.reading import read_form, read_form_chunks

OWN = (
    Profile(
        "eigen-formulier",
        "eigen opgave",
        "Eigen cijfers op ons formulier",
        "eigen gegevens van de regio",
        Signs(columns=COLUMNS),
        needs=(Need.AREAS,),
        read=read_form,
        stream=read_form_chunks,
    ),
)
