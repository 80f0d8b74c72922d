"""What invented respondents write. Nobody wrote a sentence of it about a real school, child or region."""

from collections.abc import Sequence

OTHER_WORDS = "iets wat niet in de lijst staat"

GOOD = (
    "De korte lijnen met het wijkteam. Bellen werkt hier het snelst.",
    "Dat onze vaste hulpverlener elke week op school is.",
    "Het overleg met ouders, leerplicht en jeugdarts aan één tafel.",
    "We kennen elkaar goed en durven te vragen.",
    "De kennismaking aan het begin van het schooljaar.",
    "Dat de hulp op school zelf kan beginnen, zonder nieuw loket.",
    "De gezamenlijke scholing van leraren en hulpverleners.",
    "Snelle terugkoppeling na een aanmelding.",
)
CHANGE = (
    "Minder wisselende gezichten: elk jaar beginnen we opnieuw.",
    "Eén formulier voor school en gemeente in plaats van twee.",
    "Kortere wachttijd voor specialistische hulp.",
    "Duidelijk afspreken wie de regie heeft.",
    "Vaker horen wat er na een aanmelding is gebeurd.",
    "Meer uren op school, ook in de onderbouw.",
    "Eerder samen aan tafel, niet pas als het vastloopt.",
    "Heldere afspraken over wat we van elkaar mogen weten.",
)
PARENTS = (
    "Wij moesten ons verhaal vaak opnieuw vertellen.",
    "Eén vaste persoon die wij kunnen bellen.",
    "De hulp was goed, maar begon laat.",
    "School en hulpverlener weten nu van elkaar wat ze doen. Dat helpt.",
    "Graag eerder horen hoe lang het wachten duurt.",
)
YOUNG = (
    "Dat er iemand is die echt luistert.",
    "Ik wil zelf meepraten over mijn hulp.",
    "Rust in de klas en een plek om even weg te gaan.",
    "Niet steeds een andere begeleider.",
    "Dat leraren weten wat mij helpt.",
)


def sentences_for(question: str) -> Sequence[str]:
    """What is written under a question, by its key."""
    if question.startswith("Q6"):
        return PARENTS
    if question.startswith("Q7"):
        return YOUNG
    return GOOD if question == "K26" else CHANGE
