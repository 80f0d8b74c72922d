"""Kinds of mail about a round, and the placeholders that each may have: pure."""

from enum import StrEnum

from survey.definition import Audience


class Kind(StrEnum):
    """What a mail is about. Invitations differ by who is asked."""

    PARTNERS = "partners"
    PROFESSIONAL = "uitnodiging-professional"
    FUNCTIONARY = "uitnodiging-beleid"
    REMINDER_1 = "herinnering-1"
    REMINDER_2 = "herinnering-2"
    PARENTS = "uitnodiging-ouders"
    YOUNG = "uitnodiging-jongeren"
    THANKS = "bedankt"
    MEETING_1 = "bijeenkomst-1"
    MEETING_2 = "bijeenkomst-2"


class State(StrEnum):
    """How far a mail is. `UNCERTAIN` may have been sent: it is never sent again by itself."""

    WAITING = "wacht"
    BUSY = "bezig"
    SENT = "verzonden"
    UNCERTAIN = "onzeker"
    FAILED = "mislukt"


INVITATIONS = {
    Audience.PROFESSIONAL: Kind.PROFESSIONAL,
    Audience.FUNCTIONARY: Kind.FUNCTIONARY,
}
"""Which invitation goes to whom by name and address."""

OPEN_INVITATIONS = {
    Audience.PARENT: Kind.PARENTS,
    Audience.YOUNG: Kind.YOUNG,
}
"""Who is asked without name or address: the coordinator copies the text, with the open link of a group."""

REMINDERS = {Kind.REMINDER_1: 7, Kind.REMINDER_2: 14}
"""After how many days a reminder goes to who has not sent."""

TO_PARTNERS = (Kind.PARTNERS, Kind.MEETING_1, Kind.MEETING_2)
"""They go to addresses of people who are asked nothing."""

NAMES = {
    Kind.PARTNERS: "Informatie aan partners",
    Kind.PROFESSIONAL: "Uitnodiging voor professionals",
    Kind.FUNCTIONARY: "Uitnodiging voor beleid (gemeente en samenwerkingsverband)",
    Kind.REMINDER_1: "Herinnering 1 (na 7 dagen)",
    Kind.REMINDER_2: "Herinnering 2 (na 14 dagen)",
    Kind.PARENTS: "Uitnodiging voor ouders",
    Kind.YOUNG: "Uitnodiging voor jongeren",
    Kind.THANKS: "Bedankt en uitkomst",
    Kind.MEETING_1: "Uitnodiging voor bijeenkomst 1 (over de cijfers)",
    Kind.MEETING_2: "Uitnodiging voor bijeenkomst 2 (over de uitkomst)",
}

PLACEHOLDERS = {
    "aanhef": "hoe u de ontvanger aanspreekt",
    "naam": "naam van de ontvanger",
    "organisatie": "organisatie van de ontvanger",
    "regio": "naam van uw regio",
    "doelgroepen": "wie een vragenlijst krijgen",
    "vragenlijst": "titel van de vragenlijst",
    "minuten": "hoe lang invullen duurt",
    "datum_uitzetten": "eerste dag van de ronde",
    "sluitdatum": "laatste dag van de ronde",
    "dagen": "dagen tot en met de laatste dag",
    "datum_bijeenkomst_1": "dag van de eerste bijeenkomst, over de cijfers",
    "datum_bijeenkomst_2": "dag van de tweede bijeenkomst, over de uitkomst",
    "min_n": "vanaf hoeveel antwoorden wij een uitkomst tonen",
    "respons": "hoeveel mensen al meededen",
    "n": "hoeveel mensen antwoordden",
    "link": "de persoonlijke link",
    "uitkomst": "adres van de uitkomst",
    "kanaal": "hoe deelnemers de uitkomst horen",
    "contact": "waar men vragen kan stellen",
    "afzender": "wie de mail stuurt",
}
"""Name → what stands in its place."""

NEEDED = {
    Kind.PROFESSIONAL: "link",
    Kind.FUNCTIONARY: "link",
    Kind.REMINDER_1: "link",
    Kind.REMINDER_2: "link",
    Kind.PARENTS: "link",
    Kind.YOUNG: "link",
    Kind.THANKS: "uitkomst",
}
"""Without this placeholder the mail would be of no use."""

OF_LIST = frozenset({"vragenlijst", "minuten", "respons", "n"})
OF_PERSON = frozenset({"naam", "organisatie", "link"})

MEETING_DATES = {Kind.MEETING_1: "datum_bijeenkomst_1", Kind.MEETING_2: "datum_bijeenkomst_2"}
"""The placeholder without which the invitation to a meeting is none."""


def usable(kind: Kind) -> dict[str, str]:
    """The placeholders that a kind of mail may have; for others there would be nothing to fill in."""
    never: frozenset[str] = frozenset()
    if kind in TO_PARTNERS:
        never = OF_LIST | OF_PERSON | {"uitkomst"}
    elif kind is Kind.THANKS:
        never = frozenset({"link"})  # what was sent is done with its link
    return {name: words for name, words in PLACEHOLDERS.items() if name not in never}
