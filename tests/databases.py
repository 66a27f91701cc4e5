"""Which databases a test runs on, where that is not both."""

from __future__ import annotations

import pytest


def _on(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("settings", [name], indirect=True, scope="session")


on_one_database = _on("sqlite")
"""For what has nothing to do with the database behind it, such as how a page looks or a client signs in."""
on_sqlite = _on("sqlite")
on_postgresql = _on("postgresql")
"""For what only the one does, or does another way."""
