"""Lists in pages: a hundred results at most however many are asked for, by id unless `sort` says otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import ExpenseCategory
from tests.firms import Workplace

HOW_MANY = 103


@pytest.fixture(scope="module")
def kinds(app: Any, place: Workplace) -> list[str]:
    """More kinds of expenses than fit on a page; their names, by id."""
    with app.extensions["database"].session() as session:
        add(session, place)
    return [kind["name"] for kind in place.list("/api/v2/expensecategories")]


def add(session: Session, place: Workplace) -> None:
    session.add_all(
        ExpenseCategory(firm_id=place.firm_id, name=f"kind {number:03}") for number in range(HOW_MANY)
    )
    session.commit()


def page(place: Workplace, **query: str) -> Any:
    return place.list("/api/v2/expensecategories", **query)


def names(answer: Any) -> list[str]:
    return [kind["name"] for kind in answer["data"]]


def test_a_page_tells_where_it_stands(place: Workplace, kinds: list[str]) -> None:
    answer = page(place, page_number="3", page_size="50")
    assert {name: value for name, value in answer.items() if name != "data"} == {
        "page": 3,
        "page_number": 3,
        "page_size": 50,
        "total_number_of_pages": 3,
        "total_records": HOW_MANY,
    }
    assert names(answer) == kinds[100:]


def test_more_than_a_hundred_is_silently_a_hundred(place: Workplace, kinds: list[str]) -> None:
    answer = page(place, page_size="500")
    assert (answer["page_size"], answer["total_number_of_pages"]) == (100, 2)
    assert names(answer) == kinds[:100]


def test_left_out_a_page_has_twenty(place: Workplace, kinds: list[str]) -> None:
    assert names(page(place, page_number="2")) == kinds[20:40]


def test_the_number_is_taken_by_the_name_that_the_answer_gives_it(place: Workplace, kinds: list[str]) -> None:
    answer = place.get("/api/v2/expensecategories?page=3&page_size=50")
    assert names(answer.get_json()) == kinds[100:]
    assert "X-Ignored-Parameters" not in answer.headers


@pytest.mark.parametrize("query", [{"page_number": "99"}, {"page_number": "21474836", "page_size": "100"}])
def test_a_page_beyond_the_last_is_empty(place: Workplace, kinds: list[str], query: Any) -> None:
    answer = page(place, **query)
    assert (answer["data"], answer["total_records"]) == ([], HOW_MANY)


def test_everybody_else_has_the_bare_array_whole(place: Workplace, kinds: list[str]) -> None:
    assert len(kinds) == HOW_MANY
    assert len(page(place, page_size="", sort=" ", custom_results="")) == HOW_MANY
    answer = place.get("/api/v2/expensecategories?page=2&per_page=10")
    assert len(answer.get_json()) == HOW_MANY
    assert answer.headers["X-Ignored-Parameters"] == "page, per_page"


def test_the_total_is_that_of_the_search(place: Workplace, kinds: list[str]) -> None:
    answer = page(place, page_size="2", **{"$filter": "name lt 'kind 010'"})
    assert (answer["total_records"], answer["total_number_of_pages"], len(answer["data"])) == (10, 5, 2)


@pytest.mark.parametrize(
    ("sort", "key", "backwards"),
    [
        ("asc", "id", False),
        ("DESC", "id", True),
        ("name", "name", False),
        ("name desc", "name", True),
        ("name desc,id asc", "name", True),
    ],
)
def test_sort(place: Workplace, kinds: list[str], sort: str, key: str, backwards: bool) -> None:
    answer = page(place, sort=sort, page_size="100")
    whole = sorted(place.list("/api/v2/expensecategories"), key=lambda kind: kind[key], reverse=backwards)
    assert names(answer) == [kind["name"] for kind in whole[:100]]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("page_size=0", {"page_size": ["Must be a whole number from 1 to 2147483647."]}),
        ("page_number=-1", {"page_number": ["Must be a whole number from 1 to 21474836."]}),
        ("page_number=two", {"page_number": ["Must be a whole number from 1 to 21474836."]}),
        ("page_number=%D9%A2", {"page_number": ["Must be a whole number from 1 to 21474836."]}),
        ("page_size=1&PAGE_SIZE=2", {"page_size": ["Give this parameter once."]}),
        ("sort=nam", {"sort": ["There is no 'nam' to sort by; there is id, name, created_at, updated_at."]}),
        (
            "sort=name asc desc",
            {
                "sort": [
                    "Expected an operator, 'asc', 'desc', ',' or the end after 'asc' at position 9, but found 'desc'."
                ]
            },
        ),
        ("sort=name add 1", {"sort": ["'add' does not go with Edm.String and Edm.Int64 (at position 5)."]}),
        ("sort=name&$top=5", "$top does not go with sort."),
        ("custom_results=name&$top=5", "$top does not go with custom_results."),
        ("sort=name&$orderby=name", "$orderby does not go with sort."),
        ("page_size=5&$top=5", "$top does not go with page_size."),
        ("custom_results=name&$select=name", "$select does not go with custom_results."),
    ],
)
def test_what_will_not_do_is_said(refused: Any, query: str, said: Any) -> None:
    assert refused("GET", f"/api/v2/expensecategories?{query}") == said


def test_the_other_doors_do_not_know_the_words(place: Workplace) -> None:
    answer = place.get("/api/item?page_size=1&sort=desc&custom_results=[]")
    assert answer.headers["X-Ignored-Parameters"] == "page_size, sort, custom_results"
    assert isinstance(answer.get_json(), list)
