"""Reads the golden sentences: situations in a file, told by the code that must say exactly their text.

A figure is written as people say it: `150 van 1800`, `120-150 van 1800-1830`, `61718`, `waarde 13.2`,
`minimaal 120`, `verborgen`, `verborgen van 9000`, `geen`.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.benchmarks import Rank
from app.group_values import group_value
from app.indicators import TOTAL, CellStatus, Figure, Indicator, PeriodStatus
from app.regions import RegionKind
from app.sentences import (
    Beside,
    Claim,
    change,
    children_words,
    claim,
    comparison,
    expected_words,
    group_words,
    hold_sentence,
    hold_words,
    level,
    margin_words,
    place,
    short_verdict,
    striking_words,
    trend_words,
    verdict_words,
)
from app.standardised import expected
from app.statistics import Estimate
from app.trends import is_faster, trend_of
from app.verdicts import Step, Verdict, verdict
from tests.example_figures import AGES, SWV
from tests.example_indicators import INDICATORS, PERIODS, REGIONS

Situation = Mapping[str, Any]
FOLDER = Path(__file__).parent / "unit" / "app" / "golden"


def read_situations() -> list[Situation]:
    """Every situation of every file, with the file in front of its name."""
    found: list[Situation] = []
    for path in sorted(FOLDER.glob("*.toml")):
        given = tomllib.loads(path.read_text(encoding="utf-8"))["situation"]
        found += [{**each, "name": f"{path.stem}: {each['name']}"} for each in given]
    return found


def one_line(text: str) -> str:
    """A text that was folded for reading as the sentence it is; hard spaces stay."""
    return re.sub(r"[ \n]+", " ", text).strip(" ")


def tell(situation: Situation) -> str | Claim:
    """What the code says of a situation."""
    return _TELLERS[situation["say"]](situation)


def _indicator(situation: Situation) -> Indicator:
    return INDICATORS[situation.get("indicator", "sbo")]


def read_figure(text: str, indicator: Indicator, region: str, period: str, **is_: Any) -> Figure:
    """A figure from its words."""
    verb, _, rest = text.partition(" ") if text[:1].isalpha() else ("", "", text)
    part, _, whole = (f"1-4 {rest}" if verb == "verborgen" else rest).partition(" van ")
    value = float(part) if verb == "waarde" else None
    low, high = (None, None) if verb in ("waarde", "geen") else _bounds(part)
    smallest, largest = _bounds(whole) if whole else (None, None)
    is_exact = (low, smallest) == (high, largest)
    status = _STATUSES.get(verb, CellStatus.PRESENT if is_exact else CellStatus.PARTLY_HIDDEN)
    return Figure(
        region,
        period,
        is_.get("category", TOTAL),
        low,
        None if verb == "minimaal" else high,
        smallest,
        largest,
        value,
        status,
        PeriodStatus(is_.get("status", "definitief")),
        is_.get("estimated", 0.0),
        is_.get("indirect", 0.0),
        indicator.unit,
        is_.get("converted", False),
    )


_STATUSES = {
    "minimaal": CellStatus.AT_LEAST,
    "verborgen": CellStatus.HIDDEN,
    "geen": CellStatus.MISSING,
}


def _bounds(text: str) -> tuple[float, float]:
    low, _, high = text.partition("-")
    return float(low), float(high or low)


def _own(situation: Situation) -> Figure:
    indicator, given = _indicator(situation), situation["own"]
    period = given.get("period", PERIODS[indicator.period_kind])
    is_ = {**given.get("is", {}), "category": given.get("category", TOTAL)}
    return read_figure(given["figure"], indicator, given.get("region", SWV.code), period, **is_)


def _beside(situation: Situation) -> Beside:
    given = situation.get("beside")
    if given is None:
        return Beside(None, "Nederland")
    indicator, own = _indicator(situation), situation["own"]
    period = given.get("period", PERIODS[indicator.period_kind])
    is_ = {**given.get("is", {}), "category": given.get("category", own.get("category", TOTAL))}
    figure = read_figure(given["figure"], indicator, REGIONS[given.get("kind", "land")], period, **is_)
    return Beside(figure, given.get("than", "Nederland"), note=given.get("note", ""))


def _verdict(situation: Situation) -> Verdict | None:
    found = verdict(_own(situation), _beside(situation).figure, _indicator(situation))
    return found and replace(found, is_striking=situation.get("is_striking", False))


def _series(situation: Situation, figures: Sequence[str], region: str) -> list[Figure]:
    given, indicator = situation["series"], _indicator(situation)
    start = given.get("from", 0)
    periods = given.get("periods", [str(start + place) for place in range(len(figures))])
    is_ = given.get("is", {})
    pairs = zip(figures, periods, strict=True)
    return [read_figure(text, indicator, region, period, **is_) for text, period in pairs]


def _level(situation: Situation) -> str:
    own = _own(situation)
    return level(own, _indicator(situation), SWV, own.period)


def _place(situation: Situation) -> str:
    rank = Rank(*situation["rank"]) if "rank" in situation else None
    return place(rank, RegionKind.SWV_PO, _indicator(situation).direction)


def _change(situation: Situation) -> str:
    return change(_series(situation, situation["series"]["figures"], SWV.code), _indicator(situation))


def _difference(situation: Situation) -> str:
    return comparison(_own(situation), _beside(situation).figure, _indicator(situation))


def _says_verdict(situation: Situation) -> str:
    return verdict_words(_own(situation), _beside(situation), _verdict(situation), _indicator(situation))


def _children(situation: Situation) -> str:
    than = _beside(situation).than
    return children_words(_own(situation), _verdict(situation), _indicator(situation), than)


def _trend(situation: Situation) -> str:
    indicator = _indicator(situation)
    own = trend_of(_series(situation, situation["series"]["figures"], SWV.code), indicator)
    if "country" not in situation:
        return trend_words(own, None, 0, indicator)
    country = trend_of(_series(situation, situation["country"], REGIONS["land"]), indicator)
    return trend_words(own, country, is_faster(own, country), indicator)


def _group(situation: Situation) -> str:
    indicator = _indicator(situation)
    codes = [f"PO{2601 + place}" for place in range(len(situation["members"]))]
    figures = {
        code: read_figure(text, indicator, code, PERIODS[indicator.period_kind])
        for code, text in zip(codes, situation["members"], strict=True)
    }
    return group_words(group_value(figures, codes, indicator), indicator, "samenwerkingsverband")


def _hold(situation: Situation) -> str:
    return hold_words(_verdicts(situation), past=_past(situation))


def _hold_sentence(situation: Situation) -> str:
    own, verdicts = _own(situation), _verdicts(situation)
    return hold_sentence(own, _indicator(situation), SWV, own.period, verdicts, past=_past(situation))


def _verdicts(situation: Situation) -> dict[str, Verdict | None]:
    return {name: _named(words) for name, words in situation["verdicts"].items()}


def _past(situation: Situation) -> tuple[str, Verdict | None] | None:
    given = situation.get("past")
    return given and (given["moment"], _named(given["verdict"]))


def _named(words: str) -> Verdict | None:
    step, _, side = words.partition(" ")
    if step == "geen":
        return None
    return Verdict(Step(step), {"": 0, "hoger": 1, "lager": -1}[side], Estimate(0.0, 0.0, 0.0))


def _expected(situation: Situation) -> str:
    """Chances of 3% and 9%: of 1.000 children each that is 30 and 90, so 120 are expected."""
    indicator = _indicator(situation)

    def table(region: str, texts: Sequence[str]) -> dict[str, Figure]:
        codes = [TOTAL, *(each.code for each in AGES.categories)]
        return {
            code: read_figure(text, indicator, region, "2022", category=code)
            for code, text in zip(codes, texts, strict=True)
        }

    own = table(SWV.code, [f"{situation['observed']} van 2000", "40 van 1000", "80 van 1000"])
    country = table(REGIONS["land"], ["1200 van 20000", "300 van 10000", "900 van 10000"])
    found = expected(own, country, AGES, indicator)
    return expected_words(found, AGES, indicator) if found else ""


def _claim(situation: Situation) -> Claim:
    own, region = _own(situation), replace(SWV, name=situation.get("region", SWV.name))
    found = _verdict(situation)
    return claim(own, _beside(situation), found, _indicator(situation), region=region, period=own.period)


_TELLERS: Mapping[str, Callable[[Situation], str | Claim]] = {
    "level": _level,
    "place": _place,
    "difference": _difference,
    "change": _change,
    "verdict": _says_verdict,
    "margin": lambda situation: margin_words(_own(situation), _indicator(situation)),
    "children": _children,
    "striking": lambda situation: striking_words(_verdict(situation)),
    "short": lambda situation: short_verdict(_verdict(situation), _indicator(situation)),
    "trend": _trend,
    "group": _group,
    "hold": _hold,
    "hold sentence": _hold_sentence,
    "expected": _expected,
    "claim": _claim,
}
