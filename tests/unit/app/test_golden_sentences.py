"""The golden sentences, word for word, and what no sentence may ever say."""

import re

import pytest

from app.sentences import Claim
from tests.golden_sentences import Situation, one_line, read_situations, tell

SITUATIONS = read_situations()
BY_NAME = {each["name"]: each for each in SITUATIONS}
NEVER = re.compile(
    r"\b(door|oorzaa?k\w*|veroorzaak\w*|significant\w*|bewijs\w*|bewezen|geen toeval|dankzij|wegens)\b",
    re.IGNORECASE,
)


def test_there_are_situations_enough_and_none_is_named_twice() -> None:
    assert len(SITUATIONS) >= 70
    assert len(BY_NAME) == len(SITUATIONS)


@pytest.mark.parametrize("name", BY_NAME)
def test_a_situation_is_told_word_for_word(name: str) -> None:
    situation = BY_NAME[name]

    said = tell(situation)

    assert (said.sentence if isinstance(said, Claim) else said) == one_line(situation["text"])


@pytest.mark.parametrize("name", [each["name"] for each in SITUATIONS if each["say"] == "claim"])
def test_a_claim_has_its_answer_its_reasons_and_its_offers(name: str) -> None:
    situation = BY_NAME[name]

    said = tell(situation)

    assert isinstance(said, Claim)
    assert said.answer.value == situation["answer"]
    assert list(said.why) == situation.get("why", list(said.why))
    assert list(said.offers) == situation.get("offers", list(said.offers))


@pytest.mark.parametrize("name", BY_NAME)
def test_no_sentence_claims_a_cause_or_a_proof(name: str) -> None:
    assert NEVER.search(_everything(BY_NAME[name])) is None


@pytest.mark.parametrize("name", BY_NAME)
def test_every_sentence_ends_and_has_no_word_doubled_or_space_astray(name: str) -> None:
    text = _everything(BY_NAME[name])

    assert re.search(r"  | [.,;:)]|\( |\b(\w+) \1\b", text) is None
    assert text == "" or text[-1] in ".)" or BY_NAME[name]["say"] == "short"


def _everything(situation: Situation) -> str:
    said = tell(situation)
    return " ".join((said.sentence, *said.why, *said.offers)) if isinstance(said, Claim) else said
