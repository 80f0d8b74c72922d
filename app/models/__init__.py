"""The tables, one module per noun. Importing this package registers all of them on `Base.metadata`."""

from app.models.accounts import Grant, LoginAttempt, LoginSession, PasswordLink, User
from app.models.audit import AuditEvent
from app.models.base import Base
from app.models.data import (
    DataVersion,
    LoadProblem,
    Observation,
    Publication,
    Slice,
    SourceFile,
    VersionSlice,
)
from app.models.regions import GemeenteSwv, Postcode, Region, RegionSuccession, SchoolSite

__all__ = [
    "AuditEvent",
    "Base",
    "DataVersion",
    "GemeenteSwv",
    "Grant",
    "LoadProblem",
    "LoginAttempt",
    "LoginSession",
    "Observation",
    "PasswordLink",
    "Postcode",
    "Publication",
    "Region",
    "RegionSuccession",
    "SchoolSite",
    "Slice",
    "SourceFile",
    "User",
    "VersionSlice",
]
