"""Codes and refresh tokens work once: who was first, and what a second use means.

One `UPDATE … WHERE used_at IS NULL` decides the winner, so of any number of parallel uses exactly one
succeeds. The others are refused, but they come in two kinds:

- A *replay* starts after the first use was over. Somebody holds a copy, and nobody can tell the thief from
  the owner, so the whole family dies (RFC 6749 section 4.1.2, RFC 9700 section 4.14.2).
- A *parallel use* is an app that sent the same request from several threads, or sent it again without
  waiting. It must not cost the app the pair that its winning request has just been given.

Time alone tells them apart: nobody can have seen the answer to a use that had not happened yet. A refused
use whose request *began* no later than the winning `used_at` is parallel beyond doubt. It marks the
credential as contested, and for `BURST` after the winning use further refusals count as the same burst,
since a request that was sent in time may wait in a queue before it reaches us. The proof may also arrive
after such a straggler was already taken for a replay; it then lifts the revocation that this very
credential caused, and no other.

A replay with no contest before it is punished at once, however soon it comes. One within a proven burst is
only refused: a copy of the credential still buys nothing, and after `BURST` it kills the family as ever.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Table, and_, select, update

from oauth.tables import Store, moment, seconds

BURST = seconds(10)


def spend(store: Store, table: Table, digest: str) -> bool:
    """Use up a code or refresh token; True for the one use that was first."""
    unused = and_(table.c.hash == digest, table.c.used_at.is_(None))
    claimed = store.session.execute(update(table).where(unused).values(used_at=moment()))
    return bool(claimed.rowcount == 1)  # type: ignore[attr-defined]


def refuse_second_use(store: Store, table: Table, digest: str, began: dt.datetime) -> None:
    """Draw the consequence of a use that came second.

    Args:
        table: codes or refresh tokens.
        began: when the request arrived, to the millisecond.
    """
    columns = (table.c.firm_id, table.c.grant_id, table.c.used_at, table.c.contested_at)
    this = table.c.hash == digest
    spent = store.session.execute(select(*columns).where(this).with_for_update()).one()
    grants = store.tables.grants
    family = update(grants).where(grants.c.firm_id == spent.firm_id, grants.c.id == spent.grant_id)
    if began <= spent.used_at:
        store.session.execute(update(table).where(this).values(contested_at=moment()))
        lifted = family.where(grants.c.revoked_for == digest).values(revoked_at=None, revoked_for=None)
        store.session.execute(lifted)
    elif spent.contested_at is None or began > spent.used_at + BURST:
        revoked = family.where(grants.c.revoked_at.is_(None)).values(revoked_at=moment(), revoked_for=digest)
        store.session.execute(revoked)
