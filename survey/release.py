"""How far the outcome of a round is released: concept, to its regions, to everybody.

The coordinator releases to the regions. Everybody sees it after two people approved, each by name:
one of the policy officers of an SWV that takes part, and one of a gemeente that does. Until the second has
approved, the first may take it back. What everybody could see, is not taken back by a button.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Role, Viewer
from app.audit import record
from app.errors import SelectionRefused
from app.models import SurveyApproval, SurveyRound
from app.regions import SWVS, RegionKind, kind_of
from survey.results.loading import has_results
from survey.rounds import list_regions


class Release(StrEnum):
    """Who sees the outcome of a round."""

    CONCEPT = "concept"
    REGION = "regio"
    PUBLIC = "publiek"


class Side(StrEnum):
    """For whom somebody approves."""

    SWV = "swv"
    GEMEENTE = "gemeente"


SIDE_ROLES = {Side.SWV: Role.POLICY_SWV, Side.GEMEENTE: Role.POLICY_GEMEENTE}
PLACE = "/uitkomsten"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved, for which region, when."""

    side: Side
    region_code: str
    login: str
    name: str
    at: datetime


def public_address(round_id: int, base_url: str = "") -> str:
    """Where everybody finds the outcome of a round, once it is public."""
    return f"{base_url}{PLACE}/{round_id}"


def side_of(viewer: Viewer, region: str, codes: list[str]) -> Side | None:
    """For which side this person may approve in a round, by a role in a region that takes part."""
    if region not in codes:
        return None
    side = Side.SWV if kind_of(region) in SWVS else Side.GEMEENTE
    if side is Side.GEMEENTE and kind_of(region) is not RegionKind.GEMEENTE:
        return None
    return side if SIDE_ROLES[side] in viewer.grants.get(region, frozenset()) else None


def load_approvals(session: Session, round_id: int) -> Mapping[Side, Approval]:
    """The approvals of a round, by side."""
    query = select(SurveyApproval).where(SurveyApproval.round_id == round_id).order_by(SurveyApproval.side)
    return {
        Side(row.side): Approval(Side(row.side), row.region_code, row.login, row.name, row.at)
        for row in session.scalars(query)
    }


def release_to_region(session: Session, round_: SurveyRound, *, by: str) -> bool:
    """Let the regions of a round see its outcome; False if they already do.

    Raises:
        SelectionRefused: the round is not closed, or its results are not made yet.
    """
    if round_.state != "gesloten":
        raise SelectionRefused({"vrijgeven": "De ronde is nog niet gesloten. Er is niets vrijgegeven."})
    if not has_results(session, round_.id):
        raise SelectionRefused(
            {"vrijgeven": "De uitkomsten worden nog gemaakt. Probeer het over een paar minuten opnieuw."}
        )
    if not _move(session, round_, Release.CONCEPT, Release.REGION):
        return False
    record(session, by=by, action="uitkomsten vrijgegeven in de regio", subject=f"ronde {round_.id}")
    return True


def approve(session: Session, round_: SurveyRound, viewer: Viewer, region: str, *, now: datetime) -> Release:
    """Approve that everybody sees the outcome; with the second approval they do.

    Raises:
        SelectionRefused: this person may not, somebody did for the same side, or it is not released.
    """
    _lock(session, round_)
    side = side_of(viewer, region, list(list_regions(session, round_.id)))
    if side is None:
        raise SelectionRefused({"akkoord": "U kunt voor deze regio geen akkoord geven."})
    if round_.release != Release.REGION:
        raise SelectionRefused({"akkoord": "Akkoord geven kan alleen zolang de regio de uitkomsten ziet."})
    given = load_approvals(session, round_.id)
    if side in given:
        raise SelectionRefused({"akkoord": f"{given[side].name} gaf voor deze kant al akkoord."})
    if any(each.login == viewer.login for each in given.values()):
        raise SelectionRefused({"akkoord": "U gaf al akkoord voor de andere kant. Iemand anders doet deze."})
    _add(session, SurveyApproval(
        round_id=round_.id, side=side, region_code=region, login=viewer.login, name=viewer.name, at=now
    ))  # fmt: skip
    subject = f"ronde {round_.id}"
    record(session, by=viewer.login, action="akkoord met openbaar maken", subject=subject, detail=region)
    if len(load_approvals(session, round_.id)) == len(Side):
        if _move(session, round_, Release.REGION, Release.PUBLIC):
            record(session, by=viewer.login, action="uitkomsten openbaar gemaakt", subject=subject)
        return Release.PUBLIC
    return Release.REGION


def withdraw(session: Session, round_: SurveyRound, viewer: Viewer) -> bool:
    """Take the own approval back; False if there is none.

    Raises:
        SelectionRefused: everybody sees the outcome already.
    """
    _lock(session, round_)
    if round_.release == Release.PUBLIC:
        raise SelectionRefused({"akkoord": "De uitkomsten zijn al openbaar. Intrekken kan niet meer."})
    own = session.scalars(
        select(SurveyApproval).where(
            SurveyApproval.round_id == round_.id, SurveyApproval.login == viewer.login
        )
    ).first()
    if own is None:
        return False
    region = own.region_code
    session.delete(own)
    session.flush()
    record(
        session, by=viewer.login, action="akkoord ingetrokken", subject=f"ronde {round_.id}", detail=region
    )
    return True


def _lock(session: Session, round_: SurveyRound) -> None:
    """Take approvals and their withdrawal one after another, each with the release as it is by then."""
    session.refresh(round_, with_for_update=True)


def _add(session: Session, approval: SurveyApproval) -> None:
    try:
        with session.begin_nested():
            session.add(approval)
    except IntegrityError:
        raise SelectionRefused({"akkoord": "Iemand anders gaf net akkoord voor deze kant."}) from None


def _move(session: Session, round_: SurveyRound, old: Release, new: Release) -> bool:
    moved = session.execute(
        update(SurveyRound)
        .where(SurveyRound.id == round_.id, SurveyRound.release == old)
        .values(release=new)
        .returning(SurveyRound.id)
        .execution_options(synchronize_session=False)
    ).first()
    session.refresh(round_)
    return moved is not None
