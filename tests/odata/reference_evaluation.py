"""A plain Python evaluation of a parsed filter over the rows of `library.py`.

It shares no line with the engine but the parser. Null is None; a condition is True, False or None.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from odata import ast
from tests.odata.library import BOOK_ROWS, PEOPLE, REVIEWS, books
from tests.odata.reference_functions import (
    DECIMAL_FUNCTIONS,
    FUNCTIONS,
    Duration,
    cast,
    divided,
    duration_of,
    of_durations,
)

NAMES = [column.name for column in books.columns]
NOBODY: dict[str, Any] = {"id": None, "name": None, "books": []}
DECIMALS = {"price", "weight"}
TYPES = {"Edm.String": str, "Edm.Int32": int, "Edm.Decimal": Fraction}


def _linked() -> list[dict[str, Any]]:
    """The first tenant's books, with the people and reviews that their paths lead to."""
    people: dict[int, Any] = {p[0]: {"id": p[0], "name": p[2], "books": []} for p in PEOPLE if p[1] == 1}
    found: dict[int, dict[str, Any]] = {}
    for row in BOOK_ROWS:
        values = dict(zip(NAMES, row, strict=True))
        if values["tenant"] == 1:
            book = {n: Fraction(v) if isinstance(v, Decimal) else v for n, v in values.items()}
            book |= {who: people.get(values[f"{who}_id"], NOBODY) for who in ("author", "editor")}
            found[book["id"]] = book | {"reviews": [], "words": []}
    for book in found.values():
        book["author"]["books"].append(book) if book["author"] is not NOBODY else None
    for number, tenant, of, stars, text, reader in REVIEWS:
        if tenant == 1:
            review = {"id": number, "stars": stars, "text": text, "reader": people.get(reader, NOBODY)}
            found[of]["reviews"].append(review)
            found[of]["words"].append(text)
    return list(found.values())


BOOKS_OF_TENANT = _linked()


def found(root: Any) -> list[int]:
    """The ids of the books that the filter is true of."""
    return [book["id"] for book in BOOKS_OF_TENANT if Evaluation(book).value(root) is True]


