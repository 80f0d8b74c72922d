"""The tables, one module per noun. Importing this package registers all of them on `Base.metadata`."""

from app.models.accounts import Grant, LoginAttempt, LoginSession, PasswordLink, User
from app.models.audit import AuditEvent
from app.models.base import Base
from app.models.data import (
    DataVersion,
    Observation,
    Publication,
    Slice,
    SourceFile,
    VersionSlice,
)
from app.models.erasures import Erasure
from app.models.jobs import DataJob, WorkerSign
from app.models.own_figures import OwnAttempt, OwnFigure, OwnGroup, OwnGroupMember, OwnUpload
from app.models.publications import AcceptedFinding, PublicationEvent
from app.models.regions import (
    GemeenteSwv,
    Postcode,
    Region,
    RegionMembership,
    RegionOutline,
    RegionSuccession,
    SchoolSite,
)
from app.models.reports import LoadFinding, LoadReportRow
from app.models.selections import ComparisonGroup, ComparisonGroupRegion, RegionVisit, SavedView
from app.models.survey_answers import (
    SurveyAnswer,
    SurveyJoint,
    SurveyJointAnswer,
    SurveyJointSignature,
    SurveyOpenAnswer,
    SurveyResponse,
)
from app.models.survey_people import (
    SurveyDraft,
    SurveyDraftAnswer,
    SurveyInvitation,
    SurveyMail,
    SurveyPartner,
)
from app.models.survey_rounds import (
    SurveyApproval,
    SurveyBlock,
    SurveyGroup,
    SurveyGuess,
    SurveyList,
    SurveyMailText,
    SurveyOwnQuestion,
    SurveyResult,
    SurveyRound,
    SurveyRoundRegion,
)

__all__ = [
    "AcceptedFinding",
    "AuditEvent",
    "Base",
    "ComparisonGroup",
    "ComparisonGroupRegion",
    "DataJob",
    "DataVersion",
    "Erasure",
    "GemeenteSwv",
    "Grant",
    "LoadFinding",
    "LoadReportRow",
    "LoginAttempt",
    "LoginSession",
    "Observation",
    "OwnAttempt",
    "OwnFigure",
    "OwnGroup",
    "OwnGroupMember",
    "OwnUpload",
    "PasswordLink",
    "Postcode",
    "Publication",
    "PublicationEvent",
    "Region",
    "RegionMembership",
    "RegionOutline",
    "RegionSuccession",
    "RegionVisit",
    "SavedView",
    "SchoolSite",
    "Slice",
    "SourceFile",
    "SurveyAnswer",
    "SurveyApproval",
    "SurveyBlock",
    "SurveyDraft",
    "SurveyDraftAnswer",
    "SurveyGroup",
    "SurveyGuess",
    "SurveyInvitation",
    "SurveyJoint",
    "SurveyJointAnswer",
    "SurveyJointSignature",
    "SurveyList",
    "SurveyMail",
    "SurveyMailText",
    "SurveyOpenAnswer",
    "SurveyOwnQuestion",
    "SurveyPartner",
    "SurveyResponse",
    "SurveyResult",
    "SurveyRound",
    "SurveyRoundRegion",
    "User",
    "VersionSlice",
    "WorkerSign",
]
