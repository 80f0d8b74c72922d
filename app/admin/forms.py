"""What forms of `/beheer` share: a reason in a person's own words."""

import unicodedata

from app.wording import number

MOST_CHARACTERS = 500


def tidy(text: str) -> str:
    """The text on one line, without characters that no keyboard makes."""
    plain = "".join(
        " " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each
        for each in unicodedata.normalize("NFC", text)
        if unicodedata.category(each) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join(plain.split())


def reason_error(reason: str, *, missing: str) -> str:
    """What is wrong with a tidy reason, in a sentence; empty if nothing is.

    Args:
        missing: the sentence for a reason that is not there.
    """
    if not reason:
        return missing
    if len(reason) > MOST_CHARACTERS:
        count = number(len(reason))
        return f"De reden is te lang: {count} tekens. Maak er hoogstens {MOST_CHARACTERS} tekens van."
    return ""
