"""Whether a question can be asked, compared with trying every answer."""

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from survey.definition import Audience, Condition, Option, Question, Questionnaire, Scale, Section, Value
from survey.feasibility import contradiction
from survey.rules import asked

TEXTS = {"nl": "x"}
ONE = Question(
    "Q1.01", "a", Scale.ONE, TEXTS, options=(Option("ja", TEXTS), Option("nee", TEXTS), Option("soms", TEXTS))
)
SEVERAL = Question(
    "Q1.02",
    "a",
    Scale.SEVERAL,
    TEXTS,
    options=(Option("x", TEXTS), Option("y", TEXTS), Option("geen", TEXTS)),
    exclusive=("geen",),
    conditions=(Condition("Q1.01", "in", ("ja", "soms")),),
)
NUMBER = Question("Q1.03", "a", Scale.NUMBER, TEXTS, lowest=0, highest=3)
EARLIER = {question.key: question for question in (ONE, SEVERAL, NUMBER)}

ANSWERS: dict[str, list[Value | None]] = {
    "Q1.01": [None, "ja", "nee", "soms"],
    "Q1.02": [None, ["x"], ["y"], ["x", "y"], ["geen"]],
    "Q1.03": [None, 0, 1, 2, 3],
}


def _conditions(
    key: str, operators: list[str], values: list[int | str], most: int
) -> st.SearchStrategy[Condition]:
    return st.builds(
        Condition,
        st.just(key),
        st.sampled_from(operators),
        st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True).map(tuple),
    )


CONDITIONS = st.lists(
    _conditions("Q1.01", ["in", "not_in"], ["ja", "nee", "soms"], 2)
    | _conditions("Q1.02", ["has", "has_any", "has_not"], ["x", "y", "geen"], 2)
    | _conditions("Q1.03", ["at_least", "at_most"], [0, 1, 2, 3], 1)
    | _conditions("Q1.03", ["in", "not_in"], [0, 1, 2, 3], 3),
    max_size=4,
)


def _is_reached(conditions: list[Condition]) -> bool:
    last = Question("Q1.04", "a", Scale.OPEN, TEXTS, conditions=tuple(conditions))
    section = Section("een", TEXTS, tuple((question,) for question in (*EARLIER.values(), last)))
    questionnaire = Questionnaire(
        "x", 1, Audience.PROFESSIONAL, TEXTS, TEXTS, 1, ("nl",), {"a": TEXTS}, (section,)
    )
    tried = (dict(zip(ANSWERS, values, strict=True)) for values in product(*ANSWERS.values()))
    given_ones = ({key: value for key, value in each.items() if value is not None} for each in tried)
    return any("Q1.04" in asked(questionnaire, answers) for answers in given_ones)


@settings(max_examples=150)
@given(CONDITIONS)
@example([Condition("Q1.02", "has", ("x", "geen"))])
@example([Condition("Q1.02", "has_any", ("x", "geen")), Condition("Q1.02", "has_any", ("y", "geen"))])
@example([Condition("Q1.02", "has_any", ("geen",)), Condition("Q1.02", "has_any", ("x", "geen"))])
@example([Condition("Q1.02", "has", ("x",)), Condition("Q1.01", "in", ("nee",))])
def test_a_question_is_refused_exactly_when_no_answers_lead_to_it(conditions: list[Condition]) -> None:
    assert (contradiction(conditions, EARLIER) == "") == _is_reached(conditions)
