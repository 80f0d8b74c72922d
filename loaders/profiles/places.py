"""Kinds of file that hold region facts instead of figures."""

from loaders.facts import PARSERS
from loaders.listings import TITLES
from loaders.profiles.base import Need, Profile
from loaders.recipes.signs import Signs

CBS, DUO, CC_BY, CC0 = "CBS", "DUO", "CC BY 4.0", "CC0"


PLACES = (
    Profile(
        "cbs-regiocodes",
        CBS,
        "03759ned, codelijst van regio's",
        CC_BY,
        Signs(texts=(b"#RegioSCodes",)),
        parse=PARSERS["cbs-regiocodes"],
    ),
    Profile(
        "regeling-swv",
        "OCW",
        "Regeling regio-indeling samenwerkingsverbanden passend onderwijs PO en VO",
        "wettekst",
        Signs(texts=(b"Regeling regio-indeling samenwerkingsverbanden passend onderwijs",)),
        needs=(Need.AREAS,),
        parse=PARSERS["regeling-swv"],
    ),
    Profile(
        "duo-adressen-po",
        DUO,
        "02. Alle schoolvestigingen basisonderwijs",
        CC0,
        Signs(columns=("INSTELLINGSCODE", "VESTIGINGSCODE", "POSTCODE", "GEMEENTENUMMER", "RMC-REGIO CODE")),
        needs=(Need.AREAS,),
        parse=PARSERS["duo-adressen-po"],
    ),
    Profile(
        "duo-adressen-vo",
        DUO,
        "Alle vestigingen voortgezet onderwijs",
        CC0,
        Signs(columns=("BRIN NUMMER", "VESTIGINGSNUMMER", "POSTCODE", "ONDERWIJSSTRUCTUUR")),
        needs=(Need.AREAS,),
        parse=PARSERS["duo-adressen-vo"],
    ),
    Profile(
        "scholen-geo",
        "bewerking van DUO en BAG door derden",
        "Alle scholen als punten, met leerlingen 2023/24",
        CC_BY,
        Signs(texts=(b'"FeatureCollection"', b'"vestigingscode"')),
        needs=(Need.AREAS,),
        parse=PARSERS["scholen-geo"],
    ),
    Profile(
        "regioatlas",
        "BZK",
        "Regioatlas: gemeenten per regio",
        CC0,
        Signs(columns=("Gemeente", "CBS"), any_of=tuple(TITLES)),
        needs=(Need.AREAS,),
        parse=PARSERS["regioatlas"],
    ),
    Profile(
        "cbs-gemeentenlijst",
        CBS,
        "Gemeenten alfabetisch",
        CC_BY,
        Signs(columns=("Gemeentecode", "GemeentecodeGM", "Gemeentenaam", "ProvinciecodePV", "Provincienaam")),
        needs=(Need.AREAS,),
        parse=PARSERS["cbs-gemeentenlijst"],
    ),
    Profile(
        "gemeente-omtrekken",
        "bewerking van Kadaster en CBS door derden",
        "Omtrekken van gemeenten",
        CC_BY,
        Signs(texts=(b'"FeatureCollection"', b'"gemeenteCode"')),
        needs=(Need.AREAS,),
        parse=PARSERS["gemeente-omtrekken"],
    ),
)
