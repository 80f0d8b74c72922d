"""Checks against the period before and against the values that are normal. Pure.

Change of a region: for counts d = ln((now + ½) / (before + ½)), for rates d = now − before. It is held
against the median m of its kind, with s = 1.4826 × the median of |d − m|, at least 0.03 (rates: 2% of the
median of before), and the chance variance e² of the two numbers themselves:

    z = |d − m| / √(s² + e²)        e² = 4 / (before + now + 1) for counts (Poisson)
                                    e² = p(1 − p)(1/n₁ + 1/n₂) × factor² for rates with denominators, else 0

A warning where z > 6 and the change is large in itself: a quarter more or less than the median's, and for
counts at least 20 in one of the two. Below ten regions there is no spread to measure: a warning for a
doubling or a halving of 50 or more (rates: of 1 or more).
"""

import numpy as np

from app.indicators import Indicator
from app.regions import COUNTRY, RegionKind
from app.wording import number, plain_number
from loaders.checks.context import Band, Context, figures
from loaders.checks.sliced import Sliced
from loaders.findings import MOST_SHOWN, Check, Finding, Level, Place, more_of

ENOUGH = 10
"""Regions of a kind from which a median and a spread say something."""

LARGEST_Z = 6.0
LARGE = 0.25
SMALL_COUNT = 20
_FLOOR = 0.03
_NEAR = 0.05
MOST_OUTSIDE_SOFT = 0.25
MOST_MORE_HIDDEN = 0.10
_MERGED = (
    "Kijk of de gemeente is heringedeeld of dat de bron anders telt. Klopt het, bevestig dan bij publiceren."
)
_UNIT_HELP = (
    "Kijk of een komma of punt verkeerd is gelezen, of dat de bron nu in duizendtallen of in delen telt."
)


def check_change(
    totals: Sliced,
    before: Sliced,
    indicator: Indicator,
    place: Place,
    words: str,
) -> list[Finding]:
    """Regions that moved unlike the others, a kind that moved as a whole, and everything × 10, 100 or 1000.

    `words` names what is compared with: `2021` or `versie 3 van 2022`.
    """
    pairs = _pairs(totals, before, indicator)
    found: list[Finding] = []
    for kind in sorted(set(pairs["kind"])):
        own = pairs.take(pairs["kind"] == kind)
        factor = find_factor(own["now"], own["then"])
        if factor is not None:
            found.append(_factor_finding(kind, factor, len(own), place, words))
        elif len(own) >= ENOUGH:
            found += _check_spread(own, indicator, place, words)
        else:
            found += _check_few(own, indicator, place, words)
    return found


def _pairs(totals: Sliced, before: Sliced, indicator: Indicator) -> Sliced:
    """One row per region that is known in both: its kind, both values and both denominators."""
    now, then = figures(totals, indicator)[0], figures(before, indicator)[0]
    old = before.find(totals["region"])
    rows = np.flatnonzero(totals.is_known & ~np.isnan(now) & (old >= 0))
    rows = rows[(before.is_known & ~np.isnan(then))[old[rows]]]
    old = old[rows]
    return Sliced(
        {
            "region": totals["region"][rows],
            "kind": totals["kind"][rows],
            "now": now[rows],
            "now_n": totals["denominator_low"][rows],
            "then": then[old],
            "then_n": before["denominator_low"][old],
        }
    )


def find_factor(now: np.ndarray, then: np.ndarray) -> int | None:
    """The power of ten by which everything moved: 1, 2, 3, −1, −2, −3; None if it did not.

    The median of log₁₀(now / before) lies within 0.05 of it, over at least three regions.
    """
    positive = (now > 0) & (then > 0)
    if positive.sum() < 3:
        return None
    median = middle_of(np.log10(now[positive] / then[positive]))
    power = round(median)
    return power if power in (-3, -2, -1, 1, 2, 3) and abs(median - power) < _NEAR else None


def middle_of(values: np.ndarray) -> float:
    """The median of one number or more, NaN among NaN; `np.median` starts slowly, and slices are small."""
    ordered = np.sort(values)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return float(np.nan if np.isnan(ordered[-1]) else middle)


def _factor_finding(kind: str, power: int, number: int, place: Place, words: str) -> Finding:
    way = "groot" if power > 0 else "klein"
    sentence = (
        f"Alle cijfers ({number} regio's, niveau {kind}) zijn ongeveer {10 ** abs(power)} keer zo {way} "
        f"als {words}."
    )
    return Finding(Level.STOP, Check.FACTOR, sentence, _UNIT_HELP, **place)


