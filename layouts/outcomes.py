"""The outcome of a questionnaire as tables: the page, the csv and the workbook show the same."""

from collections.abc import Iterable, Mapping, Sequence

from app.disclosure.cells import MIN_MARGIN
from app.tables import NOTHING, Sheet, SheetCell, Value
from app.wording import class_words
from layouts.outcome_answers import named_answers, named_phases, option_words
from layouts.outcome_scores import Group, score_groups
from layouts.outcome_words import HARD, TOO_FEW, beside_words, share_value
from survey.definition import Question
from survey.results.outcomes import Outcome, open_question_text, question_of, question_text
from survey.results.snapshots import Chosen

NOT_SHOWN = "niet getoond"
CHOICE_HEADER = ("Vraag", "Antwoord", "Deel", "Antwoorden")


def groups_of(outcome: Outcome, names: Mapping[str, str]) -> list[Group]:
    """Every table of a list, with what belongs together under one heading.

    Args:
        names: code of a gemeente → its name.
    """
    if outcome.is_named:
        tables = (named_answers(outcome), named_phases(outcome), _elsewhere(outcome))
        groups = [Group(each.title, [each]) for each in tables]
    else:
        groups = [*score_groups(outcome, names), *(Group(each.title, [each]) for each in _choices(outcome))]
    filled = [Group(each.title, [sheet for sheet in each.sheets if sheet.rows]) for each in groups]
    return [each for each in filled if each.sheets]


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


def _choices(outcome: Outcome) -> list[Sheet]:
    """One table for all questions with options: a row per option."""
    rows: list[list[SheetCell]] = []
    for key, chosen in outcome.snapshot.chosen.items():
        question = question_of(outcome.questionnaire, key)
        name = question_text(question, key)
        if chosen.is_hard:
            rows.append([name, "", Value(HARD), ""])
            continue
        if not chosen.shares:
            is_small = chosen.n is None or chosen.n.low < MIN_MARGIN
            words = Value(TOO_FEW if is_small else NOT_SHOWN)
            rows.append([name, "", words, class_words(chosen.n) if chosen.n else ""])
            continue
        rows += _option_rows(question, name, chosen)
    notes = (
        "Waar men meer antwoorden kon kiezen, kunnen de delen samen meer dan 100% zijn.",
        "‘Weet ik niet’ telt niet mee. Koos bijna niemand, of bijna iedereen, een antwoord, dan staan er "
        "grenzen.",
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


def _elsewhere(outcome: Outcome) -> Sheet:
    """What organisations in other regions answered, as shares."""
    rows: list[list[SheetCell]] = []
    for key, chosen in outcome.elsewhere.items():
        question = question_of(outcome.questionnaire, key)
        name = question_text(question, key)
        rows += _option_rows(question, name, chosen)
    title = f"Organisaties in andere regio’s samen: {outcome.group}"
    notes = (
        f"Over ten minste 3 andere regio’s. {beside_words(outcome)}",
        "‘Weet ik niet’ telt niet mee. Koos bijna geen organisatie, of bijna elke, een antwoord, dan "
        "staan er grenzen.",
    )
    return Sheet(title, CHOICE_HEADER, rows, notes, name="Andere regio’s")


def text_blocks(outcome: Outcome) -> list[tuple[str, Sequence[str]]]:
    """The open questions with the texts that a reviewer let through."""
    return [
        (open_question_text(outcome.questionnaire, key), texts)
        for key, texts in sorted(outcome.texts.items())
    ]
