"""Our own form for figures that no national file has: what stands in it, and in which order."""

INDICATOR, REGION, PERIOD, BREAKDOWN = "indicator", "regio", "periode", "uitsplitsing"
NUMERATOR, DENOMINATOR, VALUE = "teller", "noemer", "waarde"
STATUS, REMARK = "status", "toelichting"
KEYS = (INDICATOR, REGION, PERIOD, BREAKDOWN)
NUMBERS = (NUMERATOR, DENOMINATOR, VALUE)
COLUMNS = (*KEYS, *NUMBERS, STATUS, REMARK)

HIDDEN, MISSING = "verborgen", "ontbreekt"
