"""The people of the account pages."""

from __future__ import annotations

from tests.web.people import ada, bob, coworker, ledger, stranger  # noqa: F401 - fixtures
