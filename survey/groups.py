"""The groups of a list: whose people are asked, how many there are, and the open link of each."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit import record
from app.db import row_number
from app.errors import AccessDenied, SelectionRefused
from app.models import SurveyDraft, SurveyGroup, SurveyInvitation, SurveyList
from app.names import clean, name_problem
from survey.definition import Audience
from survey.tokens import make_nonce, token_hash, token_of

OPEN_AUDIENCES = frozenset({Audience.PARENT, Audience.YOUNG})
"""Whole groups of them get one open link; others get a link of their own."""

MOST_GROUPS = 300
MAX_SIZE = 100_000
TEST_NAME = "Testantwoorden"
NO_SIZE = "Vul in hoeveel mensen er zijn, als heel getal. Of kies ‘onbekend’."


def read_size(text: str, *, is_unknown: bool) -> int | None:
    """How many people a group has, as the form says it; None for explicitly unknown.

    Raises:
        SelectionRefused: neither a number nor the tick.
    """
    digits = text.strip().replace(".", "")
    if is_unknown and not digits:
        return None
    if is_unknown:
        raise SelectionRefused({"aantal": "Vul een aantal in, of kies ‘onbekend’. Niet allebei."})
    if not digits.isascii() or not digits.isdigit() or len(digits) > 7 or not 1 <= int(digits) <= MAX_SIZE:
        raise SelectionRefused({"aantal": NO_SIZE})
    return int(digits)


def add_group(
    session: Session, row: SurveyList, name: str, *, gemeente: str | None, size: int | None, by: str
) -> int:
    """Add a group to a list, and return its number.

    Raises:
        SelectionRefused: the name is missing, too long or taken, or there are too many groups.
    """
    neat = clean(name)
    if words := name_problem(neat, "de organisatie"):
        raise SelectionRefused({"organisatie": words})
    others = list_groups(session, [row.id])
    if any(each.organisation.casefold() == neat.casefold() for each in others):
        raise SelectionRefused({"organisatie": f"{neat} staat al bij deze vragenlijst."})
    if len(others) >= MOST_GROUPS:
        raise SelectionRefused({"organisatie": f"Een vragenlijst heeft hoogstens {MOST_GROUPS} groepen."})
    group = SurveyGroup(list_id=row.id, organisation=neat, gemeente_code=gemeente, size=size)
    session.add(group)
    session.flush()
    record(
        session, by=by, action="groep toegevoegd", subject=f"ronde {row.round_id}", detail=f"groep {group.id}"
    )
    return group.id


def change_size(session: Session, group: SurveyGroup, size: int | None, *, by: str, round_id: int) -> None:
    """Change how many people a group has."""
    if group.size != size:
        group.size = size
        detail = f"groep {group.id}: {size or 'onbekend'}"
        record(session, by=by, action="aantal gewijzigd", subject=f"ronde {round_id}", detail=detail)


def remove_group(session: Session, group: SurveyGroup, *, by: str, round_id: int) -> None:
    """Remove a group that nobody was invited for and nobody came through.

    Who invites or comes in at this moment is waited for, and who comes later finds no group.

    Raises:
        SelectionRefused: somebody was or did.
        AccessDenied: the group is gone already.
    """
    held = select(SurveyGroup).where(SurveyGroup.id == group.id).with_for_update()
    now = session.scalar(held.execution_options(populate_existing=True))
    if now is None:
        raise AccessDenied
    if _is_used(session, now):
        raise SelectionRefused(
            {"groep": f"Voor {group.organisation} zijn al mensen uitgenodigd. Deze groep kan niet meer weg."}
        )
    session.execute(delete(SurveyGroup).where(SurveyGroup.id == group.id))
    record(session, by=by, action="groep verwijderd", subject=f"ronde {round_id}", detail=f"groep {group.id}")


def _is_used(session: Session, group: SurveyGroup) -> bool:
    """Whether anybody was invited or came; who sent over the open link left no more than a count."""
    invited = select(SurveyInvitation.id).where(SurveyInvitation.group_id == group.id).limit(1)
    drafts = select(SurveyDraft.id).where(SurveyDraft.group_id == group.id).limit(1)
    counted = group.opened or group.started or group.sent
    return bool(counted or session.scalar(invited) or session.scalar(drafts))


def list_groups(session: Session, list_ids: Sequence[int]) -> Sequence[SurveyGroup]:
    """The groups of lists without the test groups, by list and name."""
    query = select(SurveyGroup).where(SurveyGroup.list_id.in_(list_ids), SurveyGroup.is_test.is_(False))
    return session.scalars(
        query.order_by(SurveyGroup.list_id, SurveyGroup.organisation, SurveyGroup.id)
    ).all()


def get_group(session: Session, round_id: int, group_id: int) -> SurveyGroup:
    """A group of a round, no test group.

    Raises:
        AccessDenied: there is none.
    """
    query = select(SurveyGroup).join(SurveyList, SurveyList.id == SurveyGroup.list_id)
    found = session.scalar(
        query.where(
            SurveyGroup.id == row_number(group_id),
            SurveyList.round_id == round_id,
            SurveyGroup.is_test.is_(False),
        )
    )
    if found is None:
        raise AccessDenied
    return found


def give_open_link(group: SurveyGroup, key: bytes) -> None:
    """Give a group its open link, unless it has one."""
    if group.open_nonce is None:
        group.open_nonce = make_nonce()
        group.open_hash = token_hash(key, token_of(key, group.open_nonce))


def get_test_group(session: Session, list_id: int) -> SurveyGroup:
    """The group of the test answers of a list; made where there is none."""
    query = select(SurveyGroup).where(SurveyGroup.list_id == list_id, SurveyGroup.is_test.is_(True))
    found = session.scalar(query.order_by(SurveyGroup.id).limit(1))
    if found is None:
        found = SurveyGroup(list_id=list_id, organisation=TEST_NAME, is_test=True)
        session.add(found)
        session.flush()
    return found
