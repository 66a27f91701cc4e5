"""What is on a matter that somebody may not see is nowhere for them: not in a list, a count, a sum, an expansion, a
path, a filter, a search, a file, and not to be written to, at any door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, select

from app.api.model_properties import table_of
from app.api.reading import Source
from app.api.resources import GET, LIST, RESOURCES
from app.extensions import Database
from app.models import Base
from app.services.sight import held_tables, ways
from tests.contract.faces import listed, one
from tests.contract.full_samples import fill
from tests.contract.samples import SAMPLES
from tests.databases import on_sqlite
from tests.firms import Workplace, open_firm
from tests.restricted import place_of, put_into, restricted
from tests.test_scoping import queries

GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ODATA = "/odata/v4"
DAY = "2026-01-31T00:00:00Z"


@dataclass
class Scene:
    """A firm with a matter in somebody's office, and everything else in none.

    Args:
        all: the firm as its administrator uses it; eve: as somebody restricted to an office does.
        account, seen: an account and a matter of it that eve sees.
    """

    all: Workplace
    eve: Workplace
    account: str
    contact: str
    seen: str


@pytest.fixture(scope="module")
def scene(app: Flask) -> Scene:
    database: Database = app.extensions["database"]
    with database.session() as session:
        place = open_firm(app, session)
        office = place_of(session, place, "office")
        eve = restricted(session, place, "office", office_id=office)
        if database.name == "sqlite":  # what hides a row is the same on both, and filling a firm takes long
            fill(place)
        account = place.ok("POST", "/api/v2/accounts", json=SAMPLES["v2", "accounts"](place))
        matter = {"name": "Seen", "status": "Open", "account_ref": {"id": account["id"]}}
        seen = place.ok("POST", "/api/v2/matters", json=matter)["id"]
        put_into(session, place, seen, office_id=office)
    return Scene(place, eve, account["id"], account["primary_contact"]["id"], seen)


@pytest.fixture(scope="module")
def hidden(app: Flask, scene: Scene) -> dict[str, set[str]]:
    """The ids of what eve may not see, by table, worked out row by row in Python."""
    database: Database = app.extensions["database"]
    rows: dict[str, dict[str, Any]] = {}
    with database.session() as session:
        for table in Base.metadata.tables.values():
            if "id" in table.c and "firm_id" in table.c and table in held_tables():
                found = session.execute(select(table).where(table.c.firm_id == scene.all.firm_id)).mappings()
                rows[table.name] = {row["id"]: dict(row) for row in found}
    return {
        name: {key for key, row in of.items() if not is_seen(Base.metadata.tables[name], row, scene, rows)}
        for name, of in rows.items()
    }


def is_seen(table: Table, row: dict[str, Any], scene: Scene, rows: dict[str, Any]) -> bool:
    if table.name == "matters":
        return bool(row["id"] == scene.seen)
    return all(
        row[column] is None or is_seen(target, rows[target.name][row[column]], scene, rows)
        for column, target in ways(table)
    )


def test_whatever_refers_to_a_matter_is_held_with_it() -> None:
    """This fails where a model gets a `matter_id` that no foreign key guards: then nothing would hide its rows."""
    for table in Base.metadata.tables.values():
        if "matter_id" in table.c:
            assert table in held_tables(), table.name
            assert "matter_id" in {column for column, _ in ways(table)}, table.name


@on_sqlite  # where alone the scene is filled
def test_every_kind_of_record_on_a_matter_is_in_the_scene(hidden: dict[str, set[str]]) -> None:
    for resource in RESOURCES:
        if table_of(resource.model) in held_tables():
            assert hidden[resource.model.__tablename__], f"the scene hides no {resource.noun}"


def test_no_address_shows_what_is_hidden(app: Flask, scene: Scene, hidden: dict[str, set[str]]) -> None:
    doors = ("v1", "v2", "praxis", "odata") if app.extensions["database"].name == "sqlite" else ("odata",)
    secret = set().union(*hidden.values())
    shown = 0
    for resource in RESOURCES:
        key = min(hidden.get(resource.model.__tablename__, ()), default=None)
        for face in resource.faces:
            if LIST in face.operations and face.door in doors:
                found = set(GUID.findall(scene.eve.get(listed(face)).text))
                assert not found & secret, face.path
                shown += len(found)
            if key and GET in face.operations and face.door in doors[-3:]:
                answer = scene.eve.get(one(face, key))
                assert answer.status_code == 404, (face.path, answer.text)
                assert not set(GUID.findall(answer.text)) & (secret - {key})
    if not hidden["files"]:
        return
    assert shown > 20
    file = min(hidden["files"])
    assert scene.eve.get(f"/api/v2/files/download/{file}").status_code == 404
    assert scene.all.get(f"/api/v2/files/download/{file}").status_code == 200


def test_no_query_reaches_what_is_hidden(scene: Scene, hidden: dict[str, set[str]]) -> None:
    """Filters, orders, lambdas, counts and expansions along every way from what everybody sees."""
    secret = set().union(*hidden.values())
    paths = list(everything_asked())
    assert len(paths) > 40
    for path in paths:
        answer = scene.eve.get(path)
        assert answer.status_code == 200, (path, answer.text)
        assert not set(GUID.findall(answer.text)) & secret, path


def everything_asked() -> Iterator[str]:
    for resource in RESOURCES:
        for face in resource.faces:
            if face.door == "odata" and table_of(resource.model) not in held_tables():
                source = Source(resource, face, face.standard)
                for query in queries(source, only=held_tables()):
                    yield listed(face, query.replace("&$skip=1", ""))


WATCHED = (
    "/Accounts({account})?$expand=balance,matters($expand=time_entries,balance),payments,invoices,activities",
    "/Accounts({account})/matters/$count",
    "/Accounts({account})/time_entries?$count=true",
    "/Accounts({account})/files",
    "/Contacts({contact})?$expand=relationships",
    "/Matters?$count=true&$search=Secret",
    "/Matters/$count?$filter=time_entries/any(t:t/hours gt 7)",
    "/Accounts/$count?$filter=matters/any(m:startswith(m/name,'Secret'))",
    "/Accounts/$count?$filter=id eq {account} and balance/billable gt 0",
    "/Accounts?$filter=id eq {account}&$compute=matters/$count as n&$select=n",
    "/Users({user})?$expand=matters,time_entries($count=true)",
    "/TimeEntries?$apply=groupby((account/display_name),aggregate(hours with sum as h))",
    "/TimeEntries?$apply=aggregate(total with sum as t,hours with max as h)",
    "/Matters?$apply=groupby((status),aggregate($count as n))",
    "/Activities?$apply=filter(contains(subject,'Secret'))/aggregate($count as n)",
    "/Activities?$search=Secret",
    "/Messages?$search=Secret",
    "/Files?$search=Secret",
    "/Invoices/$count",
    "/Payments/$count",
    "/Relationships?$filter=matter/name eq 'Secret'",
    "/Expenses?$compute=quantity mul price as cost&$select=cost",
)
"""At the strict door; those at the others follow from their lists."""
BEFORE_AND_AFTER = (
    *(f"{ODATA}{path}" for path in WATCHED),
    "/api/v2/matters?search_text=Secret",
    "/api/v2/matters?account_id={account}",
    "/api/v2/timeentries?matter_id={secret}",
    "/api/v2/files?account_id={account}",
    "/api/v2/matters/$count",
    "/api/account/{account}",
    "/api/project?$filter=account/guid eq {account}",
    "/api/project/$count",
    "/api/invoice/$count",
    "/api/timeentry?$filter=contains(description,'Secret')",
)
NOBODY = "11111111-1111-4111-8111-111111111111"


def answers(scene: Scene, who: Workplace, secret: str) -> dict[str, Any]:
    names = {"account": scene.account, "contact": scene.contact, "user": scene.all.user_id, "secret": secret}
    found = {}
    for path in BEFORE_AND_AFTER:
        answer = who.get(path.format(**names))
        assert answer.status_code == 200, (path, answer.text)
        found[path] = answer.text
    return found


def test_a_hidden_matter_leaves_no_trace(scene: Scene) -> None:
    """Whoever does not see it hears the same with it as without it, sums and counts included."""
    before = answers(scene, scene.eve, NOBODY)
    secret = work_on_a_secret_matter(scene)
    after, all_after = (answers(scene, who, secret) for who in (scene.eve, scene.all))
    for path in BEFORE_AND_AFTER:
        assert after[path] == before[path], path
        assert all_after[path] != after[path], f"{path} would not show it to anybody"


def work_on_a_secret_matter(scene: Scene) -> str:
    """A matter of an account that eve sees, with something of every kind on it; in no office."""
    place = scene.all
    account, me = {"id": scene.account}, {"id": place.user_id}

    def make(path: str, **body: Any) -> Any:
        return place.ok("POST", f"/api/v2/{path}", json=body)

    matter = {"id": make("matters", name="Secret", status="Open", account_ref=account)["id"]}
    of = {"matter_ref": matter, "account_ref": account}
    charge = {**of, "date": DAY, "description": "Secret", "billed_by_user_ref": me}
    make("timeentries", **charge, hours=8, rate=10_000)
    make("expenses", **of, qty=2, price=12.5)
    make("invoices", **of)
    make("timeentries", **charge, hours=9, rate=10_000)
    bank = {"id": make("bankaccounts", name="Operating", type="Operating")["id"]}
    make("payments", **of, date=DAY, total_amount=123, bank_account=bank)
    make("tasks", **of, subject="Secret", status="NotCompleted", priority="Low")
    make("messages", matter_id=matter["id"], body="Secret")
    make("relationships", matter_ref=matter, contact_ref={"id": scene.contact}, name="Judge")
    place.request(
        "POST",
        "/api/v2/files",
        data={"file": (BytesIO(b"Secret"), "Secret.txt"), "matter_ref": matter["id"]},
    )
    return str(matter["id"])
