"""Roles: what the people of a firm may see and do beyond the scopes of an app."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FirmRow, live
from app.models.types import PlainText

ADMINISTRATOR = "administrator"
MEMBER = "member"
BUILT_IN = (ADMINISTRATOR, MEMBER)
"""Every firm has these. A row of the second says how the firm changed it; the first is the same everywhere."""

ALL_CASES = "api_all_cases"
EXCLUDES = "case_restrictions"
LOOKUPS = "lookups"
RIGHTS = {
    ALL_CASES: "API access to all cases: no restriction and no exclusion applies to them",
    EXCLUDES: "Exclude users from matters, and let them in again",
    LOOKUPS: "Add and change the values of lookups, and the firm's own fields",
}
"""Every right, and what it lets somebody do."""

OFFICE, PROGRAM, ASSIGNMENT = "office", "program", "assignment"
RESTRICTIONS = {
    OFFICE: "Only matters of their own office",
    PROGRAM: "Only matters of their own program",
    ASSIGNMENT: "Only matters that they are assigned to",
}
"""What can keep somebody without the first right from a matter, besides being excluded from it."""

AT_FIRST = {ADMINISTRATOR: tuple(RIGHTS), MEMBER: (ALL_CASES, LOOKUPS)}
"""The rights of the built-in roles, until a firm changes those of members."""

LONGEST_NAME = 40


class Role(FirmRow):
    """What the firm lets some of its people do."""

    __tablename__ = "roles"

    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """By which `users.role` names it."""
    rights: Mapped[str] = mapped_column(PlainText, default="")
    restrictions: Mapped[str] = mapped_column(PlainText, default="")
    """Words of the tables above, with spaces between."""

    listed_by = ("name",)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (Index("uq_roles_name", "firm_id", "name", unique=True, **live()),)
