"""Groups beside each other at each question, in words; and the tables of one list apart for each scale."""

from dataclasses import replace

from app.disclosure import Count, Measure, Share, Shown
from layouts.group_scores import items_sheet, widest_words
from layouts.outcome_words import HARD, TOO_FEW
from layouts.outcomes import groups_of
from survey.reading import latest, load_questionnaires
from survey.results.chapters import Chapter, Item, Voice, widest_gap
from survey.results.outcomes import Outcome
from survey.results.snapshots import Named, Scaled, Snapshot

QUESTIONNAIRES = load_questionnaires()


def _voice(group: str, mean: float, key: str) -> Voice:
    shown = Shown(Count(25, 25), mean, Share(50, 50), mean_margin=(mean - 0.3, mean + 0.3))
    return Voice(group, mean, shown, Measure.FIVE, items=((key, 1),))


def _item(key: str, *voices: Voice) -> Item:
    return Item(key, f"Vraag {key}", voices, widest_gap(voices))


def _chapter(*items: Item) -> Chapter:
    groups = [Voice(each, None, None, Measure.FIVE) for each in ("ib’ers", "zorgcoördinatoren", "gemeenten")]
    return Chapter("bereik", "bereik", "Zicht op bereik", groups, None, items)


def test_each_question_has_a_cell_for_each_group_and_names_the_widest_gap() -> None:
    few = Voice("gemeenten", 4.0, None, Measure.FIVE, organisations=1, items=(("K20", 1),))
    sheet = items_sheet(_chapter(_item("K20", _voice("ib’ers", 3.4, "K20"), few)))

    assert sheet.title == "Zicht op bereik: elke groep per vraag"
    assert sheet.header == ("Vraag", "Ib’ers", "Gemeenten", "Grootste verschil")  # others were not asked
    assert [each if isinstance(each, str) else each.words for each in sheet.rows[0]] == [
        "Vraag K20",
        "3,4 (3,1 tot 3,7); 25 antwoorden",
        "4,0; 1 organisatie",
        "gemeenten 0,6 hoger dan ib’ers",
    ]


def test_a_group_without_a_score_says_why_and_has_no_part_in_the_gap() -> None:
    hard = Voice("ib’ers", None, None, Measure.FIVE, is_hard=True)
    few = Voice("zorgcoördinatoren", None, None, Measure.FIVE)
    one = _voice("gemeenten", 3.0, "K20")
    chapter = _chapter(_item("K20", hard, few, one))

    cells = [each if isinstance(each, str) else each.words for each in items_sheet(chapter).rows[0]]

    assert cells == ["Vraag K20", HARD, TOO_FEW, "3,0 (2,7 tot 3,3); 25 antwoorden", ""]
    assert widest_words(chapter) == ""
    assert items_sheet(_chapter(_item("K20", hard, few))).rows == []  # nobody has a score


def test_the_question_with_the_widest_gap_is_named_above_the_table() -> None:
    near = _item("K20", _voice("ib’ers", 3.4, "K20"), _voice("zorgcoördinatoren", 3.5, "K20"))
    far = _item("K21", _voice("ib’ers", 2.4, "K21"), _voice("zorgcoördinatoren", 3.5, "K21"))

    assert widest_words(_chapter(near, far)) == (
        "Het verst uit elkaar liggen groepen bij ‘Vraag K21’: zorgcoördinatoren 1,1 hoger dan ib’ers "
        "(groter dan toeval)."
    )
    assert widest_words(_chapter(far)) == ""  # one question: the table says it


def test_gaps_on_different_scales_are_laid_on_one() -> None:
    grades = [
        replace(_voice(each, mean, "K24"), measure=Measure.GRADE) for each, mean in (("a", 6.0), ("b", 7.7))
    ]
    change = _item("K25", _voice("a", 3.0, "K25"), _voice("b", 3.8, "K25"))

    assert "‘Vraag K25’" in widest_words(_chapter(_item("K24", *grades), change))  # 1,7 of 9; 0,8 of 4


def test_questions_on_different_scales_stand_apart_with_the_ends_of_their_scale() -> None:
    shown = Shown(Count(25, 25), 3.0, Share(50, 50), {str(value): Share(20, 20) for value in range(1, 6)})
    keys = ("K01", "K09", "Q1.12.smw", "K24", "K25")
    scaled = {key: Scaled(Measure.FIVE, 1, shown) for key in keys}
    outcome = Outcome(1, latest(QUESTIONNAIRES, "ib"), Snapshot(Count(25, 25), scaled=scaled))

    groups = groups_of(outcome, {})

    assert [each.title for each in groups] == [
        "Stellingen, van ‘helemaal oneens’ (1) tot ‘helemaal eens’ (5)",
        "Hoe vaak iets gebeurt, van ‘(bijna) nooit’ (1) tot ‘(bijna) altijd’ (5)",
        "Tevredenheid, van ‘zeer ontevreden’ (1) tot ‘zeer tevreden’ (5)",
        "Vergeleken met eerder, van ‘veel slechter’ (1) tot ‘veel beter’ (5)",
        "Rapportcijfers, van 1 tot 10",
    ]
    assert [[len(sheet.rows) for sheet in each.sheets] for each in groups] == [[1, 1]] * 5
    assert list(groups[1].sheets[1].header)[1:3] == ["1 (bijna) nooit", "2 zelden"]


def test_the_phases_of_organisations_are_counted_and_not_averaged() -> None:
    swv = latest(QUESTIONNAIRES, "swv")
    named = [
        Named(f"SWV {place}", "", {"Q5.04.thuiszitters": value}) for place, value in enumerate((3, 3, 5))
    ]
    outcome = Outcome(1, swv, Snapshot(Count(3, 3), named=named))

    sheet = groups_of(outcome, {})[1].sheets[0]

    assert sheet.title == "Hoe ver afspraken zijn, in aantallen organisaties: samenwerkingsverbanden"
    counts = dict(zip(sheet.header, sheet.rows[0], strict=True))
    assert (counts["in opbouw"], counts["vast onderdeel van het werk"], len(sheet.rows)) == (
        ("2", 2.0),
        ("1", 1.0),
        1,
    )
