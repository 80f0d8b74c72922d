"""How long things are kept: every period in one place, with the words that the privacy page shows. Pure.

The periods are proposals; an officer for data protection may shorten them here.
"""

from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

DRAFTS_KEPT = timedelta(days=90)
"""After the close of the round: answers that nobody sent."""

ADDRESSES_KEPT = timedelta(days=30)
"""After the close of the round: names and addresses of who was asked, and what was mailed to them."""

ANSWERS_KEPT = timedelta(days=730)
"""After the close of the round: answers that were sent, those of organisations in the outcome too."""

GUESSES_KEPT = timedelta(days=1)
"""Links that do not exist, asked for from one network."""

SESSION_IDLE = timedelta(minutes=60)
"""Without a request for so long, a session ends; the page warns before that."""

SECURITY_LOG_KEPT = timedelta(days=365)
"""At most. The log goes to the log keeper of the installation, which erases it; see the DPIA."""


class Retention(StrEnum):
    """The periods by name, as the processing register uses them."""

    ACCOUNT = "account"
    LINK = "link"
    SESSION = "sessie"
    ATTEMPT = "inlogpoging"
    OFFER = "aanbieding"
    OWN_GROUP = "eigen-groep"
    VIEW = "weergave"
    VISIT = "bezoek"
    FIGURES = "cijfers"
    FILE = "bestand"
    ROUND = "ronde"
    DRAFT = "concept"
    ADDRESS = "uitnodiging"
    ANSWER = "antwoord"
    OUTCOME = "uitkomst"
    GUESS = "raadpoging"
    ERASURE = "wissing"
    SIGN = "verwerker"


class Period(NamedTuple):
    """How long, in words; `after` counts from the close of the round, where there is one."""

    words: str
    after: timedelta | None = None


PERIODS: dict[Retention, Period] = {
    Retention.ACCOUNT: Period("zolang u een account heeft"),
    Retention.LINK: Period("een half uur geldig; verwijderd bij de volgende link of met uw account"),
    Retention.SESSION: Period("ten hoogste twaalf uur geldig"),
    Retention.ATTEMPT: Period("een kwartier"),
    Retention.OFFER: Period("een uur geldig; verwijderd met uw account"),
    Retention.OWN_GROUP: Period("tot u de groep verwijdert, of uw account vervalt"),
    Retention.VIEW: Period("tot u de weergave verwijdert, of uw account vervalt"),
    Retention.VISIT: Period("tot uw volgende bezoek, of tot uw account vervalt"),
    Retention.FIGURES: Period("zolang de cijfers in gebruik zijn"),
    Retention.FILE: Period(
        "zolang de cijfers in gebruik zijn; een geweigerd bestand zelf ten hoogste 90 dagen"
    ),
    Retention.ROUND: Period("zolang de uitkomst van de ronde in gebruik is"),
    Retention.DRAFT: Period("tot u verstuurt; anders tot 90 dagen na het sluiten van de ronde", DRAFTS_KEPT),
    Retention.ADDRESS: Period("tot 30 dagen na het sluiten van de ronde", ADDRESSES_KEPT),
    Retention.ANSWER: Period("tot 2 jaar na het sluiten van de ronde", ANSWERS_KEPT),
    Retention.OUTCOME: Period("zolang de uitkomst in gebruik is; antwoorden van organisaties daarin 2 jaar"),
    Retention.GUESS: Period("een dag", GUESSES_KEPT),
    Retention.ERASURE: Period("zolang er reservekopieën van vóór het wissen zijn"),
    Retention.SIGN: Period("tot het volgende teken"),
}
