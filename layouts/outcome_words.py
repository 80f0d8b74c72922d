"""What is shown of answers, in words: the response, a score, a percentage, their margins, a change."""

from math import floor

from app.disclosure import Count, Share, Shown
from app.tables import Value
from app.wording import class_words, day, number, signed
from layouts.formatting import plural
from survey.results.comparing import Benchmark, Change
from survey.results.outcomes import Outcome

TOO_FEW = "te weinig antwoorden om te tonen"
NOT_EXACT = "geen precies cijfer"
HARD = "te weinig mensen kunnen dit beoordelen"
COMPLETE = "iedereen heeft geantwoord"


def response_words(outcome: Outcome) -> str:
    """How many answered: `25 van de 60 (42%)`, `5 tot en met 9 van de 12`."""
    count, size = outcome.snapshot.respondents, outcome.snapshot.size
    if outcome.is_named:
        return plural(count.low, "organisatie", "organisaties")
    words = class_words(
        count if size is None or size < count.low else Count(count.low, min(count.high, size))
    )
    if size is None or size < count.low:
        return f"{words}; hoeveel mensen konden antwoorden, is niet bekend" if size is None else words
    share = f" ({floor(100 * count.low / size + 0.5)}%)" if count.low == count.high and size else ""
    return f"{words} van de {number(size)}{share}"


def share_words(share: Share) -> str:
    """A percentage: `67%`, `90% of meer`, `10% of minder`, `24% tot 52%`."""
    if share.low == share.high:
        return f"{share.low}%"
    if share.high == 100:
        return f"{share.low}% of meer"
    return f"{share.low}% tot {share.high}%" if share.low else f"{share.high}% of minder"


def part_words(name: str, share: Share) -> str:
    """A part of a distribution, as it stands at its first answer: `1 en 2 samen: 15%`; `67%` of one."""
    low, _, high = name.partition("-")
    if not high:
        return share_words(share)
    between = "en" if int(high) == int(low) + 1 else "tot en met"
    return f"{low} {between} {high} samen: {share_words(share)}"


def share_value(share: Share) -> Value:
    """A percentage as a cell; a band has no number."""
    return Value(share_words(share), float(share.low) if share.low == share.high else None)


def mean_value(shown: Shown | None) -> Value:
    """A score as a cell, or why there is none."""
    if shown is None:
        return Value(TOO_FEW)
    return Value(NOT_EXACT) if shown.mean is None else Value(number(shown.mean, 1), shown.mean)


def margin_words(shown: Shown | None) -> str:
    """`3,4 tot 4,2`; why there is none where that is known."""
    if shown is None:
        return ""
    if shown.is_complete:
        return COMPLETE
    if shown.mean_margin is None:
        return ""
    low, high = shown.mean_margin
    return f"{number(low, 1)} tot {number(high, 1)}"


def good_margin_words(shown: Shown | None) -> str:
    """The margin of the percentage that answered positively: `35% tot 65%`, under the rules of a margin."""
    if shown is None:
        return ""
    if shown.is_complete:
        return COMPLETE
    if shown.good_margin is None:
        return ""
    low, high = shown.good_margin
    return f"{low}% tot {high}%"


def beside_words(outcome: Outcome) -> str:
    """Since when other regions stand beside it as they do, and when that changes."""
    since = f"Stand van {day(outcome.since)}. " if outcome.since else ""
    return (
        f"{since}Nieuwe uitkomsten tellen pas mee als er genoeg tegelijk zijn: zonder die van één regio nog "
        "van ten minste 3 andere regio’s. Anders is uit het verschil te lezen wat één regio antwoordde."
    )


def change_words(change: Change | None) -> str:
    """`+0,3`, and whether that is more than chance alone gives."""
    if change is None:
        return ""
    words = signed(change.gap, 1)
    if change.low is None:
        return words
    return f"{words} (groter dan toeval)" if change.is_certain else f"{words} (kan toeval zijn)"


def with_margin(words: str, margin: str) -> str:
    """`3,6 (3,2 tot 4,0)`."""
    return f"{words} ({margin})" if margin else words


def benchmark_words(benchmark: Benchmark) -> str:
    """`3,6 (4 regio’s)`."""
    return f"{number(benchmark.mean, 1)} ({benchmark.regions} regio’s)"
