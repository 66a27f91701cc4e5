"""The file store, in a folder and in a stand-in for a bucket."""

from __future__ import annotations

import io
import secrets
import stat
from pathlib import Path
from typing import Any

import pytest

from app.config import Settings
from app.errors import ConfigurationError
from app.services.file_store import CHUNK, ContentMissing, FileStore, StoreUnavailable, new_key

KEY = "7/0123456789abcdef"
CONTENT = bytes(range(256)) * 4096


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    if request.param == "folder":
        return FileStore(str(tmp_path / "store"))
    return FileStore(f"memory://bucket/{secrets.token_hex(4)}")


class Interrupted(io.RawIOBase):
    """Content whose second piece cannot be read."""

    def __init__(self) -> None:
        self._pieces = [b"x" * CHUNK]

    def read(self, size: int = -1) -> bytes:
        if not self._pieces:
            raise OSError("the connection is gone")
        return self._pieces.pop()


@pytest.mark.parametrize("content", [b"", b"a", CONTENT], ids=["empty", "small", "large"])
def test_content_comes_back_as_it_was_put(store: FileStore, content: bytes) -> None:
    store.put(KEY, io.BytesIO(content))
    assert store.size(KEY) == len(content)
    assert b"".join(store.read(KEY)) == content


def test_it_comes_a_chunk_at_a_time_and_from_any_position(store: FileStore) -> None:
    store.put(KEY, io.BytesIO(CONTENT))
    content = store.read(KEY)
    content.seek(100)
    assert content.tell() == 100
    chunks = list(content)
    assert max(map(len, chunks)) <= CHUNK
    assert b"".join(chunks) == CONTENT[100:]
    content.close()


def test_content_that_nobody_reads_is_never_opened(store: FileStore) -> None:
    store.read("7/nothing").close()


def test_missing_content_says_so(store: FileStore, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ContentMissing) as caught:
        store.size(KEY)
    assert caught.value.status == 404
    assert KEY in caplog.text


def test_removing_takes_content_away_and_takes_none_for_removed(store: FileStore) -> None:
    store.put(KEY, io.BytesIO(b"a"))
    store.remove(KEY)
    store.remove(KEY)
    with pytest.raises(ContentMissing):
        store.size(KEY)


def test_what_is_cut_off_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        store.put(KEY, Interrupted())  # type: ignore[arg-type]
    with pytest.raises(ContentMissing):
        store.size(KEY)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_place_that_is_not_there_is_unavailable(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise FileNotFoundError("there is no such bucket")

    monkeypatch.setattr("shutil.copyfileobj", fail)
    with pytest.raises(StoreUnavailable):
        store.put(KEY, io.BytesIO(b"a"))


def test_a_store_that_fails_is_unavailable_and_not_a_mystery(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("secret endpoint")

    for name in ("size", "rm_file"):
        monkeypatch.setattr(store._system, name, fail)
    with pytest.raises(StoreUnavailable) as caught:
        store.size(KEY)
    assert "secret" not in caught.value.message
    store.remove(KEY)


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StoreUnavailable):
        FileStore(str(tmp_path / "taken")).put(KEY, io.BytesIO(b"a"))


def test_the_folders_are_for_the_owner_alone(tmp_path: Path) -> None:
    store = FileStore(str(tmp_path / "store"))
    store.put(KEY, io.BytesIO(b"a"))
    for folder in (tmp_path / "store", tmp_path / "store/7"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_half_a_file_never_bears_its_name(tmp_path: Path) -> None:
    store, seen = FileStore(str(tmp_path)), []

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            seen.append((tmp_path / KEY).exists())
            return super().read(size)

    store.put(KEY, Watched(b"x" * 2 * CHUNK))
    assert len(seen) == 3
    assert not any(seen)
    assert (tmp_path / KEY).stat().st_size == 2 * CHUNK


def test_keys_are_our_own_and_fit_their_column() -> None:
    keys = {new_key(2**31 - 1) for _ in range(1000)}
    assert len(keys) == 1000
    assert max(map(len, keys)) <= 80


@pytest.mark.parametrize("address", ["no-such-protocol://x", "s4://bucket"])
def test_an_unknown_kind_of_store_stops_the_start(address: str) -> None:
    with pytest.raises(ConfigurationError, match="FILE_STORE"):
        FileStore(address)


@pytest.mark.parametrize(
    ("file_store", "address"),
    [
        ("files", "/srv/firm/files"),
        ("/var/files", "/var/files"),
        ("s3://bucket/prefix", "s3://bucket/prefix"),
    ],
)
def test_where_a_setting_leads(file_store: str, address: str) -> None:
    assert Settings(instance_path="/srv/firm", file_store=file_store).files == address
