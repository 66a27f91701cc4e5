"""Where the content of files lies: in a folder, or in a bucket of an S3-compatible store, through fsspec.

The store knows content by keys of our own making; what a client calls a file never comes here.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from app.errors import ConfigurationError, MatterbaseError, NotFound

logger = logging.getLogger(__name__)

CHUNK = 256 * 1024
"""Bytes that are held in memory at a time."""

BLOCK = 5 * 1024 * 1024
"""Bytes that go to a bucket, or come from it, in one piece; S3 takes no smaller ones."""


class Readable(Protocol):
    """What content can be copied from."""

    def read(self, size: int = ..., /) -> bytes: ...


class ContentMissing(NotFound):
    """The file is known, but its content is not where it was put."""


class StoreUnavailable(MatterbaseError):
    """The store cannot be reached, or takes no more."""

    status = 503
    code = "unavailable"


def new_key(firm_id: int) -> str:
    """A name for new content that nobody can guess and nothing else has."""
    return f"{firm_id}/{secrets.token_hex(16)}"


class FileStore:
    """The content of every firm's files.

    Args:
        address: a folder, which need not exist yet, or an address that fsspec knows, such as
            `s3://bucket/prefix`.

    Raises:
        ConfigurationError: no such kind of store is installed.
    """

    def __init__(self, address: str) -> None:
        try:
            self._system, self._root = url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise ConfigurationError(
                f"FILE_STORE cannot be used: {error}. For s3://, install matterbase[s3]."
            ) from error
        self._is_folder = isinstance(self._system, LocalFileSystem)

    def put(self, key: str, content: Readable) -> None:
        """Keep the content under the key, all of it or nothing.

        Raises:
            StoreUnavailable: the store does not take it.
        """
        try:
            with _reachable(key):
                if self._is_folder:
                    _write(Path(self._root), Path(self._path(key)), content)
                else:
                    with self._system.open(self._path(key), "wb", block_size=BLOCK) as target:
                        shutil.copyfileobj(content, target, CHUNK)
        except StoreUnavailable:
            self.remove(key)  # fsspec finishes what it has when it is interrupted
            raise

    def size(self, key: str) -> int:
        """The content's size in bytes.

        Raises:
            ContentMissing: it is gone.
            StoreUnavailable: the store does not say.
        """
        with _reachable(key):
            try:
                return int(self._system.size(self._path(key)))
            except FileNotFoundError as error:
                logger.error("The content %s is missing in the file store.", key)
                raise ContentMissing("The content of this file is missing in the file store.") from error

    def read(self, key: str) -> Content:
        """The content as a stream."""
        return Content(lambda: self._system.open(self._path(key), "rb", block_size=BLOCK))

    def remove(self, key: str) -> None:
        """Drop content that no file has come to own. What cannot be dropped is left behind, and logged."""
        try:
            self._system.rm_file(self._path(key))
        except FileNotFoundError:
            pass
        except Exception as error:  # every kind of store has errors of its own
            logger.warning("The content %s is left behind in the file store: %s", key, error)

    def _path(self, key: str) -> str:
        return f"{self._root.rstrip('/')}/{key}"


class Content:
    """What an answer streams, a chunk at a time.

    It is opened by the first read, so that an answer whose body nobody reads opens nothing. `seekable`,
    `seek` and `tell` are there for werkzeug, which begins in the middle where a range asks for it.
    """

    def __init__(self, opening: Callable[[], BinaryIO]) -> None:
        self._opening = opening

    @cached_property
    def _file(self) -> BinaryIO:
        return self._opening()

    def __iter__(self) -> Content:
        return self

    def __next__(self) -> bytes:
        if chunk := self._file.read(CHUNK):
            return chunk
        raise StopIteration

    def seekable(self) -> bool:
        return True

    def seek(self, position: int) -> int:
        return self._file.seek(position)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        if "_file" in self.__dict__:
            self._file.close()


@contextmanager
def _reachable(key: str) -> Iterator[None]:
    """Every kind of store has errors of its own; they become one of ours, and a line in the log."""
    try:
        yield
    except MatterbaseError:
        raise
    except Exception as error:
        logger.error("The file store failed on %s: %s", key, error, exc_info=error)
        raise StoreUnavailable("The file store is not available; try again in a moment.") from error


def _write(root: Path, path: Path, content: Readable) -> None:
    """Write under another name first: under its own, content is whole and on the disk."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = path.with_suffix(".part")
    try:
        with unfinished.open("xb") as target:
            shutil.copyfileobj(content, target, CHUNK)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name, too, survives a power cut
    finally:
        os.close(folder)
