"""A file store of the test's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.services.file_store import FileStore


@pytest.fixture
def store(app: Flask, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """A store of the test's own."""
    monkeypatch.setitem(app.extensions, "file_store", FileStore(str(tmp_path / "store")))
    found: FileStore = app.extensions["file_store"]
    return found


@pytest.fixture
def small_limit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> int:
    """At most 1,000 bytes a file."""
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], max_file_size=1000))
    return 1000
