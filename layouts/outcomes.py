"""The outcome of a questionnaire as tables: the page, the csv and the workbook show the same."""

from collections.abc import Iterable, Mapping, Sequence

from app.disclosure import Shown
from app.disclosure.cells import MIN_MARGIN
from app.tables import NOTHING, Sheet, SheetCell, Value
from app.wording import class_words, number
from layouts.outcome_words import (
    TOO_FEW,
    change_words,
    good_margin_words,
    margin_words,
    mean_value,
    share_value,
    share_words,
)
from survey.definition import Question, Scale
from survey.results.comparing import Benchmark, Change
from survey.results.outcomes import Outcome, question_of, question_text
from survey.results.snapshots import NO_GEMEENTE, Chosen, Scaled

NOT_SHOWN = "niet getoond"
HARD = "te weinig mensen kunnen dit beoordelen"

SCORE_COLUMNS = (
    "Score",
    "Marge score",
    "Positief",
    "Marge positief",
    "Antwoorden",
    "Andere regio’s",
    "Sinds vorige ronde",
)
CHOICE_HEADER = ("Vraag", "Antwoord", "Deel", "Antwoorden")
SCORE_NOTES = (
    "Score: het gemiddelde, van 1 (laag) tot 5 (hoog); bij een rapportcijfer tot 10. ‘Weet ik niet’ telt "
    "niet mee.",
    "Positief: het deel dat 4 of 5 antwoordde; bij een rapportcijfer een 7 of hoger; bij een thema: een "
    "gemiddelde van 4 of hoger.",
    "Marge: tussen deze grenzen ligt de score, of het percentage, van de hele groep waarschijnlijk (95%). "
    "Een marge staat er vanaf 10 antwoorden, en alleen bij een precies cijfer.",
    "Andere regio’s: het gemiddelde van ten minste 3 andere regio’s die dezelfde vraag stelden, met hun "
    "laatste ronde van hoogstens 2 jaar eerder of later.",
    "Sinds vorige ronde: het verschil met de ronde van deze regio hiervoor, als daarin dezelfde vraag stond.",
    "Geen precies cijfer: in een kleine groep liggen de antwoorden heel dicht bij elkaar.",
)
CLASS_WORDS = {(-(10**15), -1): "onder 0", (100, 10**15): "100 of meer"}


def sheets_of(outcome: Outcome, names: Mapping[str, str]) -> list[Sheet]:
    """Every table of a list.

    Args:
        names: code of a gemeente → its name.
    """
    if outcome.is_named:
        return [each for each in (_named(outcome), _elsewhere(outcome)) if each.rows]
    tables = [
        _theme_scores(outcome),
        _item_scores(outcome),
        _themes_per_part(outcome, names),
        _items_per_part(outcome, names),
        _distributions(outcome),
        *_choices(outcome),
    ]
    return [each for each in tables if each is not None and each.rows]


def long_rows(sheets: Iterable[Sheet]) -> list[list[SheetCell]]:
    """Tables as one: a row per value, for the csv; a chosen answer stands behind its question."""
    return [
        [sheet.title, name, heading, cell]
        for sheet in sheets
        for row in sheet.rows
        for name, heading, cell in _long_cells(sheet.header, row)
        if cell not in (NOTHING, "")
    ]


def _long_cells(
    header: Sequence[str], row: Sequence[SheetCell]
) -> Iterable[tuple[SheetCell, str, SheetCell]]:
    if tuple(header) != CHOICE_HEADER or not row[1]:
        return ((row[0], *pair) for pair in zip(header[1:], row[1:], strict=True))
    name = f"{row[0]}: {row[1]}"
    return ((name, *pair) for pair in zip(header[2:], row[2:], strict=True))


LONG_HEADER = ("Tabel", "Rij", "Kolom", "Waarde")


def theme_name(outcome: Outcome, theme: str) -> str:
    """The name of a theme in Dutch."""
    return outcome.questionnaire.themes.get(theme, {}).get("nl", theme)


def _theme_scores(outcome: Outcome) -> Sheet:
    rows = [
        _score_row(
            theme_name(outcome, theme),
            scaled,
            outcome.theme_benchmarks.get(theme),
            outcome.theme_changes.get(theme),
        )
        for theme, scaled in outcome.snapshot.themes.items()
    ]
    header = ("Thema", *SCORE_COLUMNS)
    return Sheet(f"Scores per thema: {outcome.group}", header, rows, SCORE_NOTES, name="Thema’s")


