"""A key for each test."""

from __future__ import annotations

import secrets

import pytest


@pytest.fixture
def key() -> str:
    return secrets.token_hex(16)
