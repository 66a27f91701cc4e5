"""A small data set that has what goes wrong: nulls, ties, wildcards, non-ASCII text, close decimals.

The engine is used here as another host would use it, over tables of its own. Only the types of their columns are
the application's: the engine asks no more of such a type than its `integer_scale`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    create_engine,
    insert,
)

from app.models.types import ExactDecimal, Guid, UtcDateTime
from odata.drivers import prepare_connection
from odata.engine import Engine as ODataEngine
from odata.limits import Limits
from odata.metadata import Collection, EntityType, Navigation, Property, Shape, Step, Use, Value
from odata.options import parse_options
from odata.runner import count, fetch_page
from odata.sets import EntitySet
from odata.statement import dialect_for
from odata.types import Edm

metadata = MetaData()
people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant", Integer, nullable=False),
    Column("name", Text),
    Column("mentor_id", ForeignKey("people.id")),
)
books = Table(
    "books",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant", Integer, nullable=False),
    Column("title", Text),
    Column("note", Text),
    Column("pages", Integer),
    Column("price", ExactDecimal(10, 2)),
    Column("is_lent", Boolean),
    Column("author_id", ForeignKey("people.id")),
    Column("editor_id", ForeignKey("people.id")),
    Column("weight", ExactDecimal(12, 4)),
    Column("big", BigInteger),
    Column("lent_at", UtcDateTime),
    Column("printed", Date),
    Column("code", Guid),
)
reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant", Integer, nullable=False),
    Column("book_id", ForeignKey("books.id")),
    Column("stars", Integer),
    Column("text", Text),
    Column("reader_id", ForeignKey("people.id")),
)

PEOPLE = [(1, 1, "Ada", None), (2, 1, "Émile", 1), (3, 1, None, 2), (4, 2, "Mallory", 1)]
BOOKS = [
    # id, tenant, title, note, pages, price, is_lent, author, editor
    (1, 1, "50% off", "a_b", 100, Decimal("1.10"), True, 1, 2),
    (2, 1, "500 off", "axb", 100, Decimal("1.11"), False, 1, None),
    (3, 1, "Straße", None, 250, None, None, 2, 1),
    (4, 1, "ÉTÉ", r"a\b", None, Decimal("10.00"), True, 2, 2),
    (5, 1, "It's", "", 7, Decimal("0.30"), False, 3, 1),
    (6, 1, None, "A_B", 250, Decimal("99.99"), None, None, None),
    (7, 2, "Secret", "a_b", 100, Decimal("1.10"), True, 4, 4),
]
MORE_OF_BOOKS = [
    # weight, big, lent_at, printed
    (Decimal("0.5"), 2**63 - 1, dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC), dt.date(2026, 1, 31)),
    (Decimal("0.3333"), -(2**63), dt.datetime(2026, 1, 31, 23, 30, 0, 250_000, dt.UTC), dt.date(2026, 1, 30)),
    (Decimal("1.25"), 0, None, dt.date(2000, 2, 29)),
    (None, None, dt.datetime(2024, 2, 29, tzinfo=dt.UTC), None),
    (Decimal("-2.5"), 3, dt.datetime(1999, 12, 31, 23, 59, 59, 999_000, dt.UTC), dt.date(1999, 12, 31)),
    (Decimal("1000000.0001"), -7, dt.datetime(2026, 2, 1, tzinfo=dt.UTC), dt.date(2026, 3, 1)),
    (None, None, None, None),
]
CODES = [f"00000000-0000-0000-0000-00000000000{book[0]}" for book in BOOKS]
BOOK_ROWS = [(*book, *more, code) for book, more, code in zip(BOOKS, MORE_OF_BOOKS, CODES, strict=True)]
REVIEWS = [
    (1, 1, 1, 5, "good", 2),
    (2, 1, 1, 1, "bad", 1),
    (3, 1, 2, 5, None, 2),
    (4, 1, 3, None, "meh", 3),
    (5, 2, 7, 5, "good", 4),
    (6, 2, 1, 3, "another tenant's word on our book", 4),
]


def _plain(table: Table, name: str, edm: Edm) -> Property:
    return Property(name, edm, lambda row: row.c[name], bool(table.c[name].nullable))


person = EntityType("Person", people)
book = EntityType("Book", books)
review = EntityType("Review", reviews)


def _to(name: str, target: EntityType, column: str) -> Navigation:
    return Navigation(name, lambda: target, (Step(target.table, ((column, "id"),)),))


for _entity, _columns in (
    (person, {"id": Edm.INT32, "name": Edm.STRING}),
    (
        book,
        {
            "id": Edm.INT32,
            "title": Edm.STRING,
            "note": Edm.STRING,
            "pages": Edm.INT32,
            "price": Edm.DECIMAL,
            "is_lent": Edm.BOOLEAN,
            "weight": Edm.DECIMAL,
            "big": Edm.INT64,
            "lent_at": Edm.DATETIME,
            "printed": Edm.DATE,
            "code": Edm.GUID,
        },
    ),
    (review, {"id": Edm.INT32, "stars": Edm.INT32, "text": Edm.STRING}),
):
    for _name, _edm in _columns.items():
        _entity.properties[_name] = _plain(_entity.table, _name, _edm)
book.navigations["author"] = _to("author", person, "author_id")
book.navigations["editor"] = _to("editor", person, "editor_id")
_reviews = (Step(reviews, (("id", "book_id"),), use=Use.ROW),)
book.navigations["reviews"] = Navigation("reviews", lambda: review, _reviews, collection=True)
book.navigations["words"] = Navigation("words", lambda: review, _reviews, collection=True, value="text")
person.navigations["mentor"] = _to("mentor", person, "mentor_id")
person.navigations["pupils"] = Navigation(
    "pupils", lambda: person, (Step(people, (("id", "mentor_id"),), use=Use.ROW),), collection=True
)
review.navigations["reader"] = _to("reader", person, "reader_id")
person.navigations["books"] = Navigation(
    "books", lambda: book, (Step(books, (("id", "author_id"),), use=Use.ROW),), collection=True
)
SHAPE = Shape((Value("id", book.properties["id"]),))
WITH_REVIEWS = Shape(
    (
        Value("id", book.properties["id"]),
        Value("price", book.properties["price"]),
        Collection(
            "reviews", book.navigations["reviews"], Shape((Value("stars", review.properties["stars"]),))
        ),
        Collection("words", book.navigations["words"], review.properties["text"]),
    )
)


def policy(table: Any, use: Use) -> list[Any]:
    return [table.c.tenant == bindparam("tenant", type_=Integer())]


class Library:
    """The engine over the data set, on one database."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url)
        metadata.drop_all(self.engine)
        metadata.create_all(self.engine)
        with self.engine.begin() as connection:
            for table, rows in ((people, PEOPLE), (books, BOOK_ROWS), (reviews, REVIEWS)):
                names = table.c.keys()
                connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        self.queries = ODataEngine(dialect_for(self.engine.dialect.name), policy, Limits())
        self._connection: Any = self.engine.raw_connection()
        prepare_connection(self._connection.driver_connection)

    def ids(self, **options: str) -> list[int]:
        """The ids of tenant 1's books that a query finds, in its order."""
        return [row["id"] for row in self.rows(SHAPE, **options)]

    def rows(self, shape: Shape, **options: str) -> list[dict[str, Any]]:
        plan, values = self._plan(shape, options)
        return fetch_page(plan, {**values, "tenant": 1}, self._connection.driver_connection).objects

    def count(self, **options: str) -> int:
        plan, values = self._plan(SHAPE, {**options, "count": "true"})
        return count(plan, {**values, "tenant": 1}, self._connection.driver_connection)

    def _plan(self, shape: Shape, options: dict[str, str]) -> Any:
        query = "&".join(
            f"{name if name.startswith('@') else '$' + name}={quote(text)}" for name, text in options.items()
        )
        of = EntitySet(f"books:{len(shape.members)}", book, shape)
        return self.queries.plan(of, parse_options(query, Limits()))

    def close(self) -> None:
        self._connection.close()
        metadata.drop_all(self.engine)
        self.engine.dispose()