def _item_scores(outcome: Outcome) -> Sheet:
    rows = [
        _score_row(
            question_text(question_of(outcome.questionnaire, key), key),
            scaled,
            outcome.benchmarks.get(key),
            outcome.changes.get(key),
        )
        for key, scaled in outcome.snapshot.scaled.items()
    ]
    header = ("Vraag", *SCORE_COLUMNS)
    return Sheet(f"Scores per vraag: {outcome.group}", header, rows, SCORE_NOTES, name="Vragen")


def _score_row(
    name: str, scaled: Scaled, benchmark: Benchmark | None, change: Change | None
) -> list[SheetCell]:
    shown = scaled.whole
    hard = f" ({HARD})" if shown and shown.is_hard_to_judge else ""
    beside = (
        Value(f"{number(benchmark.mean, 1)} ({benchmark.regions} regio’s)", benchmark.mean)
        if benchmark
        else NOTHING
    )
    return [
        name,
        mean_value(shown),
        margin_words(shown),
        share_value(shown.good) if shown else NOTHING,
        good_margin_words(shown),
        class_words(shown.n) + hard if shown else "",
        beside,
        Value(change_words(change), change.gap if change else None) if change else NOTHING,
    ]


def _themes_per_part(outcome: Outcome, names: Mapping[str, str]) -> Sheet | None:
    rows = {theme_name(outcome, theme): scaled for theme, scaled in outcome.snapshot.themes.items()}
    return _per_part(outcome, names, rows, "Thema", f"Thema’s per gemeente: {outcome.group}")


def _items_per_part(outcome: Outcome, names: Mapping[str, str]) -> Sheet | None:
    rows = {
        question_text(question_of(outcome.questionnaire, key), key): scaled
        for key, scaled in outcome.snapshot.scaled.items()
    }
    return _per_part(outcome, names, rows, "Vraag", f"Vragen per gemeente: {outcome.group}")


def _per_part(
    outcome: Outcome, names: Mapping[str, str], scaled: Mapping[str, Scaled], first: str, title: str
) -> Sheet | None:
    """Scores per gemeente, with the number of answers; nothing where none may be shown."""
    parts = [
        part for part in outcome.snapshot.gemeenten if any(part in each.parts for each in scaled.values())
    ]
    if not parts:
        return None
    shown = {name: each for name, each in scaled.items() if each.parts}
    rows: list[list[SheetCell]] = [
        [name, *(_part_cell(each.parts.get(part)) for part in parts)] for name, each in shown.items()
    ]
    header = [first, *(names.get(part, part) or NO_GEMEENTE for part in parts)]
    left_out = [
        names.get(part, part) or NO_GEMEENTE for part in outcome.snapshot.gemeenten if part not in parts
    ]
    notes = (
        [f"Niet apart getoond, omdat er te weinig antwoorden zijn: {', '.join(left_out)}."]
        if left_out
        else []
    )
    if len(shown) < len(scaled):
        notes.append("Vragen die hier niet staan, hebben te weinig antwoorden om per gemeente te tonen.")
    return Sheet(title, header, rows, notes, name=title[:25])


def _part_cell(shown: Shown | None) -> Value:
    if shown is None:
        return Value(TOO_FEW)
    value = mean_value(shown)
    parts = (
        _with_margin(value.words, margin_words(shown)),
        f"positief {_with_margin(share_words(shown.good), good_margin_words(shown))}",
        f"{class_words(shown.n)} antwoorden",
    )
    return Value("; ".join(parts), value.number)


def _with_margin(words: str, margin: str) -> str:
    """`3,6 (3,2 tot 4,0)`."""
    return f"{words} ({margin})" if margin else words


def _distributions(outcome: Outcome) -> Sheet:
    found = [
        (key, scaled.whole.distribution, question_of(outcome.questionnaire, key))
        for key, scaled in outcome.snapshot.scaled.items()
        if scaled.whole and scaled.whole.distribution
    ]
    values = sorted({value for _, shares, _ in found for value in shares}, key=int)
    rows: list[list[SheetCell]] = [
        [question_text(question, key), *(share_value(shares[v]) if v in shares else NOTHING for v in values)]
        for key, shares, question in found
    ]
    notes = ("Van 1 (laag) tot 5 (hoog); een rapportcijfer van 1 tot 10. Vanaf 8 antwoorden.",)
    title = f"Verdeling van de antwoorden: {outcome.group}"
    return Sheet(title, ["Vraag", *values], rows, notes, name="Verdeling")


