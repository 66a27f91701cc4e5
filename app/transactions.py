"""One transaction a request, committed in one place, before the response is sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g
from sqlalchemy.orm import Session

from app.extensions import database

P = ParamSpec("P")
R = TypeVar("R")


def transactional(view: Callable[P, R]) -> Callable[P, R]:
    """Run the view in one transaction and commit what it did; an exception rolls everything back.

    The commit happens here, inside Flask's exception handling, so that a constraint that fails at commit is
    answered like any other error. A view that answers with an error *response* still commits: the OAuth
    endpoints rely on it (a refused refresh revokes its token family).
    """

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with database().session() as session:
            g.session = session
            try:
                response = view(*args, **kwargs)
                session.commit()
            finally:
                del g.session
        return response

    return wrapper


def let_others_write() -> None:
    """End the transaction so far; the next statement begins another. For what takes long and needs no database,
    such as the hash of a password: on SQLite an open transaction keeps every other writer waiting."""
    session().commit()


def session() -> Session:
    """The session of this request's transaction."""
    current: Session = g.session
    return current
