"""Following queries with the engine alone: which can be followed, what is read from a log, and the tokens."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, insert, select

from odata.delta import Change, Changes, Log
from odata.deltatokens import Deltatokens, Since, removed, removed_before_401
from odata.engine import Engine
from odata.errors import InvalidOption, Outdated
from odata.limits import Limits
from odata.metadata import Use
from odata.options import Options, parse_options
from odata.sets import EntitySet
from odata.statement import dialect_for
from tests.odata.library import SHAPE, Library, book, people, policy

BOOKS = EntitySet("books", book, SHAPE)
log = Table(
    "log",
    MetaData(),
    Column("tenant", Integer, primary_key=True),
    Column("at", BigInteger, primary_key=True),
    Column("what", Text),
    Column("id", Integer),
    Column("how", Text),
)
LOG = Log(log, "at", "what", "id", "how", "deleted")
AT = {"tenant": 1}


@pytest.mark.parametrize(
    ("query", "is_followed"),
    [
        ("", True),
        ("$filter=pages gt 50 and contains(tolower(title),'a')", True),
        ("$filter=case(price gt 1:true)&$orderby=author/name,now()", True),
        ("$search=war&$select=id&$expand=author", True),
        ("$filter=@p eq pages&@p=7", True),
        ("$filter=author/name eq 'x'", False),
        ("$filter=reviews/any()", False),
        ("$filter=reviews/$count gt 1", False),
        ("$filter=lent_at lt now()", False),
        ("$filter=year(lent_at) lt year(now())", False),
        ("$filter=author ne null", False),
    ],
)
def test_what_other_rows_or_the_clock_decide_cannot_be_followed(
    library: Library, query: str, is_followed: bool
) -> None:
    options = parse_options(quote(query, safe="&=$@"), Limits())
    plan, _ = library.queries.plan(BOOKS, options)
    assert plan.follows_rows is is_followed


def test_what_the_policy_decides_by_other_rows_cannot_be_followed(library: Library) -> None:
    def of_people(table: Any, use: Use) -> list[Any]:
        mine = select(people.c.id).where(people.c.name == "Ada")
        return [*policy(table, use), table.c.author_id.in_(mine)] if "author_id" in table.c else []

    strict = Engine(dialect_for(library.engine.dialect.name), of_people, Limits())
    assert strict.plan(BOOKS, Options())[0].follows_rows is False


@pytest.fixture
def logged(library: Library) -> Any:
    """A log of two tenants in which books 1, 2 and 3 are changed, and 1 and 9 changed last."""
    log.metadata.drop_all(library.engine)
    log.metadata.create_all(library.engine)
    lines = [
        (1, 4, "book", 1, "made"),
        (1, 5, "book", 2, "made"),
        (1, 6, "person", 3, "made"),
        (1, 7, "book", 2, "changed"),
        (2, 7, "book", 4, "changed"),
        (1, 8, "book", 9, "deleted"),
        (1, 9, "book", 1, "changed"),
    ]
    with library.engine.begin() as connection:
        connection.execute(insert(log), [dict(zip(log.c.keys(), line, strict=True)) for line in lines])
    yield Changes(dialect_for(library.engine.dialect.name), policy, LOG)
    library._connection.rollback()  # on PostgreSQL what has read a table keeps it from being dropped
    log.metadata.drop_all(library.engine)


def read(library: Library, changes: Changes, since: int, size: int, query: str = "") -> Any:
    options = parse_options(query, Limits())
    plan, values = library.queries.plan(BOOKS, options, among=True)
    connection = library._connection.driver_connection
    return changes.read(plan, "book", since, size, {**values, **AT}, connection)


def test_each_row_is_told_once_in_the_order_of_the_last_changes(library: Library, logged: Changes) -> None:
    expected = [Change(2, 7, False, {"id": 2}), Change(9, 8, True, None), Change(1, 9, False, {"id": 1})]
    assert read(library, logged, 0, 3) == (expected, False)
    assert read(library, logged, 3, 1) == (expected[:1], True)
    assert read(library, logged, 7, 2) == (expected[1:], False)
    assert read(library, logged, 9, 2) == ([], False)
    nobody = [change._replace(entity=None) for change in expected]
    assert read(library, logged, 0, 5, "$filter=id%20eq%200") == (nobody, False)
    connection = library._connection.driver_connection
    assert [logged.count("book", since, AT, connection) for since in (0, 7, 9)] == [3, 2, 0]


def test_the_log_must_reach_back_to_the_number(library: Library, logged: Changes) -> None:
    connection = library._connection.driver_connection
    assert logged.last(AT, connection) == 9
    assert logged.last({"tenant": 3}, connection) == 0
    assert [logged.check(since, AT, connection) for since in (3, 4, 9)] == [9, 9, 9]
    assert logged.check(0, {"tenant": 3}, connection) == 0
    for since, tenant in ((2, 1), (10, 1), (1, 3)):
        with pytest.raises(Outdated):
            logged.check(since, {"tenant": tenant}, connection)


def test_a_token_is_for_its_query_and_for_its_owner() -> None:
    tokens = Deltatokens(b"secret")
    since, asked = Since(2**40, 50), Options(filter="id eq 1", aliases={"@p": "1"})
    token = tokens.write(since, BOOKS, asked, "1/ada")
    assert (
        tokens.read(token, BOOKS, Options(filter="id eq 1", aliases={"@p": "1"}, select="id"), "1/ada")
        == since
    )
    others: list[tuple[Deltatokens, Options, str]] = [
        (tokens, Options(filter="id eq 2", aliases={"@p": "1"}), "1/ada"),
        (tokens, Options(filter="id eq 1", aliases={"@p": "2"}), "1/ada"),
        (tokens, Options(filter="id eq 1", aliases={"@p": "1"}, search="x"), "1/ada"),
        (tokens, asked, "1/bob"),
        (Deltatokens(b"other"), asked, "1/ada"),
    ]
    for reader, options, whose in others:
        with pytest.raises(InvalidOption):
            reader.read(token, BOOKS, options, whose)


def test_what_stands_for_an_entity_that_is_gone() -> None:
    """As the examples of JSON Format 4.01, 15.1, and of 4.0, 14.1, have it."""
    assert removed("Books(1)", "1", deleted=True) == {"@removed": {"reason": "deleted"}, "id": "1"}
    assert removed("Books(1)", "1", deleted=False, full=True) == {
        "@removed": {"reason": "changed"},
        "@odata.id": "Books(1)",
        "id": "1",
    }
    assert removed_before_401("$metadata#Books", "Books(1)", deleted=True) == {
        "@odata.context": "$metadata#Books/$deletedEntity",
        "id": "Books(1)",
        "reason": "deleted",
    }