def _choices(outcome: Outcome) -> list[Sheet]:
    """One table for all questions with options: a row per option."""
    rows: list[list[SheetCell]] = []
    for key, chosen in outcome.snapshot.chosen.items():
        question = question_of(outcome.questionnaire, key)
        name = question_text(question, key)
        if not chosen.shares:
            is_small = chosen.n is None or chosen.n.low < MIN_MARGIN
            words = Value(TOO_FEW if is_small else NOT_SHOWN)
            rows.append([name, "", words, class_words(chosen.n) if chosen.n else ""])
            continue
        rows += _option_rows(question, name, chosen)
    notes = (
        "Waar men meer antwoorden kon kiezen, kunnen de delen samen meer dan 100% zijn.",
        "‘Weet ik niet’ telt niet mee. Kozen een paar mensen een antwoord, dan staat er geen precies deel.",
        "Niet getoond: bij een kleine groep tonen we een vraag soms niet, zodat niemand te herkennen is.",
    )
    title = f"Keuzes en aantallen: {outcome.group}"
    return [Sheet(title, CHOICE_HEADER, rows, notes, name="Keuzes")]


def _option_rows(question: Question, name: str, chosen: Chosen) -> list[list[SheetCell]]:
    count = class_words(chosen.n) if chosen.n else ""
    return [
        [name, option_words(question, option), share_value(share), count]
        for option, share in chosen.shares.items()
    ]


def option_words(question: Question, option: str) -> str:
    """An option, or a class of numbers, in Dutch."""
    if question.scale is Scale.NUMBER:
        low, high = (
            (int(part) for part in option.rsplit("-", 1)) if not option.startswith("-") else (-(10**15), -1)
        )
        words = CLASS_WORDS.get((low, high))
        return words or (number(low) if low == high else f"{number(low)} tot en met {number(high)}")
    return next((each.texts["nl"] for each in question.options if each.key == option), option)


def answer_words(question: Question, value: object) -> str:
    """What one organisation answered."""
    if isinstance(value, list):
        return "; ".join(option_words(question, each) for each in value)
    if question.scale is Scale.NUMBER and isinstance(value, int):
        return number(value)
    if isinstance(value, int) and question.options:
        label = option_words(question, str(value))
        return f"{value}: {label}" if label != str(value) else label
    return option_words(question, str(value))


def _named(outcome: Outcome) -> Sheet:
    """Every organisation's answers, under its name."""
    named = outcome.snapshot.named
    rows: list[list[SheetCell]] = []
    for question in outcome.questionnaire.questions:
        if question.scale is Scale.OPEN:
            continue
        for key in question.answer_keys:
            cells = [
                answer_words(question, each.answers[key]) if key in each.answers else "" for each in named
            ]
            if any(cells):
                rows.append([question_text(question, key), *cells])
    header = ["Vraag", *(each.organisation or each.code for each in named)]
    notes = (
        "Deze lijst is op functie ingevuld, niet anoniem. Alleen mensen in deze regio zien de antwoorden.",
    )
    return Sheet(f"Antwoorden: {outcome.group}", header, rows, notes, name="Antwoorden")


def _elsewhere(outcome: Outcome) -> Sheet:
    """What organisations in other regions answered, as shares."""
    rows: list[list[SheetCell]] = []
    for key, chosen in outcome.elsewhere.items():
        question = question_of(outcome.questionnaire, key)
        name = question_text(question, key)
        rows += _option_rows(question, name, chosen)
    title = f"Organisaties in andere regio’s samen: {outcome.group}"
    notes = (
        "Over ten minste 3 andere regio’s. Rondes waaraan een regio van deze ronde ook meedeed, tellen niet.",
        "‘Weet ik niet’ telt niet mee. Kozen een paar organisaties iets, dan staat er geen precies deel.",
    )
    return Sheet(title, CHOICE_HEADER, rows, notes, name="Andere regio’s")


def text_blocks(outcome: Outcome) -> list[tuple[str, Sequence[str]]]:
    """The open questions with the texts that a reviewer let through."""
    return [
        (question_text(question_of(outcome.questionnaire, key), key), texts)
        for key, texts in sorted(outcome.texts.items())
    ]
