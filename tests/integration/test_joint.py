"""The joint questionnaire through its doors: two sides, one third column, and nothing silently lost."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app import accounts
from app.access import Role
from app.db import Database
from app.models import (
    AuditEvent,
    SurveyAnswer,
    SurveyJoint,
    SurveyJointAnswer,
    SurveyJointSignature,
    SurveyList,
    SurveyResponse,
    SurveyRound,
)
from survey.store import withdraw
from survey.tokens import receipt_hash, receipt_of
from tests.integration.joint_round import GEMEENTE_ANSWERS, SWV_ANSWERS, add_joint_round, send
from tests.integration.survey_world import close_round
from tests.integration.visitor import Visitor

Enter = Callable[[str], Visitor]
DECIDED = {"K02": "4", "K24": "7", "Q5.13": "apart"}


@pytest.fixture
def round_id(log_in: Enter, db: Database) -> int:
    """A round of an SWV and a gemeente of two different people; nobody sent yet. `log_in` fills the world."""
    with db.transaction() as session:
        return add_joint_round(session, partners=("GM0034", "GM0363"))


@pytest.fixture
def both_sent(db: Database, round_id: int) -> int:
    """The same round after both sent theirs."""
    with db.transaction() as session:
        lists = {
            row.questionnaire: row.id
            for row in session.scalars(select(SurveyList).where(SurveyList.round_id == round_id))
        }
        send(session, lists["swv"], "PO2707", SWV_ANSWERS)
        send(session, lists["gemeente"], "GM0034", GEMEENTE_ANSWERS)
    return round_id


def place(round_id: int, own: str = "PO2707", other: str = "GM0034") -> str:
    return f"/regio/{own}/vragenlijsten/samen/{round_id}/{other}"


def as_gemeente(round_id: int) -> str:
    return place(round_id, "GM0034", "PO2707")


def form(version: int, values: dict[str, str], was: dict[str, str] | None = None) -> dict[str, str]:
    """A form in which somebody chose `values`, where nothing or `was` stood before."""
    before = was or {}
    return {
        "versie": str(version),
        **{f"v.{key}": value for key, value in values.items()},
        **{f"was.{key}": before.get(key, "") for key in values},
    }


def stored(db: Database) -> dict[str, str]:
    with db.session() as session:
        return {row.question: row.value for row in session.scalars(select(SurveyJointAnswer))}


def originals(db: Database) -> list[tuple[str, str, str]]:
    with db.session() as session:
        query = select(SurveyAnswer.response_id, SurveyAnswer.question, SurveyAnswer.value)
        return sorted((row[0], row[1], row[2]) for row in session.execute(query))


def test_before_both_sent_nobody_sees_an_answer(log_in: Enter, db: Database, round_id: int) -> None:
    with db.transaction() as session:
        row = session.scalars(select(SurveyList).where(SurveyList.questionnaire == "swv")).one()
        send(session, row.id, "PO2707", SWV_ANSWERS)
    person = log_in("gemeente")

    page = person.get(as_gemeente(round_id))
    saved = person.send(as_gemeente(round_id), form(0, DECIDED))
    listed = person.get(f"/regio/GM0034/vragenlijsten/samen/{round_id}").text

    assert page.status_code == 200
    assert "Nog niet allebei verzonden" in page.text
    assert "thuiszitters" not in page.text
    assert person.get(as_gemeente(round_id) + ".csv").status_code == 403
    assert saved.status_code == 400
    assert "U heeft uw eigen vragenlijst nog niet verzonden." in listed
    assert stored(db) == {}


def test_both_sides_see_both_answers_the_differences_first(log_in: Enter, both_sent: int) -> None:
    pages = [log_in("swv").get(place(both_sent)).text, log_in("gemeente").get(as_gemeente(both_sent)).text]

    for page in pages:
        assert page.index('id="K02"') < page.index("Gelijk beantwoord") < page.index('id="K01"')
        assert "3 stappen verschil" in page
        assert "1. thuiszitters; 2. privacy" not in page.split("Gelijk beantwoord")[1]
        assert "3 van de 35 gezamenlijke vragen zijn verschillend beantwoord" in page


def test_a_joint_answer_is_kept_and_the_originals_stay(log_in: Enter, db: Database, both_sent: int) -> None:
    before = originals(db)

    answer = log_in("swv").send(place(both_sent), form(0, DECIDED))
    page = log_in("gemeente").get(as_gemeente(both_sent)).text

    assert answer.status_code == 303
    assert stored(db) == {"K02": "4", "K24": "7", "Q5.13": '"apart"'}
    assert "ieder houdt het eigen antwoord" in page
    assert originals(db) == before


def test_the_same_question_changed_at_once_shows_both(log_in: Enter, db: Database, both_sent: int) -> None:
    log_in("gemeente").send(as_gemeente(both_sent), form(0, {"K02": "3"}))

    late = log_in("swv").send(place(both_sent), form(0, {"K02": "4", "K24": "6"}))

    assert late.status_code == 409
    assert "U koos “eens”. Intussen bewaarde gemeente “niet eens, niet oneens”" in late.text
    assert stored(db) == {"K02": "3", "K24": "6"}


def test_who_saw_the_other_version_may_change_it(log_in: Enter, db: Database, both_sent: int) -> None:
    log_in("gemeente").send(as_gemeente(both_sent), form(0, {"K02": "3"}))

    answer = log_in("swv").send(place(both_sent), form(1, {"K02": "4"}, {"K02": "3"}))

    assert answer.status_code == 303
    assert stored(db) == {"K02": "4"}


def test_what_somebody_left_alone_does_not_undo_what_the_other_did(
    log_in: Enter, db: Database, both_sent: int
) -> None:
    log_in("gemeente").send(as_gemeente(both_sent), form(0, {"K02": "3"}))

    answer = log_in("swv").send(place(both_sent), form(0, {"K02": "", "K24": "7"}))

    assert answer.status_code == 303
    assert stored(db) == {"K02": "3", "K24": "7"}


def test_the_same_form_twice_is_one_version(log_in: Enter, db: Database, both_sent: int) -> None:
    person = log_in("swv")

    codes = [person.send(place(both_sent), form(0, DECIDED)).status_code for _ in range(2)]

    assert codes == [303, 303]
    with db.session() as session:
        assert session.scalars(select(SurveyJoint.version)).all() == [1]


def test_both_sign_and_a_later_change_says_that_it_voids(log_in: Enter, db: Database, both_sent: int) -> None:
    swv, gemeente = log_in("swv"), log_in("gemeente")
    swv.send(place(both_sent), form(0, DECIDED))

    first = _sign(swv, place(both_sent), 1)
    second = _sign(gemeente, as_gemeente(both_sent), 1)
    agreed = swv.get(place(both_sent)).text
    gemeente.send(as_gemeente(both_sent), form(1, {"K02": "5"}, {"K02": "4"}))
    changed = swv.get(place(both_sent)).text

    assert (first, second) == ("ondertekend", "eens")
    assert "Samen vastgesteld op" in agreed
    assert "Ondertekend voor Passend" not in agreed
    assert "Persoon gemeente" in agreed
    assert "Gewijzigd na ondertekening. Niet meer geldig: de handtekening van Persoon swv" in changed
    with db.session() as session:
        assert session.scalars(select(SurveyJoint.agreed_on)).all() == [None]
        assert len(session.scalars(select(SurveyJointSignature)).all()) == 2


def test_only_what_was_seen_and_is_complete_can_be_signed(
    log_in: Enter, db: Database, both_sent: int
) -> None:
    person = log_in("swv")

    still_open = person.send(place(both_sent) + "/ondertekenen", {"versie": "0"}, form=place(both_sent))
    log_in("gemeente").send(as_gemeente(both_sent), form(0, DECIDED))
    moved = person.send(place(both_sent) + "/ondertekenen", {"versie": "0"}, form=place(both_sent))

    assert (still_open.status_code, moved.status_code) == (409, 409)
    assert "er zijn nog vragen zonder gezamenlijk antwoord" in still_open.text
    assert "de gezamenlijke antwoorden zijn intussen gewijzigd" in moved.text
    with db.session() as session:
        assert session.scalars(select(SurveyJointSignature)).all() == []


def test_nobody_signs_for_both_sides(log_in: Enter, db: Database, both_sent: int) -> None:
    with db.transaction() as session:
        accounts.grant(session, "swv", "GM0034", Role.POLICY_GEMEENTE, by="test")
    person = log_in("swv")
    person.send(place(both_sent), form(0, DECIDED))
    _sign(person, place(both_sent), 1)

    answer = person.send(
        as_gemeente(both_sent) + "/ondertekenen", {"versie": "1"}, form=as_gemeente(both_sent)
    )

    assert answer.status_code == 409
    assert "u heeft al voor de andere kant getekend" in answer.text


def test_nobody_else_comes_in(log_in: Enter, both_sent: int) -> None:
    paths = [place(both_sent), place(both_sent) + ".csv", f"/regio/PO2707/vragenlijsten/samen/{both_sent}"]

    for login in ("lezer", "data", "zonder", "gemeente"):
        person = log_in(login)
        assert {person.get(path).status_code for path in paths} == {403}
        assert person.send(place(both_sent), form(0, DECIDED), form="/account").status_code == 403


def test_a_round_or_partner_that_is_not_theirs_is_refused_or_told(
    log_in: Enter, db: Database, both_sent: int
) -> None:
    person = log_in("swv")
    others = [place(both_sent, other=code) for code in ("PO2401", "GM0995", "PO2707", "GM9999", "x")]

    away = person.get(place(both_sent, other="GM0384"))

    assert {person.get(path).status_code for path in [*others, place(both_sent + 1), place(10**30)]} == {403}
    assert away.status_code == 200
    assert "Diemen doet niet mee" in away.text
    with db.transaction() as session:
        session.get_one(SurveyRound, both_sent).state = "concept"
    assert person.get(place(both_sent)).status_code == 403


def test_a_forged_form_changes_nothing(log_in: Enter, db: Database, both_sent: int) -> None:
    person = log_in("swv")
    forged = [
        form(0, {"K02": "6"}),
        form(0, {"K02": "4"}, {"K02": "<b>"}),
        {"versie": "x"},
        {"versie": "-1", "v.K02": "4"},
        {},
    ]

    assert [person.send(place(both_sent), values).status_code for values in forged] == [400] * 5
    assert stored(db) == {}


def test_the_export_and_the_log_of_acts(log_in: Enter, db: Database, both_sent: int) -> None:
    person = log_in("coordinator")
    person.send(place(both_sent), form(0, DECIDED))
    _sign(person, place(both_sent), 1)

    answer = person.get(place(both_sent) + ".csv")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert '"oneens";"helemaal eens";"eens";"3 stappen verschil"' in answer.text
    assert "Persoon coordinator" in answer.text
    with db.session() as session:
        acts = session.execute(
            select(AuditEvent.actor, AuditEvent.action, AuditEvent.detail).where(
                AuditEvent.action.like("samen%")
            )
        ).all()
    assert [tuple(act) for act in acts] == [
        ("coordinator", "samen gewijzigd", "PO2707 en GM0034, versie 1, vragen: 3"),
        ("coordinator", "samen ondertekend", "PO2707 en GM0034, versie 1, swv"),
    ]


def test_who_takes_its_answers_back_leaves_no_joint_questionnaire(
    log_in: Enter, db: Database, both_sent: int
) -> None:
    log_in("swv").send(place(both_sent), form(0, DECIDED))
    key, code = b"k" * 32, receipt_of(b"k" * 32, "verzending")
    with db.transaction() as session:
        query = select(SurveyResponse).where(SurveyResponse.organisation_code == "GM0034")
        session.scalars(query).one().receipt_hash = receipt_hash(key, code)

    with db.transaction() as session:
        assert withdraw(session, key, code)

    assert stored(db) == {}
    assert "Nog niet allebei verzonden" in log_in("swv").get(place(both_sent)).text


def test_a_closed_round_still_takes_joint_answers(log_in: Enter, db: Database, both_sent: int) -> None:
    with db.transaction() as session:
        close_round(session, both_sent)

    assert log_in("swv").send(place(both_sent), form(0, DECIDED)).status_code == 303


def _sign(person: Visitor, path: str, version: int) -> str:
    answer = person.send(f"{path}/ondertekenen", {"versie": str(version)}, form=path)
    return answer.headers["Location"].partition("klaar=")[2].partition("#")[0]
