"""An impact in plain Dutch, ready to stand in a table: pure."""

from collections.abc import Sequence

from app.impact.country import Count, CountLine, Flip, Size, Stand
from app.impact.latest import Mover
from app.impact.periods import PeriodChange, Way
from app.impact.whole import Door, Impact, IndicatorChange
from app.indicators import TOTAL, Indicator, PeriodStatus
from app.regions import KIND_NAMES, RegionKind
from app.sentences import STATUS_WORDS, value_words
from app.wording import UNIT_WORDS, amount_between, listing, number, signed, year_label

NOTHING = "–"

_FINALITY = {PeriodStatus.PROVISIONAL: 0, PeriodStatus.REVISED_PROVISIONAL: 1, PeriodStatus.FINAL: 2}
_SIZES = {Size.SMALL: "klein verschil", Size.MIDDLE: "middelgroot verschil", Size.LARGE: "groot verschil"}


def period(text: str | None, indicator: Indicator) -> str:
    """A period as short as can be, or a dash."""
    return year_label(text, indicator.period_kind) if text else NOTHING


def periods(found: Sequence[str], indicator: Indicator) -> str:
    """`2024`, `2023, 2024 en 2025`, `2011 tot en met 2025 (15 perioden)`, or a dash."""
    labels = [period(each, indicator) for each in found]
    if len(labels) <= 3:
        return listing(labels) or NOTHING
    return f"{labels[0]} tot en met {labels[-1]} ({len(labels)} perioden)"


def shown(found: Sequence[str], indicator: Indicator) -> str:
    """What a page shows first, and how far one can look back: `2025 (3 perioden, vanaf 2023)`."""
    if not found:
        return "geen cijfers"
    latest = period(found[-1], indicator)
    if len(found) == 1:
        return latest
    return f"{latest} ({len(found)} perioden, vanaf {period(found[0], indicator)})"


def pages(indicator: Indicator) -> str:
    """On whose pages the indicator stands: `gemeenten en provincies`."""
    kinds = [KIND_NAMES[kind][1] for kind in indicator.levels if kind is not RegionKind.COUNTRY]
    return listing(kinds) or "Nederland"


def ways(change: IndicatorChange) -> list[tuple[Way, str]]:
    """(what happens, the periods to which it does), for what happens at all."""
    found = [(way, change.of(way)) for way in Way]
    return [(way, periods(each, change.indicator)) for way, each in found if each]


def regions(codes: Sequence[str], more: int, impact: Impact) -> str:
    """`Almere, Diemen en nog 3`; empty without any."""
    names = ", ".join(impact.name(code) for code in codes)
    return f"{names} en nog {number(more)}" if more else names


def gap(mover: Mover) -> str:
    """The difference with its sign and unit: `+1,0 procentpunt`, `tussen −4 en 0`."""
    words, decimals = UNIT_WORDS[mover.indicator.unit], mover.indicator.decimals
    if not mover.indicator.unit.has_differences:
        return NOTHING
    first, last = (signed(each, decimals, before=words.before) for each in mover.gap)
    return (first if first == last else f"tussen {first} en {last}") + words.of_gap


def relative(mover: Mover) -> str:
    """The change in percent of what it was: `+25,0%`."""
    part = mover.relative
    return NOTHING if part is None or not mover.indicator.unit.has_differences else f"{signed(part, 1)}%"


def value(mover: Mover, *, now: bool) -> str:
    """`2025: 2,0%`, of then or of now."""
    figure = mover.now if now else mover.then
    return f"{period(figure.period, mover.indicator)}: {value_words(figure, mover.indicator)}"


def place(stand: Stand) -> str:
    """`hoger dan Nederland, klein verschil`."""
    if stand.sign == 0:
        return "gelijk aan Nederland"
    side = "hoger" if stand.sign > 0 else "lager"
    return f"{side} dan Nederland, {_SIZES[stand.size]}"


def flip(each: Flip) -> str:
    """What changes, as a badge says it."""
    if each.turns:
        return "andere kant"
    return "ander verschil" if 0 in (each.then.sign, each.now.sign) else "andere grootte"


def door(each: Door) -> str:
    """What a cell does, as a badge says it."""
    return "gaat open: was verborgen" if each.opens else "gaat dicht: wordt verborgen"


def breakdown(each: Door) -> str:
    """The name of a category; `totaal` for the undivided figure."""
    labels = {part.code: part.label for part in each.indicator.categories} | {TOTAL: "totaal"}
    return labels.get(each.breakdown, each.breakdown)


def count(each: Count) -> str:
    """`76 met cijfer, 2 verborgen, 1 zonder cijfer`."""
    if not each.regions:
        return NOTHING
    parts = [f"{number(each.known)} met cijfer"]
    parts += [f"{number(each.hidden)} verborgen"] if each.hidden else []
    parts += [f"{number(each.missing)} zonder cijfer"] if each.missing else []
    return ", ".join(parts)


def total(line: CountLine) -> str:
    """The sum of the regions beside the country: `1.379.000 (99,9% van Nederland)`; a dash if not added."""
    if line.now.total is None:
        return NOTHING
    words = amount_between(*line.now.total, line.indicator)
    return words if line.part is None else f"{words} ({number(line.part, 1)}% van Nederland)"


def growth(line: CountLine) -> str:
    """The sum beside the one that is shown now: `+0,7%`; a dash where either is not known."""
    if line.now.total is None or line.then.total is None or sum(line.then.total) <= 0:
        return NOTHING
    return f"{signed(100 * (sum(line.now.total) / sum(line.then.total) - 1), 1)}%"


def country(line: CountLine) -> str:
    """The country's own row."""
    return value_words(line.country, line.indicator)


def status(each: PeriodChange) -> str:
    """`voorlopig → definitief`."""
    then, now = (STATUS_WORDS[part] if part else NOTHING for part in (each.status_then, each.status_now))
    return f"{then} → {now}"


def status_words(each: PeriodStatus) -> str:
    """`voorlopig`, `nader voorlopig` or `definitief`."""
    return STATUS_WORDS[each]


def is_less_final(each: PeriodChange) -> bool:
    """Whether the publisher calls it less final than what is shown now: that hardly ever is right."""
    if each.status_then is None or each.status_now is None:
        return False
    return _FINALITY[each.status_now] < _FINALITY[each.status_then]


def summary(impact: Impact) -> list[str]:
    """The whole in a few counts: `3 indicatoren`, `2 nieuwe perioden`, `45 gewijzigde cijfers`."""
    changes = [each for part in impact.indicators.items for each in part.periods]
    ways_of = [each.way for each in changes]
    counts = (
        (impact.indicators.count, "indicator", "indicatoren"),
        (ways_of.count(Way.NEW), "nieuwe periode", "nieuwe perioden"),
        (ways_of.count(Way.CHANGED), "vervangen periode", "vervangen perioden"),
        (ways_of.count(Way.GONE), "periode vervalt", "perioden vervallen"),
        (impact.cells.changed, "gewijzigd cijfer", "gewijzigde cijfers"),
        (impact.cells.opened, "cijfer gaat open", "cijfers gaan open"),
        (impact.cells.closed, "cijfer gaat dicht", "cijfers gaan dicht"),
        (impact.flips.count, "keer anders naast Nederland", "keer anders naast Nederland"),
    )
    return [f"{number(count)} {one if count == 1 else many}" for count, one, many in counts if count]
