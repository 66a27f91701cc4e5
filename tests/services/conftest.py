from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.firms import Workplace
from tests.services.books import Books
from tests.services.records_of_a_firm import Desk


@pytest.fixture
def desk(session: Session, workplace: Workplace) -> Desk:
    """The firm's administrator, working through the rules."""
    return Desk(session, workplace)


@pytest.fixture
def books(session: Session, workplace: Workplace) -> Books:
    """The firm's books, written by the rules."""
    return Books(session, workplace)
