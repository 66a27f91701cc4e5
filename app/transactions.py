"""One transaction a request, committed in one place, before the response is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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

    Within a `Whole` the commit is left to that.
    """

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        whole: Whole | None = g.get("whole")
        with _alone() if whole is None else whole.writing() as session:
            g.session = session
            try:
                return view(*args, **kwargs)
            finally:
                del g.session

    return wrapper


def let_others_write() -> None:
    """End the transaction so far; the next statement begins another. For what takes long and needs no database,
    such as the hash of a password: on SQLite an open transaction keeps every other writer waiting."""
    session().commit()


def session() -> Session:
    """The session of this request's transaction."""
    current: Session = g.session
    return current


@contextmanager
def _alone() -> Iterator[Session]:
    with database().session() as session:
        yield session
        session.commit()


class Whole:
    """One transaction that goes on until the request's answer is made, and is committed with it.

    It begins with the first write, so nobody is kept waiting while a body comes in and is looked at. After
    that, what the request reads is read through it.

    Args:
        begin: what is to be done first in it.
    """

    def __init__(self, begin: Callable[[Session], None]) -> None:
        self._begin = begin
        self._open = ExitStack()
        self._reading = ExitStack()
        self.session: Session | None = None

    def __enter__(self) -> Whole:
        g.whole = self
        return self

    def __exit__(self, *failure: object) -> None:
        """Roll back what was not committed."""
        del g.whole
        self._reading.close()
        self._open.close()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """The session, for a block that writes. If it fails all is rolled back, and may be begun again."""
        self._reading.close()
        if self.session is None:
            self.session = self._open.enter_context(database().session())
            self._begin(self.session)
        try:
            yield self.session
        except BaseException:
            self.session = None
            self._open.close()
            raise
        g.reader = self._reading.enter_context(database().reading_through(self.session))

    def commit(self, last: Callable[[Session], None]) -> None:
        """Commit, if anything was written.

        Args:
            last: what is to be done before.
        """
        self._reading.close()
        if self.session is not None:
            last(self.session)
            self.session.commit()
