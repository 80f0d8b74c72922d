"""P-09 to P-11: options that few people chose do not follow from others; the attacker would notice."""

from app.disclosure import Share
from tests.attack.options import Asked, attack_options, narrowings

QUESTIONS = 40


def test_p11_random_questions_with_options_tell_nothing_of_the_few() -> None:
    found = attack_options(1, QUESTIONS)

    assert found.narrowed == ()
    assert found.options > QUESTIONS
    assert found.shown > QUESTIONS / 2


def test_the_attacker_notices_what_exact_shares_leave_for_the_few() -> None:
    """10 and 15 of 25: nobody chose a or b; and 11 and 13 leave one person for both."""
    few = Share(0, 16)

    for c, d in ((10, 15), (11, 13)):
        asked = Asked({"a": 25 - c - d, "b": 0, "c": c, "d": d}, 25, 1)
        shares = {"a": few, "b": few, "c": Share(4 * c, 4 * c), "d": Share(4 * d, 4 * d)}
        assert {option for _, option, _, _ in narrowings(asked, shares)} == {"a", "b"}


def test_the_attacker_notices_that_who_chose_one_must_have_chosen_the_third() -> None:
    asked = Asked({"a": 12, "b": 10, "c": 3}, 25, 3)
    shares = {"a": Share(48, 48), "b": Share(40, 40), "c": Share(0, 20)}

    assert [option for _, option, _, _ in narrowings(asked, shares)] == ["c"]
