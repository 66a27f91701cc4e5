"""What a role lets its people do: what is built in, and what the firm has said of its roles."""

from __future__ import annotations

from typing import Protocol

from app.errors import Forbidden
from app.models import CustomField, LookupValue
from app.models.base import FirmRow
from app.models.roles import ADMINISTRATOR, ALL_CASES, AT_FIRST, LOOKUPS, RIGHTS
from app.services.sight import Sight

TO_WRITE: dict[type[FirmRow], str] = {LookupValue: LOOKUPS, CustomField: LOOKUPS}
"""The right that writing some kinds of records takes; the others take none."""


class Holder(Protocol):
    """Somebody with a role, and the rights that the firm has given it; None where it has said nothing."""

    @property
    def role(self) -> str: ...
    @property
    def rights(self) -> str | None: ...


def rights_of(role: str, given: str | None) -> tuple[str, ...]:
    """
    Args:
        role: its name.
        given: the rights in the role's row, with spaces between; None where it has none. Then only the built-in
            roles have rights: a role that is gone lets nobody do anything.
    """
    if role == ADMINISTRATOR:
        return tuple(RIGHTS)
    return AT_FIRST.get(role, ()) if given is None else tuple(given.split())


def sight_of(
    user_id: str,
    role: str,
    given: str | None,
    of_role: str | None,
    of_user: str | None,
    office_id: str | None,
    program_id: str | None,
) -> Sight | None:
    """How far somebody sees; None where it is all of the firm's matters.

    Args:
        of_role, of_user: the restrictions of both, with spaces between; each narrows the sight further.
    """
    if ALL_CASES in rights_of(role, given):
        return None
    words = f"{of_role or ''} {of_user or ''}".split()
    return Sight(user_id, office_id, program_id, frozenset(words))


def require(holder: Holder, right: str) -> None:
    """
    Raises:
        Forbidden: the role has no such right.
    """
    if right not in rights_of(holder.role, holder.rights):
        raise Forbidden(f"Your role '{holder.role}' lacks the right to do this: {right}.")


def refuse_unless_entitled(holder: Holder, model: type[FirmRow]) -> None:
    """Refuse to write a kind of record.

    Raises:
        Forbidden: it takes a right that the role does not have.
    """
    if (right := TO_WRITE.get(model)) is not None:
        require(holder, right)
