"""Content on its way to the record that will own it: it stays if the record does, and goes if that comes to nothing.

Content is put away first and its record written after it, so that no record is ever without content, and no
transaction is open while bytes travel. What is put away this way is removed when the block ends without a record, or
when the record's transaction ends in anything but a commit, whoever ends it and however late.

A commit that seems to fail may have happened all the same, where the answer of the database was lost. So the record is
looked for before its content goes; what cannot be looked for stays.
"""

from __future__ import annotations

import logging

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from app.models import Counter, File
from app.services import changes
from app.services.file_store import FileStore, Readable, new_key

logger = logging.getLogger(__name__)


class NewContent:
    """One piece of content, for a `with` block that makes the record which owns it.

    Args:
        firm_id: the firm whose file it will be.
    """

    def __init__(self, store: FileStore, firm_id: int) -> None:
        self.key = new_key(firm_id)
        self._store = store
        self._firm_id = firm_id
        self._is_with_session = False
        self._is_settled = False

    def __enter__(self) -> NewContent:
        return self

    def __exit__(self, *failure: object) -> None:
        if not self._is_with_session:
            self._store.remove(self.key)

    def put(self, content: Readable) -> None:
        """Put it away, all of it or nothing.

        Raises:
            StoreUnavailable: the store does not take it.
        """
        self._store.put(self.key, content)

    def goes_with(self, session: Session) -> None:
        """From here on the session decides: its commit is that of the record, and without one the content goes."""
        self._is_with_session = True
        event.listen(session, "after_commit", self._after_commit)
        event.listen(session, "after_transaction_end", self._after_the_end)

    def _after_commit(self, session: Session) -> None:
        if not session.in_nested_transaction():
            self._is_settled = True

    def _after_the_end(self, session: Session, transaction: SessionTransaction) -> None:
        if self._is_settled or transaction.parent is not None:
            return
        self._is_settled = True
        try:
            if not self._is_owned(session):
                self._store.remove(self.key)
        except Exception:  # whatever made the commit fail may make this fail too
            logger.exception("The content %s may be left behind in the file store.", self.key)

    def _is_owned(self, ended: Session) -> bool:
        """Whether there is a record after all. A commit of it that is still going on holds the number of its change,
        and is waited for."""
        number = select(Counter.value).where(Counter.firm_id == self._firm_id, Counter.name == changes.SERIES)
        with Session(ended.get_bind()) as session:
            session.execute(number.with_for_update())
            owner = select(File.id).where(File.firm_id == self._firm_id, File.storage_key == self.key)
            return session.scalars(owner).first() is not None
