"""How a guard refuses: a plain sentence with its place, and names that are safe to show: pure."""

from app.errors import LoadRefused
from loaders.files import Problem

MAX_NAME = 120


def plain_text(text: str, *, longest: int | None = None) -> str:
    """Text of a stranger on one line: no control, direction or unassigned characters, cut off when long.

    Markup and formulas stay as they are; whoever shows the text escapes it.
    """
    spaced = "".join(character if character.isprintable() else _instead(character) for character in text)
    return spaced if longest is None or len(spaced) <= longest else spaced[: longest - 1] + "…"


def _instead(character: str) -> str:
    return " " if character.isspace() else ""


def refusal(
    name: str, sentence: str, *, sheet: str | None = None, row: int | None = None, column: str | None = None
) -> LoadRefused:
    """The error for one fault; its one problem carries the place."""
    file = plain_text(name, longest=MAX_NAME)
    shown = None if sheet is None else plain_text(sheet, longest=MAX_NAME)
    problem = Problem(sentence, file=file, sheet=shown, row=row, column=column)
    return LoadRefused(f"{file} is geweigerd. {sentence}", (problem,))
