"""The page of the response: counts in classes, and what lapsed when the round closed."""

from collections.abc import Callable

from freezegun import freeze_time

from app.config import Settings
from app.db import Database
from app.models import SurveyInvitation
from survey.invitations import State as Invitee
from tests.integration.round_world import NOON, make_round
from tests.integration.visitor import Visitor


def test_a_closed_round_tells_how_many_invitations_lapsed(
    app: object, db: Database, settings: Settings, log_in: Callable[[str], Visitor]
) -> None:
    round_ = make_round(db, settings)
    round_.codes(40)
    people = [person.id for person in round_.people()]
    with round_.db.transaction() as session:
        for place, each in enumerate(people[:14]):
            session.get_one(SurveyInvitation, each).state = Invitee.SENT if place < 12 else Invitee.REFUSED
    page = f"/regio/PO2707/vragenlijsten/rondes/{round_.round_id}/respons"
    with freeze_time(NOON, tick=True):
        coordinator = log_in("coordinator")
        before = coordinator.get(page).text
        round_.close(NOON)
        after = coordinator.get(page).text

    assert "Verlopen" not in before
    # 40 − 19 sent − 4 declined at least, 40 − 10 at most: the number itself, 26, would tell both.
    assert "<dt>Verlopen</dt><dd>17 tot en met 30</dd>" in after
    assert after.count('class="r">17 tot en met 30</td>') == 1
