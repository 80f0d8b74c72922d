"""What a figure is: level, place, difference and change as numbers say them. Pure; speaks of no chance."""

import re
from collections.abc import Callable
from enum import StrEnum

from app.benchmarks import Bounds, Rank, difference, share_of
from app.indicators import TOTAL, CellStatus, Direction, Figure, Indicator, PeriodStatus, Unit
from app.regions import COUNTRY, KIND_NAMES, RegionKind, RegionName, Succession
from app.wording import (
    UNIT_WORDS,
    amount,
    amount_between,
    capital,
    day,
    gap_between,
    moment,
    number,
    period_words,
    share,
    signed,
    uncapital,
    year_label,
)

Writer = Callable[[float], str]

NO_DATA = "geen gegevens"
HIDDEN = "door de bron verborgen"
HIDDEN_BELOW_5 = "minder dan 5"
BELOW_1 = "tussen 0 en 1"
"""A small part of a hidden number: it rounds to zero, and what is hidden never reads as zero."""

STATUS_WORDS = {
    PeriodStatus.FINAL: "definitief",
    PeriodStatus.REVISED_PROVISIONAL: "nader voorlopig",
    PeriodStatus.PROVISIONAL: "voorlopig",
}


class State(StrEnum):
    """What stands where there are no figures; five states, five different sentences."""

    EMPTY = "empty"
    LOADING = "loading"
    REFUSED = "refused"
    FAILED = "failed"
    NOT_AVAILABLE = "not-available"


STATE_SENTENCES = {
    State.EMPTY: "Bij deze keuze horen geen cijfers. Kies iets anders of wis de filters.",
    State.LOADING: "De cijfers worden geladen…",
    State.REFUSED: "U heeft geen toegang tot deze pagina of gegevens.",
    State.FAILED: "Laden is niet gelukt. Probeer het nog eens. Lukt dat niet, geef dan het kenmerk door.",
    State.NOT_AVAILABLE: "Dit cijfer is hier niet beschikbaar.",
}


def value_words(figure: Figure | None, indicator: Indicator) -> str:
    """The value as it may be shown: `2,0%`, `tussen 33.951 en 33.996`, `minder dan 5`, `geen gegevens`."""
    if figure is None or figure.status is CellStatus.MISSING:
        return NO_DATA
    low, high = figure.ends
    if figure.status is CellStatus.HIDDEN and (low is None or indicator.unit is not Unit.COUNT):
        return HIDDEN
    if low is None:
        return NO_DATA
    if high is None:
        return f"minimaal {amount(low, indicator)}"
    if figure.status is CellStatus.HIDDEN and (low, high) == (1, 4):
        return HIDDEN_BELOW_5
    words = amount_between(low, high, indicator)
    is_zero = words == "0" and low < high and indicator.unit is Unit.COUNT
    return BELOW_1 if is_zero else words


def level(figure: Figure | None, indicator: Indicator, region: RegionName, period: str) -> str:
    """What, where and when, with the numbers behind a percentage where they are known.

    `Op 1 oktober 2025 telde SWV PO 27-07 1.236 leerlingen in het sbo: 2,0% van alle 62.954 leerlingen in
    basisonderwijs en sbo samen.`
    """
    when = moment(period, indicator)
    value = value_words(figure, indicator)
    if figure is None or value in (NO_DATA, HIDDEN):
        reason = "verbergt de bron dit cijfer" if value == HIDDEN else "is er geen cijfer"
        return f"{capital(when)} {reason} voor {region.name}."
    counted = things_of(indicator, indicator.numerator) + category_words(figure, indicator)
    if indicator.unit is Unit.COUNT:
        return _counted(when, region.name, value, counted)
    if indicator.unit is not Unit.PERCENT or not indicator.has_margin:
        return _measured(capital(when), region.name, value, figure, indicator)
    whole = _whole(indicator)
    if figure.numerator_low is None or figure.denominator_low is None:
        return f"{capital(when)} was het aandeel {counted} in {region.name} {value} van {whole}."
    part = _count_words(figure.numerator_low, figure.numerator_high)
    total = _count_words(figure.denominator_low, figure.denominator_high)
    sentence = _counted(when, region.name, part, counted).removesuffix(".")
    return f"{sentence}: {value} van {_with_number(whole, total)}."


def difference_words(own: Figure | None, country: Figure | None, indicator: Indicator) -> str:
    """The difference with the country in a few words, or the share of it for a count; '' if unknown."""
    if indicator.is_counted_total:
        part = share_of(own, country)
        return f"{_between(*part, share)} van Nederland" if part else ""
    return gap_words(own, country, indicator, "dan Nederland", "gelijk aan Nederland")


def short_difference(own: Figure | None, country: Figure | None, indicator: Indicator) -> str:
    """The same under a heading that names the country: `0,3 procentpunt lager`, `4,9% van Nederland`."""
    return (
        difference_words(own, country, indicator)
        .removesuffix(" dan Nederland")
        .removesuffix(" aan Nederland")
    )


