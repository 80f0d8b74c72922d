"""The source line under charts and tables: publisher, tables, version, date."""

from collections.abc import Iterable

from app.wording import day, listing
from callbacks.comparison.choices import Stage
from loaders.observations import load_sources

MOST_TITLES = 4


def source_of(stage: Stage, cells: Iterable[tuple[str, str]]) -> str:
    """Where the figures (indicator, period) of a view come from, in one line.

    `Bron: DUO, Leerlingen bo; CBS, Jeugdzorg · gegevensversie 12 · geladen tot en met 3 november 2026`.
    """
    wanted = list(dict.fromkeys(cells))
    if not wanted:
        return ""
    with stage.desk.db.session() as session:
        found = load_sources(session, stage.edition.version, {name for name, _ in wanted})
    sources = [found[key] for key in wanted if key in found]
    if not sources:
        return ""
    titles = list(dict.fromkeys(f"{each.publisher}, {each.title}" for each in sources))
    shown = titles[:MOST_TITLES]
    rest = [f"{len(titles) - MOST_TITLES} andere tabellen"] if len(titles) > MOST_TITLES else []
    last = max(each.loaded_at for each in sources)
    return f"Bron: {listing([*shown, *rest])} · gegevensversie {stage.edition.version} · geladen {day(last)}"
