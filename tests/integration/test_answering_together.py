"""An organisation answers once: whoever comes for it, by link or account, works in the same draft."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from dash import Dash
from sqlalchemy import select, update

from app.config import Settings
from app.db import Database
from app.models import SurveyDraft, SurveyInvitation, SurveyMail
from survey.mail import outbox
from survey.mail.kinds import Kind, State
from survey.rounds import RoundDraft
from survey.store.doors import Door, find_door
from survey.store.visits import Shelf, load_visit
from survey.tokens import Token, survey_key, token_of
from tests.integration import survey_world
from tests.integration.filling import Respondent, drafts, receipt_in, respondent, responses
from tests.integration.round_world import OPENS, QUESTIONNAIRES, World, make_round
from tests.integration.together import edit_together
from tests.integration.visitor import Visitor

Enter = Callable[[str], Visitor]
Invite = Callable[..., tuple[int, list[Token]]]

SENT = "Deze vragenlijst is al verstuurd"


@pytest.fixture
def invite(app: Dash, db: Database, settings: Settings) -> Invite:
    """A list, and personal links for a group of it."""

    def make(
        questionnaire: str,
        organisation: str,
        gemeente: str | None = None,
        *,
        people: int = 2,
        partners: tuple[str, ...] = ("GM0363", "GM0384"),
        is_test: bool = False,
    ) -> tuple[int, list[Token]]:
        key = survey_world.key_of(settings)
        with db.transaction() as session:
            round_id = survey_world.add_round(session, partners=partners)
            list_id = survey_world.add_list(session, round_id, questionnaire)
            group = survey_world.add_group(session, list_id, organisation, gemeente, is_test=is_test)
            tokens = [survey_world.add_invitation(session, key, group).token for _ in range(people)]
        return list_id, tokens

    return make


def _account(visitor: Visitor, region: str, list_id: int) -> Respondent:
    address = f"/regio/{region}/vragenlijsten/invullen/{list_id}"
    return Respondent(visitor, address, token=visitor.token("/account"))


def test_two_with_links_of_one_gemeente_see_both_versions(app: Dash, db: Database, invite: Invite) -> None:
    _, tokens = invite("gemeente", "Afdeling Jeugd", "GM0363")
    first, second = (respondent(app, token) for token in tokens)
    first.begin()
    second.begin()

    saved, late = first.save({"K01": 2}), second.save({"K01": 5})

    assert saved.status_code == 200
    assert (late.status_code, late.get_json()["botsing"]["K01"]["daar"]) == (409, 2)
    assert drafts(db) == 1


def test_link_and_account_of_one_organisation_share_the_draft(
    app: Dash, db: Database, invite: Invite, log_in: Enter
) -> None:
    list_id, tokens = invite("swv", "amsterdam  en Diemen", people=1)
    by_link = respondent(app, tokens[0])
    by_account = _account(log_in("swv"), "PO2707", list_id)
    by_link.begin()
    by_link.save({"K01": 2})
    by_account.begin()

    late = by_account.save({"K01": 5})

    assert late.status_code == 409
    with db.session() as session:
        owners = session.execute(
            select(SurveyDraft.region_code, SurveyDraft.invitation_id, SurveyDraft.group_id)
        )
        assert [tuple(each) for each in owners] == [("PO2707", None, None)]


def test_what_one_sent_the_other_need_not_do_again(app: Dash, db: Database, invite: Invite) -> None:
    _, tokens = invite("gemeente", "Afdeling Jeugd", "GM0363")
    first, second = (respondent(app, token) for token in tokens)
    first.begin()
    second.begin()

    receipt = receipt_in(first.send())
    told = [second.get().text, second.get("/controle").text, second.send().text]
    refused = second.save({"K01": 5})

    assert receipt
    assert all(SENT in page for page in told)
    assert refused.status_code == 403
    assert (responses(db), drafts(db)) == (1, 0)


def test_whoever_goes_on_counts_as_begun(app: Dash, db: Database, invite: Invite) -> None:
    _, tokens = invite("gemeente", "Afdeling Jeugd", "GM0363")
    for token in tokens:
        respondent(app, token).begin()

    with db.session() as session:
        assert list(session.scalars(select(SurveyInvitation.state))) == ["begonnen", "begonnen"]


def test_r08_two_who_save_at_the_same_moment_lose_nothing(
    app: Dash, db: Database, invite: Invite, log_in: Enter
) -> None:
    list_id, tokens = invite("swv", "Amsterdam en Diemen", people=1)
    people = respondent(app, tokens[0]), _account(log_in("swv"), "PO2707", list_id)
    for person in people:
        person.begin()

    found = edit_together(db, people, rounds=30, seed=1)

    assert found == {"right": 30}


@pytest.mark.parametrize(
    ("questionnaire", "organisation", "gemeente", "is_test"),
    [
        ("ib", "Afdeling Jeugd", "GM0363", False),  # people answer for themselves
        ("gemeente", "Bureau Onbekend", None, False),  # no region of the round
        ("swv", "Afdeling Jeugd", "GM0363", False),  # not a region that this list asks
        ("gemeente", "Afdeling Jeugd", "GM0363", True),  # test answers are everybody's own
    ],
)
def test_others_have_a_draft_of_their_own(
    app: Dash,
    db: Database,
    invite: Invite,
    questionnaire: str,
    organisation: str,
    gemeente: str | None,
    is_test: bool,  # noqa: FBT001
) -> None:
    _, tokens = invite(questionnaire, organisation, gemeente, is_test=is_test)
    for token in tokens:
        respondent(app, token).begin()

    assert drafts(db) == 2


def _door(db: Database, settings: Settings, token: Token) -> Door:
    with db.session() as session:
        found = find_door(session, survey_key(settings), token)
    assert found is not None
    return found


def test_an_swv_with_a_link_is_asked_the_questions_of_its_own_sector_and_area(
    app: Dash, db: Database, settings: Settings, invite: Invite
) -> None:
    """VO2708 has Amsterdam and Diemen of the three gemeenten; so and sbo (Q5.06a, b) are not its business."""
    _, tokens = invite("swv", "VO van de test", "VO2708", partners=("VO2708", "GM0363", "GM0384", "GM0034"))
    door = _door(db, settings, tokens[0])

    with db.session() as session:
        visit = load_visit(session, door, Shelf(QUESTIONNAIRES), today=OPENS)
    questions = {question.key: question for question in visit.questionnaire.questions}

    assert {"Q5.06a", "Q5.06b", "Q5.06c"} & questions.keys() == {"Q5.06c"}
    assert [option.key for option in questions["Q5.02"].options] == ["GM0363", "GM0384", "geen"]


@pytest.fixture
def mailed(app: Dash, db: Database, settings: Settings) -> World:
    """A gemeente of which two people got their invitation, in a round that is open when the tests run."""
    dates = RoundDraft("Najaar", OPENS, survey_world.CLOSES, None, "Bel 000", "school")
    world = make_round(db, settings, questionnaire="gemeente", draft=dates)
    world.invite("Anna", "Bram")
    world.queue()
    with db.transaction() as session:
        session.execute(update(SurveyMail).values(state=State.SENT))
    return world


def _answer_as(world: World, app: Dash, name: str) -> None:
    invitation = next(each for each in world.people() if each.name == name)
    person = respondent(app, token_of(world.key, invitation.nonce))
    person.begin()
    assert receipt_in(person.send())


def test_nobody_is_mailed_any_more_once_a_colleague_has_sent(app: Dash, mailed: World) -> None:
    mailed.invite("Chris")
    _answer_as(mailed, app, "Anna")

    with mailed.db.transaction() as session:
        reminders = outbox.queue_reminders(session, OPENS + timedelta(days=7))

    assert (mailed.queue(), reminders) == (0, 0)


def test_a_reminder_that_waits_goes_away_when_a_colleague_sends(app: Dash, mailed: World) -> None:
    with mailed.db.transaction() as session:
        outbox.queue_reminders(session, OPENS + timedelta(days=7))
    waiting = [mail.id for mail in mailed.mails() if mail.kind == Kind.REMINDER_1]

    _answer_as(mailed, app, "Anna")
    taken = [outbox.claim(mailed.db, mail_id) for mail_id in waiting]

    assert (len(waiting), taken) == (2, [False, False])
    assert [mail.kind for mail in mailed.mails()] == [Kind.FUNCTIONARY, Kind.FUNCTIONARY]


def test_nobody_can_erase_what_colleagues_fill_in_too(app: Dash, db: Database, invite: Invite) -> None:
    _, tokens = invite("gemeente", "Afdeling Jeugd", "GM0363")
    first, second = (respondent(app, token) for token in tokens)
    first.begin()
    first.save({"K01": 2})

    page, answer = second.get().text, second.post("/niet-meedoen")

    assert "Ik doe niet mee" not in page
    assert "Collega’s van uw organisatie werken in dezelfde vragenlijst" in page
    assert (answer.status_code, drafts(db)) == (303, 1)
