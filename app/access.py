"""Who may see what: roles, the viewer, and regions that passed the check. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from app.errors import AccessDenied
from app.regions import COUNTRY, OWN_FIGURE_KINDS, is_code, kind_of

AllowedRegion = NewType("AllowedRegion", str)
"""The code of a region whose pages this person may open. Made by `Viewer.region` only."""


OwnRegion = NewType("OwnRegion", str)
"""The code of a region whose own figures this person may read. Made by `Viewer.own_region` only."""

FillableRegion = NewType("FillableRegion", str)
"""The code of a region whose own figures this person may bring. Made by `Viewer.fillable_region` only."""


CoordinatedRegion = NewType("CoordinatedRegion", str)
"""The code of a region whose rounds this person runs. Made by `Viewer.coordinated_region` only."""

ReviewedRegion = NewType("ReviewedRegion", str)
"""The code of a region whose free texts this person reads first. Made by `Viewer.reviewed_region` only."""


class Role(StrEnum):
    """What a person is in one region. Reading free texts first is a permission beside another role."""

    READER = "lezer"
    POLICY_SWV = "beleid_swv"
    POLICY_GEMEENTE = "beleid_gemeente"
    COORDINATOR = "coordinator"
    REVIEWER = "antwoorden_nakijken"
    DATA_ADMIN = "databeheerder"
    ADMIN = "beheerder"


NATIONAL_ROLES = frozenset({Role.DATA_ADMIN, Role.ADMIN})
"""Granted on the country; they open the indicator pages of every region."""


ROLES_WITH_RELATED = frozenset({Role.POLICY_SWV, Role.POLICY_GEMEENTE, Role.COORDINATOR})
"""They also read the gemeenten of an own SWV, or the SWVs that cover an own gemeente."""


REGIONAL_ROLES = frozenset(Role) - NATIONAL_ROLES
"""They read the own figures of exactly the regions in which they have the role: no related ones."""


FILLING_ROLES = frozenset({Role.POLICY_SWV, Role.POLICY_GEMEENTE, Role.COORDINATOR})
"""They bring own figures, for the same regions."""


class Tab(StrEnum):
    """The parts of a region's pages; the value stands in the address."""

    OVERVIEW = "overzicht"
    INDICATORS = "indicatoren"
    COMPARE = "vergelijken"
    CONNECTION = "aansluiting"
    SURVEYS = "vragenlijsten"
    OWN_FIGURES = "eigen-cijfers"


TAB_ROLES: dict[Tab, frozenset[Role]] = {
    Tab.OVERVIEW: frozenset(Role),
    Tab.INDICATORS: frozenset(Role),
    Tab.COMPARE: frozenset(Role),
    Tab.CONNECTION: REGIONAL_ROLES,
    Tab.SURVEYS: REGIONAL_ROLES,
    Tab.OWN_FIGURES: REGIONAL_ROLES,
}

OWN_TABS = frozenset({Tab.CONNECTION, Tab.SURVEYS, Tab.OWN_FIGURES})
"""They show what is not public, and only for a region in which the viewer has a role."""


@dataclass(frozen=True)
class Viewer:
    """The logged-in person as the rules see them; made from the session's user and never from a request.

    `grants` holds own regions with their roles. `related` holds the regions that come with
    those in which one has a role of `ROLES_WITH_RELATED`: the gemeenten of an own SWV, the SWVs that cover an
    own gemeente. `known` holds every region for the
    national roles, who open all of them, and is empty for others. `preview_version` is the version, not
    published yet, that an administrator looks at in this session; nobody else has one.
    """

    user_id: int
    login: str
    name: str
    grants: dict[str, frozenset[Role]]
    related: frozenset[str] = frozenset()
    known: frozenset[str] = field(default=frozenset(), repr=False)
    preview_version: int | None = None

    def region(self, code: object) -> AllowedRegion:
        """`code` as a region this viewer may open.

        Raises:
            AccessDenied: it is not a code, does not exist, or is not theirs; the same words for all three.
        """
        if not isinstance(code, str) or not is_code(code):
            raise AccessDenied
        if code in self.grants or code in self.related or code in self.known:
            return AllowedRegion(code)
        raise AccessDenied

    def own_region(self, code: object) -> OwnRegion:
        """`code` as a region whose own figures this viewer may read: only by a role in that very region.

        Raises:
            AccessDenied: there is no such role, whatever else the viewer may open.
        """
        if not self.may_read_own(self.region(code)):
            raise AccessDenied
        return OwnRegion(str(code))

    def fillable_region(self, code: object) -> FillableRegion:
        """`code` as a region whose own figures this viewer may bring and take back.

        Raises:
            AccessDenied: no role in that very region allows it.
        """
        if not self.may_fill(self.region(code)):
            raise AccessDenied
        return FillableRegion(str(code))

    def coordinated_region(self, code: object) -> CoordinatedRegion:
        """`code` as a region whose rounds this viewer runs.

        Raises:
            AccessDenied: the viewer is not its coordinator.
        """
        if not self.may_coordinate(self.region(code)):
            raise AccessDenied
        return CoordinatedRegion(str(code))

    def reviewed_region(self, code: object) -> ReviewedRegion:
        """`code` as a region whose free texts this viewer may read before they are shown.

        Raises:
            AccessDenied: the viewer lacks that permission there.
        """
        if not self.may_review(self.region(code)):
            raise AccessDenied
        return ReviewedRegion(str(code))

    def may_coordinate(self, code: str) -> bool:
        """Whether `coordinated_region` lets this viewer in."""
        return self._has_role_in(code, frozenset({Role.COORDINATOR}))

    def may_review(self, code: str) -> bool:
        """Whether `reviewed_region` lets this viewer in."""
        return self._has_role_in(code, frozenset({Role.REVIEWER}))

    def may_read_own(self, code: str) -> bool:
        """Whether `own_region` lets this viewer in."""
        return self._has_role_in(code, REGIONAL_ROLES)

    def may_fill(self, code: str) -> bool:
        """Whether `fillable_region` lets this viewer in."""
        return self._has_role_in(code, FILLING_ROLES)

    def _has_role_in(self, code: str, roles: frozenset[Role]) -> bool:
        own = self.grants.get(code, frozenset())
        return bool(own & roles) and kind_of(code) in OWN_FIGURE_KINDS

    def tabs(self, code: str) -> list[Tab]:
        """The parts of a region's pages that this viewer may open."""
        return [tab for tab in Tab if tab not in OWN_TABS or self.may_read_own(code)]

    def require(self, tab: Tab) -> None:
        """Nothing, if one of the viewer's roles opens `tab`.

        Raises:
            AccessDenied: none does.
        """
        if not self.roles & TAB_ROLES[tab]:
            raise AccessDenied

    def require_admin(self) -> None:
        """Nothing, if one of the viewer's roles is a national one: those put data before others.

        Raises:
            AccessDenied: none is.
        """
        if not self.is_admin:
            raise AccessDenied

    @property
    def roles(self) -> frozenset[Role]:
        """All roles, whatever the region."""
        return frozenset().union(*self.grants.values()) if self.grants else frozenset()

    @property
    def is_admin(self) -> bool:
        """Whether one of the roles is a national one."""
        return bool(self.roles & NATIONAL_ROLES)

    @property
    def home(self) -> str | None:
        """The region to open first: an own one before the country; None without any."""
        own = sorted(code for code in self.grants if code != COUNTRY)
        return own[0] if own else next(iter(self.grants), None)
