"""Which databases a test runs on, where that is not both."""

from __future__ import annotations

import pytest

on_one_database = pytest.mark.parametrize("settings", ["sqlite"], indirect=True, scope="session")
"""For what has nothing to do with the database behind it, such as how a page looks or a client signs in."""
