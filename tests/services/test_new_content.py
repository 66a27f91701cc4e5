"""Content stays with its record, and goes with the transaction that would have made it."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.extensions import Database
from app.models import File
from app.models.base import new_id
from app.services.file_store import FileStore
from app.services.new_content import NewContent
from tests.commits import Broken, failing
from tests.firms import Workplace


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path / "store"))


def is_there(tmp_path: Path) -> bool:
    return any(path.is_file() for path in (tmp_path / "store").rglob("*"))


def put(store: FileStore, place: Workplace, session: Session) -> None:
    """Put content away, and the row of its file with it; the session is left to end."""
    with NewContent(store, place.firm_id) as content:
        content.put(io.BytesIO(b"a brief"))
        content.goes_with(session)
        values = {"file_name": "a.txt", "size": 7, "content_type": "text/plain", "storage_key": content.key}
        session.add(File(firm_id=place.firm_id, id=new_id(), **values))
        session.flush()


def commit_after_a_savepoint(session: Session) -> None:
    with session.begin_nested():
        pass
    session.commit()


def roll_back_after_a_savepoint(session: Session) -> None:
    with session.begin_nested():
        pass
    session.rollback()


def commit_something_else_later(session: Session) -> None:
    session.rollback()
    session.commit()


@pytest.mark.parametrize(
    ("end", "stays"),
    [
        (Session.commit, True),
        (commit_after_a_savepoint, True),
        (Session.rollback, False),
        (Session.close, False),
        (roll_back_after_a_savepoint, False),
        (commit_something_else_later, False),
    ],
)
def test_it_shares_the_end_of_its_transaction(
    database: Database,
    workplace: Workplace,
    store: FileStore,
    tmp_path: Path,
    end: Callable[[Session], None],
    stays: bool,
) -> None:
    with database.session() as session:
        put(store, workplace, session)
        assert is_there(tmp_path)
        end(session)
        assert is_there(tmp_path) == stays
    assert is_there(tmp_path) == stays


@pytest.mark.parametrize("seemingly", [False, True])
def test_a_commit_that_fails(
    database: Database, workplace: Workplace, store: FileStore, tmp_path: Path, seemingly: bool
) -> None:
    with database.session() as session:
        put(store, workplace, session)
        with failing(database, seemingly=seemingly), pytest.raises(Broken):
            session.commit()
    assert is_there(tmp_path) == seemingly  # as the record does


def test_what_cannot_be_looked_for_stays(
    database: Database,
    workplace: Workplace,
    store: FileStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def unreachable(*args: object) -> bool:
        raise Broken

    monkeypatch.setattr(NewContent, "_is_owned", unreachable)
    with database.session() as session:
        put(store, workplace, session)
        session.rollback()
    assert is_there(tmp_path)
    assert "may be left behind" in caplog.text


@pytest.mark.parametrize("fails", [False, True])
def test_a_block_that_makes_no_record(
    workplace: Workplace, store: FileStore, tmp_path: Path, fails: bool
) -> None:
    with suppress(Broken), NewContent(store, workplace.firm_id) as content:
        content.put(io.BytesIO(b"a brief"))
        if fails:
            raise Broken
    assert not is_there(tmp_path)
