"""Why a figure may differ from DUO, CBS or an own list, and how it changed since it came out: pure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.contributions import SwvRoute
from app.divisions import OWN_YEAR, figure_words, share_words
from app.indicators import CellStatus, Figure, Indicator, PeriodKind, PeriodStatus
from app.provenance import Making, Origin, Provenance, Revised
from app.regions import SWVS, RegionKind
from app.sentences import STATUS_WORDS
from app.wording import capital, day, listing, period_label, uncapital


class Reason(NamedTuple):
    """One reason in a sentence or two; several may have the same heading."""

    heading: str
    sentence: str


def reasons(found: Provenance) -> list[Reason]:
    """What the facts of this figure give as reasons, the definition first."""
    if found.figure is None or found.origin is None:
        return []
    figure, origin = found.figure, found.origin
    return [
        *_definition(found),
        *_reference_day(found),
        *_division(found, origin),
        *_rounding(found, figure),
        *_coverage(found, figure),
        *_certainty(found, figure, origin),
    ]


def _definition(found: Provenance) -> Iterator[Reason]:
    indicator = found.indicator
    whole = f", als deel van {indicator.denominator}" if indicator.denominator else ""
    yield Reason("Definitie", f"Geteld wordt: {indicator.numerator}{whole}. {LIST}")
    if indicator.note:
        yield Reason("Definitie", indicator.note)
    for each in indicator.series_breaks:
        yield Reason("Definitie", each.explanation)


LIST = "Telt een andere lijst iets meer of iets minder mee, dan komt daar een ander cijfer uit."


def _reference_day(found: Provenance) -> Iterator[Reason]:
    indicator, label = found.indicator, period_label(found.period, found.indicator)
    if indicator.period_kind is PeriodKind.REFERENCE_DATE:
        yield Reason(
            "Peildatum", f"Dit cijfer is de stand van {label}. Op een andere dag is de stand anders."
        )
    else:
        words = f"Dit cijfer gaat over {_span(indicator)}: {label}. Een telling op één dag komt anders uit."
        yield Reason("Peildatum", words)


def _span(indicator: Indicator) -> str:
    return {
        PeriodKind.SCHOOL_YEAR: "een heel schooljaar",
        PeriodKind.HALF_YEAR: "een half jaar",
        PeriodKind.QUARTER: "een kwartaal",
    }.get(indicator.period_kind, "een heel jaar")


def _division(found: Provenance, origin: Origin) -> Iterator[Reason]:
    year = origin.division_day.year
    if found.making in (Making.CONVERTED, Making.REFUSED):
        yield Reason("Indeling", f"De bron telt in de gemeenten van {year}; dit cijfer gaat over die van nu.")
    elif found.region.kind is RegionKind.GEMEENTE and origin.division != OWN_YEAR:
        yield Reason("Indeling", f"De bron zet alle jaren op de gemeenten van {year}. {THEN}")
    elif found.region.kind is RegionKind.GEMEENTE:
        yield Reason("Indeling", f"Dit cijfer staat op de gemeenten van {year}, zoals de bron ze telt.")
    elif found.region.kind in SWVS and origin.route is not None:
        yield Reason("Indeling", _SWV_WORDS[origin.route].format(year=year))
    if found.weights:
        yield Reason(
            "Indeling",
            f"Verdeelde gemeenten zijn verdeeld naar {listing([uncapital(each) for each in found.weights])}.",
        )


THEN = "Een overzicht uit die tijd zelf gebruikt de gemeenten van toen."
_SWV_WORDS = {
    SwvRoute.POSTCODE: (
        "Een school telt mee in het samenwerkingsverband waar haar postcode in ligt. Een lijst naar bestuur, "
        "of naar de plaats waar de leerling woont, komt anders uit."
    ),
    SwvRoute.GEMEENTEN: (
        "De bron geeft dit cijfer niet per samenwerkingsverband. Wij telden gemeenten op, in de indeling van "
        "1 januari {year}."
    ),
    SwvRoute.DELIVERED: (
        "De bron deelt zelf in naar samenwerkingsverband. Wij namen die indeling over en toetsten haar niet."
    ),
}


def _rounding(found: Provenance, figure: Figure) -> Iterator[Reason]:
    decimals = found.indicator.decimals
    if figure.value is None and figure.denominator_low is not None:
        shown = "hele getallen" if decimals == 0 else f"{decimals} decima{'al' if decimals == 1 else 'len'}"
        words = f"Wij rekenen met de aantallen zelf en ronden pas op het scherm af, op {shown}."
        yield Reason("Afronding", words)
    elif figure.value is not None:
        yield Reason("Afronding", "De bron heeft dit cijfer al afgerond voordat wij het kregen.")
    if found.indicator.hiding_rule:
        yield Reason("Afronding", found.indicator.hiding_rule)


def _coverage(found: Provenance, figure: Figure) -> Iterator[Reason]:
    if figure.status is CellStatus.HIDDEN:
        yield Reason(
            "Volledigheid", "De bron toont dit kleine aantal niet; een eigen lijst kan het wel hebben."
        )
    if figure.status is CellStatus.PARTLY_HIDDEN:
        yield Reason("Volledigheid", "De bron verbergt een deel van de getallen waar dit cijfer uit bestaat.")
    if figure.status is CellStatus.AT_LEAST:
        yield Reason("Volledigheid", "De bron geeft niet alle delen: het echte getal is dit of hoger.")
    if figure.indirect > 0:
        part = share_words(figure.indirect)
        yield Reason("Volledigheid", f"Van {part} kennen wij de postcode van de school niet. {BY_GEMEENTE}")
    if found.making is Making.SCHOOLS and found.region.kind is RegionKind.COUNTRY:
        yield Reason("Volledigheid", NOWHERE)
    for remark in found.origin.remarks if found.origin else ():
        yield Reason("Bij het laden opgemerkt", remark)


BY_GEMEENTE = "Dat deel is via de gemeente toegerekend."
NOWHERE = (
    "Een school waarvan wij de plaats niet kennen, telt wel landelijk mee en in geen regio. De regio’s samen "
    "kunnen daarom lager uitkomen dan Nederland."
)


def _certainty(found: Provenance, figure: Figure, origin: Origin) -> Iterator[Reason]:
    if figure.estimated > 0:
        by = "inwoners" if found.making is Making.CONVERTED else "het aandeel in elk gebied"
        part = share_words(figure.estimated)
        words = f"Ongeveer {part} komt uit gemeenten die verdeeld zijn, en is geschat naar {by}."
        yield Reason("Schatting", words)
    if figure.period_status is not PeriodStatus.FINAL:
        words = f"Dit cijfer is {STATUS_WORDS[figure.period_status]}; de bron kan het nog aanpassen."
        yield Reason("Versie", words)
    when = f"Wij laadden het bestand op {day(origin.loaded_at)}."
    yield Reason("Versie", f"{STARTER if origin.is_starter else when} {LATER}")


STARTER = "Dit cijfer is vooraf uit het bestand berekend en kwam mee met de installatie."
LATER = "Wat de bron daarna veranderde, staat hier niet in."


def facts(found: Provenance, row: str, source_columns: str, *, is_admin: bool) -> list[tuple[str, str]]:
    """Term and words of the source, the file and the load; only administrators read who did it."""
    origin = found.origin
    if origin is None:
        return []
    said = {
        "Cijfer": _status(found),
        "Bron": f"{origin.publisher}, {origin.title}",
        "Bestand": origin.file_name,
        "Vingerafdruk": f"sha-256 {origin.sha256}",
        "Rij": capital(row),
        "Kolommen": source_columns,
        "Peildatum": day(origin.reference_date) if origin.reference_date else "",
        "Gegevensversie": _version(found, origin),
        "Geladen": _loaded(origin, is_admin=is_admin),
        "Gepubliceerd": _published(origin, is_admin=is_admin),
        "Rapport": f"nummer {origin.report_id}" if is_admin and origin.report_id else "",
        "Licentie": origin.licence or found.indicator.licence,
    }
    return [(term, words) for term, words in said.items() if words]


def _status(found: Provenance) -> str:
    if found.figure is None:
        return found.words
    return f"{found.words} ({STATUS_WORDS[found.figure.period_status]})"


def _version(found: Provenance, origin: Origin) -> str:
    if origin.version_id == found.shown_version:
        return f"versie {origin.version_id}"
    return f"versie {origin.version_id}; versie {found.shown_version}, die nu te zien is, nam dit over"


def _loaded(origin: Origin, *, is_admin: bool) -> str:
    if origin.is_starter:
        return f"op {day(origin.loaded_at)}, bij de installatie, vooraf uit dit bestand berekend"
    return f"op {day(origin.loaded_at)} door {_who(origin.loaded_by, is_admin=is_admin)}"


def _published(origin: Origin, *, is_admin: bool) -> str:
    if origin.published_at is None:
        return ""
    if origin.is_starter:
        return f"op {day(origin.published_at)}, bij de installatie"
    return f"op {day(origin.published_at)} door {_who(origin.published_by, is_admin=is_admin)}"


def _who(name: str, *, is_admin: bool) -> str:
    return name if is_admin else "een databeheerder"


def revision_lines(found: Provenance) -> list[str]:
    """How the figure changed, a sentence per change; empty where every version said the same.

    `Was 13,1% (voorlopig, versie 3), nu 13,6% (definitief, versie 7).`
    """
    groups: dict[str, list[Revised]] = {}
    for each in found.revisions:
        groups.setdefault(each.name, []).append(each)
    return [line for name, each in groups.items() for line in _changes(name, each, found.indicator)]


def _changes(name: str, revisions: Sequence[Revised], indicator: Indicator) -> Iterator[str]:
    told = [(figure_words(each.figure, indicator), each) for each in revisions]
    kept = [
        (words, each)
        for place, (words, each) in enumerate(told)
        if place == 0 or (words, each.figure.period_status) != _said(told[place - 1])
    ]
    if len(kept) > 1 and kept[-1][1].figure.status is not CellStatus.PRESENT:
        yield (f"{name}: " if name else "") + WITHDRAWN  # an earlier number would tell what is hidden now
        return
    whose = f"{name}: was" if name else "Was"
    for (before, first), (after, then) in pairwise(kept):
        when = "nu" if then is kept[-1][1] else f"op {day(then.published_at)}"
        yield f"{whose} {before} ({_which(first)}), {when} {after} ({_which(then)})."


WITHDRAWN = (
    "In een eerdere versie stond een ander cijfer. De bron geeft het nu niet of niet helemaal; daarom staat "
    "het oude cijfer hier niet."
)


def _said(told: tuple[str, Revised]) -> tuple[str, PeriodStatus]:
    return told[0], told[1].figure.period_status


def _which(each: Revised) -> str:
    return f"{STATUS_WORDS[each.figure.period_status]}, versie {each.version_id}"
