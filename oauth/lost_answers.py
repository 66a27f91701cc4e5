"""A refresh whose answer was lost on the way, where the operator allows a grace window for it.

The app never saw its new pair, so it sends the old token again. Within the window, which counts from the first
use and never grows, that is no replay, provided that nobody has used the pair: then the pair is revoked, and
the old token buys another. It works for the immediate parent only, and only `TIMES` times.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update

from oauth.families import Credential
from oauth.spending import spend
from oauth.tables import Store, moment, seconds

TIMES = 3


def is_no_replay(store: Store, parent: Credential, began: dt.datetime) -> bool:
    """Whether a refresh token is unspent, or its use may be the parallel or repeated one of an honest app.

    Args:
        began: when the request arrived.
    """
    return parent.used_at is None or began <= parent.used_at + seconds(store.lifetimes.grace)


def take_back_lost_answer(store: Store, parent: Credential, began: dt.datetime) -> bool:
    """Revoke the unused pair that a refresh token bought, so that it can buy another.

    Args:
        began: when the request arrived.

    Returns:
        False where this is no such case: the token is unspent, or must be refused for its second use.
    """
    if not store.lifetimes.grace or parent.is_dead:
        return False
    table = store.tables.refresh_tokens
    own = table.c.hash == parent.hash
    used_at = store.session.scalar(select(table.c.used_at).where(own).with_for_update())
    if used_at is None or began > used_at + seconds(store.lifetimes.grace):
        return False
    bought = (
        select(table.c.hash).where(table.c.parent_hash == parent.hash).order_by(table.c.used_at.is_(None))
    )
    children = store.session.scalars(bought).all()
    if not 0 < len(children) <= TIMES or not spend(store, table, children[-1]):
        return False
    _revoke_access_tokens_since(store, parent, used_at)
    return True


def _revoke_access_tokens_since(store: Store, parent: Credential, used_at: dt.datetime) -> None:
    """End the access token of the lost answer: it was made when the parent was used, or later."""
    table, at = store.tables.access_tokens, moment()
    store.session.execute(
        update(table)
        .where(table.c.firm_id == parent.owner.firm_id, table.c.grant_id == parent.grant_id)
        .where(table.c.created_at >= used_at, table.c.expires_at > at)
        .values(expires_at=at)
    )
