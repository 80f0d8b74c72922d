"""Which demo rounds there are, of which regions, with how many people; all of it invented. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

BEFORE, LAST, NOW = "Vorige demoronde", "Demoronde", "Lopende demoronde"
"""What the rounds are called; no two of a region alike."""

PROFESSIONAL_RATE = (0.25, 0.45)
POLICY_RATE = (0.6, 0.9)

PO_LISTS = ("ib", "jh", "swv", "gemeente", "ouders")
VO_LISTS = ("zc", "jh", "swv", "gemeente", "jongeren")

PARTS = {"ib": 1.0, "zc": 0.6, "jh": 0.9}
"""Questionnaire → how many people are asked for each intern begeleider of a gemeente."""

OPEN_PARTS = {"ouders": 0.5, "jongeren": 0.4}
"""Questionnaire by open link → how many answer for each intern begeleider of a gemeente."""

SIZES: Mapping[str, int] = {
    "GM0363": 88,
    "GM0384": 7,
    "GM0034": 44,
    "GM0479": 36,
    "GM0880": 10,
    "GM0431": 6,
    "GM0453": 30,
    "GM0375": 26,
    "GM0383": 22,
    "GM0396": 21,
    "GM0450": 7,
}
"""Gemeente → how many intern begeleiders are asked; other groups follow from it."""


@dataclass(frozen=True)
class DemoRound:
    """One round: days count from the day on which it is made, with a minus for what lies in the past."""

    region: str
    gemeenten: tuple[str, ...]
    lists: tuple[str, ...]
    seed: int
    opens: int
    closes: int
    title: str = LAST
    release: str = "regio"
    lean: Mapping[str, float] = field(default_factory=dict)
    guests: tuple[str, ...] = ()
    """Gemeenten that take part with their own questionnaire only."""
    agreed_with: str = ""
    """The gemeente with which the SWV signed the joint questionnaire."""
    waits_for: str = ""
    """The gemeente that still has to sign it."""
    still_to_send: tuple[str, ...] = ()
    """Who did not send the questionnaire of functionaries: for a demo account to do."""
    leaves_texts: bool = False
    """Whether some free texts were not read yet: for a demo account to do."""

    @property
    def is_open(self) -> bool:
        """Whether answers still come in."""
        return self.closes >= 0

    @property
    def progress(self) -> float:
        """The part of the answers that is in."""
        return 0.6 if self.is_open else 1.0

    @property
    def partners(self) -> tuple[str, ...]:
        """The gemeenten that take part."""
        return (*self.gemeenten, *self.guests)


AMSTERDAM, ZAANSTREEK = ("GM0363", "GM0384"), ("GM0479", "GM0880", "GM0431")
IJMOND = ("GM0453", "GM0375", "GM0383", "GM0396", "GM0450")

ROUNDS = (
    DemoRound(
        "PO2707", AMSTERDAM, PO_LISTS, 2707, -437, -416, BEFORE, "publiek", {"werkwijze": -0.2},
    ),
    DemoRound(
        "PO2707", AMSTERDAM, PO_LISTS, 2708, -66, -45,
        lean={"werkwijze": 0.15}, agreed_with="GM0363", leaves_texts=True,
    ),
    DemoRound("PO2401", ("GM0034",), PO_LISTS, 2401, -70, -49, lean={"sturing": 0.2}, waits_for="GM0034"),
    DemoRound("PO2705", ZAANSTREEK, PO_LISTS, 2705, -74, -53, lean={"meerwaarde": 0.15, "bereik": 0.1}),
    DemoRound("PO2711", IJMOND, PO_LISTS, 2711, -80, -59, lean={"sturing": -0.2}),
    DemoRound("VO2708", AMSTERDAM, VO_LISTS, 12708, -66, -45, lean={"meerwaarde": -0.15}),
    DemoRound("VO2401", ("GM0034",), VO_LISTS, 12401, -70, -49, lean={"werkwijze": -0.1}),
    DemoRound(
        "PO2707", AMSTERDAM, PO_LISTS, 2709, -9, 26, NOW, "concept",
        lean={"werkwijze": 0.2}, guests=("GM0034",), still_to_send=("PO2707", "GM0034"),
    ),
)  # fmt: skip
