"""What was answered in words; and the answers of organisations, which stand under their names."""

from collections import Counter
from collections.abc import Sequence

from app.tables import Sheet, SheetCell, Value
from app.wording import number
from survey.definition import OTHER, Question, Scale
from survey.results.outcomes import Outcome, open_question_text, question_text

CLASS_WORDS = {(-(10**15), -1): "onder 0", (100, 10**15): "100 of meer"}
NAMED_NOTES = (
    "Deze lijst is op functie ingevuld, niet anoniem. Alleen mensen in deze regio zien de antwoorden.",
    "Wat een organisatie in eigen woorden schreef, staat hier nadat iemand het heeft nagekeken.",
)
PHASE_NOTES = (
    "Bij elke afspraak staat hoeveel organisaties in elke fase zijn. Een gemiddelde van fasen rekenen wij "
    "niet uit.",
)


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


def named_answers(outcome: Outcome) -> Sheet:
    """Every organisation's answers, under its name; with what it wrote, where a reviewer let that through."""
    rows: list[list[SheetCell]] = []
    for question in outcome.questionnaire.questions:
        if question.scale is not Scale.OPEN:
            rows += [
                [question_text(question, key), *_answers(outcome, question, key)]
                for key in question.answer_keys
            ]
        own_words = question.key if question.scale is Scale.OPEN else f"{question.key}.{OTHER}"
        rows.append([open_question_text(outcome.questionnaire, own_words), *_texts(outcome, own_words)])
    header = ["Vraag", *(each.organisation or each.code for each in outcome.snapshot.named)]
    heard = [row for row in rows if any(row[1:])]
    return Sheet(f"Antwoorden: {outcome.group}", header, heard, NAMED_NOTES, name="Antwoorden")


def named_phases(outcome: Outcome) -> Sheet:
    """How far organisations are, as numbers of them: a mean of phases would be no phase."""
    asked = [each for each in outcome.questionnaire.questions if each.scale is Scale.PHASE]
    options = asked[0].options if asked else ()
    rows: list[list[SheetCell]] = [
        [question_text(question, key), *_counts(outcome, key, [each.key for each in options])]
        for question in asked
        for key in question.answer_keys
        if any(key in each.answers for each in outcome.snapshot.named)
    ]
    title = f"Hoe ver afspraken zijn, in aantallen organisaties: {outcome.group}"
    return Sheet(title, ["Vraag", *(each.texts["nl"] for each in options)], rows, PHASE_NOTES, name="Fasen")


def _counts(outcome: Outcome, key: str, options: Sequence[str]) -> list[Value]:
    given = Counter(str(each.answers[key]) for each in outcome.snapshot.named if key in each.answers)
    return [Value(number(given[each]), given[each]) for each in options]


def _answers(outcome: Outcome, question: Question, key: str) -> list[str]:
    named = outcome.snapshot.named
    return [answer_words(question, each.answers[key]) if key in each.answers else "" for each in named]


def _texts(outcome: Outcome, key: str) -> list[str]:
    """What each organisation wrote."""
    named = [(each.organisation, each.code) for each in outcome.snapshot.named]
    return ["; ".join(outcome.named_texts.get(each, {}).get(key, ())) for each in named]
