"""Versions, formats, metadata levels, exact numbers and entity tags."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.odata.conftest import Practice

JSON = "application/json"


@pytest.mark.parametrize(
    ("headers", "status", "version"),
    [
        ({}, 200, "4.01"),
        ({"OData_MaxVersion": "4.01"}, 200, "4.01"),
        ({"OData_MaxVersion": "4.0"}, 200, "4.0"),
        ({"OData_MaxVersion": "9.9"}, 200, "4.01"),
        ({"OData_MaxVersion": "4.0", "OData_Version": "4.0"}, 200, "4.0"),
        ({"OData_MaxVersion": "3.0"}, 400, "4.0"),
        ({"OData_MaxVersion": "new"}, 400, "4.01"),
        ({"OData_Version": "5.0"}, 400, "4.01"),
    ],
)
@pytest.mark.parametrize("path", ["", "$metadata", "Matters", "Matters/$count"])
def test_the_version_is_the_newest_that_both_speak(
    practice: Practice, path: str, headers: dict[str, str], status: int, version: str
) -> None:
    answer = practice.get(path, **headers)
    assert (answer.status_code, answer.headers["OData-Version"]) == (status, version)
    if path == "$metadata" and status == 200:
        assert f'Version="{version}"' in answer.text


@pytest.mark.parametrize("path", ["Matters?$format=atom", "Nothing", "Matters(1)"])
def test_an_error_has_a_version_too(practice: Practice, path: str) -> None:
    assert practice.get(path, OData_MaxVersion="4.0").headers["OData-Version"] == "4.0"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", f"{JSON};odata.metadata=minimal"),
        ("*/*", f"{JSON};odata.metadata=minimal"),
        ("application/*;q=0.5", f"{JSON};odata.metadata=minimal"),
        (JSON, f"{JSON};odata.metadata=minimal"),
        (f"{JSON};odata.metadata=full", f"{JSON};odata.metadata=full"),
        (f"{JSON};metadata=none", f"{JSON};odata.metadata=none"),
        (f"{JSON};odata.metadata=none;q=0.1, {JSON};odata.metadata=full", f"{JSON};odata.metadata=full"),
        (f"{JSON};IEEE754Compatible=true", f"{JSON};odata.metadata=minimal;IEEE754Compatible=true"),
        (f"{JSON};charset=utf-8", f"{JSON};odata.metadata=minimal;charset=utf-8"),
        (f"application/atom+xml, {JSON};odata.streaming=true", f"{JSON};odata.metadata=minimal"),
        ("text/csv", "text/csv;charset=utf-8"),
        ("text/csv, application/json;q=0.9", "text/csv;charset=utf-8"),
        ("text/html, */*;q=0.1", f"{JSON};odata.metadata=minimal"),
    ],
)
def test_the_format_is_what_the_client_likes_best(practice: Practice, accept: str, content_type: str) -> None:
    assert practice.get("Matters", Accept=accept).headers["Content-Type"] == content_type


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("Matters", "application/atom+xml"),
        ("Matters", f"{JSON};odata.metadata=verbose"),
        ("Matters", f"{JSON};charset=latin-1"),
        ("Matters", f"{JSON};q=0"),
        ("Matters({M})", f"{JSON};q=0, */*"),
        ("Matters?$format=xml", "*/*"),
        ("Matters?$format=application/xml", JSON),
        ("Matters({M})", "text/csv"),
        ("$metadata", "text/html"),
    ],
)
def test_what_cannot_be_given_is_not_acceptable(practice: Practice, path: str, accept: str) -> None:
    answer = practice.get(path, Accept=accept)
    assert answer.status_code == 406
    error = answer.get_json()["error"]
    assert error["code"] == "not_acceptable"
    assert error["target"] == ("$format" if "$format" in path else "Accept")


@pytest.mark.parametrize(
    ("option", "content_type"),
    [
        ("json", f"{JSON};odata.metadata=minimal"),
        ("JSON", f"{JSON};odata.metadata=minimal"),
        ("application/json;odata.metadata=none", f"{JSON};odata.metadata=none"),
        ("application/json%3Bodata.metadata%3Dfull", f"{JSON};odata.metadata=full"),
        ("csv", "text/csv;charset=utf-8"),
    ],
)
def test_the_option_counts_more_than_the_header(practice: Practice, option: str, content_type: str) -> None:
    answer = practice.get(f"Matters?$format={option}", Accept="application/atom+xml")
    assert answer.headers["Content-Type"] == content_type


def test_no_metadata_leaves_the_count_and_the_next_link(practice: Practice) -> None:
    form = f"{JSON};odata.metadata=none"
    found = practice.ok("TimeEntries?$count=true&$expand=matter", Accept=form, Prefer="maxpagesize=2")
    assert set(found) == {"@odata.count", "@odata.nextLink", "value"}
    assert not [name for name in found["value"][0] if "@" in name]
    assert not [name for name in found["value"][0]["matter"] if "@" in name]
    one = practice.get("Matters({M})", Accept=form)
    assert not [name for name in one.get_json() if "@" in name]
    assert one.headers["ETag"]


def test_full_metadata_tells_where_everything_is(practice: Practice) -> None:
    one = practice.ok(
        "Matters({M})?$select=name,number,created_at&$expand=account", Accept=f"{JSON};odata.metadata=full"
    )
    address = f"Matters({practice.matter})"
    assert one["@odata.type"] == "#Matterbase.Matter"
    assert one["@odata.id"] == one["@odata.editLink"] == address
    assert one["time_entries@odata.navigationLink"] == f"{address}/time_entries"
    assert one["time_entries@odata.associationLink"] == f"{address}/time_entries/$ref"
    assert one["created_at@odata.type"] == "#DateTimeOffset"
    assert "name@odata.type" not in one
    assert one["account"]["@odata.id"] == f"Accounts({practice.account})"
    for name, link in one.items():
        if name.endswith("Link") and not name.startswith("@"):
            assert practice.get(link).status_code in (200, 204), link


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter=hours eq 8", {"hours": "8", "rate": "0", "total": "0"}),
        ("filter=rate eq 99.99", {"hours": "0.25", "rate": "99.99", "total": "25"}),
        ("filter=rate eq 0.1", {"hours": "1.5", "rate": "0.1", "total": "0.15"}),
    ],
)
def test_exact_numbers_are_texts(practice: Practice, query: str, expected: dict[str, Any]) -> None:
    form = f"{JSON};IEEE754Compatible=true"
    found = practice.ok(
        f"TimeEntries?{query}&select=hours,rate,total&expand=matter(select=number)", Accept=form
    )
    row = found["value"][0]
    assert {name: row[name] for name in expected} == expected
    assert row["matter"]["number"] == 1
    inside = practice.ok(f"Matters({{M}})?expand=time_entries({query})", Accept=form)["time_entries"][0]
    assert {name: inside[name] for name in expected} == expected


def test_a_count_is_an_exact_number_too(practice: Practice) -> None:
    found = practice.ok(
        "Matters?$count=true&$orderby=number&$expand=time_entries($count=true;$top=0)",
        Accept=f"{JSON};IEEE754Compatible=true",
    )
    assert found["@odata.count"] == "2"
    assert [each["time_entries@odata.count"] for each in found["value"]] == ["8", "0"]


@pytest.mark.parametrize("level", ["minimal", "full"])
def test_what_the_metadata_does_not_declare_has_its_type_with_it(practice: Practice, level: str) -> None:
    form = f"{JSON};odata.metadata={level};IEEE754Compatible=true"
    query = "$compute=hours mul 2 as x,matter_id as m,description as d,is_billable as b&$select=x,m,d,b,hours"
    row = practice.ok(f"TimeEntries?{query}&$filter=hours eq 8", Accept=form)["value"][0]
    assert (row["x"], row["x@odata.type"], row["m@odata.type"]) == ("16", "#Decimal", "#Guid")
    assert not {"d@odata.type", "b@odata.type"} & set(row)
    assert list(row).index("x@odata.type") == list(row).index("x") - 1
    query = "$apply=groupby((matter_id,matter/number),aggregate(date with max as d,$count as n))"
    [row] = practice.ok(f"TimeEntries?{query}", Accept=form)["value"]
    types = {name.partition("@")[0]: kind for name, kind in row.items() if name.endswith("@odata.type")}
    assert types == {"d": "#DateTimeOffset", "n": "#Int64"} | (
        {"matter_id": "#Guid"} if level == "full" else {}
    )


def test_rows_of_several_kinds_have_the_types_of_their_own(practice: Practice) -> None:
    query = "$apply=concat(aggregate(hours with sum as worked),groupby((rate)))"
    first, second, *_ = practice.ok(f"TimeEntries?{query}")["value"]
    assert first == {"worked@odata.type": "#Decimal", "worked": 19.0}
    assert list(second) == ["rate"]
    plain = practice.ok(f"TimeEntries?{query}", Accept=f"{JSON};odata.metadata=none")["value"]
    assert plain[0] == {"worked": 19.0}


def test_a_tag_changes_with_the_record(own_practice: Practice) -> None:
    first = own_practice.get("Matters({M})")
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    assert first.get_json()["@odata.etag"] == tag
    listed = own_practice.ok("Matters?$select=name&$filter=id eq {M}")["value"][0]
    assert listed == {"@odata.etag": tag, "name": "Acme v. Bolt"}
    for header in (tag, f'W/"x", {tag}', "*", tag.removeprefix("W/")):
        answer = own_practice.get("Matters({M})", If_None_Match=header)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    changed = own_practice.place.ok("GET", f"/api/v2/matters/{own_practice.matter}") | {
        "name": "Acme v. Volt"
    }
    own_practice.place.ok("PUT", f"/api/v2/matters?id={own_practice.matter}", json=changed)
    answer = own_practice.get("Matters({M})", If_None_Match=tag)
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


@pytest.mark.parametrize(
    "query",
    ["$expand=time_entries", "$expand=account", "$expand=balance", "$compute=now() as x&$select=x"],
)
def test_a_tag_says_nothing_of_other_records(practice: Practice, query: str) -> None:
    tag = practice.get("Matters({M})").headers["ETag"]
    assert practice.get(f"Matters({{M}})?{query}", If_None_Match=tag).status_code == 200


def test_a_tag_says_nothing_of_the_clock(own_practice: Practice) -> None:
    made = own_practice.place.request(
        "POST",
        "/odata/v4/Invoices",
        json={"account_id": own_practice.account, "lines": [{"item_name": "a", "quantity": 1, "rate": 1}]},
    )
    address, tag = f"Invoices({made.get_json()['id']})", made.headers["ETag"]
    assert own_practice.get(address, If_None_Match=tag).status_code == 200
    assert own_practice.get(f"{address}?$select=status", If_None_Match=tag).status_code == 200
    assert own_practice.get(f"{address}?$select=total", If_None_Match=tag).status_code == 304


def test_what_is_no_record_has_no_tag(practice: Practice) -> None:
    answer = practice.get("Matters({M})/balance")
    assert "ETag" not in answer.headers
    assert "@odata.etag" not in answer.get_json()