class Evaluation:
    """The value of each node for one row.

    Args:
        row: what names and `$this` mean.
        variables: the lambdas' members by name.
        it: the row that the filter is about, where that is another.
    """

    def __init__(self, row: Any, variables: dict[str, Any] | None = None, it: Any = None) -> None:
        self.row = row
        self.variables = variables or {}
        self.it = row if it is None else it

    def value(self, node: Any) -> Any:
        method: Any = getattr(self, f"of_{type(node).__name__.lower()}")
        return method(node)

    # Literals

    def of_integer(self, node: ast.Integer) -> int:
        return int(node.val)

    def of_float(self, node: ast.Float) -> Fraction:
        return Fraction(node.val)

    def of_string(self, node: ast.String) -> str:
        return node.val

    def of_guid(self, node: ast.GUID) -> str:
        return node.val

    def of_boolean(self, node: ast.Boolean) -> bool:
        return node.val == "true"

    def of_null(self, node: ast.Null) -> None:
        return None

    def of_datetime(self, node: ast.DateTime) -> dt.datetime:
        return dt.datetime.fromisoformat(node.val).astimezone(dt.UTC)

    def of_date(self, node: ast.Date) -> dt.date:
        return dt.date.fromisoformat(node.val)

    def of_time(self, node: ast.Time) -> dt.time:
        return dt.time.fromisoformat(node.val)

    def of_duration(self, node: ast.Duration) -> Duration:
        return duration_of(node.val)

    # Paths

    def of_identifier(self, node: ast.Identifier) -> Any:
        return self.variables[node.name] if node.name in self.variables else self.row[node.name]

    def of_root(self, node: ast.Root) -> Any:
        return self.it if node.name == "$it" else self.row

    def of_attribute(self, node: ast.Attribute) -> Any:
        return self.value(node.owner)[node.attr]

    def of_count(self, node: ast.Count) -> int:
        members = self.value(node.owner)
        if node.filter is None:
            return len(members)
        return sum(Evaluation(m, self.variables, self.it).value(node.filter) is True for m in members)

    def of_collectionlambda(self, node: ast.CollectionLambda) -> bool:
        members = self.value(node.owner)
        if node.lambda_ is None:
            return bool(members)
        name, predicate = node.lambda_.identifier.name, node.lambda_.expression
        each = [Evaluation(self.row, self.variables | {name: member}, self.it) for member in members]
        truths = [one.value(predicate) is True for one in each]
        return any(truths) if isinstance(node.operator, ast.Any) else all(truths)

    # Logic (URL Conventions 4.01, 5.1.1.1)

    def of_boolop(self, node: ast.BoolOp) -> bool | None:
        sides = {self.value(node.left), self.value(node.right)}
        decisive = isinstance(node.op, ast.Or)
        if decisive in sides:
            return decisive
        return None if None in sides else not decisive

    def of_unaryop(self, node: ast.UnaryOp) -> Any:
        value = self.value(node.operand)
        if value is None:
            return None
        return -value if isinstance(node.op, ast.USub) else not value

    def of_compare(self, node: ast.Compare) -> bool:
        left = self.value(node.left)
        if isinstance(node.comparator, ast.In):
            members = node.right.val if isinstance(node.right, ast.List) else None
            values = self.value(node.right) if members is None else [self.value(m) for m in members]
            return left in values
        right = self.value(node.right)
        name = type(node.comparator).__name__
        if name in ("Eq", "NotEq"):
            return (left == right) is (name == "Eq")
        if left is None or right is None:
            return name in ("LtE", "GtE") and left is right
        return {"Lt": left < right, "LtE": left <= right, "Gt": left > right, "GtE": left >= right}[name]

    # Calculation

    def of_binop(self, node: ast.BinOp) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if left is None or right is None:
            return None
        name = type(node.op).__name__
        if isinstance(left, Duration | dt.date) or isinstance(right, Duration):
            return of_durations(name, left, right)
        if name in ("Add", "Sub", "Mult"):
            return {"Add": left + right, "Sub": left - right, "Mult": left * right}[name]
        return divided(name, left, right, not (is_decimal(node.left) or is_decimal(node.right)))

    def of_case(self, node: ast.Case) -> Any:
        for branch in node.branches:
            if self.value(branch.condition) is True:
                return self.value(branch.result)
        return None

    def of_call(self, node: ast.Call) -> Any:
        name = node.func.name
        if name in ("cast", "isof"):
            value = self.value(node.args[0])
            of: Any = node.args[1]
            to = ".".join((*of.name.namespace, of.name.name))
            if name == "isof":
                return isinstance(value, TYPES[to])
            return None if value is None else cast(value, to)
        # Of a moment that is written down, the parts are those at its own offset; all others are in UTC.
        arguments = [
            dt.datetime.fromisoformat(argument.val)
            if isinstance(argument, ast.DateTime)
            else self.value(argument)
            for argument in node.args
        ]
        return None if None in arguments else FUNCTIONS[name](*arguments)


def is_decimal(node: Any) -> bool:
    """Whether a number is declared as a decimal, whatever its value is."""
    match node:
        case ast.Float():
            return True
        case ast.Identifier():
            return node.name in DECIMALS
        case ast.Attribute():
            return node.attr in DECIMALS
        case ast.BinOp():
            return isinstance(node.op, ast.DivBy) or is_decimal(node.left) or is_decimal(node.right)
        case ast.UnaryOp():
            return is_decimal(node.operand)
        case ast.Case():
            return any(is_decimal(branch.result) for branch in node.branches)
        case ast.Call():
            to: Any = node.args[-1] if node.args else None
            return node.func.name in DECIMAL_FUNCTIONS or (
                node.func.name == "cast" and to.name.name == "Decimal"
            )
    return False
