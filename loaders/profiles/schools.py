"""Kinds of file with figures per school: their way to regions is code, not a recipe."""

from loaders import duo, scores
from loaders.profiles.base import Need, Profile
from loaders.recipes.signs import Signs

DUO, CC_BY, CC0 = "DUO", "CC BY 4.0", "CC0"

SCHOOLS = (
    Profile(
        "duo-historie-po",
        DUO,
        "06. Historisch overzicht aantal leerlingen per schoolvestiging",
        CC_BY,
        Signs(columns=("VESTIGINGSCODE", "SOORT_VESTIGING", "GEMEENTECODE_VESTIGING", "LEERLINGEN_2011")),
        needs=tuple(Need),
        read=lambda bundle, reference: duo.read_history(bundle.table, reference),
    ),
    Profile(
        "duo-leerlingen-vo",
        DUO,
        "01. Leerlingen vo per vestiging naar onderwijstype",
        CC0,
        Signs(
            columns=(
                "BRIN NUMMER",
                "ONDERWIJSTYPE VO EN LEER- OF VERBLIJFSJAAR",
                "LEER- OF VERBLIJFSJAAR 1 - MAN",
            )
        ),
        needs=(Need.AREAS, Need.POSTCODES, Need.SITES),
        read=lambda bundle, reference: duo.read_vo_pupils(bundle.table, reference),
    ),
    Profile(
        "duo-vsv-swv",
        DUO,
        "Voortijdig schoolverlaters vo per samenwerkingsverband, 2015",
        CC0,
        Signs(columns=("SAMENWERKINGSVERBAND_NUMMER", "aantal_leerlingen", "vsv_totaal")),
        needs=(Need.AREAS, Need.POSTCODES),
        read=lambda bundle, reference: duo.read_vsv(bundle.table, reference),
    ),
    Profile(
        "cbs-achterstandsscores",
        "CBS",
        "Achterstandsscores basisscholen",
        CC_BY,
        scores.SIGNS,
        needs=(Need.AREAS, Need.POSTCODES, Need.SITES),
        read=scores.read_scores,
    ),
)
