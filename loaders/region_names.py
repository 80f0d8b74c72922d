"""The regions that only have a name at their publisher, with our code and every spelling seen: pure.

RMC numbers are DUO's (14 was divided into 40 and 41). Jeugdregio's have no code anywhere: ours number the
list of February 2016 by the alphabet and never move; a region that came later gets the next number.
"""

from loaders.reference import plain

_YOUTH_REGIONS = (
    "Achterhoek",
    "Amsterdam-Amstelland",
    "Arnhem",
    "Drenthe",
    "Eemland",
    "Flevoland",
    "Food Valley",
    "Friesland",
    "Gooi- en Vechtstreek",
    "Groningen",
    "Haaglanden",
    "Haarlemmermeer",
    "Holland-Rijnland",
    "IJsselland",
    "Kop van Noord-Holland",
    "Lekstroom",
    "Midden Brabant",
    "Midden IJssel/Oost Veluwe",
    "Midden Kennemerland",
    "Midden-Holland",
    "Midden-Limburg Oost",
    "Midden-Limburg West",
    "Noord Veluwe",
    "Noord-Kennemerland",
    "Noord-Limburg",
    "Noordoost-Brabant",
    "Rijk van Nijmegen",
    "Rijnmond",
    "Rivierenland",
    "Twente",
    "Utrecht",
    "Utrecht West",
    "West-Brabant Oost",
    "West-Brabant West",
    "West-Friesland",
    "Zaanstreek-Waterland",
    "Zeeland",
    "Zuid-Holland-Zuid",
    "Zuid-Kennemerland",
    "Zuid-Limburg",
    "Zuidoost Brabant",
    "Zuidoost-Utrecht",
)
_RMC = {
    1: ("Oost-Groningen",),
    2: ("Noord-Groningen-Eemsmond",),
    3: ("Centraal en Westelijk Groningen",),
    4: ("Friesland Noord",),
    5: ("Zuid-West Friesland",),
    6: ("Friesland-Oost", "Friesland-Oost ('de Friese Wouden')"),
    7: ("Noord- en Midden Drenthe",),
    8: ("Zuid-Oost Drenthe",),
    9: ("Zuid-West Drenthe",),
    10: ("IJssel-Vecht",),
    11: ("Stedendriehoek",),
    12: ("Twente",),
    13: ("Achterhoek",),
    14: ("Arnhem/Nijmegen",),
    15: ("Rivierenland",),
    16: ("Eem en Vallei",),
    17: ("Noordwest-Veluwe",),
    18: ("Flevoland",),
    19: ("Utrecht",),
    20: ("Gooi en Vechtstreek",),
    21: ("Agglomeratie Amsterdam",),
    22: ("West-Friesland",),
    23: ("Kop van Noord-Holland",),
    24: ("Noord-Kennemerland",),
    25: ("Zuid-Kennemerland en IJmond", "West-Kennemerland"),
    26: ("Zuid-Holland-Noord",),
    27: ("Zuid-Holland-Oost",),
    28: ("Haaglanden/Westland", "Haaglanden"),
    29: ("Rijnmond",),
    30: ("Zuid-Holland-Zuid",),
    31: ("Oosterschelde Regio",),
    32: ("Walcheren",),
    33: ("Zeeuws-Vlaanderen",),
    34: ("West-Brabant",),
    35: ("Midden-Brabant",),
    36: ("Noord-Oost-Brabant",),
    37: ("Zuidoost-Brabant",),
    38: ("Gewest Limburg-Noord",),
    39: ("Gewest Zuid-Limburg",),
    40: ("Rijk van Nijmegen",),
    41: ("Arnhem",),
}


def youth_regions() -> dict[str, str]:
    """Plain name → code of every jeugdregio."""
    return {plain(name): f"JR{number:02d}" for number, name in enumerate(_YOUTH_REGIONS, 1)}


def rmc_regions() -> dict[str, str]:
    """Plain name, in every spelling → code of every RMC-regio."""
    return {plain(name): f"RM{number:02d}" for number, names in _RMC.items() for name in names}
