"""Names that people give to what they keep: pure."""

import unicodedata

MAX_NAME = 60


def clean(text: str) -> str:
    """A text as one line: composed letters, single spaces, none around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def same_key(name: str) -> str:
    """What two names have in common that a person would take for the same: `Mijn groep`, `mijn  GROEP`."""
    return clean(name).casefold()


def name_problem(name: str, what: str) -> str:
    """What is wrong with a clean name, as a sentence; '' if nothing.

    Args:
        what: what gets the name, with its article: `de groep`.
    """
    if not name:
        return f"Geef {what} een naam."
    if len(name) > MAX_NAME:
        return f"Een naam heeft hoogstens {MAX_NAME} tekens; deze heeft er {len(name)}. Maak hem korter."
    if not name.isprintable():
        return "Gebruik in de naam alleen letters, cijfers, leestekens en spaties."
    return ""
