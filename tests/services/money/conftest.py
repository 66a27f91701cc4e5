"""What the tests of the books begin with: an account, and a matter of it."""

from __future__ import annotations

import pytest

from app.models import Account, Matter
from tests.services.books import Books


@pytest.fixture
def account(books: Books) -> Account:
    return books.account()


@pytest.fixture
def matter(books: Books, account: Account) -> Matter:
    return books.matter(account)
