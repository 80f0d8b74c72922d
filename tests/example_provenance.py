"""Where an invented figure came from, with every field filled in; say only what matters."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from app.contributions import SwvRoute
from app.provenance import Origin, Provenance, Term
from tests.example_figures import COUNT, GEMEENTE, PERCENT, SWV

MOMENT = datetime(2026, 11, 2, 12, tzinfo=UTC)
ORIGIN = Origin(
    file_name="leerlingen.csv",
    sha256="ab" * 32,
    lines=9738,
    publisher="DUO",
    title="Leerlingen per vestiging",
    licence="CC0",
    reference_date=date(2025, 10, 1),
    is_starter=False,
    version_id=3,
    loaded_at=MOMENT,
    loaded_by="jan",
    published_at=MOMENT,
    published_by="piet",
    division="toen",
    division_day=date(2025, 1, 1),
    route=None,
)
SCHOOLS, SUMMED = replace(ORIGIN, route=SwvRoute.POSTCODE), replace(ORIGIN, route=SwvRoute.GEMEENTEN)
GIVEN = replace(ORIGIN, route=SwvRoute.DELIVERED)


def found(figure: Any, **other: Any) -> Provenance:
    """A provenance of a gemeente, one row of the file; say only what matters."""
    indicator = PERCENT if figure is not None and figure.denominator_low is not None else COUNT
    fields: dict[str, Any] = {"region": GEMEENTE, "indicator": indicator, "origin": ORIGIN, "row": 34}
    return Provenance(**({**fields, "period": "2025", "figure": figure, "shown_version": 3} | other))


def of_swv(figure: Any, *terms: Term, origin: Origin = SUMMED, **other: Any) -> Provenance:
    return found(figure, region=SWV, row=None, origin=origin, terms=terms, **other)
