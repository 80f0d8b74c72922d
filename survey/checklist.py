"""What a coordinator does before a round can open, and what is done of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.errors import SelectionRefused
from app.models import SurveyRound
from app.wording import day, listing
from survey.definition import Audience, Questionnaire, text_of
from survey.groups import list_groups
from survey.invitations import is_tested
from survey.lists import Questionnaires, load_lists


@dataclass(frozen=True)
class Item:
    """One step; `place` is the page of the round on which it is done."""

    place: str
    title: str
    words: str
    is_done: bool


@dataclass(frozen=True)
class Checklist:
    """All steps; without `is_tested` a round opens only when the coordinator says so."""

    items: Sequence[Item]
    is_tested: bool

    @property
    def is_ready(self) -> bool:
        """Whether the round may open, test answers aside."""
        return all(item.is_done for item in self.items if item.place != "lijsten#test")


def load_checklist(session: Session, round_: SurveyRound, questionnaires: Questionnaires) -> Checklist:
    """The steps of a round as they are now."""
    lists = load_lists(session, round_.id)
    asked = {each.id: each.original(questionnaires) for each in lists}
    groups = list_groups(session, list(asked))
    tested = [list_id for list_id in asked if is_tested(session, list_id)]
    without = [
        title_of(each)
        for list_id, each in asked.items()
        if each.audience is not Audience.FUNCTIONARY and not any(group.list_id == list_id for group in groups)
    ]
    unknown = sum(group.size is None for group in groups)
    is_tested_all = bool(asked) and len(tested) == len(asked)
    items = [
        Item(
            "wijzigen", "Dagen", f"{day(round_.opens_on)} tot en met {day(round_.closes_on)}.", is_done=True
        ),
        _lists_item(list(asked.values())),
        _groups_item(len(asked), without, len(groups), unknown),
        _texts_item(round_),
        Item(
            "lijsten#test",
            "Testantwoord",
            f"{len(tested)} van de {len(asked)} vragenlijsten zijn getest."
            if asked
            else "Nog niets te testen.",
            is_done=is_tested_all,
        ),
    ]
    return Checklist(items, is_tested_all)


def check_opening(checklist: Checklist, *, skips_test: bool) -> None:
    """Nothing, if a round may open.

    Raises:
        SelectionRefused: a step is not done, or there is no test answer and nobody said to go without.
    """
    missing = [
        item.title.lower() for item in checklist.items if not item.is_done and item.place != "lijsten#test"
    ]
    if missing:
        raise SelectionRefused({"openen": f"Nog niet klaar: {listing(missing)}. Maak dat eerst af."})
    if not checklist.is_tested and not skips_test:
        raise SelectionRefused(
            {"zonder-test": "Geef een testantwoord, of zet een vinkje bij ‘Openen zonder testantwoord’."}
        )


def title_of(questionnaire: Questionnaire) -> str:
    """The Dutch title of a questionnaire, with who is asked where respondents get a question as its title."""
    title = text_of(questionnaire.titles, "nl")
    return f"{title} ({text_of(questionnaire.group_names, 'nl')})" if title.endswith("?") else title


def titles_of(asked: Sequence[Questionnaire]) -> str:
    """The titles as one line; some are questions."""
    return "; ".join(title_of(each) for each in asked)


def asked_people(asked: Sequence[Questionnaire]) -> str:
    """Who is asked, as one line: `intern begeleiders, gemeenten en ouders`."""
    return listing([text_of(each.group_names, "nl") for each in asked])


def _lists_item(asked: Sequence[Questionnaire]) -> Item:
    words = titles_of(asked) if asked else "Kies ten minste één vragenlijst."
    return Item("lijsten", "Vragenlijsten en thema’s", words, is_done=bool(asked))


def _groups_item(lists: int, without: Sequence[str], count: int, unknown: int) -> Item:
    if not lists:
        words = "Kies eerst vragenlijsten."
    elif without:
        words = f"Nog geen groep bij: {listing(list(without))}."
    else:
        missing = f" Van {unknown} is het aantal mensen niet bekend." if unknown else ""
        words = f"{count} {'groep' if count == 1 else 'groepen'}.{missing}"
    return Item("groepen", "Groepen en aantallen", words, is_done=lists > 0 and not without)


def _texts_item(round_: SurveyRound) -> Item:
    missing = "Vul bij de gegevens van de ronde in waar men vragen kan stellen."
    words = "De standaardteksten staan klaar. U kunt ze wijzigen." if round_.contact else missing
    return Item("mails", "Mailteksten", words, is_done=bool(round_.contact))