def changes(own: Sliced, indicator: Indicator) -> tuple[np.ndarray, np.ndarray, float]:
    """(d, e², floor of the spread) of every pair; see the module's formula."""
    now, then = own["now"], own["then"]
    if indicator.is_counted_total:
        return np.log((now + 0.5) / (then + 0.5)), 4 / (now + then + 1), _FLOOR
    factor = indicator.unit.factor
    sizes = own["now_n"], own["then_n"]
    part = np.clip((now + then) / 2 / factor, 0, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = part * (1 - part) * (1 / sizes[0] + 1 / sizes[1]) * factor**2
    floor = 0.02 * middle_of(then) if len(then) else 0.0
    return now - then, np.nan_to_num(chance, nan=0.0, posinf=0.0), max(floor, 1e-9)


def _check_spread(own: Sliced, indicator: Indicator, place: Place, words: str) -> list[Finding]:
    moved, chance, floor = changes(own, indicator)
    middle = middle_of(moved)
    spread = max(1.4826 * middle_of(np.abs(moved - middle)), floor)
    z = np.abs(moved - middle) / np.sqrt(spread**2 + chance)
    level = 1.0 if indicator.is_counted_total else middle_of(own["then"])
    is_large = np.abs(moved - middle) > (np.log(1 + LARGE) if indicator.is_counted_total else LARGE * level)
    is_counted = np.maximum(own["now"], own["then"]) >= (SMALL_COUNT if indicator.is_counted_total else 0)
    strange = np.flatnonzero((z > LARGEST_Z) & is_large & is_counted)
    found = _jumps(own.take(strange[np.argsort(-z[strange], kind="stable")]), indicator, place, words)
    shifted = abs(middle) > (np.log(1 + LARGE) if indicator.is_counted_total else LARGE * level)
    if shifted and level > 0:
        up = "hoger" if middle > 0 else "lager"
        sentence = f"De regio's van het niveau {own['kind'][0]} liggen samen 25% of meer {up} dan {words}."
        found.insert(0, Finding(Level.WARN, Check.CHANGE, sentence, _UNIT_HELP, **place))
    return found


def _check_few(own: Sliced, indicator: Indicator, place: Place, words: str) -> list[Finding]:
    """Without a spread: a doubling or halving."""
    now, then = own["now"], own["then"]
    least = 50.0 if indicator.is_counted_total else 1.0
    largest = np.maximum(now, then)
    strange = own.take((largest >= least) & (largest > 2 * np.minimum(now, then)))
    return _jumps(strange, indicator, place, words)


def _jumps(strange: Sliced, indicator: Indicator, place: Place, words: str) -> list[Finding]:
    found = [
        Finding(
            Level.WARN,
            Check.CHANGE,
            f"{number(row['now'], indicator.decimals)} is ver van "
            f"{number(row['then'], indicator.decimals)} ({words})."
            f"{_scale_words(row['now'], row['then'])}",
            _MERGED,
            region=row["region"],
            **place,
        )
        for row in map(strange.record, range(min(len(strange), MOST_SHOWN)))
    ]
    rest = len(strange) - len(found)
    return [*found, more_of(found[0], rest)] if rest else found


def _scale_words(now: float, then: float) -> str:
    power = find_factor(np.array([now] * 3), np.array([then] * 3))
    if power is None:
        return ""
    return f" Het is ongeveer {10 ** abs(power)} keer zo {'groot' if power > 0 else 'klein'}."


def check_hidden_share(totals: Sliced, before: Sliced, place: Place, words: str) -> list[Finding]:
    """A warning where ten points more of the regions of a kind have no exact number than before."""
    found: list[Finding] = []
    for kind in sorted(totals.kinds & before.kinds):
        now = ~totals.is_known[totals["kind"] == kind]
        then = ~before.is_known[before["kind"] == kind]
        if now.sum() >= 5 and now.mean() - then.mean() > MOST_MORE_HIDDEN:
            sentence = (
                f"{now.sum()} van de {len(now)} regio's van het niveau {kind} hebben geen (exact) cijfer; "
                f"eerder waren het er {then.sum()} van {len(then)} ({words})."
            )
            help_text = (
                "Kijk of de bron strenger verbergt, of dat een teken voor 'onbekend' anders is geworden."
            )
            found.append(Finding(Level.WARN, Check.HIDDEN, sentence, help_text, **place))
    return found


def check_bands(totals: Sliced, indicator: Indicator, context: Context, place: Place) -> list[Finding]:
    """Values outside what is normal for the indicator and kind of region."""
    value = figures(totals, indicator)[0]
    found: list[Finding] = []
    for kind in sorted(totals.kinds):
        band = context.bands.get((indicator.id, RegionKind(kind)))
        if band is None:
            continue
        chosen = (totals["kind"] == kind) & totals.is_known & (totals["region"] != COUNTRY)
        if chosen.any():
            found += _outside(totals["region"][chosen], value[chosen], band, place)
    return found


def _outside(regions: np.ndarray, now: np.ndarray, band: Band, place: Place) -> list[Finding]:
    if len(now) >= ENOUGH and (power := _band_power(middle_of(now), band)) is not None:
        way = "groot" if power > 0 else "klein"
        sentence = f"De helft van de cijfers is ongeveer {10 ** abs(power)} keer zo {way} als gewoon."
        return [Finding(Level.WARN, Check.FACTOR, sentence, _UNIT_HELP, **place)]
    basis = "" if band.is_measured else " (een schatting van ons)"
    far = np.flatnonzero((now < band.low) | (now > band.high))
    found = [
        Finding(
            Level.WARN,
            Check.BANDS,
            f"{plain_number(now[row])} ligt buiten de gewone waarden van "
            f"{_span(band.low, band.high)}{basis}.",
            _MERGED,
            region=regions[row],
            **place,
        )
        for row in far[:MOST_SHOWN]
    ]
    if len(far) > len(found):
        found.append(more_of(found[0], len(far) - len(found)))
    if not found and len(now) >= ENOUGH and band.p5 is not None and band.p95 is not None:
        beyond = float(np.mean((now < band.p5) | (now > band.p95)))
        if beyond > MOST_OUTSIDE_SOFT:
            sentence = f"{beyond:.0%} van de regio's ligt buiten {_span(band.p5, band.p95)}; gewoon is 10%."
            found.append(Finding(Level.WARN, Check.BANDS, sentence, _UNIT_HELP, **place))
    return found


def _span(low: float, high: float) -> str:
    return f"{plain_number(low)} tot {plain_number(high)}"


def _band_power(median: float, band: Band) -> int | None:
    """The power of ten that brings the median of all regions back into the band; None if it is in already."""
    if median <= 0 or band.low <= median <= band.high:
        return None
    return next(
        (power for power in (1, -1, 2, -2, 3, -3) if band.low <= median / 10.0**power <= band.high), None
    )
