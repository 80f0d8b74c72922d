"""Which national indicators stand beside which theme of a questionnaire: pure.

Each theme has a few of the catalogue that speak of the same thing, most telling first; a region sees those
that its kind has.
"""

from collections.abc import Mapping, Sequence

MOST = 3

BESIDE: Mapping[str, Sequence[str]] = {
    "meerwaarde": ("deel-spec-pct", "deel-sbo-pct", "deel-so-pct", "deel-vso-pct", "jh-pct"),
    "sturing": ("jh-pct", "deel-spec-pct", "deel-sbo-pct", "ll-vo"),
    "werkwijze": ("jh-verw-gem-pct", "jh-wijkteam-pct", "jh-pct", "jh-duur-dagen"),
    "bereik": ("jz-po-pct", "jz-vo-pct", "jz-so-pct", "jz-vso-pct", "jh-pct", "thuiszit-1000"),
    "tevreden": ("jh-herhaald-pct", "jh-voortijdig-pct", "jh-pct"),
    "toewijzing": ("tlv-so-1000", "tlv-vso-1000", "tlv-sbo-1000", "deel-so-pct", "deel-vso-pct"),
    "overgang": ("terugplaats-pct", "vsv-vo-pct", "vsv-pct"),
    "verzuim": ("thuiszit-1000", "verz-lrv-1000", "verz-abs-1000", "vsv-pct"),
    "school": ("jz-po-pct", "jz-vo-pct", "jh-wijkteam-pct", "jh-pct"),
    "toegang": ("jh-pct", "jh-wijkteam-pct", "jh-verw-gem-pct"),
    "samen": ("jz-po-pct", "jz-vo-pct", "jh-pct"),
    "effect": ("jh-herhaald-pct", "jh-voortijdig-pct"),
}
"""Theme → ids of the catalogue."""
