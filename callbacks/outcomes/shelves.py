"""What the pages of an outcome share: its lists as tables, and those tables as files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from flask import Response
from sqlalchemy.orm import Session

from app.exports import XLSX, csv_of, xlsx_bytes
from app.models import SurveyRound
from app.regions import SWVS, RegionName, kind_of
from app.tables import Sheet
from app.wording import INVENTED, day, listing
from layouts.group_scores import items_sheet
from layouts.outcome_scores import Group
from layouts.outcome_words import response_words
from layouts.outcomes import LONG_HEADER, groups_of, long_rows, text_blocks
from loaders.areas import load_names
from survey.checklist import title_of
from survey.reading import load_questionnaires
from survey.results.chapters import chapters
from survey.results.loading import load_outcomes, load_texts
from survey.results.outcomes import Outcome
from survey.review import load_named_texts
from survey.rounds import list_regions


class Shelf(NamedTuple):
    """One list on a page."""

    id: str
    title: str
    response: str
    is_named: bool
    groups: Sequence[Group]
    texts: Sequence[tuple[str, Sequence[str]]]

    @property
    def sheets(self) -> Sequence[Sheet]:
        """Every table, in the order of the page."""
        return [sheet for group in self.groups for sheet in group.sheets]


def load_regional(session: Session, round_: SurveyRound, region: str) -> list[Outcome]:
    """All lists of a round as one of its regions sees them, with the texts that a reviewer let through."""
    return [
        _with_texts(session, each)
        for each in load_outcomes(session, round_, load_questionnaires(), region=region)
    ]


def _with_texts(session: Session, outcome: Outcome) -> Outcome:
    """What people wrote, of nobody in particular; of organisations under their names."""
    if outcome.is_named:
        return replace(outcome, named_texts=load_named_texts(session, outcome.list_id))
    return replace(outcome, texts=load_texts(session, outcome.list_id, outcome.snapshot))


def load_for_everybody(session: Session, round_: SurveyRound) -> list[Outcome]:
    """The lists of a public round without organisations by name and without free texts."""
    return [each for each in load_outcomes(session, round_, load_questionnaires()) if not each.is_named]


def partners_of(names: Mapping[str, RegionName]) -> str:
    """The regions of a round as a sentence has them, samenwerkingsverbanden first."""
    ordered = sorted(names.values(), key=lambda each: (kind_of(each.code) not in SWVS, each.name))
    return listing([each.name for each in ordered])


def load_round_names(session: Session, round_: SurveyRound) -> dict[str, RegionName]:
    """The regions that take part, by code."""
    codes = [*list_regions(session, round_.id), round_.region_code]
    return dict(load_names(session, sorted(set(codes))))


def load_gemeente_names(session: Session, outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Code → name of every gemeente in which a list was held."""
    codes = sorted({code for each in outcomes for code in each.snapshot.gemeenten if code})
    return {code: each.name for code, each in load_names(session, codes).items()}


def shelves(outcomes: Sequence[Outcome], names: Mapping[str, str]) -> list[Shelf]:
    """Each list with its tables; behind them the questions that groups share."""
    found = [
        Shelf(
            each.questionnaire.id,
            title_of(each.questionnaire),
            response_words(each),
            each.is_named,
            groups_of(each, names),
            text_blocks(each),
        )
        for each in outcomes
    ]
    sheets = [sheet for each in chapters(outcomes) if (sheet := items_sheet(each)).rows]
    groups = [Group(each.title, [each]) for each in sheets]
    if groups:
        found.append(Shelf("groepen", "Groepen naast elkaar", "", is_named=False, groups=groups, texts=()))
    return found


def csv_answer(round_: SurveyRound, found: Sequence[Shelf], place: str) -> Response:
    """Every table of a round as one long csv."""
    tables = [sheet for shelf in found for sheet in shelf.sheets]
    notes = [note for _, note in _facts(round_, place)]
    sheet = Sheet(round_.title, LONG_HEADER, long_rows(tables), notes)
    return _file(csv_of(sheet), f"uitkomst-{round_.id}.csv", "text/csv; charset=utf-8")


def xlsx_answer(round_: SurveyRound, found: Sequence[Shelf], place: str) -> Response:
    """Every table of a round as a workbook."""
    tables = [
        replace(sheet, name=f"{shelf.id} {sheet.name or sheet.title}")
        for shelf in found
        for sheet in shelf.sheets
    ]
    content = xlsx_bytes(tables, title=round_.title, facts=_facts(round_, place), made_at=datetime.now(UTC))
    return _file(content, f"uitkomst-{round_.id}.xlsx", XLSX)


def _facts(round_: SurveyRound, place: str) -> list[tuple[str, str]]:
    facts = [
        ("Ronde", f"{round_.title}, {place}, {day(round_.opens_on)} tot en met {day(round_.closes_on)}"),
        ("Kleine groepen", "Uitkomsten van minder dan 5 antwoorden staan hier niet, en soms meer niet."),
    ]
    return [*facts, ("Let op", INVENTED)] if round_.is_demo else facts


def _file(content: bytes, name: str, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
