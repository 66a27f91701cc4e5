"""Records on a matter are for the matter's account.

Writing one locks its own row and then the matter; moving a matter locks the matter and then the rows on it. Where the
two meet, PostgreSQL ends one of them, and its client is told to try again (409).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Matter
from app.services.scoping import Actor


def held_matter(
    session: Session, actor: Actor, record: Any, matter_id: str, *, alone: bool = False
) -> Matter:
    """The matter as it is now; it neither moves to another account nor goes before the commit.

    Args:
        record: what is recorded on the matter; one that is on it already may outlive it.
        alone: whether others who record something on it wait, too.

    Raises:
        InvalidBody: the matter has been deleted since the request began.
    """
    key = (actor.firm_id, matter_id)
    lock = {"key_share": True} if alone else {"read": True}
    matter = session.get_one(Matter, key, with_for_update=lock, populate_existing=True)
    if matter.deleted_at is not None and matter_id != record.matter_id:
        raise InvalidBody({"matter_id": ["The matter has just been deleted."]})
    return matter


def account_of(record: Any, matter: Matter, wanted: str | None) -> str | None:
    """The account that a record is for: the matter's, wherever it has one.

    Args:
        wanted: what the body says; an account that the record had before follows the matter.

    Raises:
        InvalidBody: the client names another account than the matter's.
    """
    if wanted not in (None, record.account_id, matter.account_id) and matter.account_id is not None:
        raise InvalidBody({"account_id": ["The matter belongs to another account."]})
    return matter.account_id or wanted
