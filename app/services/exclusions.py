"""Being excluded from a single matter: the one thing that is told of a matter out of sight (LegalServer, v2 API
Permissions). Of all others it is said that they are not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import Forbidden
from app.models import Matter
from app.models.base import FirmRow
from app.models.tags_and_links import matter_exclusions
from app.services import audit
from app.services.linking import relink
from app.services.scoping import Actor, of_firm

EXCLUDED = "You are excluded from this matter."


def exclusion(actor: Actor, wanted: Mapping[str, Any]) -> Select[Any]:
    """A row, where the matter that `wanted` names by its columns is there and excludes the actor."""
    return (
        of_firm(Matter, actor)
        .filter_by(**wanted)
        .join(
            matter_exclusions,
            (matter_exclusions.c.firm_id == Matter.firm_id) & (matter_exclusions.c.matter_id == Matter.id),
        )
        .where(matter_exclusions.c.user_id == actor.user_id)
        .with_only_columns(Matter.id)
    )


def refuse_if_excluded(session: Session, actor: Actor, model: type[FirmRow], key: str) -> None:
    """Say so, where the record that was not found is a matter that excludes the actor.

    Raises:
        Forbidden: it does.
    """
    if actor.sight is not None and model is Matter and session.scalar(exclusion(actor, {"id": key})):
        raise Forbidden(EXCLUDED)


def exclude(
    session: Session, actor: Actor, matter: Matter, user_ids: Iterable[str], *, address: str | None = None
) -> None:
    """Let a matter exclude just these users.

    Raises:
        InvalidBody: somebody of them is not at the firm.
        Forbidden: the actor would exclude themselves.
    """
    ids = sorted(set(user_ids))
    if not relink(session, actor, matter, "excluded_users", ids):
        return
    if actor.sight is not None and actor.user_id in ids:
        raise Forbidden("You cannot exclude yourself.")
    flag_modified(matter, "updated_at")  # for those who follow changes, it comes or goes
    audit.record(
        session,
        "matter.exclusions_changed",
        firm_id=actor.firm_id,
        user_id=actor.user_id,
        client_id=actor.client_id,
        address=address,
        matter=matter.id,
        excluded=ids,
    )
    session.flush()
