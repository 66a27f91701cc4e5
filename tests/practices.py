"""Two firms that have everything, made once for all tests that look at such firms: filling one takes seconds.

Whoever uses them may add to them, but changes and deletes nothing that was there.
"""

from __future__ import annotations

import pytest
from flask import Flask

from tests.contract.full_samples import fill
from tests.firms import Workplace, open_firm


def filled(app: Flask) -> Workplace:
    """A new firm that has a record of every kind, as each door makes it."""
    with app.extensions["database"].session() as session:
        place = open_firm(app, session)
    fill(place)
    return place


@pytest.fixture(scope="session")
def full_practice(app: Flask) -> Workplace:
    return filled(app)


@pytest.fixture(scope="session")
def other_full_practice(app: Flask) -> Workplace:
    return filled(app)
