"""Free texts that somebody reads before others do: what is decided of one, what is never shown. Pure."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.disclosure.cells import MIN_TEXTS
from app.errors import SelectionRefused
from survey.definition import MAX_OPEN
from survey.free_text import must_go


class State(StrEnum):
    """What was decided of a text."""

    NEW = "nieuw"
    SHOWN = "getoond"
    LEFT_OUT = "weggelaten"


class Choice(StrEnum):
    """What a reviewer can do with a text."""

    SHOW = "tonen"
    EDIT = "aanpassen"
    LEAVE_OUT = "weglaten"


class Reason(StrEnum):
    """Why a text is left out."""

    PERSON = "herkenbaar"
    HURTFUL = "kwetsend"
    EMPTY = "geen-antwoord"
    OTHER = "anders"


REASON_WORDS = {
    Reason.PERSON: "iemand is erin te herkennen",
    Reason.HURTFUL: "de tekst is kwetsend of bedreigend",
    Reason.EMPTY: "de tekst is geen antwoord op de vraag",
    Reason.OTHER: "een andere reden",
}


class ReviewedQuestion(NamedTuple):
    """How far the texts of one question are. Below the threshold only that is told."""

    list_id: int
    questionnaire: str
    version: int
    question: str
    total: int
    new: int
    of_organisations: int = 0

    @property
    def is_named(self) -> bool:
        """Whether organisations wrote the texts, under their names: functionaries are not anonymous."""
        return self.total == self.of_organisations

    @property
    def is_enough(self) -> bool:
        """Whether there are enough texts for anybody to read them; of organisations one is."""
        return is_enough(self.total, is_named=self.is_named)

    @property
    def done(self) -> int:
        """How many were decided on."""
        return self.total - self.new


def is_enough(total: int, *, is_named: bool) -> bool:
    """Whether anybody may read the texts of one question in one list."""
    return total >= (1 if is_named else MIN_TEXTS)


@dataclass(frozen=True, slots=True)
class Text:
    """One text. Its id leads to no other text of who wrote it."""

    id: str
    text: str
    state: State
    shown_text: str
    reason: str
    reviewed_by: str | None

    @property
    def is_edited(self) -> bool:
        """Whether something else is shown than was written."""
        return self.state is State.SHOWN and self.shown_text != self.text


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decides of a text; `seen` is the state that the page showed."""

    text_id: str
    seen: str
    choice: Choice
    edited: str = ""
    reason: str = ""


def decided(original: str, decision: Decision) -> dict[str, str]:
    """What a decision makes of a text: state, shown text and reason.

    Raises:
        SelectionRefused: by field of the form.
    """
    if decision.choice is Choice.LEAVE_OUT:
        if decision.reason not in set(Reason):
            raise SelectionRefused({"reden": "Kies waarom u deze tekst weglaat."})
        return {"state": State.LEFT_OUT, "shown_text": "", "reason": decision.reason}
    if decision.choice is Choice.SHOW:
        return {"state": State.SHOWN, "shown_text": _showable(original, "keuze"), "reason": ""}
    edited = unicodedata.normalize("NFC", decision.edited.replace("\r\n", "\n")).strip()
    if not edited:
        raise SelectionRefused({"tekst": "Schrijf de tekst die wij mogen tonen, of kies voor weglaten."})
    if len(edited) > MAX_OPEN:
        words = f"De tekst heeft {len(edited)} tekens. Maak hem korter: hoogstens {MAX_OPEN}."
        raise SelectionRefused({"tekst": words})
    return {"state": State.SHOWN, "shown_text": _showable(edited, "tekst"), "reason": ""}


def _showable(text: str, field: str) -> str:
    if found := must_go(text):
        help_ = " Kies voor aanpassen of weglaten." if field == "keuze" else ""
        raise SelectionRefused({field: " ".join(found) + help_})
    if any(unicodedata.category(each) == "Cc" and each != "\n" for each in text):
        raise SelectionRefused({field: "Er staan tekens in de tekst die niet te lezen zijn. Pas hem aan."})
    return text
