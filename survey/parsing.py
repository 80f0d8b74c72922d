"""Tables of a definition file to questions, options and conditions, refused with file and line: pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.blocks import Block, check_keys
from survey.definition import FIVES, Condition, Option, Question, Scale, Texts

OPERATORS = ("in", "not_in", "has", "has_not", "has_any", "at_least", "at_most")

SOURCES = ("gemeenten",)
"""Where options come from that the round knows (survey.tailoring)."""

LABELLED = FIVES | {Scale.YES_NO}
"""Scales whose options are the same everywhere, and stand in the file of scales."""

CHOICES = frozenset({Scale.ONE, Scale.SEVERAL, Scale.RANK})
"""Scales with options of the question itself."""

LANGUAGE = re.compile(r"[a-z]{2}")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
QUESTION_KEY = re.compile(r"[A-Z]\d{1,2}(\.\d{2})?[a-z]?")

_QUESTION: dict[str, type] = {
    "key": str, "theme": str, "scale": str, "version": int, "text": dict, "hint": dict, "together": bool,
    "required": bool, "when": list, "options": object, "options_source": str, "options_where": dict,
    "exclusive": list, "rows": object, "first_rows_from": str, "unit": dict, "lowest": int, "highest": int,
    "highest_from": str, "moved": dict, "from_second_round": bool, "sectors": list, "variant_of": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """What the questions of a file may lean on."""

    languages: tuple[str, ...]
    lists: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    scales: Mapping[Scale, tuple[Option, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """A question, its lines, and whether it stands on the screen of the one before it."""

    question: Question
    block: Block
    is_together: bool


def read_texts(entry: object, word: str, block: Block, languages: tuple[str, ...]) -> Texts:
    """A text in each of the languages of the file: `text.nl = "…"`.

    Raises:
        DefinitionError: a language is missing, empty, or not one of the file.
    """
    if not isinstance(entry, dict):
        raise block.refusal(f"{word!r} has a text per language: {word}.nl = …", word)
    for language, text in entry.items():
        if language not in languages:
            raise block.refusal(f"{word!r} is in {language!r}, which is none of {list(languages)}.", word)
        if not isinstance(text, str) or not text.strip():
            raise block.refusal(f"{word!r} has no text in {language!r}.", word)
    for language in languages:
        if language not in entry:
            raise block.refusal(f"{word!r} has no text in {language!r}.", word)
    return {language: entry[language].strip() for language in languages}


def read_options(
    raw: object, block: Block, context: Context
) -> tuple[tuple[Option, ...], dict[str, tuple[Condition, ...]]]:
    """Options or rows: the name of a list, or `[{key = "…", nl = "…", when = […]}]`."""
    if isinstance(raw, str):
        if raw not in context.lists:
            raise block.refusal(f"the list {raw!r} does not exist; there are {sorted(context.lists)}.", raw)
        return context.lists[raw], {}
    if not isinstance(raw, list):
        raise block.refusal(f"options or rows cannot be {raw!r}.")
    options: dict[str, Option] = {}
    conditions: dict[str, tuple[Condition, ...]] = {}
    for entry in raw:
        if not isinstance(entry, dict) or not KEY.fullmatch(str(entry.get("key", ""))):
            raise block.refusal(f"{entry!r} is no option: {{key = …, nl = …}}.")
        key = str(entry["key"])
        if key in options:
            raise block.refusal(f"the option {key!r} stands there twice.", key)
        texts = {name: text for name, text in entry.items() if name not in ("key", "when")}
        options[key] = Option(key, read_texts(texts, key, block, context.languages))
        if "when" in entry:
            conditions[key] = read_conditions(entry["when"], block)
    return tuple(options.values()), conditions


def read_conditions(raw: object, block: Block) -> tuple[Condition, ...]:
    """`when = [{question = "Q1.01", has_not = ["geen"]}]`."""
    if not isinstance(raw, list):
        raise block.refusal(f"'when' is a list of conditions, not {raw!r}.", "when")
    return tuple(_condition(entry, block) for entry in raw)


def _condition(entry: Any, block: Block) -> Condition:
    operators = [key for key in entry if key in OPERATORS] if isinstance(entry, dict) else []
    if len(operators) != 1 or set(entry) != {"question", operators[0]}:
        raise block.refusal(f"{entry!r} is no condition: a 'question' and one of {list(OPERATORS)}.", "when")
    operator = operators[0]
    values = entry[operator]
    if operator in ("at_least", "at_most"):
        values = [values]
    if not isinstance(values, list) or not values or not all(type(each) in (int, str) for each in values):
        raise block.refusal(f"{operator!r} cannot be {entry[operator]!r}.", operator)
    if not isinstance(entry["question"], str):
        raise block.refusal(f"a condition cannot ask {entry['question']!r}.", "when")
    return Condition(entry["question"], operator, tuple(values))


def read_question(entry: Any, block: Block, context: Context) -> Placed:
    """One `[[section.question]]`.

    Raises:
        DefinitionError: a key that is unknown, missing or of the wrong type, or options that do not fit.
    """
    allowed = {key: type(entry[key]) if kind is object and key in entry else kind
               for key, kind in _QUESTION.items()}  # fmt: skip
    check_keys(entry, allowed, block, needed=("key", "theme", "scale", "text"))
    if not QUESTION_KEY.fullmatch(entry["key"]):
        raise block.refusal(f"{entry['key']!r} is no key of a question: Q1.05, Q1.05a, K05.", "key")
    if entry["scale"] not in set(Scale):
        raise block.refusal(f"the scale {entry['scale']!r} does not exist; there are {list(Scale)}.", "scale")
    question = _question(entry, block, context)
    _check_shape(question, entry, block)
    return Placed(question, block, entry.get("together", False))


def _question(entry: Mapping[str, Any], block: Block, context: Context) -> Question:
    scale = Scale(entry["scale"])
    options, option_conditions = read_options(entry.get("options", []), block, context)
    rows, row_conditions = read_options(entry.get("rows", []), block, context)
    if "options_where" in entry:
        option_conditions = dict(_conditions_of_rows(entry["options_where"], options, block))
    moved = entry.get("moved", {})
    if moved:
        check_keys(moved, {"before": str, "when": list}, block, needed=("before", "when"))
    return Question(
        key=entry["key"],
        theme=entry["theme"],
        scale=scale,
        texts=read_texts(entry["text"], "text", block, context.languages),
        version=entry.get("version", 1),
        hint=_optional_texts(entry, "hint", block, context),
        options=context.scales[scale] if scale in LABELLED else options,
        option_conditions=option_conditions,
        options_source=entry.get("options_source", ""),
        exclusive=tuple(entry.get("exclusive", [])),
        rows=rows,
        row_conditions=row_conditions,
        first_rows_from=entry.get("first_rows_from", ""),
        unit=_optional_texts(entry, "unit", block, context),
        lowest=entry.get("lowest", 1 if scale is Scale.GRADE else 0),
        highest=entry.get("highest", 10 if scale is Scale.GRADE else 0),
        highest_from=entry.get("highest_from", ""),
        is_required=entry.get("required", False),
        conditions=read_conditions(entry.get("when", []), block),
        moved_before=moved.get("before", ""),
        moved_if=read_conditions(moved.get("when", []), block),
        from_second_round=entry.get("from_second_round", False),
        sectors=tuple(entry.get("sectors", [])),
        variant_of=entry.get("variant_of", ""),
    )


def _optional_texts(entry: Mapping[str, Any], key: str, block: Block, context: Context) -> Texts:
    return read_texts(entry[key], key, block, context.languages) if key in entry else {}


def _conditions_of_rows(
    entry: Any, options: tuple[Option, ...], block: Block
) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """`options_where = {rows_of = "Q4.04", in = [3, 4, 5]}`: an option for each row with such an answer."""
    check_keys(entry, {"rows_of": str, "in": list}, block, needed=("rows_of", "in"))
    for option in options:
        yield option.key, (Condition(f"{entry['rows_of']}.{option.key}", "in", tuple(entry["in"])),)


def _check_shape(question: Question, entry: Mapping[str, Any], block: Block) -> None:
    _check_scale(question, entry, block)
    keys = {option.key for option in question.options}
    if question.options_source not in ("", *SOURCES):
        raise block.refusal(f"'options_source' is one of {list(SOURCES)}.", "options_source")
    if unknown := [key for key in question.exclusive if key not in keys]:
        raise block.refusal(f"'exclusive' names {unknown}, which is no option.", "exclusive")
    if question.scale is Scale.NUMBER and question.lowest >= question.highest:
        raise block.refusal("'lowest' lies below 'highest'.", "highest")
    if set(question.sectors) - {"po", "vo"}:
        raise block.refusal("'sectors' holds 'po' or 'vo'.", "sectors")
    if question.version < 1:
        raise block.refusal("'version' is 1 or more.", "version")


def _check_scale(question: Question, entry: Mapping[str, Any], block: Block) -> None:
    """Whether the question has what its scale needs, and nothing that only another scale has."""
    scale = question.scale
    if scale in CHOICES and not (question.options or question.options_source):
        raise block.refusal("a choice without 'options'.")
    for key, scales in _ONLY.items():
        if key in entry and scale not in scales:
            raise block.refusal(f"{key!r} does not go with the scale {scale.value!r}.", key)
    if scale is Scale.NUMBER and "highest" not in entry:
        raise block.refusal("a number has a 'highest'.")


_ONLY: Mapping[str, frozenset[Scale]] = {
    "options": CHOICES,
    "options_source": CHOICES,
    "options_where": CHOICES,
    "exclusive": frozenset({Scale.SEVERAL}),
    "rows": frozenset(Scale) - CHOICES - {Scale.OPEN},
    "unit": frozenset({Scale.NUMBER}),
    "lowest": frozenset({Scale.NUMBER}),
    "highest": frozenset({Scale.NUMBER}),
    "highest_from": frozenset({Scale.NUMBER}),
}
