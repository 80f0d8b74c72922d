"""The words around a questionnaire, in Dutch for grown-ups and for young people, and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English", "tr": "Türkçe", "ar": "العربية", "pl": "Polski",
                  "uk": "Українська"}  # fmt: skip
"""Each language in its own words."""

_NL: Mapping[str, str] = {
    "start": "Beginnen",
    "go_on": "Verder met invullen",
    "previous": "Vorige",
    "next": "Volgende",
    "to_review": "Naar het overzicht",
    "send": "Verstuur uw antwoorden",
    "change": "Wijzig",
    "language": "Taal",
    "choose_language": "Kies deze taal",
    "step": "Stap {now} van {all}",
    "error": "Fout",
    "wrong": "Er is iets niet goed",
    "who_asks": "Wie vraagt dit?",
    "who": "{region} vraagt dit aan {group}.",
    "who_plain": "{region} stelt deze vragen.",
    "what": "Wat gebeurt er met uw antwoorden?",
    "anonymous": "Uw naam staat niet bij uw antwoorden. Bij het versturen wissen wij de koppeling met "
    "uw link. "
    "Uitkomsten van minder dan vijf mensen laten wij niet zien.",
    "kept": "Wij bewaren de antwoorden twee jaar.",
    "by_function_title": "Op functie, niet anoniem",
    "by_function": "U antwoordt voor uw organisatie. Er zijn weinig organisaties. Binnen de regio is "
    "daarom te "
    "zien wie wat antwoordde. Dat geldt ook voor wat u in eigen woorden schrijft, nadat iemand het heeft "
    "nagekeken. Buiten de regio tonen wij alleen aantallen.",
    "minutes": "Invullen duurt ongeveer {minutes} minuten.",
    "open_until": "Invullen kan tot en met {day}.",
    "contact": "Vragen? {contact}",
    "test": "Dit is een proef. Uw antwoorden worden gecontroleerd en niet bewaard.",
    "parts": "Onderdelen",
    "done_of": "{answered} van {asked} beantwoord",
    "missing_one": "1 vraag moet u nog beantwoorden",
    "missing": "{missing} vragen moet u nog beantwoorden",
    "required": "verplicht",
    "saved_at": "Opgeslagen om {time}",
    "saved": "Opgeslagen",
    "saving": "Bezig met opslaan…",
    "not_saved": "Niet opgeslagen, wij proberen opnieuw",
    "wait": "Nog niet alles is opgeslagen. Uw antwoorden staan nog op dit scherm. Wij gaan verder zodra "
    "het lukt.",
    "stopped": "Niet opgeslagen.",
    "elsewhere": "Deze vraag is intussen ergens anders beantwoord, in een ander venster of door een collega.",
    "there": "Daar staat:",
    "here": "Hier staat:",
    "nothing": "geen antwoord",
    "keep_here": "Houd wat hier staat",
    "take_there": "Neem over wat daar staat",
    "review": "Controleer uw antwoorden",
    "review_intro": "Kijk uw antwoorden na. Klopt alles? Verstuur ze dan. Na het versturen kunt u niets "
    "meer wijzigen.",
    "not_answered": "niet beantwoord",
    "look_again": "Kijk hier nog naar",
    "later": "Later verder gaan",
    "later_intro": "Ga verder op een ander apparaat met deze link. Bewaar hem goed: wie hem heeft, ziet "
    "uw antwoorden.",
    "later_code": "Of ga naar {address} en vul deze code in:",
    "later_back": "Terug naar de vragen",
    "warning_open": "Noem geen namen of gegevens waaraan iemand te herkennen is.",
    "left": "Nog {left} tekens",
    "most": "Hoogstens {most} tekens",
    "choose": "Kies",
    "rank_1": "Eerste keuze",
    "rank_2": "Tweede keuze",
    "rank_3": "Derde keuze",
    "own_words": "Namelijk",
    "read_aloud": "Lees voor",
    "stop_reading": "Stop met voorlezen",
    "thanks": "Bedankt voor het invullen",
    "thanks_text": "Wij hebben uw antwoorden ontvangen.",
    "thanks_test": "Dit was een proef. Uw antwoorden zijn gecontroleerd en niet bewaard.",
    "receipt": "Uw code",
    "receipt_text": "Met deze code kunt u nakijken of uw antwoorden meetellen, en kunt u ze intrekken. "
    "Bewaar de code: "
    "wij kunnen hem niet opnieuw geven, want hij staat niet bij uw naam.",
    "receipt_check": "Kijk na of uw antwoorden meetellen",
    "outcome": "De uitkomst hoort u via {channel}.",
    "closed": "Deze vragenlijst is gesloten",
    "closed_text": "Invullen kon tot en met {day}. Antwoorden die niet zijn verstuurd, tellen niet mee.",
    "not_open": "Deze vragenlijst is nog niet open",
    "not_open_text": "Invullen kan vanaf {day}.",
    "not_open_plain": "De regio heeft de vragenlijst nog niet opengezet. Probeer het later opnieuw.",
    "sent": "Deze vragenlijst is al verstuurd",
    "sent_text": "De antwoorden zijn ontvangen. Heeft u een code? Dan kunt u nakijken of uw antwoorden "
    "meetellen.",
    "not_begun": "Er is nog niets begonnen",
    "not_begun_text": "Druk eerst op Beginnen. Is de vragenlijst al verstuurd, dan hoeft u niets te doen.",
    "added": "Door uw antwoord is er op deze bladzijde een vraag bijgekomen.",
    "changed_elsewhere": "Een antwoord op deze bladzijde is ergens anders gewijzigd en hier overgenomen.",
}

_JE: Mapping[str, str] = {
    "send": "Verstuur je antwoorden",
    "who": "{region} vraagt dit aan {group}.",
    "what": "Wat gebeurt er met jouw antwoorden?",
    "anonymous": "Je naam staat niet bij je antwoorden. Niemand op school of bij de hulp ziet wat jij "
    "invult. "
    "Uitkomsten van minder dan vijf mensen laten wij niet zien.",
    "missing_one": "1 vraag moet je nog beantwoorden",
    "missing": "{missing} vragen moet je nog beantwoorden",
    "wait": "Nog niet alles is opgeslagen. Je antwoorden staan nog op dit scherm. Wij gaan verder zodra "
    "het lukt.",
    "review": "Kijk je antwoorden na",
    "review_intro": "Klopt alles? Verstuur het dan. Na het versturen kun je niets meer wijzigen.",
    "later_intro": "Ga verder op een ander apparaat met deze link. Bewaar hem goed: wie hem heeft, ziet "
    "je antwoorden.",
    "later_code": "Of ga naar {address} en vul deze code in:",
    "warning_open": "Noem geen namen of dingen waaraan iemand te herkennen is.",
    "thanks_text": "Wij hebben je antwoorden ontvangen.",
    "thanks_test": "Dit was een proef. Je antwoorden zijn gecontroleerd en niet bewaard.",
    "receipt": "Jouw code",
    "receipt_text": "Met deze code kun je nakijken of je antwoorden meetellen, en kun je ze intrekken. "
    "Bewaar de code: "
    "wij kunnen hem niet opnieuw geven, want hij staat niet bij je naam.",
    "receipt_check": "Kijk na of je antwoorden meetellen",
    "outcome": "De uitkomst hoor je via {channel}.",
    "sent_text": "De antwoorden zijn ontvangen. Heb je een code? Dan kun je nakijken of je antwoorden "
    "meetellen.",
    "not_begun_text": "Druk eerst op Beginnen. Heb je de vragenlijst al verstuurd? Dan hoef je niets te "
    "doen.",
    "added": "Door je antwoord is er op deze bladzijde een vraag bijgekomen.",
}

_EN: Mapping[str, str] = {
    "start": "Start",
    "go_on": "Continue",
    "previous": "Previous",
    "next": "Next",
    "to_review": "To the summary",
    "send": "Send your answers",
    "change": "Change",
    "language": "Language",
    "choose_language": "Choose this language",
    "step": "Step {now} of {all}",
    "error": "Error",
    "wrong": "Something is not right",
    "who_asks": "Who is asking?",
    "who": "{region} asks this of {group}.",
    "who_plain": "{region} asks these questions.",
    "what": "What happens with your answers?",
    "anonymous": "Your name is not with your answers. When you send them, we erase the tie with your link. "
    "We do not show outcomes of fewer than five people.",
    "kept": "We keep the answers for two years.",
    "by_function_title": "By function, not anonymous",
    "by_function": "You answer for your organisation. There are few organisations. Within the region "
    "others can "
    "see who answered what. That goes for your own words too, after somebody has checked them. "
    "Outside the region we only show numbers.",
    "minutes": "It takes about {minutes} minutes.",
    "open_until": "You can answer until {day}.",
    "contact": "Questions? {contact}",
    "test": "This is a test. Your answers are checked and not kept.",
    "parts": "Parts",
    "done_of": "{answered} of {asked} answered",
    "missing_one": "1 question must still be answered",
    "missing": "{missing} questions must still be answered",
    "required": "needed",
    "saved_at": "Saved at {time}",
    "saved": "Saved",
    "saving": "Saving…",
    "not_saved": "Not saved, we are trying again",
    "wait": "Not everything is saved yet. Your answers are still on this page. We go on as soon as it works.",
    "stopped": "Not saved.",
    "elsewhere": "This question was answered somewhere else in the meantime, in another window or by a "
    "colleague.",
    "there": "The answer there:",
    "here": "The answer here:",
    "nothing": "no answer",
    "keep_here": "Keep the answer here",
    "take_there": "Use the answer there",
    "review": "Check your answers",
    "review_intro": "Look at your answers. Is everything right? Then send them. After that you cannot "
    "change them.",
    "not_answered": "not answered",
    "look_again": "Please look at this",
    "later": "Go on later",
    "later_intro": "Go on with another device with this link. Keep it safe: whoever has it sees your "
    "answers.",
    "later_code": "Or go to {address} and fill in this code:",
    "later_back": "Back to the questions",
    "warning_open": "Do not mention names or anything by which somebody can be recognised.",
    "left": "{left} characters left",
    "most": "At most {most} characters",
    "choose": "Choose",
    "rank_1": "First choice",
    "rank_2": "Second choice",
    "rank_3": "Third choice",
    "own_words": "Namely",
    "read_aloud": "Read aloud",
    "stop_reading": "Stop reading",
    "thanks": "Thank you for your answers",
    "thanks_text": "We have received your answers.",
    "thanks_test": "This was a test. Your answers were checked and not kept.",
    "receipt": "Your code",
    "receipt_text": "With this code you can check whether your answers count, and take them back. Keep "
    "the code: "
    "we cannot give it again, because it does not stand with your name.",
    "receipt_check": "Check whether your answers count",
    "outcome": "You will hear the outcome through {channel}.",
    "closed": "This questionnaire is closed",
    "closed_text": "It was open until {day}. Answers that were not sent do not count.",
    "not_open": "This questionnaire is not open yet",
    "not_open_text": "You can answer from {day}.",
    "not_open_plain": "The region has not opened the questionnaire yet. Please try again later.",
    "sent": "This questionnaire was sent already",
    "sent_text": "The answers were received. Do you have a code? Then you can check whether your "
    "answers count.",
    "not_begun": "Nothing was started yet",
    "not_begun_text": "Press Start first. If you have sent the questionnaire already, you need not do "
    "anything.",
    "added": "Because of your answer there is one more question on this page.",
    "changed_elsewhere": "An answer on this page was changed somewhere else, and is shown here now.",
}


@dataclass(frozen=True)
class Words:
    """The words for one reader; in Dutch where nobody wrote them in the reader's language."""

    language: str
    is_young: bool

    def __call__(self, name: str, **parts: object) -> str:
        """A sentence with its parts filled in."""
        tables = _TABLES[self.language if self.is_written else "nl", self.is_young]
        found = next(table[name] for table in tables if name in table)
        return found.format(**parts) if parts else found

    @property
    def is_written(self) -> bool:
        """Whether the words around the questions exist in the language itself."""
        return self.language in _WRITTEN


_WRITTEN = frozenset({"nl", "en"})
_TABLES: Mapping[tuple[str, bool], tuple[Mapping[str, str], ...]] = {
    ("nl", False): (_NL,),
    ("nl", True): (_JE, _NL),
    ("en", False): (_EN, _NL),
    ("en", True): (_EN, _NL),
}
