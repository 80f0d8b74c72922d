"""What is measured: each callback with the same request again (warm), or another region each time (cold).

Callbacks keep their answers, so a row that repeats one request measures the keeping. A cold row visits more
regions, one after the other, than a process keeps answers; each is asked by somebody with a role there.
"""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

from app.access import Tab
from app.looks import Look
from callbacks import indicators, overview
from layouts import ids
from tests.benchmarks.client import Call, Client, body_for
from tests.benchmarks.data import EMPTY_INPUT, EMPTY_OUTPUT, Visitor

EMPTY = "leeg"
PROFILE = "profiel van 60 indicatoren naast een groep van tien"
COLD = ", koud"
REGION, INDICATOR, OTHER = "PO2707", "deel-sbo-pct", "bench-007"
REAL = (INDICATOR, "ll-sbo")
PERIODS = ("2025", "2024")
SEARCHES = ("e", "a", "i", "n", "r", "d")
"""Letters that every definition has: all rows, under another key."""
KEPT = max(overview.KEPT, indicators.KEPT)
PAGE = f"/regio/{REGION}/{Tab.INDICATORS}"

Choice = dict[str, Any]
Visits = Sequence[tuple[Client, str]]
"""Clients with a region that each of them may open."""


def warm_rows(client: Client) -> dict[str, list[Call]]:
    """Name → one request, asked again and again by one person."""
    own: Choice = {
        ids.Shell.LOCATION: f"{PAGE}/{INDICATOR}",
        ids.IndicatorPage.YEAR: "2025",
        ids.IndicatorPage.BREAKDOWN: "totaal",
    }
    generated: Choice = own | {ids.Shell.LOCATION: f"{PAGE}/{OTHER}"}
    table: Choice = {ids.Shell.LOCATION: PAGE}
    region: Choice = {ids.Shell.LOCATION: f"/regio/{REGION}/{Tab.OVERVIEW}"}
    asked: dict[str, tuple[str, Choice]] = {
        EMPTY: (EMPTY_OUTPUT, {EMPTY_INPUT: "x"}),
        "figuur: verloop, echte cijfers": (ids.IndicatorPage.TREND, own),
        "figuur: verloop, gegenereerd": (ids.IndicatorPage.TREND, generated),
        "zinnen van een indicator": (ids.IndicatorPage.SUMMARY, own),
        "76 regio's gesorteerd, figuur en tabel": (ids.IndicatorPage.REGIONS, own),
        "tabel van alle indicatoren": (ids.Indicators.TABLE, table),
        "overzicht met tegels": (ids.Overview.CONTENT, region),
        "oordeel op de pagina van een indicator": (ids.IndicatorPage.VERDICT, own),
        PROFILE: (ids.Comparison.CONTENT, _compared(REGION, Look.PROFILE, group="provincie")),
        "kaart van 76 regio's": (ids.Comparison.CONTENT, _compared(REGION, Look.MAP)),
        "rangorde van 76 regio's met marges": (ids.Comparison.CONTENT, _compared(REGION, Look.RANKING)),
    }
    return {name: _calls(client, place, [values]) for name, (place, values) in asked.items()}


def cold_rows(visitors: Sequence[tuple[Client, Visitor]]) -> dict[str, list[Call]]:
    """Name → the same callback for one region after the other.

    Raises:
        RuntimeError: a row has so few different requests that kept answers would serve it.
    """
    swvs = _visits(visitors, "PO") + _visits(visitors, "VO")
    po, merged = _visits(visitors, "PO"), _visits(visitors, "GM")
    rows = {
        f"figuur: verloop, echte cijfers{COLD}": _indicator_calls(po, ids.IndicatorPage.TREND, REAL),
        f"figuur: verloop, gegenereerd{COLD}": _indicator_calls(swvs, ids.IndicatorPage.TREND, [OTHER]),
        f"zinnen van een indicator{COLD}": _indicator_calls(po, ids.IndicatorPage.SUMMARY, REAL),
        f"76 regio's gesorteerd, figuur en tabel{COLD}": _indicator_calls(
            po, ids.IndicatorPage.REGIONS, [INDICATOR], periods=PERIODS
        ),
        f"tabel van alle indicatoren{COLD}": _table_calls(swvs, [""]),
        f"tabel van alle indicatoren, heringedeelde gemeenten{COLD}": _table_calls(merged, SEARCHES),
        f"overzicht met tegels{COLD}": _overview_calls(swvs),
        f"oordeel op de pagina van een indicator{COLD}": _indicator_calls(
            po, ids.IndicatorPage.VERDICT, [INDICATOR], periods=PERIODS
        ),
        f"{PROFILE}{COLD}": [
            call
            for client, code in swvs
            for call in _calls(
                client, ids.Comparison.CONTENT, [_compared(code, Look.PROFILE, group="vergelijkbaar")]
            )
        ],
    }
    for name, calls in rows.items():
        if len({call.content for call in calls}) <= KEPT:
            raise RuntimeError(f"{name}: no more than {KEPT} different requests, which a process keeps")
    return rows


def _compared(code: str, look: Look, *, group: str = "") -> Choice:
    choice: Choice = {ids.Shell.LOCATION: f"/regio/{code}/{Tab.COMPARE}/{look}", ids.Comparison.GROUP: group}
    return choice if look is Look.PROFILE else choice | {ids.Comparison.INDICATOR: INDICATOR}


def _visits(visitors: Sequence[tuple[Client, Visitor]], prefix: str) -> list[tuple[Client, str]]:
    return [
        (client, code) for client, visitor in visitors for code in visitor.regions if code.startswith(prefix)
    ]


def _overview_calls(visits: Visits) -> list[Call]:
    return [
        call
        for client, code in visits
        for call in _calls(
            client, ids.Overview.CONTENT, [{ids.Shell.LOCATION: f"/regio/{code}/{Tab.OVERVIEW}"}]
        )
    ]


def _table_calls(visits: Visits, searches: Sequence[str]) -> list[Call]:
    """All regions with one text in the search field before the next one."""
    return [
        call
        for words, (client, code) in product(searches, visits)
        for call in _calls(
            client,
            ids.Indicators.TABLE,
            [{ids.Shell.LOCATION: f"/regio/{code}/{Tab.INDICATORS}", ids.Indicators.TEXT: words}],
        )
    ]


def _indicator_calls(
    visits: Visits, place: str, indicators: Sequence[str], *, periods: Sequence[str] = PERIODS[:1]
) -> list[Call]:
    """All regions for one indicator and period before the next one."""
    return [
        call
        for indicator, period, (client, code) in product(indicators, periods, visits)
        for call in _calls(client, place, [_choice(code, indicator, period)])
    ]


def _choice(code: str, indicator: str, period: str) -> Choice:
    return {
        ids.Shell.LOCATION: f"/regio/{code}/{Tab.INDICATORS}/{indicator}",
        ids.IndicatorPage.YEAR: period,
        ids.IndicatorPage.BREAKDOWN: "totaal",
    }


def _calls(client: Client, place: str, choices: Iterable[Choice]) -> list[Call]:
    return [Call(client, body_for(client.dependencies, place, values)) for values in choices]
