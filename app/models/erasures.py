"""What was erased at somebody's request, so that it is erased again after a backup was put back."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Erasure(Base):
    """One erasure that was done in this database; a copy of each stands in a file beside it (app.rights).

    No name, no address and no moment: only a keyed hash of whom or what it was about.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint("kind IN ('account', 'genodigde', 'antwoord')", name="kind"),
        {"sqlite_with_rowid": False},
    )

    kind: Mapped[str] = mapped_column(primary_key=True)  # app.rights.Kind
    subject_hash: Mapped[str] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(default="")  # what stands for an erased account
