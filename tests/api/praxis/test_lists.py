"""Pages, order, search and the OData options of the lists."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.praxis.conftest import Office


@pytest.fixture(scope="module")
def five(office: Office) -> list[Any]:
    """The only cases of the firm."""
    client = office.client()
    areas = ["Family Law", "Probate", "Probate", None, None]
    return [
        office.make("cases", title=f"Case {index}", clientId=client, practiceArea=area, openedAt="2026-01-31")
        for index, area in enumerate(areas)
    ]


def titles(told: Any) -> str:
    return "".join(case["title"].removeprefix("Case ") for case in told["data"])


@pytest.mark.parametrize(
    ("query", "shown", "pagination"),
    [
        ({"sort": "title"}, "01234", (1, 50, 5, 1)),
        ({"sort": "-title", "limit": "2"}, "43", (1, 2, 5, 3)),
        ({"sort": "-title", "limit": "2", "page": "3"}, "0", (3, 2, 5, 3)),
        ({"sort": "title", "page": "2"}, "", (2, 50, 5, 1)),
        ({"sort": "-practiceArea,title", "practiceArea": "PROBATE"}, "12", (1, 50, 2, 1)),
        ({"search": "case 3"}, "3", (1, 50, 1, 1)),
        ({"sort": "title", "status": "closed"}, "", (1, 50, 0, 0)),
        ({"$orderby": "title desc", "$top": "1", "$skip": "1"}, "3", (2, 1, 5, 5)),
        ({"$orderby": "title", "$top": "2", "$skip": "1"}, "12", (None, 2, 5, 3)),
        ({"$filter": "practiceArea eq null", "sort": "title"}, "34", (1, 50, 2, 1)),
        ({"$filter": "client/name eq 'Doe, Jo'", "sort": "title", "Limit": "1"}, "0", (1, 1, 5, 5)),
        ({"$search": '"Case 4"', "$top": "0"}, "", (None, 0, 1, 0)),
    ],
)
def test_a_page(office: Office, five: Any, query: dict[str, str], shown: str, pagination: Any) -> None:
    told = office.whole("GET", "cases", query_string=query)
    assert titles(told) == shown
    assert tuple(told["pagination"].values()) == pagination


def test_odata_options_shape_the_data(office: Office, five: Any) -> None:
    query = {"$select": "id", "$expand": "client($select=name)", "$top": "1", "$orderby": "title"}
    assert office.ok("GET", "cases", query_string=query) == [
        {"id": five[0]["id"], "client": {"name": "Doe, Jo"}}
    ]
    query = {"$apply": "groupby((practiceArea),aggregate($count as n))", "sort": "n,practiceArea"}
    told = office.whole("GET", "cases", query_string=query)
    assert sorted(row["n"] for row in told["data"]) == [1, 2, 2]
    assert told["pagination"]["total"] == 3


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"page": "0"}, "page: Must be a whole number"),
        ({"page": "two"}, "page: Must be a whole number"),
        ({"limit": "1001"}, "limit: Must be a whole number from 1 to 1000."),
        ({"$top": "1001"}, "$top: Must be at most 1000"),
        ({"limit": "1", "$top": "1"}, "Give limit or $top, not both."),
        ({"page": "1", "$skip": "1"}, "Give page or $skip, not both."),
        ({"sort": "title", "$orderby": "title"}, "Give sort or $orderby, not both."),
        ({"sort": "title desc"}, "sort: Must be properties"),
        ({"sort": "title,-nope"}, "sort: There is no 'nope' to sort by; there is id, caseNumber, title, "),
        (
            {"sort": "-client/nope"},
            "sort: There is no 'client/nope' to sort by; there is client/id, client/name.",
        ),
        ({"sort": "client"}, "sort: There is no 'client' to sort by; there is client/id, client/name."),
        ({"sort": "tags"}, "sort: There is no 'tags' to sort by; there is id, "),
        ({"sort": "title/x"}, "sort: There is no 'title/x' to sort by; there is id, "),
        ({"sort": "n", "$apply": "groupby((status))"}, "sort: There is no 'n' to sort by after $apply."),
        ({"sort": ",".join(["title"] * 3_000)}, "sort: The text has 17999 characters"),
        ({"$orderby": "title,nope"}, "Unknown property 'nope' on Case at position 6"),
        ({"$filter": "nope eq 1"}, "Unknown property 'nope' on Case at position 0"),
        ({"$nope": "1"}, "Unknown query option '$nope'"),
        ({"status": "Lost"}, "status: Must be one of: Open"),
        ({"clientId": "7"}, "clientId: Not a valid GUID."),
        ({"page": "9" * 30}, "page: Must be a whole number"),
    ],
)
def test_a_wrong_question(office: Office, query: dict[str, str], told: str) -> None:
    assert told in office.refused(400, "GET", "cases", query_string=query)


def test_the_overdue_ones_are_sorted_by_what_they_have(office: Office) -> None:
    told = office.refused(400, "GET", "deadlines/overdue", query_string={"sort": "nope"})
    assert told.startswith("sort: There is no 'nope' to sort by; there is id, title, ")


def test_unknown_parameters_are_named(office: Office) -> None:
    answer = office.send("GET", "cases?colour=red")
    assert answer.headers["X-Ignored-Parameters"] == "colour"


def test_a_list_has_no_address_that_counts(office: Office) -> None:
    assert "Not a valid GUID" in office.refused(400, "GET", "cases/$count")
