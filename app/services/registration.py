"""Who may register an app without signing in (RFC 7591 section 3): all, those who hold an initial access token,
or nobody, as the operator has set it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import Forbidden, NotAuthenticated, NotFound
from app.models import Firm, InitialAccessToken
from app.models.base import now
from oauth.credentials import digest, new_credential

PREFIX = "mb_reg_"
DAYS = 7


def make_initial_access_token(session: Session, *, firm_id: int | None = None, days: int = DAYS) -> str:
    """Make a token that registers one app. It is shown only here.

    Args:
        firm_id: the firm that the app will belong to; None for one of nobody's.
        days: for how long it can be used.

    Raises:
        NotFound: there is no such firm.
    """
    if firm_id is not None and session.get(Firm, firm_id) is None:
        raise NotFound(f"There is no firm {firm_id}.")
    token = PREFIX + new_credential()
    until = now() + dt.timedelta(days=days)
    session.add(InitialAccessToken(hash=digest(token), firm_id=firm_id, expires_at=until))
    session.flush()
    return token


def admit(session: Session, policy: str, token: str | None) -> int | None:
    """Let somebody register an app, and use up the token.

    Args:
        policy: `open`, `token` or `closed`.
        token: the initial access token that came with the request. It counts where none is needed, too: the app
            then belongs to its firm.

    Returns:
        The firm that the app will belong to, or None.

    Raises:
        Forbidden: apps cannot register themselves here.
        NotAuthenticated: the token is missing, unknown, expired or used.
    """
    if policy == "closed":
        raise Forbidden("Apps cannot register themselves here; ask the operator.")
    if token is None and policy == "open":
        return None
    if token is None:
        raise NotAuthenticated("Registering needs an initial access token.", token_sent=False)
    mine = (InitialAccessToken.hash == digest(token)) & InitialAccessToken.used_at.is_(None)
    unused = update(InitialAccessToken).where(mine, InitialAccessToken.expires_at > now())
    if session.execute(unused.values(used_at=now())).rowcount != 1:  # type: ignore[attr-defined]
        raise NotAuthenticated("The initial access token is unknown, expired or used.", token_sent=True)
    return session.scalar(select(InitialAccessToken.firm_id).where(InitialAccessToken.hash == digest(token)))
