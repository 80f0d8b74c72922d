"""The words and rows of the joint questionnaire's pages."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from app.regions import SWVS, RegionName, kind_of
from app.wording import INVENTED, day
from survey.joint.agreement import Agreement, Side, Signing
from survey.joint.comparison import GEMEENTE_LIST, SWV_LIST, Line

SIDE_NAMES = {Side.SWV: "het samenwerkingsverband", Side.GEMEENTE: "de gemeente"}


class Message(NamedTuple):
    """What a page says after a button was pressed; `style` is the class of the notice."""

    words: str
    style: str = "ok"


class Partner(NamedTuple):
    """Another region with which answers are laid side by side."""

    code: str
    name: str
    words: str
    is_ready: bool
    style: str = ""


MESSAGES = {
    "bewaard": Message("De gezamenlijke antwoorden zijn bewaard."),
    Signing.DONE: Message("U heeft ondertekend. De andere kant moet dat nog doen."),
    Signing.AGREED: Message("U heeft ondertekend. Beide kanten zijn het nu eens."),
    Signing.ALREADY: Message("Uw kant had deze versie al ondertekend. Er is niets veranderd."),
    Signing.MOVED: Message(
        "Niet ondertekend: de gezamenlijke antwoorden zijn intussen gewijzigd. Lees ze hieronder en "
        "onderteken daarna.",
        "warn",
    ),
    Signing.OPEN: Message(
        "Niet ondertekend: er zijn nog vragen zonder gezamenlijk antwoord. Kies daar eerst een antwoord.",
        "warn",
    ),
    Signing.SAME_PERSON: Message(
        "Niet ondertekend: u heeft al voor de andere kant getekend. Laat iemand anders tekenen.", "warn"
    ),
}


def partner(
    region: RegionName, own: str, sent: Mapping[tuple[str, str], str], agreement: Agreement | None
) -> Partner:
    """A line in the list of partners: how far the two are.

    Args:
        sent: (questionnaire, region) of every organisation that sent its own.
    """
    mine, theirs = (SWV_LIST, GEMEENTE_LIST) if kind_of(own) in SWVS else (GEMEENTE_LIST, SWV_LIST)
    missing = [
        *(["U heeft uw eigen vragenlijst nog niet verzonden."] if (mine, own) not in sent else []),
        *([f"{region.name} heeft nog niet verzonden."] if (theirs, region.code) not in sent else []),
    ]
    if missing:
        return Partner(region.code, region.name, " ".join(missing), is_ready=False)
    words, style = state_words(agreement or Agreement())
    return Partner(region.code, region.name, words, is_ready=True, style=style)


def state_words(agreement: Agreement) -> tuple[str, str]:
    """How far two are that both sent their questionnaire, and the class of the notice."""
    signed = [side for side in Side if agreement.signature(side)]
    if agreement.is_agreed:
        when = f" op {day(agreement.agreed_on)}" if agreement.agreed_on else ""
        return f"Samen vastgesteld{when}: beide kanten hebben ondertekend.", "ok"
    if agreement.void:
        names = " en ".join(f"{each.name} ({SIDE_NAMES[each.side]})" for each in agreement.void)
        words = f"Gewijzigd na ondertekening. Niet meer geldig: de handtekening van {names}."
        return f"{words} Onderteken opnieuw.", "warn"
    if signed:
        other = Side.GEMEENTE if signed == [Side.SWV] else Side.SWV
        return f"Ondertekend door {SIDE_NAMES[signed[0]]}, nog niet door {SIDE_NAMES[other]}.", ""
    if agreement.version:
        return f"In gesprek: er zijn gezamenlijke antwoorden (versie {agreement.version}).", ""
    return "Beide vragenlijsten zijn verzonden. U kunt ze naast elkaar leggen.", ""


def distance_words(line: Line) -> str:
    """How far two answers are apart, in words; empty for the same ones."""
    if not line.differs:
        return "gelijk"
    if line.swv is None or line.gemeente is None:
        return "door één kant beantwoord"
    if not line.steps:
        return "verschillend"
    unit = ("punt", "punten") if line.shared.is_grade else ("stap", "stappen")
    return f"{line.steps} {unit[line.steps > 1]} verschil"


def csv_header(swv: str, gemeente: str) -> list[str]:
    """The heading of the export."""
    return ["vraag", "vraagnummer", swv, gemeente, "samen", "verschil"]


def csv_rows(lines: Iterable[Line]) -> Iterator[list[str]]:
    """The three columns, differences first."""
    for line in lines:
        words = [line.shared.words_of(each) for each in (line.swv, line.gemeente, line.joint)]
        yield [line.shared.words, line.shared.key, *words, distance_words(line)]


def remarks(title: str, agreement: Agreement, *, is_demo: bool) -> list[str]:
    """What stands below the export."""
    signed = [
        f"Ondertekend voor {SIDE_NAMES[each.side]}: {each.name}, {day(each.at)}, versie {each.version}"
        for each in agreement.signatures
        if each.version == agreement.version
    ]
    return [
        f"Gezamenlijke vragenlijst, {title}, versie {agreement.version}. {state_words(agreement)[0]}",
        *signed,
        *([INVENTED] if is_demo else []),
    ]
