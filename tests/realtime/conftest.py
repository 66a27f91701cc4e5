"""A server with a hub on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.config import Settings
from tests.serving import Server, serving


@pytest.fixture(scope="session")
def server(app: Flask, settings: Settings) -> Iterator[Server]:
    with serving(settings, RATE_LIMIT="1000000") as server:  # the apps of some tests have limits of their own
        yield server
        assert server.process.poll() is None
