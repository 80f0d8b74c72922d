"""What is said otherwise to young people: `je`. What is not here they read as grown-ups do."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "send": "Verstuur je antwoorden",
    "what": "Wat gebeurt er met jouw antwoorden?",
    "anonymous": "Je naam staat niet bij je antwoorden. Niemand op school of bij de hulp ziet wat jij "
    "invult. Uitkomsten van minder dan vijf mensen laten wij niet zien.",
    "missing_one": "1 vraag moet je nog beantwoorden",
    "missing": "{missing} vragen moet je nog beantwoorden",
    "wait": "Nog niet alles is opgeslagen. Je antwoorden staan nog op dit scherm. Wij gaan verder zodra het "
    "lukt.",
    "review": "Kijk je antwoorden na",
    "review_intro": "Klopt alles? Verstuur het dan. Na het versturen kun je niets meer wijzigen.",
    "later_intro": "Ga verder op een ander apparaat met deze link. Bewaar hem goed: wie hem heeft, ziet je "
    "antwoorden.",
    "test": "Dit is een proef. Je antwoorden worden gecontroleerd en niet bewaard.",
    "error_500": "Er ging iets mis bij ons. Probeer het later opnieuw; noem het kenmerk als je contact "
    "opneemt.",
    "warning_open": "Noem geen namen of dingen waaraan iemand te herkennen is.",
    "thanks_text": "Wij hebben je antwoorden ontvangen.",
    "thanks_test": "Dit was een proef. Je antwoorden zijn gecontroleerd en niet bewaard.",
    "receipt": "Jouw code",
    "receipt_text": "Met deze code kun je nakijken of je antwoorden meetellen, en kun je ze intrekken. "
    "Bewaar de code: wij kunnen hem niet opnieuw geven, want hij staat niet bij je naam.",
    "receipt_check": "Kijk na of je antwoorden meetellen",
    "outcome": "De uitkomst hoor je via {channel}.",
    "sent_text": "De antwoorden zijn ontvangen. Heb je een code? Dan kun je nakijken of je antwoorden "
    "meetellen.",
    "not_begun_text": "Druk eerst op Beginnen. Heb je de vragenlijst al verstuurd? Dan hoef je niets te "
    "doen.",
    "added": "Door je antwoord is er op deze bladzijde een vraag bijgekomen.",
    "wrong_not_asked": "Deze vraag hoort niet bij jouw antwoorden. Wij bewaren dit antwoord niet.",
    "wrong_too_large": "Je antwoord is te lang. Maak het korter.",
    "decline_title": "Wil je niet meedoen?",
    "decline_text": "Je krijgt geen herinneringen meer. Wat je al invulde, wordt gewist. Je kunt tot en met "
    "{day} alsnog meedoen via dezelfde link.",
    "decline_voluntary": "Meedoen is vrijwillig. Je hoeft niet te zeggen waarom je niet meedoet.",
    "declined": "Je doet niet mee",
    "declined_text": "Je krijgt geen herinneringen meer. Wat je had ingevuld, is gewist. Ben je van "
    "gedachten veranderd? Je kunt tot en met {day} alsnog meedoen.",
    "stop_title": "Wil je stoppen?",
    "stop_text": "Wij wissen alles wat je invulde. Je eigen link en code werken daarna niet meer. Je kunt "
    "tot en met {day} opnieuw beginnen met de link die je kreeg.",
    "stopped_title": "Je antwoorden zijn gewist",
    "stopped_text": "Er is niets van je bewaard. Deze link en code werken niet meer. Wil je later toch "
    "meedoen? Gebruik dan tot en met {day} de link die je kreeg.",
    "nothing_kept": "Onder deze link of code is niets bewaard, of niets meer. Je hoeft niets te doen.",
}
