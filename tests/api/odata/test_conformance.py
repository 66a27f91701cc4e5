"""Lines of the conformance checklist (Protocol 4.01, section 13) that no other test is about: reading.

`docs/reference/odata-conformance.md` names for every line the test that shows it.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from tests.api.odata.conftest import Practice

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
EVERY = {1.5, 0.25, 8, 3}


def hours(practice: Practice, query: str) -> list[float]:
    return sorted(row["hours"] for row in practice.rows(f"TimeEntries?{query}"))


def test_what_a_client_adds_of_its_own_does_no_harm(practice: Practice) -> None:
    """Custom query options and headers (section 6): they mean nothing here and change nothing."""
    plain = practice.ok("TimeEntries?$orderby=id")
    assert practice.ok("TimeEntries?$orderby=id&client=x&x.y=1", X_Custom="1") == plain


def test_isolation_is_refused_rather_than_ignored(practice: Practice) -> None:
    for header in ("OData_Isolation", "Isolation"):
        assert practice.get("TimeEntries", **{header: "snapshot"}).status_code == 412


def test_only_types_of_the_standard_are_told(practice: Practice) -> None:
    described = ElementTree.fromstring(practice.get("$metadata").data)  # noqa: S314 - our own answer
    own = {f"Matterbase.{kind.get('Name')}" for kind in described.iter() if kind.tag.endswith("Type")}
    known = {"Binary", "Boolean", "Date", "DateTimeOffset", "Decimal", "Double", "Duration", "Guid"}
    known |= {"Int16", "Int32", "Int64", "String", "TimeOfDay"}
    for element in described.iter(f"{EDM}Property"):
        kind = element.get("Type", "").removeprefix("Collection(").removesuffix(")")
        assert kind in own or kind.removeprefix("Edm.") in known, element.attrib


def test_no_two_names_differ_only_in_case(practice: Practice) -> None:
    described = ElementTree.fromstring(practice.get("$metadata").data)  # noqa: S314 - our own answer
    for scope in (*described.iter(f"{EDM}EntityType"), *described.iter(f"{EDM}EntityContainer")):
        names = [name.lower() for child in scope if (name := child.get("Name"))]
        assert len(names) == len(set(names)), scope.get("Name")


def test_names_are_written_as_metadata_has_them(practice: Practice) -> None:
    described = ElementTree.fromstring(practice.get("$metadata").data)  # noqa: S314 - our own answer
    kind = next(each for each in described.iter(f"{EDM}EntityType") if each.get("Name") == "TimeEntry")
    told = {element.get("Name") for element in kind.iter(f"{EDM}Property")}
    assert {name for name in practice.ok("TimeEntries?TOP=1")["value"][0] if "@" not in name} == told


@pytest.mark.parametrize("prefer", ["odata.maxpagesize=2", "maxpagesize=2"])
def test_preferences_go_with_and_without_the_prefix(practice: Practice, prefer: str) -> None:
    assert [len(page["value"]) for page in practice.pages("TimeEntries", Prefer=prefer)] == [2, 2, 2, 2]


def test_who_wants_an_asynchronous_answer_gets_one_at_once(practice: Practice) -> None:
    answer = practice.get("TimeEntries?$top=1", Prefer="respond-async")
    assert answer.status_code == 200
    assert "Preference-Applied" not in answer.headers


@pytest.mark.parametrize(
    "query",
    ["$filter=hours gt 2", "filter=hours gt 2", "$FILTER=hours gt 2", "Filter=hours GT 2"],
)
def test_options_and_operators_in_any_form(practice: Practice, query: str) -> None:
    for version in ("4.0", "4.01"):
        assert len(practice.rows(f"TimeEntries?{query}", OData_MaxVersion=version)) == 3


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter=contains(description,'raf')", [0.25, 1.5, 3]),  # Draft, and draft twice
        ("filter=CONTAINS(ToLower(description),'dRAFT')", []),
        ("filter=hours eq 8", [8]),
        ("filter=hours ne 1.5 and hours ne 0.25 and not (hours eq 8)", [3, 3]),
        ("filter=hours gt @h&@h=3", [8]),
        ("filter=hours in (8,99)", [8]),
        ("filter=hours divby 2 eq 4", [8]),
        ("filter=date add duration'P1D' eq 2026-02-01T00:00:00Z and hours eq 8", [8]),
        ("filter=matter/name eq 'Acme v. Bolt' and hours eq 8", [8]),
        ("search=long", [0.25]),
        ("orderby=hours desc&top=1", [8]),
        ("orderby=hours asc&skip=7", [8]),
        ("compute=hours mul 2 as twice&filter=twice eq 16", [8]),
        ("select=hours,total&filter=total eq 37.5", [3]),
    ],
)
def test_options(practice: Practice, query: str, expected: list[float]) -> None:
    assert hours(practice, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("time_entries/any(e:e/hours gt 7)", ["Acme v. Bolt"]),
        ("time_entries/all(e:e/hours gt 7)", ["Acme in general"]),
        ("time_entries/$count gt 7", ["Acme v. Bolt"]),
        ("time_entries/$count($filter=hours gt 2) eq 3", ["Acme v. Bolt"]),
    ],
)
def test_collections_in_a_filter(practice: Practice, query: str, expected: list[str]) -> None:
    assert [row["name"] for row in practice.rows(f"Matters?$filter={query}&$select=name")] == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("$filter=hours gt 2;$orderby=hours desc", [8, 3, 3]),
        ("$filter=hours gt @h;@h=7", [8]),
        ("$orderby=hours desc;$top=1;$skip=1", [3]),
        ("$orderby=hours asc;$skip=6", [3, 8]),
        ("$search=long", [0.25]),
    ],
)
def test_options_inside_expand(practice: Practice, options: str, expected: list[float]) -> None:
    found = practice.ok(f"Matters({{M}})?$expand=time_entries({options};$select=hours)")
    assert [row["hours"] for row in found["time_entries"]] == expected


@pytest.mark.parametrize("level", ["none", "minimal", "full"])
def test_references_are_expanded(practice: Practice, level: str) -> None:
    accept = f"application/json;odata.metadata={level}"
    address = "Matters({M})?$select=name&$expand=account/$ref,time_entries/$ref($filter=hours eq 8)"
    found = practice.ok(address, Accept=accept)
    (entry,) = practice.rows("TimeEntries?$filter=hours eq 8")
    assert found["account"] == {"@odata.id": practice.filled("Accounts({A})")}
    assert found["time_entries"] == [{"@odata.id": f"TimeEntries({entry['id']})"}]
    if level != "none":
        assert found["@odata.context"].endswith("#Matters(name,account/$ref,time_entries/$ref)/$entity")


def test_a_star_expands_all_navigation_properties(practice: Practice) -> None:
    found = practice.ok("Matters({M})?$select=name&$expand=*,time_entries($select=hours)")
    names = set(practice.ok("$metadata?$format=json")["Matterbase"]["Matter"])
    assert found["account"]["id"] == practice.account
    assert len(found["time_entries"]) == 8
    assert {*found["time_entries"][0]} == {"@odata.etag", "hours"}
    assert {name for name in found if "@" not in name} <= names
    assert "account()" in found["@odata.context"]
    assert "*" not in found["@odata.context"]


def test_substring_counts_from_the_end(practice: Practice) -> None:
    assert hours(practice, "filter=substring(description,-4) eq 'long'") == [0.25]


def test_expanded_collections_are_counted(practice: Practice) -> None:
    found = practice.ok("Matters({M})?$expand=time_entries($count=true;$top=0)")
    assert found["time_entries@odata.count"] == 8


@pytest.mark.parametrize("path", ["Matters({M})/time_entries/$count", "TimeEntries/$count"])
def test_a_count_by_itself(practice: Practice, path: str) -> None:
    assert practice.get(path).text == "8"
    assert practice.get(f"{path}?$filter=hours gt 2").text == "3"


def test_values_by_themselves(practice: Practice) -> None:
    assert practice.get("Matters({M})/name/$value").text == "Acme v. Bolt"
    assert practice.get("Matters({M})/number/$value").mimetype == "text/plain"


def test_keys_in_parentheses_and_as_segments_are_the_same(practice: Practice) -> None:
    links = [practice.ok(path)["@odata.id"] for path in ("Matters({M})/$ref", "Matters/{M}/$ref")]
    assert links == [f"Matters({practice.matter})"] * 2


def test_a_list_may_be_cast_to_what_it_is(practice: Practice) -> None:
    """There are no derived types; the cast segment is understood all the same."""
    assert len(practice.rows("TimeEntries/Matterbase.TimeEntry")) == 8


@pytest.mark.parametrize(
    "query",
    [
        "$filter=geo.distance(description,description) lt 1",
        "$filter=soundex(description) eq 'x'",
        "$filter=hours unknown 1",
        "$unknown=1",
        "$deltatoken=1",
        "$index=1",
        "$schemaversion=7",
    ],
)
def test_what_is_not_supported_fails(practice: Practice, query: str) -> None:
    answer = practice.get(f"TimeEntries?{query}")
    assert answer.status_code in (400, 501)
    assert answer.get_json()["error"]["message"]


def test_links_and_types_need_not_be_understood(practice: Practice) -> None:
    """With `odata.metadata=none` an answer is data alone, and it is the same data."""

    def data(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: data(item) for name, item in value.items() if "@" not in name}
        return [data(item) for item in value] if isinstance(value, list) else value

    path = "TimeEntries?$orderby=id&$expand=matter"
    none, full = (
        practice.ok(path, Accept=f"application/json;odata.metadata={level}") for level in ("none", "full")
    )
    assert none == data(full)
    assert "@odata.editLink" in full["value"][0]
