"""Every sentence for respondents that is not in a questionnaire itself, in each language. Pure.

A language more is a module beside these and a line in `_TABLES`; `tests/unit/survey/test_words.py` tells what
is missing in it. Until then the language is not offered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey.words import dutch, dutch_young, english

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English", "tr": "Türkçe", "ar": "العربية", "pl": "Polski",
                  "uk": "Українська"}  # fmt: skip
"""Each language in its own words."""

RIGHT_TO_LEFT = frozenset({"ar"})
"""Languages that are written from the right."""

_Tables = tuple[Mapping[str, str], ...]
_TABLES: Mapping[str, _Tables] = {"nl": (dutch.WORDS,), "en": (english.WORDS,)}
WRITTEN = tuple(_TABLES)
"""The languages in which a questionnaire can be offered."""

_YOUNG: Mapping[str, _Tables] = {"nl": (dutch_young.WORDS, dutch.WORDS)}


@dataclass(frozen=True)
class Words:
    """The words for one reader; in Dutch where nobody wrote them in the reader's language."""

    language: str = "nl"
    is_young: bool = False

    def __call__(self, name: str, /, **parts: object) -> str:
        """A sentence with its parts filled in."""
        tables = _YOUNG.get(self.spoken) if self.is_young else None
        found = next(table[name] for table in tables or _TABLES[self.spoken] if name in table)
        return found.format(**parts) if parts else found

    def __contains__(self, name: str) -> bool:
        return name in dutch.WORDS

    @property
    def spoken(self) -> str:
        """The language of the words: the reader's, or Dutch."""
        return self.language if self.language in _TABLES else "nl"

    @property
    def direction(self) -> str:
        """From where the language is written: `ltr` or `rtl`."""
        return "rtl" if self.spoken in RIGHT_TO_LEFT else "ltr"

    def day(self, at: date) -> str:
        """A date in words: 2 november 2026."""
        return f"{at.day} {self('months').split()[at.month - 1]} {at.year}"

    def number(self, value: int) -> str:
        """A number with its thousands apart: 1.250."""
        return f"{value:,}".replace(",", self("thousands")).replace("-", "−")


DUTCH = Words()
"""For who has chosen no language."""
