"""Which questionnaires a round asks, without which themes, with which own questions; settled at opening."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit import record
from app.db import row_number
from app.errors import AccessDenied, SelectionRefused
from app.models import SurveyList, SurveyOwnQuestion, SurveyRound
from app.names import clean
from app.wording import listing
from survey.definition import Questionnaire, Scale
from survey.groups import list_groups
from survey.lists import Questionnaires
from survey.reading import latest
from survey.rounds import State, hold_round
from survey.tailoring import OWN_SCALES, OwnQuestion, droppable_themes, own_problems

ORDER = ("ib", "zc", "jh", "gemeente", "swv", "ouders", "jongeren", "evaluatie")
SETTLED = "De ronde is open of gesloten: wat gevraagd wordt, ligt vast. Er is niets gewijzigd."


def newest(questionnaires: Questionnaires) -> list[Questionnaire]:
    """The latest version of every questionnaire: professionals first, then organisations, then families."""
    names = sorted({name for name, _ in questionnaires}, key=lambda name: (_place(name), name))
    return [latest(questionnaires, name) for name in names]


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def choose_lists(
    session: Session, round_: SurveyRound, chosen: Sequence[str], questionnaires: Questionnaires, *, by: str
) -> None:
    """Let a round ask exactly these questionnaires, new ones in their latest version.

    Raises:
        SelectionRefused: none is chosen, the round is settled, or groups stand with one that would go.
    """
    _check_concept(session, round_.id)
    wanted = [each for each in newest(questionnaires) if each.id in chosen]
    if not wanted:
        raise SelectionRefused({"lijst": "Kies ten minste één vragenlijst."})
    query = select(SurveyList).where(SurveyList.round_id == round_.id)
    rows = {row.questionnaire: row for row in session.scalars(query)}
    gone = [row for name, row in rows.items() if name not in {each.id for each in wanted}]
    filled = {group.list_id for group in list_groups(session, [row.id for row in gone])}
    if names := [_title(row, questionnaires) for row in gone if row.id in filled]:
        raise SelectionRefused(
            {"lijst": f"Bij {listing(names)} staan groepen. Haal die eerst weg op de pagina Groepen."}
        )
    for row in gone:
        session.delete(row)
    for each in wanted:
        if each.id not in rows:
            session.add(SurveyList(round_id=round_.id, questionnaire=each.id, version=each.version))
    detail = ", ".join(each.id for each in wanted)
    record(session, by=by, action="vragenlijsten gekozen", subject=f"ronde {round_.id}", detail=detail)


def tailor_list(
    session: Session,
    row: SurveyList,
    questionnaire: Questionnaire,
    *,
    kept: Sequence[str],
    own: Sequence[OwnQuestion],
    by: str,
) -> None:
    """Keep which themes a list asks, and which questions of the region itself.

    Raises:
        SelectionRefused: the round is settled, or a question cannot be asked so.
    """
    _check_concept(session, row.round_id)
    if problems := own_problems(own):
        raise SelectionRefused({"eigen": " ".join(problems)})
    dropped = [theme for theme in droppable_themes(questionnaire) if theme not in kept]
    row.dropped_themes = ",".join(dropped)
    session.execute(delete(SurveyOwnQuestion).where(SurveyOwnQuestion.list_id == row.id))
    for each in own:
        session.add(SurveyOwnQuestion(list_id=row.id, number=each.number, scale=each.scale, text=each.text))
    detail = f"{row.questionnaire}: zonder {row.dropped_themes or '-'}, {len(own)} eigen"
    record(session, by=by, action="vragenlijst op maat", subject=f"ronde {row.round_id}", detail=detail)


def read_own(texts: Sequence[str], scales: Sequence[str]) -> list[OwnQuestion]:
    """The own questions of a form: those with a text, numbered anew from 1.

    Raises:
        SelectionRefused: a scale is not on the list.
    """
    found: list[OwnQuestion] = []
    for text, scale in zip(texts, scales, strict=False):
        if not clean(text):
            continue
        if scale not in {each.value for each in OWN_SCALES} or not clean(text).isprintable():
            raise SelectionRefused({"eigen": "Kies bij elke eigen vraag een manier van antwoorden."})
        found.append(OwnQuestion(len(found) + 1, Scale(scale), clean(text)))
    return found


def get_list(session: Session, round_id: int, list_id: int) -> SurveyList:
    """A list of a round.

    Raises:
        AccessDenied: there is none.
    """
    row = session.get(SurveyList, row_number(list_id))
    if row is None or row.round_id != round_id:
        raise AccessDenied
    return row


def _check_concept(session: Session, round_id: int) -> None:
    """Refuse where the round is settled; until the transaction ends nobody opens it."""
    if hold_round(session, round_id).state != State.CONCEPT:
        raise SelectionRefused({"lijst": SETTLED})


def _title(row: SurveyList, questionnaires: Questionnaires) -> str:
    return questionnaires[row.questionnaire, row.version].titles["nl"]
