"""The words of mails: checks on changed texts, and filling in placeholders. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from app.errors import SelectionRefused
from app.names import clean
from app.wording import listing
from survey.mail.kinds import NEEDED, PLACEHOLDERS, Kind, usable

MAX_SUBJECT, MAX_BODY = 150, 5000
SECRETS = frozenset({"link"})
"""They open a questionnaire, and do not belong in a subject, which servers log."""

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


class MailText(NamedTuple):
    """A text with placeholders such as `{link}`."""

    subject: str
    body: str


def check_text(kind: Kind, subject: str, body: str) -> MailText:
    """A changed text as it may be kept.

    Raises:
        SelectionRefused: with a sentence per field.
    """
    text = MailText(clean(subject), _neat(body))
    problems = {
        "onderwerp": _problem(kind, text.subject, MAX_SUBJECT, "een onderwerp"),
        "tekst": _problem(kind, text.body, MAX_BODY, "een tekst"),
    }
    if SECRETS & set(_PLACEHOLDER.findall(text.subject)):
        problems["onderwerp"] = "Zet {link} in de tekst, niet in het onderwerp."
    needed = NEEDED.get(kind)
    if needed and not problems["tekst"] and needed not in _PLACEHOLDER.findall(text.body):
        problems["tekst"] = f"Zet {{{needed}}} in de tekst: {PLACEHOLDERS[needed]}."
    if found := {field: words for field, words in problems.items() if words}:
        raise SelectionRefused(found)
    return text


def filled(text: MailText, values: Mapping[str, str]) -> MailText:
    """The text with values in the place of its placeholders; a subject stays one line."""
    return MailText(clean(_fill(text.subject, values)), _fill(text.body, values))


def placeholders_of(text: MailText) -> set[str]:
    """The placeholders in a text."""
    return set(_PLACEHOLDER.findall(f"{text.subject}\n{text.body}"))


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def _neat(body: str) -> str:
    """Lines that end in one way, without spaces at their ends or empty lines around."""
    lines = unicodedata.normalize("NFC", body).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _problem(kind: Kind, text: str, longest: int, what: str) -> str:
    if not text:
        return f"Schrijf {what}."
    if len(text) > longest:
        return f"Gebruik hoogstens {longest} tekens; dit zijn er {len(text)}."
    if not text.replace("\n", "").isprintable():
        return "Gebruik alleen letters, cijfers, leestekens en spaties."
    unknown = sorted(set(_PLACEHOLDER.findall(text)) - set(usable(kind)))
    if unknown:
        names = listing([f"{{{name}}}" for name in unknown])
        return f"Dit kennen wij in deze mail niet: {names}. Gebruik een naam uit de lijst."
    return ""
