"""What every page of a questionnaire needs: its services, where somebody fills in, and the visit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from flask import g, render_template, request
from sqlalchemy.orm import Session

from app.db import Database
from app.security_log import Event, discreet_path, discreet_source, log_event
from app.services import current_services
from app.throttle import network_hash
from loaders.catalogue import Catalogue
from survey.definition import Audience, text_of
from survey.release import public_address
from survey.rounds import today_in_amsterdam
from survey.store import GUESSES, STARTS, Throttle, count_try
from survey.store.acts import FillingRefused, Given, Reason, Reply, prepare, store
from survey.store.doors import Door
from survey.store.transactions import carry_out
from survey.store.visits import Shelf, Visit, is_as_seen, load_visit
from survey.tokens import survey_key
from survey.words import LANGUAGE_NAMES, WRITTEN, Words

Done = TypeVar("Done")


@dataclass(frozen=True)
class Desk:
    """The services behind the pages."""

    db: Database
    catalogue: Catalogue
    shelf: Shelf

    @property
    def key(self) -> bytes:
        """The key of links and receipts."""
        return survey_key(current_services().settings)

    def outcome_of(self, round_id: int) -> str:
        """The whole address at which everybody finds the outcome of a round, once it is public."""
        return public_address(round_id, current_services().settings.base_url)

    def look(self, place: "Place") -> Visit:
        """What lies behind a place now."""
        with self.db.session() as session:
            return _remember(load_visit(session, place.door, self.shelf, today=today()))

    def act(self, place: "Place", act: Callable[[Session, Visit], Done]) -> Done:
        """Carry out an act on what lies behind a place, which nobody else can change meanwhile."""

        def whole(session: Session) -> Done:
            visit = load_visit(session, place.door, self.shelf, today=today(), lock=True)
            return act(session, visit)

        return carry_out(self.db, whole)

    def save(self, place: "Place", read: Callable[[Visit], Given]) -> tuple[Visit, Reply]:
        """Save answers as a browser gives them: what they were checked against, and what came of it.

        They are checked before the database is held, and again only if somebody else wrote meanwhile.

        Args:
            read: makes them out of the request.
        """
        seen = self.look(place)
        given = read(seen)
        prepared = prepare(seen, given)

        def whole(session: Session) -> tuple[Visit, Reply]:
            if is_as_seen(session, seen):
                return seen, store(session, prepared)
            visit = load_visit(session, place.door, self.shelf, today=today(), lock=True)
            return visit, store(session, prepare(visit, given))

        return carry_out(self.db, whole)

    def count_guess(self) -> None:
        """Count that somebody asked for a link or code that does not exist.

        Raises:
            TooManyRequests: this network did so too often.
        """
        source = discreet_source(request.path, request.remote_addr or "")
        log_event(Event.SURVEY_GUESSED, who="onbekend", source=source, detail=discreet_path(request.path))
        words = words_asked()
        self._count(GUESSES, lambda minutes: words("too_many_guesses", minutes=minutes))

    def count_start(self, words: Words) -> None:
        """Count that somebody begins over an open link, which makes a draft each time.

        Raises:
            TooManyRequests: this network did so too often.
        """
        self._count(STARTS, lambda _minutes: words("too_many_starts"))

    def _count(self, throttle: Throttle, words: Callable[[int], str]) -> None:
        address, key = request.remote_addr or "", current_services().settings.secret_key
        network = network_hash(address, key=key, purpose=throttle.name)
        carry_out(
            self.db, lambda session: count_try(session, network, throttle, words, now=datetime.now(UTC))
        )


@dataclass(frozen=True)
class Place:
    """Where somebody fills in. `frame` is what stands around the page for people with an account."""

    address: str
    door: Door
    is_by_link: bool
    code: str = ""
    frame: Mapping[str, Any] = field(default_factory=dict)


def _remember(visit: Visit) -> Visit:
    """Let a page of errors (app.error_pages) speak the language of who fills in."""
    g.reader = visit.words(language_of(visit))
    return visit


def today() -> date:
    """The date in Amsterdam."""
    return today_in_amsterdam(datetime.now(UTC))


def language_of(visit: Visit, asked: str = "") -> str:
    """The language of a page: what is asked for if it exists, else of the draft, else of the request.

    A form and an address also name the language: once its draft has gone, nothing else knows it.
    """
    offered = languages_of(visit)
    if asked in offered:
        return asked
    found = visit.draft.language if visit.draft else request.values.get("taal", "")
    return found if found in offered else "nl"


def languages_of(visit: Visit) -> list[str]:
    """The languages of a questionnaire for which all that stands around it is written too."""
    return [each for each in visit.questionnaire.languages if each in WRITTEN]


def words_asked() -> Words:
    """The words of a page that belongs to no questionnaire, in the language that the request names."""
    return Words(request.values.get("taal", ""))


def show(name: str, place: Place, visit: Visit, *, language: str = "", **values: Any) -> str:
    """One of the pages of a questionnaire."""
    spoken = language or language_of(visit)
    round_, w = visit.round, visit.words(spoken)
    return render_template(
        f"invullen/{name}.html",
        **place.frame,
        frame="base.html" if place.is_by_link else "regio/regio.html",
        is_bare=place.is_by_link,  # nobody is logged in here, and no cookie is set
        language=w.spoken,
        direction=w.direction,
        place=place,
        visit=visit,
        door=visit.door,
        questionnaire=visit.questionnaire,
        title=text_of(visit.questionnaire.titles, spoken),
        w=w,
        t=lambda texts: text_of(texts, spoken),
        spoken=spoken,
        languages=[(each, LANGUAGE_NAMES.get(each, each)) for each in languages_of(visit)],
        reads_aloud=visit.questionnaire.audience in {Audience.PARENT, Audience.YOUNG},
        is_young=visit.questionnaire.audience is Audience.YOUNG,
        is_voluntary=visit.questionnaire.audience in {Audience.PARENT, Audience.YOUNG},
        closes=w.day(round_.closes_on),
        **values,
    )


def show_apart(name: str, **values: Any) -> str:
    """A page for respondents that belongs to no questionnaire."""
    w = words_asked()
    return render_template(
        f"invullen/{name}.html",
        is_bare=True,
        w=w,
        language=w.spoken,
        direction=w.direction,
        languages=[(each, LANGUAGE_NAMES[each]) for each in WRITTEN],
        **values,
    )


STATUS = {Reason.NOT_OPEN: 403, Reason.CLOSED: 403, Reason.SENT: 200, Reason.NOT_BEGUN: 409,
          Reason.DECLINED: 200}  # fmt: skip
"""What a page answers when nothing can be filled in. That it was sent, or declined, is no error."""


def refused_words(visit: Visit, reason: Reason) -> tuple[str, str]:
    """Heading and sentence for why nothing can be filled in."""
    w = visit.words(language_of(visit))
    round_ = visit.round
    if reason is Reason.CLOSED:
        return w("closed"), w("closed_text", day=w.day(round_.closes_on))
    if reason is Reason.SENT:
        return w("sent"), w("sent_text")
    if reason is Reason.NOT_BEGUN:
        return w("not_begun"), w("not_begun_text")
    if reason is Reason.DECLINED:
        return w("declined"), w("declined_text", day=w.day(round_.closes_on))
    if round_.state == "concept":
        return w("not_open"), w("not_open_plain")
    return w("not_open"), w("not_open_text", day=w.day(round_.opens_on))


def show_refusal(desk: Desk, place: Place, refused: FillingRefused) -> tuple[str, int]:
    """The page that says why nothing can be filled in."""
    visit = desk.look(place)
    heading, sentence = refused_words(visit, refused.reason)
    page = show("geweigerd", place, visit, heading=heading, sentence=sentence, reason=refused.reason)
    return page, STATUS[refused.reason]
