"""What an address means, and what is said of one that leads nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import User
from tests.api.odata.conftest import ENTRIES, Practice
from tests.firms import Workplace, issue_token

SOME_ID = "00000000-0000-4000-8000-000000000000"
EVERY = len(ENTRIES)


@pytest.mark.parametrize(
    ("path", "context", "shown"),
    [
        ("Matters({M})", "Matters/$entity", {"name": "Acme v. Bolt"}),
        ("Matters(id={M})", "Matters/$entity", {"name": "Acme v. Bolt"}),
        ("Matters/{M}", "Matters/$entity", {"name": "Acme v. Bolt"}),
        ("Matters(number=1)", "Matters/$entity", {"name": "Acme v. Bolt"}),
        ("Matters(number%3D2)", "Matters/$entity", {"name": "Acme in general"}),
        ("Accounts(number=1)", "Accounts/$entity", {"display_name": "Acme"}),
        ("Matters({M})/Matterbase.Matter", "Matters/$entity", {"name": "Acme v. Bolt"}),
        ("Matters({M})/account", "Accounts/$entity", {"number": 1, "display_name": "Acme"}),
        ("Matters({M})/account/primary_contact", "Contacts/$entity", {"first_name": "Jo"}),
        ("Matters(number=1)/account/primary_contact/account", "Accounts/$entity", {"number": 1}),
        ("Matters({M})/account/matters({N})", "Matters/$entity", {"name": "Acme in general"}),
        ("Matters({M})/account/matters/{N}", "Matters/$entity", {"name": "Acme in general"}),
        ("Matters({M})/account/matters(number=2)", "Matters/$entity", {"name": "Acme in general"}),
        ("Matters(number=@n)?@n=2", "Matters/$entity", {"name": "Acme in general"}),
        ("Matters(@key)?@key={N}", "Matters/$entity", {"name": "Acme in general"}),
        ("Matters({M})/account?$select=number", "Accounts(number)/$entity", {"number": 1}),
        ("Matters({M})/balance?$select=billable", "Matterbase.MatterBalance(billable)", {"billable": 687.65}),
        ("Me", "Me", {"last_name": "Lovelace"}),
        ("Me?$select=first_name", "Me(first_name)", {"first_name": "Ada"}),
        ("Matters({M})/name", "Matters({M})/name", {"value": "Acme v. Bolt"}),
        ("Matters(number=1)/number", "Matters({M})/number", {"value": 1}),
        ("Matters({M})/account/display_name", "Accounts({A})/display_name", {"value": "Acme"}),
        ("Me/last_name", "Me/last_name", {"value": "Lovelace"}),
        ("Matters({M})/$ref", "$ref", {"@odata.id": "Matters({M})"}),
        ("Matters({N})/account/$ref", "$ref", {"@odata.id": "Accounts({A})"}),
        ("$entity?$id=Matters({M})", "Matters/$entity", {"name": "Acme v. Bolt"}),
        (
            "$entity?$id=/odata/v4/Matters({M})&$select=name",
            "Matters(name)/$entity",
            {"name": "Acme v. Bolt"},
        ),
        (
            "$entity?$id=http://localhost/odata/v4/Me&select=last_name",
            "Me(last_name)",
            {"last_name": "Lovelace"},
        ),
    ],
)
def test_one_thing(practice: Practice, path: str, context: str, shown: dict[str, Any]) -> None:
    found = practice.ok(path)
    assert found["@odata.context"] == f"http://localhost/odata/v4/$metadata#{practice.filled(context)}"
    expected = {name: practice.filled(v) if isinstance(v, str) else v for name, v in shown.items()}
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("path", "context", "size"),
    [
        ("Matters({M})/time_entries", "TimeEntries", EVERY),
        ("Matters({M})/TimeEntries", "TimeEntries", EVERY),
        ("Matters({N})/time_entries", "TimeEntries", 0),
        ("Matters({M})/time_entries?$filter=hours gt 1&$orderby=rate&$top=2", "TimeEntries", 2),
        ("Matters({M})/time_entries?$select=id&$expand=matter", "TimeEntries(id,matter())", EVERY),
        ("Matters({M})/account/matters", "Matters", 2),
        ("Matters(number=2)/account/matters?$filter=time_entries/any()", "Matters", 1),
        ("Matters({M})/account/contacts", "Contacts", 1),
        ("Matters({M})/tags", "Tags", 0),
        ("Matters({M})/time_entries/$ref", "Collection($ref)", EVERY),
        ("TimeEntries/$ref?$filter=hours eq 8", "Collection($ref)", 1),
        ("TimeEntries/$ref?$filter=hours eq 99", "Collection($ref)", 0),
    ],
)
def test_a_list(practice: Practice, path: str, context: str, size: int) -> None:
    found = practice.ok(path)
    assert found["@odata.context"] == f"http://localhost/odata/v4/$metadata#{context}"
    assert len(found["value"]) == size
    if size and "$ref" in path:
        assert practice.ok(found["value"][0]["@odata.id"])["id"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("TimeEntries/$count", "8"),
        ("TimeEntries/$count?$filter=hours gt 1&$top=1&$skip=1&$orderby=hours", "6"),
        ("Matters({M})/time_entries/$count", "8"),
        ("Matters({N})/time_entries/$count", "0"),
        ("Matters({M})/account/matters/$count?$filter=contains(name,'general')", "1"),
        ("Matters({M})/name/$value", "Acme v. Bolt"),
        ("Matters({M})/number/$value", "1"),
        ("Me/is_active/$value", "true"),
        ("Matters({M})/account/display_name/$value", "Acme"),
    ],
)
@pytest.mark.parametrize("accept", ["*/*", "text/plain"])
def test_plain_text(practice: Practice, path: str, text: str, accept: str) -> None:
    answer = practice.get(path, Accept=accept)
    assert (answer.status_code, answer.text, answer.mimetype) == (200, text, "text/plain")


def test_a_client_that_takes_only_json_still_gets_its_count(practice: Practice) -> None:
    assert practice.get("TimeEntries/$count", Accept="application/json").text == "8"


@pytest.mark.parametrize(
    "path",
    ["Matters({M})/close_date", "Matters({M})/close_date/$value", "Matters({M})/originated_by"],
)
def test_null_is_no_content(practice: Practice, path: str) -> None:
    answer = practice.get(path)
    assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("Nothing", 404, "'Nothing' is not known to the service"),
        ("Matter", 404, "did you mean 'Matters'?"),
        ("matters", 404, "did you mean 'Matters'?"),
        ("Matters/$COUNT", 404, "did you mean '$count'?"),
        ("Matters({M})/nmae", 404, "did you mean 'name'?"),
        ("Matters({M})/account/nothing", 404, "'nothing' is not known to Account"),
        ("Matters({M})/password_hash", 404, "'password_hash' is not known"),
        ("Matters({M})/firm_id", 404, "'firm_id' is not known"),
        ("Me/password_hash", 404, "'password_hash' is not known to User"),
        ("Matters({M})/name/first", 404, "plain value"),
        ("Matters({M})/name/$count", 404, "$count cannot follow"),
        ("Matters/$value", 404, "$value cannot follow a list"),
        ("Matters/name", 404, "cannot follow a list"),
        ("Matters/$count/name", 404, "Nothing can follow $count"),
        ("Matters/$nothing", 404, "'$nothing' is not known"),
        ("Matters/$each", 501, "'$each'"),
        ("$crossjoin(Matters,Accounts)", 501, "'$crossjoin' cannot be part"),
        ("$all", 501, "'$all' cannot be part"),
        ("$batch", 405, "does not take this method"),
        ("Matters({M})/account/matters(number=99)", 404, "There is no such matter."),
        ("Matters(number=@n)", 400, "'@n' has no value"),
        ("Matters(number=@n)?@n=x", 400, "is no Edm.Int32"),
        (f"Matters({SOME_ID})", 404, "There is no such matter."),
        (f"Matters({SOME_ID})/name", 404, "There is no such matter."),
        (f"Matters({SOME_ID})/time_entries", 404, "There is no such matter."),
        (f"Matters({SOME_ID})/time_entries/$count", 404, "There is no such matter."),
        (f"Matters({{M}})/time_entries({SOME_ID})", 404, "There is no such time entry."),
        ("Matters({N})/originated_by/display_name/$value", 204, ""),
        ("Matters(number=99)", 404, "There is no such matter."),
        ("Matters(number=9999999999)", 404, "There is nothing with the number"),
        ("Matters(number='1')", 400, "is no Edm.Int32"),
        ("Matters(number=x)", 400, "is no Edm.Int32"),
        ("Matters(name='x')", 400, "use id or number"),
        ("Matters(1)", 400, "is no id"),
        ("Matters()", 400, "is no id"),
        ("Me({A})", 400, "takes no key"),
        ("Matters({M})/account({A})", 400, "takes no key"),
        ("Matters({M})?$filter=number eq 1", 400, "$filter is for lists"),
        ("Matters({M})/name?$select=id", 400, "not for a property"),
        ("Matters({M})/$ref?$expand=account", 400, "not for references"),
        ("Matters({M})/custom_field_values/$ref", 404, "no address of their own"),
        ("$entity", 400, "needs the option $id"),
        ("$entity?$id=Matters", 400, "address of one entity"),
        ("Matters({M})" + "/account/matters({M})" * 20, 404, "more than 30 segments"),
    ],
)
def test_what_leads_nowhere(practice: Practice, path: str, status: int, words: str) -> None:
    answer = practice.get(path)
    assert answer.status_code == status, answer.text
    if status != 204:
        error = answer.get_json()["error"]
        assert words in error["message"]
        assert error["code"]


def test_other_firms_are_nowhere(practice: Practice, other_workplace: Workplace) -> None:
    for path in ("Matters({M})", "Matters({M})/account", "Matters({M})/time_entries", "Matters({M})/$ref"):
        assert other_workplace.get(f"/odata/v4/{practice.filled(path)}").status_code == 404
    assert other_workplace.get("/odata/v4/Matters(number=1)").status_code == 404


def test_what_is_deleted_is_gone_but_can_be_seen_from_what_refers_to_it(own_practice: Practice) -> None:
    own_practice.place.ok("DELETE", f"/api/v2/matters?id={own_practice.bare_matter}")
    assert own_practice.get("Matters({N})").status_code == 404
    assert own_practice.get("Matters({N})/account").status_code == 404
    assert len(own_practice.ok("Accounts({A})/matters")["value"]) == 1


def test_every_step_asks_for_its_scope(practice: Practice, session: Session) -> None:
    user = session.get_one(User, (practice.place.firm_id, practice.place.user_id))
    token = issue_token(session, user, practice.place.client_id or "", "matters:read")
    session.commit()
    for path, status in (
        ("Matters({M})", 200),
        ("Matters({M})/account", 403),
        ("Matters({M})/account/matters", 403),
        ("Matters({M})/time_entries/$count", 403),
        ("Me", 403),
    ):
        answer = practice.place.get(
            f"/odata/v4/{practice.filled(path)}", headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.status_code == status, path


def test_who_calls_has_time_entries_and_records(own_practice: Practice) -> None:
    place = own_practice.place
    assert len(own_practice.ok("Me/time_entries")["value"]) == 8
    users = [{"@id": f"Users({place.user_id})"}]
    for key in (own_practice.matter, own_practice.bare_matter):
        answer = place.request("PATCH", f"/odata/v4/Matters({key})", json={"assigned_users": users})
        assert answer.status_code == 204
    assert len(own_practice.ok("Me/matters")["value"]) == 2
    place.ok("DELETE", f"/api/v2/matters?id={own_practice.bare_matter}")
    for matters in (own_practice.ok("Me/matters")["value"], own_practice.ok("Me?$expand=matters")["matters"]):
        assert [matter["id"] for matter in matters] == [own_practice.matter]


def test_tags_have_addresses(own_practice: Practice) -> None:
    body = {"tags": [{"name": "hot"}]}
    own_practice.place.request("PATCH", own_practice.filled("/odata/v4/Matters({M})"), json=body)
    tag = own_practice.ok("Matters({M})/tags")["value"][0]
    assert own_practice.ok(f"Tags({tag['id']})")["tag_for"] == "Matter"
    assert own_practice.ok("Matters({M})/tags/$ref")["value"] == [{"@odata.id": f"Tags({tag['id']})"}]


@pytest.mark.parametrize("suffix", ["", "/$ref", "/name"])
@pytest.mark.parametrize(
    "option",
    [
        "$search=zzz",
        "$apply=aggregate($count as C)",
        "$skiptoken=abc",
        "$count=true",
        "$top=0",
        "$filter=true",
    ],
)
def test_options_of_lists_mean_nothing_for_one_thing(practice: Practice, suffix: str, option: str) -> None:
    answer = practice.get(f"Matters({{M}}){suffix}?{option}")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["target"] == option.partition("=")[0]


@pytest.mark.parametrize(
    ("segment", "option"),
    [
        ("$filter(hours gt 2)", "$filter=hours gt 2"),
        ("$filter(@f)?@f=hours gt 2", "$filter=hours gt 2"),
        ("$filter(matter/name eq 'Acme v. Bolt')", "$filter=matter/name eq 'Acme v. Bolt'"),
        ("$filter(description ne 'a/b')/$filter(rate gt 100)", "$filter=description ne 'a/b' and rate gt 100"),
        ("$filter(hours gt 2)?$filter=rate gt 100", "$filter=hours gt 2 and rate gt 100"),
        ("$filter(hours gt 2)?$apply=aggregate(hours with sum as s)",
         "$apply=filter(hours gt 2)/aggregate(hours with sum as s)"),
    ],
)  # fmt: skip
def test_a_list_is_filtered_by_a_segment(practice: Practice, segment: str, option: str) -> None:
    """URL Conventions 4.01, 4.12."""
    assert practice.ok(f"TimeEntries/{segment}")["value"] == practice.ok(f"TimeEntries?{option}")["value"]


def test_what_a_segment_filters_is_counted(practice: Practice) -> None:
    some = practice.get("TimeEntries/$filter(hours gt 2)/$count").get_data(as_text=True)
    assert 0 < int(some) < EVERY
    assert some == practice.get("TimeEntries/$count?$filter=hours gt 2").get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("TimeEntries/$filter()", 400),
        ("TimeEntries/$filter(hours gt)", 400),
        ("TimeEntries/$filter(hours gt 2", 400),
        ("Matters({M})/$filter(number gt 2)", 404),
        ("TimeEntries/$filter(hours gt 2)/{M}", 501),
    ],
)
def test_a_segment_that_cannot_filter_is_refused(practice: Practice, path: str, status: int) -> None:
    assert practice.get(path).status_code == status