def comparison(own: Figure | None, country: Figure | None, indicator: Indicator) -> str:
    """The same as a sentence, with the country's figure; says so where there is nothing to compare with."""
    if own is None or own.region == COUNTRY:
        return ""
    if country is None or country.low is None:
        return "Een landelijk cijfer is er voor deze periode niet."
    words, there = difference_words(own, country, indicator), value_words(country, indicator)
    if not words:
        return f"Landelijk is het {there}."
    if indicator.is_counted_total:
        whole = "aantal" if indicator.unit is Unit.COUNT else "totaal"
        return f"Dat is {words.removesuffix(' van Nederland')} van het landelijke {whole} ({there})."
    return f"Dat is {words} ({there})."


def change_words(now: Figure | None, before: Figure | None, indicator: Indicator) -> str:
    """From then to now in a few words: `0,3 procentpunt hoger dan in 2020`; '' if either is unknown."""
    if before is None:
        return ""
    then = f"het cijfer van {period_words(before.period, indicator)}"
    words = gap_words(now, before, indicator, f"dan {moment(before.period, indicator)}", f"gelijk aan {then}")
    return words and words + _shifted(before)


def change(series: list[Figure], indicator: Indicator) -> str:
    """The last figure of a comparable series beside the one before it and the first one; claims no trend."""
    if len(series) < 2:
        return ""
    now = series[-1]
    earlier = [series[-2]] if len(series) == 2 else [series[-2], series[0]]
    parts = [words for before in earlier if (words := change_words(now, before, indicator))]
    return f"Het is {' en '.join(parts)}." if parts else ""


def short_change(series: list[Figure], indicator: Indicator) -> str:
    """First to last as in a table: `+0,3 procentpunt sinds 2020`; a count: `−1.240 (−2,0%) sinds 2019`."""
    if len(series) < 2:
        return ""
    now, before = series[-1], series[0]
    gap = difference(now, before, indicator.decimals)
    if gap is None or not indicator.unit.has_differences:
        return ""
    words = _signed_between(gap, indicator)
    if indicator.is_counted_total and gap[0] == gap[1] and before.low:
        words += f" ({signed(100 * gap[0] / before.low, 1)}%)"
    return f"{words} sinds {year_label(before.period, indicator.period_kind)}{_shifted(before)}"


SHIFTED = 0.05
"""From which part of a figure, estimated or placed by the gemeente, a change since then must say so."""


def _shifted(before: Figure) -> str:
    """A word where the earlier figure came about in another way for more than a little of it."""
    return " (toen deels geschat)" if max(before.estimated, before.indirect) > SHIFTED else ""


def place(rank: Rank | None, kind: RegionKind, direction: Direction | None = None) -> str:
    """A place among the regions of a kind: `Plaats 9 van de 76 samenwerkingsverbanden … met een cijfer.`

    With the indicator's direction it says from which end is counted: `(plaats 1 is het hoogste cijfer)`.
    """
    if rank is None:
        return ""
    where = str(rank.best) if rank.best == rank.worst else f"{rank.best} tot en met {rank.worst}"
    end = "" if direction is None else f" (plaats 1 is het {FIRST_PLACE[direction]} cijfer)"
    return f"Plaats {where} van de {rank.count} {KIND_NAMES[kind][1]} met een cijfer{end}."


FIRST_PLACE = {Direction.HIGHER: "hoogste", Direction.NEUTRAL: "hoogste", Direction.LOWER: "laagste"}


def warnings(figure: Figure | None, indicator: Indicator) -> list[str]:
    """Everything a reader must know before repeating the figure."""
    if figure is None or figure.status is CellStatus.MISSING:
        return []
    found = [_hidden_warning(figure, indicator)]
    if figure.period_status is not PeriodStatus.FINAL:
        found.append(f"Dit cijfer is {STATUS_WORDS[figure.period_status]}: de bron kan het nog aanpassen.")
    if figure.estimated > 0:
        found.append(
            f"Deels geschat: ongeveer {part_words(figure.estimated)} komt uit gemeenten die over meer "
            "samenwerkingsverbanden verdeeld zijn."
        )
    if figure.indirect > 0:
        found.append(
            f"Van {part_words(figure.indirect)} van de leerlingen is de postcode van de school niet bekend; "
            "zij zijn via de gemeente toegerekend."
        )
    return [sentence for sentence in found if sentence]


def only_for(indicator: Indicator) -> str:
    """For which kinds of region a figure exists: `Dit cijfer bestaat alleen per gemeente.`"""
    kinds = [level for level in indicator.levels if level is not RegionKind.COUNTRY]
    if not kinds:
        return "Dit cijfer bestaat alleen voor Nederland als geheel."
    return f"Dit cijfer bestaat alleen per {' en per '.join(KIND_NAMES[kind][0] for kind in kinds)}."


def not_filled(indicator: Indicator) -> str:
    """What stands on the page of an indicator without any figure: which file fills it, and where that is."""
    return f"Nog geen gegevens. Dit vult het cijfer: {uncapital(indicator.fill)}"


