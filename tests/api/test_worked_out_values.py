"""Values that are worked out in a subquery belong to their own row, however deep in a query they stand.

A subquery that is not tied to its row reads the rows of every firm.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Select
from sqlalchemy.sql import visitors

from app.api.reading import Source
from app.api.resources import faces
from odata.metadata import EntityType
from tests.databases import on_one_database
from tests.firms import Workplace

DOORS = ("odata", "v2", "v1")


def entities() -> Iterator[EntityType]:
    """Every entity type that a query can get to."""
    pending = [Source(r, f, f.standard).set.entity for door in DOORS for r, f in faces(door)]
    known: set[int] = set()
    while pending:
        entity = pending.pop()
        if id(entity) not in known:
            known.add(id(entity))
            yield entity
            pending += [navigation.target() for navigation in entity.navigations.values()]


@on_one_database
def test_every_subquery_says_what_it_is_tied_to(app: Flask) -> None:
    found = 0
    with app.app_context():
        for entity in entities():
            for name, member in entity.properties.items():
                table = member.steps[-1].table if member.steps else entity.table
                for part in visitors.iterate(member.column(table.alias())):
                    if isinstance(part, Select):
                        found += 1
                        assert part._correlate_except is not None, (entity.name, name)
    assert found > 20


@pytest.mark.parametrize(
    ("address", "condition"),
    [
        ("/api/v2/accounts", "primary_contact/status in tags"),
        ("/api/v2/accounts", "tags/any(t:t eq primary_contact/status)"),
        ("/odata/v4/Contacts", "account/contacts/any(c:c/id ne $it/id and c/status ne $it/status)"),
        ("/odata/v4/Accounts", "contacts/any(c:$it/balance/trust_balance lt 0)"),
        ("/odata/v4/Accounts", "contacts/any(c:c/account/balance/paid ne $it/balance/paid)"),
        ("/odata/v4/Accounts", "contacts/all(c:c/account/balance/billable eq $it/balance/billable) eq false"),
    ],
)
def test_no_other_firm_counts(
    full_practice: Workplace, other_full_practice: Workplace, address: str, condition: str
) -> None:
    practice = full_practice
    assert practice.ok("GET", address, query_string={"$filter": condition, "$top": "5"}) is not None
    answer = practice.get(f"{address}/$count", query_string={"$filter": condition})
    assert (answer.status_code, answer.text) == (200, "0")
