"""The views of the comparison page, what each is called and which choices it has: pure."""

from enum import StrEnum


class Look(StrEnum):
    """One way to compare; the value stands in the address."""

    PROFILE = "profiel"
    TABLE = "tabel"
    RANKING = "rangorde"
    FUNNEL = "trechter"
    TREND = "verloop"
    MAP = "kaart"
    SIMILAR = "vergelijkbare-regios"
    HOLD = "houdt-stand"
    CLAIM = "mag-ik-dit-zeggen"
    PARTS = "bijdragen"


NAMES = {
    Look.PROFILE: "Profiel",
    Look.TABLE: "Tabel",
    Look.RANKING: "Rangorde",
    Look.FUNNEL: "Trechter",
    Look.TREND: "Verloop",
    Look.MAP: "Kaart",
    Look.SIMILAR: "Vergelijkbare regio’s",
    Look.HOLD: "Houdt het oordeel stand?",
    Look.CLAIM: "Mag ik dit zeggen?",
    Look.PARTS: "Bijdragen",
}

INTRODUCTIONS = {
    Look.PROFILE: "Waar uw regio bij alle cijfers van een hoofdstuk staat, tussen de laagste en hoogste.",
    Look.TABLE: "De cijfers van een hoofdstuk voor een groep regio’s naast elkaar.",
    Look.RANKING: "Alle regio’s op volgorde, met de marge van elk cijfer.",
    Look.FUNNEL: "Welke regio’s verder van het gezamenlijke cijfer liggen dan bij hun grootte past.",
    Look.TREND: "Hoe uw regio zich ontwikkelt naast hooguit drie andere.",
    Look.MAP: "Het cijfer van elke regio op de kaart.",
    Look.SIMILAR: "Welke regio’s het meest op de uwe lijken, en waarin. U kiest zelf wat meetelt.",
    Look.HOLD: "Of het oordeel hetzelfde blijft als u met een andere groep vergelijkt.",
    Look.CLAIM: "De zin over een verschil die klopt, met de reden erbij.",
    Look.PARTS: "Waar het cijfer van een samenwerkingsverband of gemeente uit bestaat.",
}


class Pick(StrEnum):
    """A choice above a view; the value is its name in the address."""

    GROUP = "groep"
    CHAPTER = "hoofdstuk"
    INDICATOR = "cijfer"
    PERIOD = "jaar"
    BREAKDOWN = "uitsplitsing"
    FIRST = "naast1"
    SECOND = "naast2"
    THIRD = "naast3"
    WEIGHTS = "gewichten"


_CELL = (Pick.INDICATOR, Pick.PERIOD, Pick.BREAKDOWN)
PICKS: dict[Look, tuple[Pick, ...]] = {
    Look.PROFILE: (Pick.CHAPTER, Pick.GROUP),
    Look.TABLE: (Pick.CHAPTER, Pick.GROUP),
    Look.RANKING: (*_CELL, Pick.GROUP),
    Look.FUNNEL: (*_CELL, Pick.GROUP),
    Look.TREND: (Pick.INDICATOR, Pick.BREAKDOWN, Pick.FIRST, Pick.SECOND, Pick.THIRD),
    Look.MAP: _CELL,
    Look.SIMILAR: (Pick.INDICATOR,),
    Look.HOLD: _CELL,
    Look.CLAIM: (*_CELL, Pick.FIRST),
    Look.PARTS: _CELL,
}
"""What a person chooses on each view; the rest travels along, so that another view knows it."""

LATEST = "laatste"
EVERYTHING = "alles"
ALL_CHAPTERS = "Alle hoofdstukken"
NOBODY = "niemand"
"""The first choice where there may be none; a select cannot hold an empty value."""
