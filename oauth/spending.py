"""Codes and refresh tokens work once: who was first, and what a second use means.

One `UPDATE … WHERE used_at IS NULL` decides the winner, so of any number of parallel uses exactly one
succeeds. The others are refused, but they come in two kinds:

- A *replay*: somebody holds a copy. Nobody can tell the thief from the owner, so the whole family dies
  (RFC 6749 section 4.1.2, RFC 9700 section 4.14.2).
- A *parallel use*: an app sent the same request from several threads, or again without waiting. That must
  not cost it the tokens which its winning request has just been given.

A request that *began* no later than the winning use is parallel beyond doubt: nobody had seen an answer yet.
Later than that, no clock tells them apart, for a request that was sent in time may have waited in a queue
before it reached us. So a single late use counts as a replay at once, however soon it comes; but `VOLLEY` of
them within `BURST` of the winning use are a volley, which no thief has a reason to fire. Proof of either
sort lifts the revocation that the uses before it caused, and no other.

What a thief could gain by firing a volley himself: if the owner uses the stolen token within those few seconds
too, the family lives on. A use at any later time kills it for good. No spent credential ever buys anything,
except where the operator allows a grace window (`oauth.lost_answers`).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Table, and_, select, update

from oauth.events import What
from oauth.families import Credential
from oauth.tables import Store, moment, seconds

BURST = seconds(3)
VOLLEY = 4


def spend(store: Store, table: Table, digest: str) -> bool:
    """Use up a code or refresh token; True for the one use that was first."""
    unused = and_(table.c.hash == digest, table.c.used_at.is_(None))
    claimed = store.session.execute(update(table).where(unused).values(used_at=moment()))
    return bool(claimed.rowcount == 1)  # type: ignore[attr-defined]


def refuse_second_use(store: Store, table: Table, credential: Credential, began: dt.datetime) -> None:
    """Draw the consequence of a use that came second.

    Args:
        table: codes or refresh tokens.
        began: when the request arrived, to the millisecond.
    """
    this = table.c.hash == credential.hash
    spent = store.session.execute(
        select(table.c.used_at, table.c.refusals).where(this).with_for_update()
    ).one()
    refusals = spent.refusals + (VOLLEY if began <= spent.used_at else 1)
    store.session.execute(update(table).where(this).values(refusals=refusals))

    grants, (firm_id, user_id) = store.tables.grants, credential.owner
    family = update(grants).where(grants.c.firm_id == firm_id, grants.c.id == credential.grant_id)
    if refusals >= VOLLEY and began <= spent.used_at + BURST:
        lifted = grants.c.revoked_for == credential.hash
        store.session.execute(family.where(lifted).values(revoked_at=None, revoked_for=None))
        return
    alive = grants.c.revoked_at.is_(None)
    store.session.execute(family.where(alive).values(revoked_at=moment(), revoked_for=credential.hash))
    store.tell(What.REUSED, credential.client_id, firm_id, user_id, credential=table.name)
