"""The requests of Excel, Power BI, Tableau and DevExtreme, as they are known to send them, and what these rely on.

Power Query, which is Excel's and Power BI's, takes OData 4.0 at most, likes JSON best even where it reads only XML
(`$metadata`), and refuses a context URL with empty parentheses in it.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from tests.api.odata.conftest import Practice

POWER_QUERY = {
    "User_Agent": "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)",
    "MaxDataServiceVersion": "3.0",
    "OData_MaxVersion": "4.0",
    "Accept": "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,"
    "application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7",
}
TABLEAU = {"OData_MaxVersion": "4.0", "Accept": "application/json"}
DEVEXTREME = {"Accept": "application/json;odata.verbose, text/plain"}
DEVEXTREME |= {"OData_MaxVersion": "4.0", "OData_Version": "4.0"}
TOOLS = {"power-query": POWER_QUERY, "tableau": TABLEAU, "devextreme": DEVEXTREME}


def hours(rows: list[Any]) -> list[float]:
    return [row["hours"] for row in rows]


@pytest.mark.parametrize("headers", TOOLS.values(), ids=TOOLS)
def test_a_tool_gets_the_version_and_the_form_that_it_takes(practice: Practice, headers: Any) -> None:
    for path in ("", "TimeEntries?$top=1000", "Matters({M})", "Me"):
        answer = practice.get(path, **headers)
        assert answer.status_code == 200
        assert answer.headers.getlist("OData-Version") == ["4.0"]
        assert answer.content_type == "application/json;odata.metadata=minimal"
        assert answer.get_json()["@odata.context"].startswith("http://localhost/odata/v4/$metadata")


@pytest.mark.parametrize(
    "headers", [POWER_QUERY, {"Accept": "application/xml"}, {}], ids=["pq", "xml", "any"]
)
def test_metadata_is_xml_for_who_takes_no_more_than_4_0(practice: Practice, headers: Any) -> None:
    answer = practice.get("$metadata", **headers)
    assert answer.mimetype == "application/xml"
    described = ElementTree.fromstring(answer.data)  # noqa: S314 - our own answer
    assert described.get("Version") == answer.headers["OData-Version"]


def test_a_tool_that_likes_csdl_json_says_that_it_knows_4_01(practice: Practice) -> None:
    newer = practice.get("$metadata", Accept="application/json")
    assert newer.get_json()["$Version"] == "4.01"
    older = practice.get("$metadata", Accept="application/json", OData_MaxVersion="4.0")
    assert older.status_code == 406


@pytest.mark.parametrize(
    ("path", "fragment"),
    [
        ("TimeEntries?$expand=matter&$top=1", "TimeEntries"),
        ("TimeEntries?$select=hours&$expand=matter&$top=1", "TimeEntries(hours,matter)"),
        (
            "TimeEntries?$select=hours,matter&$expand=matter($select=id,name)&$top=1",
            "TimeEntries(hours,matter,matter(id,name))",
        ),
        ("Matters({M})?$expand=account($expand=contacts)", "Matters/$entity"),
        ("Matters?$expand=time_entries($select=hours)", "Matters(time_entries(hours))"),
        ("TimeEntries?$apply=groupby((matter/name))", "TimeEntries(matter(name))"),
    ],
)
def test_power_query_sees_no_empty_parentheses(practice: Practice, path: str, fragment: str) -> None:
    assert practice.ok(path, **POWER_QUERY)["@odata.context"].rpartition("#")[2] == fragment
    assert "()" in practice.ok("TimeEntries?$expand=matter&$top=1")["@odata.context"]


def test_power_query_previews_filters_sorts_and_counts(practice: Practice) -> None:
    query = (
        "TimeEntries?$filter=contains(description,'raf') and hours ge 1.5 and date ge 2026-01-01T00%3A00%3A00Z"
        "&$orderby=hours desc%2Cid&$select=id%2Chours&$top=1000"
    )
    assert hours(practice.rows(query, **POWER_QUERY)) == [3, 1.5]
    assert practice.get("TimeEntries/$count?$filter=hours gt 1", **POWER_QUERY).text == "6"
    found = practice.rows(
        "TimeEntries?$filter=matter/name eq 'Acme v. Bolt' and description eq null", **POWER_QUERY
    )
    assert sorted(hours(found)) == [1.5, 8]
    assert len(practice.rows("Matters({M})/time_entries?$top=1000", **POWER_QUERY)) == 8


def test_power_bi_may_select_what_it_expands(practice: Practice) -> None:
    """It puts the navigation property among the selected properties, as if it were one of them."""
    query = "TimeEntries?$select=id%2Cmatter_id%2Cmatter&$expand=matter%28%24select%3Did%2Cname%29&$top=1"
    (entry,) = practice.ok(query, **POWER_QUERY)["value"]
    assert {name for name in entry if "@" not in name} == {"id", "matter_id", "matter"}
    assert entry["matter"]["name"] == "Acme v. Bolt"
    (bare,) = practice.ok("TimeEntries?$select=hours,matter&$orderby=hours&$top=1", **POWER_QUERY)["value"]
    assert {name for name in bare if "@" not in name} == {"hours"}


def test_power_bi_groups_and_sums_at_the_service(practice: Practice) -> None:
    query = "TimeEntries?$apply=groupby((matter_id),aggregate(hours with sum as total,$count as n))"
    (row,) = practice.ok(query, **POWER_QUERY)["value"]
    assert row == {"matter_id": practice.matter, "total": 19, "n@odata.type": "#Int64", "n": 8}


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("headers", [POWER_QUERY, TABLEAU], ids=["power-query", "tableau"])
def test_an_extract_follows_next_links_to_the_end(practice: Practice, headers: Any) -> None:
    pages = practice.pages("TimeEntries?$select=id,hours", **headers)
    rows = [row["id"] for page in pages for row in page["value"]]
    assert [len(page["value"]) for page in pages] == [3, 3, 2]
    assert len(set(rows)) == 8


def test_devextreme_pages_a_grid(practice: Practice) -> None:
    """`ODataStore` of version 4: every filter in parentheses, text compared in lower case, GUIDs without quotes."""
    query = (
        "TimeEntries?$filter=(contains(tolower(description),'raf')) and (matter_id eq {M})"
        "&$orderby=hours desc,description&$skip=0&$top=2&$count=true&$select=id,hours,description"
    )
    page = practice.ok(query, **DEVEXTREME)
    assert page["@odata.count"] == 3
    assert [(row["hours"], row["description"]) for row in page["value"]] == [(3, "draft"), (1.5, "draft")]
    days = (
        "(date ge 2026-01-31T00:00:00.000Z) and (date lt 2026-02-01T00:00:00.000Z) and (is_billable eq true)"
    )
    assert practice.ok(f"TimeEntries?$filter={days}&$top=0&$count=true", **DEVEXTREME)["@odata.count"] == 8
    assert practice.ok("TimeEntries?$filter=not contains(tolower(description),'draft')&$count=true&$top=0")


def test_devextreme_edits_a_row(practice: Practice) -> None:
    def send(method: str, path: str, **body: Any) -> Any:
        given = {name.replace("_", "-"): value for name, value in DEVEXTREME.items()}
        return practice.place.request(method, f"/odata/v4/{path}", json=body or None, headers=given)

    made = send("POST", "Accounts", company_name="Grid")
    assert made.status_code == 201
    key = made.get_json()["id"]
    assert send("PATCH", f"Accounts({key})", notes="Edited").status_code == 204
    assert practice.ok(f"Accounts({key})", **DEVEXTREME)["notes"] == "Edited"
    assert send("DELETE", f"Accounts({key})").status_code == 204


def test_a_quoted_guid_is_refused_with_advice(practice: Practice) -> None:
    """What DevExtreme sends where nobody told it the type of the key."""
    answer = practice.get("Matters?$filter=id eq '{M}'", **DEVEXTREME)
    assert answer.status_code == 400
    assert "without quotes" in answer.get_json()["error"]["message"]
