"""The roles of a firm: what an administrator lets its people do and see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.errors import Conflict, InvalidBody, NotFound
from app.models import Firm, Role, User
from app.models.base import now
from app.models.roles import ADMINISTRATOR, BUILT_IN, LONGEST_NAME, MEMBER, RESTRICTIONS, RIGHTS
from app.services import audit
from app.services.people import require_administrator
from app.services.rights import rights_of
from app.services.staff import by_hand


@dataclass(frozen=True)
class Described:
    """A role as the pages show it.

    Args:
        id: None where the firm has said nothing of a built-in role.
        people: how many users have it.
    """

    id: str | None
    name: str
    rights: tuple[str, ...]
    restrictions: tuple[str, ...]
    people: int

    @property
    def is_built_in(self) -> bool:
        return self.name in BUILT_IN

    @property
    def key(self) -> str:
        """What addresses call it."""
        return self.id or self.name


def of_firm(session: Session, administrator: User) -> list[Described]:
    """All of the firm's roles, the built-in ones first.

    Raises:
        Forbidden: the user is no administrator.
    """
    require_administrator(administrator)
    rows = {role.name: role for role in session.scalars(_live(administrator.firm_id).order_by(Role.name))}
    counted = (
        select(User.role, func.count())
        .where(User.firm_id == administrator.firm_id, User.deleted_at.is_(None))
        .group_by(User.role)
    )
    people = {name: number for name, number in session.execute(counted)}  # noqa: C416 - rows are no pairs to mypy
    return [
        _described(rows.get(name), name, people.get(name, 0)) for name in dict.fromkeys([*BUILT_IN, *rows])
    ]


def find(session: Session, administrator: User, key: str) -> Described:
    """One of them that can be changed.

    Args:
        key: its id, or the name of a built-in one.

    Raises:
        NotFound: there is none.
    """
    for role in of_firm(session, administrator):
        if key in (role.id, role.name if role.is_built_in else None) and role.name != ADMINISTRATOR:
            return role
    raise NotFound("The firm has no such role.")


def save(
    session: Session,
    administrator: User,
    name: str,
    rights: Iterable[str],
    restrictions: Iterable[str],
    *,
    is_new: bool,
    address: str | None = None,
) -> None:
    """Make a role, or say anew what one lets its people do. It holds from their next request on.

    Raises:
        Forbidden: the user is no administrator.
        NotFound: there is no such role to change.
        InvalidBody: the name will not do or is taken, a word is unknown, or it is the administrator's role.
    """
    require_administrator(administrator)
    name = name.strip()
    _check(name, rights := list(rights), restrictions := list(restrictions))
    _hold(session, administrator)
    role = session.scalars(_live(administrator.firm_id).where(Role.name == name)).first()
    if is_new and (role is not None or name.lower() in BUILT_IN):
        raise InvalidBody({"name": ["There is a role of this name."]})
    if role is None and not is_new and name != MEMBER:
        raise NotFound("The firm has no role of this name.")
    if role is None:
        role = Role(firm_id=administrator.firm_id, name=name)
        session.add(role)
    role.rights = " ".join(word for word in RIGHTS if word in rights)
    role.restrictions = " ".join(word for word in RESTRICTIONS if word in restrictions)
    session.flush()
    audit.record_by(
        session,
        administrator,
        "role.made" if is_new else "role.changed",
        address=address,
        role=name,
        rights=role.rights,
        restrictions=role.restrictions,
    )


def delete(session: Session, administrator: User, name: str, *, address: str | None = None) -> None:
    """Take a role away that nobody has.

    Raises:
        Forbidden: the user is no administrator.
        NotFound: there is no such role, or it is built in.
        Conflict: somebody has it.
    """
    require_administrator(administrator)
    _hold(session, administrator)
    role = session.scalars(_live(administrator.firm_id).where(Role.name == name)).first()
    if role is None or name in BUILT_IN:
        raise NotFound("The firm has no role of this name that could be deleted.")
    holders = select(User.id).where(
        User.firm_id == administrator.firm_id, User.role == name, User.deleted_at.is_(None)
    )
    if session.scalars(holders.limit(1)).first() is not None:
        raise Conflict("Somebody has this role; give them another one first.")
    role.deleted_at = now()
    session.flush()
    audit.record_by(session, administrator, "role.deleted", address=address, role=name)


def _described(role: Role | None, name: str, people: int) -> Described:
    rights = rights_of(name, role.rights if role else None)
    restrictions = tuple(role.restrictions.split()) if role else ()
    return Described(role.id if role else None, name, rights, restrictions, people)


def _check(name: str, rights: Iterable[str], restrictions: Iterable[str]) -> None:
    problems: dict[str, list[str]] = {}
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        problems["name"] = [f"A role has a name of at most {LONGEST_NAME} printable characters."]
    if name == ADMINISTRATOR:
        problems["name"] = ["Administrators may do everything; their role does not change."]
    if not set(rights) <= RIGHTS.keys():
        problems["rights"] = [f"A right is one of: {', '.join(RIGHTS)}."]
    if not set(restrictions) <= RESTRICTIONS.keys():
        problems["restrictions"] = [f"A restriction is one of: {', '.join(RESTRICTIONS)}."]
    if problems:
        raise InvalidBody(problems)


def _live(firm_id: int) -> Select[Role]:
    return select(Role).where(Role.firm_id == firm_id, Role.deleted_at.is_(None))


def _hold(session: Session, administrator: User) -> None:
    """One at a time, so that no role goes while somebody is given it."""
    by_hand(session, administrator)
    session.get_one(Firm, administrator.firm_id, with_for_update=True)
