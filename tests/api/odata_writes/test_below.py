"""Writes to properties, references and collections of an entity."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.api.odata_writes.batches import ask, run, statuses
from tests.api.odata_writes.steps import ROOT, account, entry, make, matter, problems, read, send
from tests.api.odata_writes.test_who_may import token
from tests.firms import Workplace

KEY = "00000000-0000-4000-8000-000000000001"


def status(place: Workplace, method: str, path: str, body: Any = None, **kwargs: Any) -> int:
    return int(send(place, method, path, body, **kwargs).status_code)


def text(place: Workplace, path: str, value: str | bytes) -> Any:
    return place.request("PUT", f"{ROOT}/{path}", data=value, content_type="text/plain")


# Collections


@pytest.mark.parametrize("name", ["time_entries", "TimeEntries"])
def test_an_entity_is_made_in_a_collection(workplace: Workplace, name: str) -> None:
    key = matter(workplace)
    body = {"date": "2026-01-31T00:00:00Z", "hours": 1.5, "billed_by_user_id": workplace.user_id}
    answer = send(workplace, "POST", f"Matters({key})/{name}", body)
    assert answer.status_code == 201, answer.text
    made = answer.get_json()
    assert made["matter_id"] == key
    assert answer.headers["Location"].endswith(f"/TimeEntries({made['id']})")
    assert status(workplace, "POST", f"Matters({key})/{name}", {**body, "matter_id": key}) == 201
    for said in ({"matter_id": matter(workplace)}, {"matter@odata.bind": f"Matters({matter(workplace)})"}):
        assert problems(send(workplace, "POST", f"Matters({key})/{name}", {**body, **said}))
    assert status(workplace, "POST", f"Matters({KEY})/{name}", body) == 404
    assert len(read(workplace, f"Matters({key})/time_entries")["value"]) == 2


def test_a_collection_finds_its_owner_by_another_key(workplace: Workplace) -> None:
    key = account(workplace)
    number = read(workplace, f"Accounts({key})")["number"]
    assert make(workplace, f"Accounts(number={number})/matters", {"name": "a"})["account_id"] == key
    assert status(workplace, "POST", "Accounts(number=99)/matters", {"name": "a"}) == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "Matters({M})/assigned_users"),
        ("POST", "Matters({M})/tags"),
        ("POST", "Matters({M})/account"),
        ("POST", "Matters({M})/name"),
        ("PUT", "Matters({M})/time_entries"),
        ("DELETE", "Matters({M})/time_entries"),
        ("PATCH", "Matters({M})/name/$value"),
        ("PUT", "Matters({M})/display_name"),
        ("DELETE", "Matters({M})/display_name/$value"),
        ("PUT", "Matters({M})/id"),
        ("PUT", "Matters({M})/balance"),
        ("PUT", "Matters({M})/balance/$ref"),
        ("POST", "Matters({M})/account/$ref"),
        ("POST", "Matters({M})/custom_field_values/$ref"),
        ("PUT", "Accounts({A})/matters/$ref"),
        ("POST", "Users({U})/matters/$ref"),
        ("PATCH", "Me/first_name"),
    ],
)
def test_what_does_not_take_a_method_says_so(workplace: Workplace, method: str, path: str) -> None:
    client = account(workplace)
    case = matter(workplace, account_id=client)
    path = path.replace("{A}", client).replace("{M}", case).replace("{U}", workplace.user_id)
    answer = send(workplace, method, path, {})
    assert answer.status_code == 405, answer.text
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "path",
    ["Matters({M})/nope", "Matters({M})/name/$count", "Matters({M})/name/x", "Nope(1)/name", "Matters({M})/"],
)
def test_what_leads_nowhere(workplace: Workplace, path: str) -> None:
    answer = send(workplace, "PUT", path.replace("{M}", matter(workplace)), {"value": 1})
    assert answer.status_code in (404, 405), answer.text


# Properties


def test_a_property_is_set_and_cleared(workplace: Workplace) -> None:
    case = f"Matters({matter(workplace, notes='n')})"
    for method, value in (("PUT", "a"), ("PATCH", "b"), ("PUT", None)):
        answer = send(workplace, method, f"{case}/notes", {"value": value})
        assert (answer.status_code, answer.data) == (204, b"")
        found = read(workplace, case)
        assert (found["notes"], found["@odata.etag"]) == (value, answer.headers["ETag"])
    assert status(workplace, "PUT", f"{case}/notes", {"value": "a"}) == 204
    assert status(workplace, "DELETE", f"{case}/notes") == 204
    assert read(workplace, case)["notes"] is None
    assert read(workplace, case)["name"] == "Acme v. Bolt"


def test_a_property_is_set_to_a_text(workplace: Workplace) -> None:
    case = f"Matters({matter(workplace)})"
    values = {
        "name": ("Ünder \u2603", "Ünder \u2603"),
        "hourly_rate": ("12.5", 12.5),
        "number": ("77", 77),
        "status": ("Closed", "Closed"),
        "due_date": ("2026-01-31T00:00:00Z", "2026-01-31T00:00:00Z"),
    }
    for name, (written, shown) in values.items():
        assert text(workplace, f"{case}/{name}/$value", written.encode()).status_code == 204, name
        assert str(read(workplace, case)[name])[:10] == str(shown)[:10]
    assert status(workplace, "DELETE", f"{case}/hourly_rate/$value") == 204
    assert read(workplace, case)["hourly_rate"] is None
    work = f"TimeEntries({make(workplace, 'TimeEntries', entry(workplace))['id']})"
    assert text(workplace, f"{work}/is_billable/$value", "false").status_code == 204
    assert read(workplace, work)["is_billable"] is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hourly_rate", b"x"),
        ("hourly_rate", b"1e9"),
        ("hourly_rate", b"9" * 500),
        ("hourly_rate", b"-1"),
        ("number", b"1.5"),
        ("number", b"0"),
        ("status", b"Nope"),
        ("account_id", b"x"),
        ("account_id", KEY.encode()),
        ("due_date", b"2026-01-31"),
        ("name", b""),
        ("name", b"\xff"),
        ("name", b"a\x00b"),
    ],
)
def test_texts_that_will_not_do(workplace: Workplace, name: str, value: bytes) -> None:
    case = f"Matters({matter(workplace)})"
    assert text(workplace, f"{case}/{name}/$value", value).status_code == 400
    assert read(workplace, case)["name"] == "Acme v. Bolt"


@pytest.mark.parametrize("body", [{}, {"value": 5}, {"value": None}, {"value": {}}, [], "x"])
def test_values_that_will_not_do(workplace: Workplace, body: Any) -> None:
    case = f"Matters({matter(workplace)})"
    assert status(workplace, "PUT", f"{case}/name", body) == 400
    assert status(workplace, "DELETE", f"{case}/name") == 400
    assert status(workplace, "PUT", f"{case}/name?$select=name", {"value": "x"}) == 400
    assert status(workplace, "PUT", f"Matters({KEY})/name", {"value": "x"}) == 404
    assert read(workplace, case)["name"] == "Acme v. Bolt"


def test_versions_hold_below_an_entity_too(workplace: Workplace) -> None:
    case = f"Matters({matter(workplace)})"
    old = read(workplace, case)["@odata.etag"]
    assert status(workplace, "PUT", f"{case}/notes", {"value": "a"}, headers={"If-Match": old}) == 204
    assert status(workplace, "PUT", f"{case}/notes", {"value": "b"}, headers={"If-Match": old}) == 412
    assert status(workplace, "DELETE", f"{case}/account/$ref", headers={"If-Match": old}) == 412
    assert read(workplace, case)["notes"] == "a"


# References


def test_a_reference_is_set_and_taken_away(workplace: Workplace) -> None:
    case, other = f"Matters({matter(workplace)})", account(workplace)
    reference = {"@id": f"Accounts({other})"}
    assert status(workplace, "PUT", f"{case}/account/$ref", reference) == 204
    assert read(workplace, case)["account_id"] == other
    assert status(workplace, "DELETE", f"{case}/account/$ref") == 204
    assert read(workplace, case)["account_id"] is None
    work = make(workplace, "TimeEntries", entry(workplace))
    assert problems(send(workplace, "DELETE", f"TimeEntries({work['id']})/matter/$ref"))
    assert problems(send(workplace, "PUT", f"{case}/account/$ref", {"@id": f"Items({other})"}))
    assert problems(send(workplace, "PUT", f"{case}/account/$ref", {"@id": f"Accounts({KEY})"}))
    assert problems(send(workplace, "PUT", f"{case}/account/$ref", {}))


def test_members_are_added_and_taken_away(workplace: Workplace) -> None:
    case, user = f"Matters({matter(workplace)})", f"Users({workplace.user_id})"
    address = f"{case}/assigned_users/$ref"
    for _ in range(2):
        assert status(workplace, "POST", address, {"@odata.id": f"http://localhost{ROOT}/{user}"}) == 204
    assert [each["@odata.id"] for each in read(workplace, address)["value"]] == [user]
    assert status(workplace, "DELETE", f"{address}?$id={user}") == 204
    assert status(workplace, "DELETE", f"{address}?$id={user}") == 404
    assert status(workplace, "DELETE", address) == 400
    assert status(workplace, "PUT", address, {"value": [{"@id": user}]}) == 204
    assert status(workplace, "DELETE", f"{case}/assigned_users({workplace.user_id})/$ref") == 204
    assert read(workplace, address)["value"] == []
    assert status(workplace, "POST", address, {"@id": f"Users({KEY})"}) == 400
    assert status(workplace, "PUT", address, {"value": 5}) == 400


def test_tags_are_added_and_taken_away(workplace: Workplace) -> None:
    first, second = matter(workplace, tags=[{"name": "hot"}, {"name": "old"}]), matter(workplace)
    tags = {tag["name"]: f"Tags({tag['id']})" for tag in read(workplace, f"Matters({first})/tags")["value"]}
    assert status(workplace, "POST", f"Matters({second})/tags/$ref", {"@id": tags["hot"]}) == 204
    assert status(workplace, "DELETE", f"Matters({first})/tags/$ref?$id={tags['hot']}") == 204
    assert [tag["name"] for tag in read(workplace, f"Matters({first})/tags")["value"]] == ["old"]
    assert [tag["name"] for tag in read(workplace, f"Matters({second})/tags")["value"]] == ["hot"]
    client = read(workplace, f"Matters({first})")["account_id"]
    assert problems(send(workplace, "POST", f"Accounts({client})/tags/$ref", {"@id": tags["hot"]}))


def test_members_that_hold_the_reference_themselves(workplace: Workplace) -> None:
    client, other = account(workplace), account(workplace)
    case = f"Matters({matter(workplace, account_id=client)})"
    assert status(workplace, "POST", f"Accounts({other})/matters/$ref", {"@id": case}) == 204
    assert read(workplace, case)["account_id"] == other
    assert status(workplace, "DELETE", f"Accounts({client})/matters/$ref?$id={case}") == 404
    assert status(workplace, "DELETE", f"Accounts({other})/matters/$ref?$id={case}") == 204
    assert read(workplace, case)["account_id"] is None
    assert status(workplace, "POST", f"Accounts({KEY})/matters/$ref", {"@id": case}) == 404


# What a longer address leads to


def test_what_a_reference_leads_to_is_changed(workplace: Workplace) -> None:
    client = account(workplace)
    case = f"Matters({matter(workplace, account_id=client)})"
    assert status(workplace, "PATCH", f"{case}/account", {"notes": "n"}) == 204
    assert read(workplace, f"Accounts({client})")["notes"] == "n"
    assert status(workplace, "PATCH", f"Accounts({client})/matters({case[8:-1]})", {"notes": "m"}) == 204
    assert read(workplace, case)["notes"] == "m"
    assert status(workplace, "PATCH", f"Accounts({client})/matters/{KEY}", {"notes": "m"}) == 404
    assert status(workplace, "DELETE", f"{case}/account/$ref") == 204
    assert status(workplace, "PATCH", f"{case}/account", {"notes": "n"}) == 404


def test_each_write_needs_the_scope_of_what_it_changes(workplace: Workplace, session: Session) -> None:
    client = account(workplace)
    case = f"Matters({matter(workplace, account_id=client)})"
    body = {"date": "2026-01-31T00:00:00Z", "hours": 1.5, "billed_by_user_id": workplace.user_id}
    writes = [
        ("POST", f"{case}/time_entries", body, "timeentries:write", 204),
        ("PUT", f"{case}/notes", {"value": "a"}, "matters:write", 204),
        ("DELETE", f"{case}/account/$ref", None, "matters:write", 204),
        ("POST", f"Accounts({client})/matters/$ref", {"@id": case}, "matters:write", 204),
        ("PATCH", f"{case}/account", {"notes": "n"}, "accounts:write matters:read accounts:read", 204),
        ("PATCH", f"{case}/account", {"notes": "n"}, "accounts:write accounts:read", 403),
        ("PATCH", f"{case}/account", {"notes": "n"}, "matters:write read", 403),
    ]
    for method, path, sent, scope, expected in writes:
        assert status(workplace, method, path, sent, token=token(session, workplace, "read")) == 403, path
        narrow = token(session, workplace, scope)
        assert status(workplace, method, path, sent, token=narrow) == expected, (path, scope)


def test_another_firm_is_not_there(workplace: Workplace, other_workplace: Workplace) -> None:
    theirs, mine = matter(other_workplace), matter(workplace)
    for method, path, body in (
        ("PUT", f"Matters({theirs})/name", {"value": "x"}),
        ("DELETE", f"Matters({theirs})/account/$ref", None),
        ("POST", f"Matters({theirs})/time_entries", {}),
        ("PATCH", f"Matters({theirs})/account", {}),
    ):
        assert status(workplace, method, path, body) == 404, path
    client = read(other_workplace, f"Matters({theirs})")["account_id"]
    assert problems(send(workplace, "PUT", f"Matters({mine})/account/$ref", {"@id": f"Accounts({client})"}))
    assert read(other_workplace, f"Matters({theirs})")["name"] == "Acme v. Bolt"


def test_in_a_group_of_a_batch(workplace: Workplace) -> None:
    group = {"atomicityGroup": "g"}
    user = {"@id": f"Users({workplace.user_id})"}
    responses = run(
        workplace,
        ask("a", "post", "Accounts", {"company_name": "Acme"}, **group),
        ask("m", "post", "$a/matters", {"name": "x"}, **group),
        ask("n", "put", "$m/notes", {"value": "n"}, **group),
        ask("u", "post", "$m/assigned_users/$ref", user, **group),
        ask("r", "get", "$m?$expand=account,assigned_users"),
    )
    assert statuses(responses) == {"a": 201, "m": 201, "n": 204, "u": 204, "r": 200}
    found = responses[-1]["body"]
    assert (found["account"]["company_name"], found["notes"]) == ("Acme", "n")
    assert [each["id"] for each in found["assigned_users"]] == [workplace.user_id]


# Other keys


def test_another_key_names_the_entity_that_is_changed(workplace: Workplace) -> None:
    case = read(workplace, f"Matters({matter(workplace)})")
    address = f"Matters(number={case['number']})"
    assert status(workplace, "PATCH", address, {"notes": "n"}) == 204
    assert status(workplace, "PUT", address, {"name": "Roe"}) == 204
    assert status(workplace, "PUT", f"{address}/notes", {"value": "m"}) == 204
    found = read(workplace, f"Matters({case['id']})")
    assert (found["name"], found["notes"], found["number"] != 0) == ("Roe", "m", True)
    address = f"Matters(number={found['number']})"
    assert status(workplace, "DELETE", address) == 204
    for method, body in (("PATCH", {"notes": "n"}), ("DELETE", None)):
        assert status(workplace, method, address, body) == 404
    for key in ("number=x", "number='1'", "nope=1"):
        assert status(workplace, "PATCH", f"Matters({key})", {}) == 400
