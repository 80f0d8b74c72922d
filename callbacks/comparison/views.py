"""What fills each view: a stage in, what is shown and its tables out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from app.comparison_groups import GroupKind, PeerGroup, why_too_small
from app.cross_sections import CrossSection
from app.looks import ALL_CHAPTERS, Look
from app.profiles import Judged, benchmark_of, judge, profile
from app.regions import COUNTRY
from app.sentences import State
from callbacks.comparison import lines, sayings
from callbacks.comparison.choices import IN_VARIABLES, Cell, Stage, cell_of, map_group, section_of
from callbacks.comparison.sources import source_of
from callbacks.download_tables import contributions_table
from callbacks.indicator_contributions import load_composition
from callbacks.indicator_figures import View
from callbacks.outlines import get_outlines
from layouts import indicator_contributions, maps
from layouts.comparison import heat, regions, similar
from layouts.comparison import profile as profiles
from layouts.comparison.base import Shown, told
from loaders.tiles import load_tiles

OTHER_SIMILAR = (
    "Bij {names} gelden andere vergelijkbare regio’s: dat cijfer mag niet zelf bepalen wie op u lijkt."
)


def show_profile(stage: Stage) -> Shown:
    """The spine chart of a chapter."""
    group = stage.peers()
    small = why_too_small(group)
    if small:
        return told(State.NOT_AVAILABLE, small)
    found = stage.desk.chapter(stage.edition, stage.region.kind, stage.chapter)
    every = [each for each in found.values() if not each.indicator.is_counted_total]
    rows = _judged(stage, every[: profiles.MOST_ROWS], group)
    source = source_of(stage, [(row.indicator.id, row.section.period) for row in rows])
    remarks = [*_remarks(stage, group), *_other_similar(rows, group), *too_long(len(every), len(rows))]
    chapter = stage.chapter or ALL_CHAPTERS
    return profiles.content(profiles.Profile(stage.region, chapter, group, rows, source, remarks))


def _judged(stage: Stage, sections: Iterable[CrossSection], group: PeerGroup) -> list[Judged]:
    rows = profile(sections, stage.region.code, group)
    if group.key.kind is not GroupKind.SIMILAR:
        return rows
    return [
        judge(
            row.section, stage.region.code, benchmark_of(row.section, stage.peers(outcome=row.indicator.id))
        )
        if row.indicator.id in IN_VARIABLES
        else row
        for row in rows
    ]


def _other_similar(rows: Sequence[Judged], group: PeerGroup) -> list[str]:
    names = [row.indicator.short_label for row in rows if row.indicator.id in IN_VARIABLES]
    is_similar = group.key.kind is GroupKind.SIMILAR and names
    return [OTHER_SIMILAR.format(names=", ".join(names))] if is_similar else []


def _remarks(stage: Stage, group: PeerGroup) -> list[str]:
    """How the group was made, and that the country holds the own region."""
    if group.key.kind is GroupKind.COUNTRY:
        return [] if stage.region.code == COUNTRY else [COUNTRY_INCLUDES]
    return [note for note in (group.note, OWN_OUT) if note]


COUNTRY_INCLUDES = "Uw regio telt zelf mee in het cijfer van Nederland."
OWN_OUT = "Uw eigen regio telt in de groep niet mee."


def show_heat(stage: Stage) -> Shown:
    """Regions side by side; a group of another kind stands without the own region."""
    group = stage.group(stage.choice.group)
    if group.key.kind is GroupKind.PAST:
        return told(State.NOT_AVAILABLE, CHOOSE_REGIONS)
    kind = group.kind
    found = stage.desk.chapter(stage.edition, kind, stage.chapter)
    own = [stage.region.code] if kind is stage.region.kind else []
    codes = _nearest_in_size(stage, group, heat.MOST_COLUMNS - len(own) - 1)
    columns = [*own, *codes, COUNTRY]
    names = stage.desk.names(stage.edition, tuple(columns))
    every = [each for each in found.values() if not each.indicator.is_counted_total]
    sections = every[: heat.MOST_ROWS]
    source = source_of(stage, [(each.indicator.id, each.period) for each in sections])
    remarks = [group.note] if group.note else []
    if len(codes) < len(group.codes):
        remarks.append(TOO_WIDE.format(count=len(group.codes), most=len(codes)))
    remarks += too_long(len(every), len(sections))
    title = f"{stage.chapter or ALL_CHAPTERS}: {stage.region.name} en {group.words}"
    shown = {code: names.get(code, code) for code in columns}
    return heat.content(heat.Heat(title, shown, sections, stage.region.code, source, remarks))


CHOOSE_REGIONS = "Kies een groep regio’s om naast elkaar te zetten."
TOO_WIDE = "Deze groep heeft {count} regio’s. Getoond zijn de {most} die in grootte het meest op u lijken."


def too_long(count: int, shown: int) -> list[str]:
    """That a chapter has more figures than are shown; nothing where all of them are."""
    return [TOO_LONG.format(count=count, shown=shown)] if shown < count else []


TOO_LONG = "Hier zijn {count} cijfers. Getoond zijn de eerste {shown}; kies een hoofdstuk voor de andere."


def _nearest_in_size(stage: Stage, group: PeerGroup, most: int) -> list[str]:
    """At most `most` of a group, those nearest to the own region in size."""
    if len(group.codes) <= most:
        return list(group.codes)
    sizes = stage.desk.atlas(stage.edition).sizes.get(group.kind, {})
    own = sizes.get(stage.region.code, 0.0)
    near = sorted(group.codes, key=lambda code: (abs(sizes.get(code, 0.0) - own), code))
    return sorted(near[:most])


def _field(stage: Stage, cell: Cell, group_key: str = "") -> regions.Field:
    section = section_of(stage, cell)
    group = stage.group(group_key) if group_key else stage.peers(outcome=cell.indicator.id)
    names = stage.desk.names(stage.edition, tuple(section.figures))
    source = source_of(stage, [(cell.indicator.id, cell.period)])
    notes = _remarks(stage, group) if group.key.kind is GroupKind.COUNTRY else [group.note]
    remarks = [*notes, cell.indicator.note]
    return regions.Field(stage.region, section, group, names, source, [each for each in remarks if each])


def _of_cell(view: Callable[[Stage, Cell], Shown]) -> Callable[[Stage], Shown]:
    """A view of one figure; a sentence where this kind of region has none."""

    def show(stage: Stage) -> Shown:
        cell = cell_of(stage)
        return told(State.NOT_AVAILABLE, NOTHING) if cell is None else view(stage, cell)

    return show


NOTHING = "Voor deze soort regio’s zijn er nog geen cijfers om te vergelijken."


def show_ranking(stage: Stage, cell: Cell) -> Shown:
    """Regions with their limits."""
    return regions.ranking(_field(stage, cell))


def show_funnel(stage: Stage, cell: Cell) -> Shown:
    """Regions by size."""
    return regions.funnel(_field(stage, cell))


def show_map(stage: Stage, cell: Cell) -> Shown:
    """The regions as tiles, and with their outlines where those are loaded; a group has no part in it."""
    kind = stage.region.kind
    with stage.desk.db.session() as session:
        outlines = get_outlines(session, kind)
    field, group, tiles = _field(stage, cell, GroupKind.COUNTRY), map_group(stage, cell), load_tiles(kind)
    drawing = maps.section(group, tiles, outlines=outlines, source=field.source)
    return regions.on_map(field, drawing, maps.classes_of(group, tiles))


def show_similar(stage: Stage) -> Shown:
    """The ten regions most like the own one."""
    atlas, outcome = stage.desk.atlas(stage.edition), stage.indicator
    banned = outcome.id if outcome is not None and outcome.id in IN_VARIABLES else ""
    found = stage.desk.similar(stage.edition, stage.region.code, stage.choice.weights, banned)
    likeness = similar.Likeness(
        region=stage.region,
        found=found,
        names=atlas.places.names,
        moments=atlas.moments.get(stage.region.kind, {}),
        weights=stage.choice.weights,
        version=stage.edition.version,
        open_codes=stage.open_codes,
    )
    return similar.content(likeness)


def show_parts(stage: Stage, cell: Cell) -> Shown:
    """What a figure is made of, and where it goes."""
    with stage.desk.db.session() as session:
        view = View(session, stage.edition.version, stage.region, cell.indicator, stage.open_codes)
        composition = load_composition(view, cell.period, cell.breakdown)
        listed = contributions_table(view, composition).sheet
    node = indicator_contributions.section(composition)
    if node is None:
        return told(State.NOT_AVAILABLE, NO_PARTS)
    title = f"Bijdragen aan {cell.indicator.short_label}"
    source = source_of(stage, [(cell.indicator.id, cell.period)])
    sheet = replace(listed, notes=[*listed.notes, source])
    return Shown(node, [sheet] if sheet.rows else [], title, title)


NO_PARTS = (
    "Van dit cijfer is niet te laten zien waar het uit bestaat: de bron geeft het alleen als geheel, of "
    "alleen voor deze soort regio."
)

VIEWS: Mapping[Look, Callable[[Stage], Shown]] = {
    Look.PROFILE: show_profile,
    Look.TABLE: show_heat,
    Look.RANKING: _of_cell(show_ranking),
    Look.FUNNEL: _of_cell(show_funnel),
    Look.TREND: lines.show_trend,
    Look.MAP: _of_cell(show_map),
    Look.SIMILAR: show_similar,
    Look.HOLD: _of_cell(sayings.show_hold),
    Look.CLAIM: _of_cell(sayings.show_claim),
    Look.PARTS: _of_cell(show_parts),
}
"""What fills each view."""
