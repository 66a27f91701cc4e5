"""o.js, a client that knows no types, and the query builder odata-query do a day's work, batches included.

What they do and expect stands in `typescript/plain_client.ts`.
"""

from __future__ import annotations

from tests.clients.conftest import Workshop
from tests.databases import on_one_database
from tests.firms import Workplace

PROGRAM = "plain_client"

pytestmark = on_one_database


def test_a_plain_client_does_its_work(workshop: Workshop, server: str, workplace: Workplace) -> None:
    workshop.compile(PROGRAM)
    seen = workshop.run(PROGRAM, f"{server}/odata/v4", workplace.token, workplace.user_id)
    assert seen["sums"] == [{"rate": 50, "total": 6}, {"rate": 100, "total": 9}]
    assert seen["hours"] == [1, 2, 3, 4, 5]
    names = workplace.ok("GET", "/odata/v4/Accounts?$select=company_name&$orderby=company_name")["value"]
    assert [account["company_name"] for account in names] == ["First", "Second", "Ünder & O'Brien"]
