"""Whether figures rise or fall, in words that the test of a trend allows: pure."""

from app.indicators import Indicator
from app.trends import TrendFinding, TrendState
from app.wording import period_words


def trend_words(own: TrendFinding, country: TrendFinding | None, faster: int, indicator: Indicator) -> str:
    """What the test of a trend says, with the country's line where that may be compared.

    'Sneller dan landelijk' stands on the test of the two slopes alone (`faster`), and only where the
    country's figures have a trend of their own.
    """
    if own.state in _NO_TREND:
        return _NO_TREND[own.state]
    span = f"Van {period_words(own.first, indicator)} tot en met {period_words(own.last, indicator)}"
    if own.state is TrendState.NONE:
        return f"{span} is geen stijging of daling aan te tonen: {BY_CHANCE}.{_doubts(own)}"
    change = NOUNS[own.state]
    words = f"{span} {own.state} dit cijfer; de {change} is groter dan toeval alleen geeft."
    return words + _than_country(own, country, faster) + _doubts(own)


NOUNS = {TrendState.RISING: "stijging", TrendState.FALLING: "daling"}
BY_CHANCE = "dat het cijfer op en neer gaat, kan toeval zijn"
NOT_TO_SAY = "Over een trend is niets te zeggen"
_NO_TREND = {
    TrendState.TOO_SHORT: (
        f"{NOT_TO_SAY}: daarvoor zijn vijf metingen achter elkaar nodig, op dezelfde manier geteld."
    ),
    TrendState.NOT_KNOWN: (
        f"{NOT_TO_SAY}: van een of meer perioden is het cijfer verborgen of niet helemaal bekend."
    ),
    TrendState.NO_MARGIN: f"{NOT_TO_SAY}: van deze cijfers is geen marge bekend.",
    TrendState.INDIRECT: (
        f"{NOT_TO_SAY}: van een of meer perioden is meer dan 5% geschat of op een andere manier toegerekend."
    ),
}


def _than_country(own: TrendFinding, country: TrendFinding | None, faster: int) -> str:
    if country is None or country.trend is None or (own.first, own.last) != (country.first, country.last):
        return ""
    if faster == 0:
        return " Of het sneller of minder snel gaat dan landelijk, is niet aan te tonen."
    if country.state is TrendState.NONE:
        return " Landelijk is geen stijging of daling aan te tonen."
    if country.state is not own.state:
        return f" Landelijk {country.state} het juist."
    is_more = (faster > 0) is (own.state is TrendState.RISING)
    return f" Het {own.state} {'sneller' if is_more else 'minder snel'} dan landelijk."


def _doubts(own: TrendFinding) -> str:
    """What must be said with the sentence: it is copied without the figures it is about."""
    words = " Een of meer van deze cijfers zijn voorlopig." if own.is_provisional else ""
    return f"{words} Een of meer van deze cijfers zijn deels geschat." if own.is_estimated else words
