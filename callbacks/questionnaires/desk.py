"""What the pages of a round share: whose it is, what stands around a page, and how a form is answered."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import AllowedRegion, CoordinatedRegion, Tab, Viewer
from app.auth import current_viewer
from app.config import Settings
from app.db import Database
from app.errors import SelectionRefused
from app.models import SurveyRound
from app.services import current_services
from callbacks.regions import get_region
from callbacks.server_pages import load_frame
from loaders.catalogue import Catalogue
from survey import rounds
from survey.lists import Questionnaires
from survey.store.transactions import carry_out
from survey.tokens import survey_key

Done = TypeVar("Done")

PLACE = "/regio/<region>/vragenlijsten"
ROUND_PLACE = f"{PLACE}/rondes/<int:round_id>"

STATE_WORDS = {
    rounds.State.CONCEPT: "in voorbereiding",
    rounds.State.OPEN: "open",
    rounds.State.CLOSED: "gesloten",
}


@dataclass(frozen=True)
class Desk:
    """What every page needs."""

    db: Database
    catalogue: Catalogue
    questionnaires: Questionnaires


@dataclass(frozen=True)
class Place:
    """One request about one round, by the coordinator of its region."""

    desk: Desk
    session: Session
    viewer: Viewer
    region: CoordinatedRegion
    round: SurveyRound

    @property
    def address(self) -> str:
        """Where the pages of the round stand."""
        return round_address(self.region, self.round.id)

    @property
    def is_concept(self) -> bool:
        """Whether everything can still be changed."""
        return self.round.state == rounds.State.CONCEPT

    @property
    def key(self) -> bytes:
        """What links are made with."""
        return survey_key(current_settings())

    def render(self, template: str, **values: Any) -> str:
        """A page of the round."""
        named = get_region(self.session, AllowedRegion(str(self.region)))
        frame = load_frame(self.session, self.desk.catalogue, self.viewer, named, Tab.SURVEYS)
        return render_template(
            f"vragenlijsten/{template}",
            **frame,
            home=f"/regio/{self.region}/{Tab.SURVEYS}",
            round=self.round,
            place=self.address,
            state=STATE_WORDS[rounds.State(self.round.state)],
            is_concept=self.is_concept,
            is_open=self.round.state == rounds.State.OPEN,
            **values,
        )


AT_ONCE = "Iemand anders wijzigde dit op hetzelfde moment. Er is niets gewijzigd. Probeer het opnieuw."

Act = Callable[..., str]
"""Changes something, and gives where to go from there, below the round's own address."""

Page = Callable[..., str]
"""Shows a page of a round; takes `errors` when a form comes back."""


@contextmanager
def reading(desk: Desk, region: str, round_id: int) -> Iterator[Place]:
    """A round of this viewer's own region, to look at.

    Raises:
        AccessDenied: the viewer does not coordinate the region, or the round is not the region's.
    """
    viewer = current_viewer()
    code = viewer.coordinated_region(region)
    with desk.db.session() as session:
        yield Place(desk, session, viewer, code, rounds.get_own_round(session, code, round_id))


def change(desk: Desk, region: str, round_id: int, act: Callable[[Place], Done]) -> Done:
    """The same, to change something: in one transaction, whose outcome is that of the act.

    Nobody else opens, changes or closes the round meanwhile, so what the act finds is what it changes; what
    takes long, such as a page of squares, is made afterwards. It runs a second time where somebody else, by a
    double click or elsewhere, changed the same in the same moment: who came second is answered by what the
    first one left.
    """
    viewer = current_viewer()
    code = viewer.coordinated_region(region)

    def whole(session: Session) -> Done:
        own = rounds.hold_round(session, rounds.get_own_round(session, code, round_id).id)
        return act(Place(desk, session, viewer, code, own))

    return carry_out(desk.db, whole)


def show(desk: Desk, page: Page, region: str, round_id: int, **parts: Any) -> ResponseReturnValue:
    """Answer a request for a page."""
    with reading(desk, region, round_id) as place:
        return page(place, errors={}, **parts)


def do(desk: Desk, act: Act, page: Page, region: str, round_id: int, **parts: Any) -> ResponseReturnValue:
    """Answer a form: what it asks is done wholly, or the page comes back with what is wrong."""
    try:
        goal = change(desk, region, round_id, lambda place: f"{place.address}{act(place, **parts)}")
    except SelectionRefused as refused:
        problems = refused.problems
    except IntegrityError:
        problems = {"ronde": AT_ONCE}
    else:
        return redirect(goal, 303)
    with reading(desk, region, round_id) as place:
        return page(place, errors=problems, **parts), 422


def round_address(region: str, round_id: int) -> str:
    """Where the pages of a round stand."""
    return f"/regio/{region}/{Tab.SURVEYS}/rondes/{round_id}"


def current_settings() -> Settings:
    """The settings of this installation."""
    return current_services().settings


def has_server() -> bool:
    """Whether this installation can send mail."""
    return bool(current_settings().smtp_url and current_settings().mail_from)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date in the Netherlands."""
    return rounds.today_in_amsterdam(now())


def asked_date(values: Mapping[str, str], name: str) -> date | None:
    """A date of a form; None for an empty field.

    Raises:
        SelectionRefused: it is something else.
    """
    text = values.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise SelectionRefused({name: "Kies een dag, bijvoorbeeld 24-11-2026."}) from None