def succession(each: Succession) -> str:
    """A merger or split as a note: `Op 1 januari 2019 ging Winsum voor 89% over naar Het Hogeland.`"""
    part = "" if each.share >= 1 else f" voor {part_words(each.share)}"
    return f"Op {day(each.happened_on)} ging {each.old.name}{part} over naar {each.new.name}."


def _hidden_warning(figure: Figure, indicator: Indicator) -> str:
    if figure.low is None:
        return ""
    if figure.high is None:
        return "De bron geeft niet alle delen van dit cijfer: het echte getal is dit of hoger."
    if figure.status is CellStatus.HIDDEN:
        return "De bron toont kleine aantallen niet."
    if figure.low != figure.high and value_words(figure, indicator).startswith("tussen"):
        return "De bron verbergt kleine aantallen: daarom staan hier twee grenzen."
    return ""


def gap_words(own: Figure | None, other: Figure | None, indicator: Indicator, than: str, equal: str) -> str:
    """The difference of the figures as the page writes them; '' where there is none to tell."""
    gap = difference(own, other, indicator.decimals)
    if gap is None or not indicator.unit.has_differences:
        return ""
    unit = UNIT_WORDS[indicator.unit]
    low, high = gap
    if _rounds_to_zero(low, indicator) and _rounds_to_zero(high, indicator):
        return equal if difference(own, other) == (0, 0) else f"afgerond {equal}"
    if low < 0 < high:
        return f"{_signed_between(gap, indicator)} anders {than}"
    smallest, largest = sorted((abs(low), abs(high)))
    size = gap_between(smallest, largest, indicator)
    return f"{size} {unit.more if high > 0 else unit.less} {than}"


def _signed_between(gap: Bounds, indicator: Indicator) -> str:
    """A difference with its sign and unit: `+0,3 procentpunt`, `−€ 120`, `tussen −4 en 0`."""
    unit, (low, high) = UNIT_WORDS[indicator.unit], gap
    first = signed(low, indicator.decimals, before=unit.before)
    if low == high or first == (last := signed(high, indicator.decimals, before=unit.before)):
        return first + unit.of_gap
    return f"tussen {first} en {last}{unit.of_gap}"


def _rounds_to_zero(value: float, indicator: Indicator) -> bool:
    return round(value, indicator.decimals) == 0


def _between(low: float, high: float, write: Writer) -> str:
    first = write(low)
    if low == high or first == (last := write(high)):
        return first
    return f"tussen {first.removesuffix('%')} en {last}"


def _counted(when: str, region: str, value: str, things: str) -> str:
    if value == "1":
        return f"{capital(when)} was het aantal {things} in {region} 1."
    return f"{capital(when)} telde {region} {value} {things}."


def _measured(when: str, region: str, value: str, figure: Figure, indicator: Indicator) -> str:
    """`In 2022 telde Almere 4,3 thuiszitters per 1.000 leerplichtigen.`, or the label with its value."""
    category = category_words(figure, indicator)
    if indicator.unit.is_per_number:
        things, whole = things_of(indicator, indicator.numerator), things_of(indicator, indicator.denominator)
        of_number = UNIT_WORDS[indicator.unit].after
        return f"{when} telde {region} {value.removesuffix(of_number)} {things}{category}{of_number} {whole}."
    return f"{when} was “{indicator.label}”{category} in {region} {value}."


def _count_words(low: float, high: float | None) -> str:
    if high is None:
        return f"minimaal {number(low)}"
    words = HIDDEN_BELOW_5 if (low, high) == (1, 4) else _between(low, high, number)
    return BELOW_1 if words == "0" and low < high else words


def _with_number(whole: str, total: str) -> str:
    """`alle leerlingen` and `62.954` → `alle 62.954 leerlingen`; a total of bounds stands behind."""
    return f"{whole} ({total})" if " " in total else whole.replace("alle ", f"alle {total} ", 1)


def _whole(indicator: Indicator) -> str:
    text = things_of(indicator, indicator.denominator)
    return text if text.startswith("alle ") else f"alle {text}"


def things_of(indicator: Indicator, text: str) -> str:
    """A numerator or denominator without its remark between brackets and without the day, said elsewhere."""
    text = re.sub(r" \([^)]*\)", "", text)
    return text.removesuffix(f" op {indicator.reference_day}") if indicator.reference_day else text


def category_words(figure: Figure, indicator: Indicator) -> str:
    """The category of a figure behind what is counted: ` (0 tot 4 jaar)`; '' for the total."""
    if figure.breakdown == TOTAL:
        return ""
    labels = {part.code: part.label for part in indicator.categories}
    label = labels.get(figure.breakdown, figure.breakdown)
    return f" ({label[:1].lower()}{label[1:]})"


def part_words(value: float) -> str:
    """A part of 1 in whole percents, and never `0%`: `3%`, `minder dan 1%`."""
    return "minder dan 1%" if value < 0.01 else f"{number(100 * value)}%"
