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

NAMES = [column.name for column in books.columns]
ROWS = [dict(zip(NAMES, row, strict=True)) for row in BOOK_ROWS if row[1] == 1]
NAMES_OF_PEOPLE = {person[0]: person[2] for person in PEOPLE}
PLACES = 12


def _book(row: dict[str, Any]) -> dict[str, Any]:
    own = [review for review in REVIEWS if review[1] == 1 and review[2] == row["id"]]
    author, editor = ({"name": NAMES_OF_PEOPLE.get(row[f"{who}_id"])} for who in ("author", "editor"))
    reviews = [
        {"id": r[0], "stars": r[3], "text": r[4], "reader": {"name": NAMES_OF_PEOPLE[r[5]]}} for r in own
    ]
    return row | {
        "author": author,
        "editor": editor,
        "reviews": reviews,
        "words": [r["text"] for r in reviews],
    }


BOOKS_OF_TENANT = [_book(row) for row in ROWS]


def found(root: Any) -> list[int]:
    """The ids of the books that the filter is true of."""
    return [book["id"] for book in BOOKS_OF_TENANT if Evaluation(book).value(root) is True]


class Evaluation:
    """The value of each node for one row."""

    def __init__(self, row: dict[str, Any], variables: dict[str, Any] | None = None) -> None:
        self.row = row
        self.variables = variables or {}

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

    def of_duration(self, node: ast.Duration) -> dt.timedelta:
        return dt.timedelta(hours=int(node.val.removeprefix("PT").removesuffix("H")))

    # Paths

    def of_identifier(self, node: ast.Identifier) -> Any:
        if node.name in self.variables:
            return self.variables[node.name]
        value = self.row[node.name]
        return Fraction(value) if isinstance(value, Decimal) else value

    def of_attribute(self, node: ast.Attribute) -> Any:
        return self.value(node.owner)[node.attr]

    def of_count(self, node: ast.Count) -> int:
        members = self.value(node.owner)
        if node.filter is None:
            return len(members)
        return sum(Evaluation(member).value(node.filter) is True for member in members)

    def of_collectionlambda(self, node: ast.CollectionLambda) -> bool:
        members = self.value(node.owner)
        if node.lambda_ is None:
            return bool(members)
        name = node.lambda_.identifier.name
        truths = [
            Evaluation(self.row, self.variables | {name: member}).value(node.lambda_.expression) is True
            for member in members
        ]
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
        if isinstance(right, dt.timedelta | dt.datetime | dt.date):
            try:
                return left + right if name == "Add" else left - right
            except OverflowError:
                return None
        if name in ("Add", "Sub", "Mult"):
            return {"Add": left + right, "Sub": left - right, "Mult": left * right}[name]
        return None if right == 0 else self._divided(name, left, right)

    def _divided(self, name: str, left: Any, right: Any) -> Any:
        ratio = Fraction(left) / Fraction(right)
        whole = abs(ratio).__floor__() * (1 if ratio >= 0 else -1)
        integers = isinstance(left, int) and isinstance(right, int)
        if name == "Mod":
            return left - right * whole
        if name == "Div" and integers:
            return whole
        cut = (abs(ratio) * 10**PLACES + Fraction(1, 2)).__floor__()
        return Fraction(cut if ratio >= 0 else -cut, 10**PLACES)

    def of_case(self, node: ast.Case) -> Any:
        for branch in node.branches:
            if self.value(branch.condition) is True:
                return self.value(branch.result)
        return None

    def of_call(self, node: ast.Call) -> Any:
        arguments = [self.value(argument) for argument in node.args]
        return None if None in arguments else FUNCTIONS[node.func.name](*arguments)


def _rounded(name: str) -> Any:
    def call(value: Any) -> Fraction:
        if name != "round":
            return Fraction(value.__floor__() if name == "floor" else value.__ceil__())
        whole = (abs(Fraction(value)) + Fraction(1, 2)).__floor__()
        return Fraction(whole if value >= 0 else -whole)

    return call


def _substring(text: str, start: int, length: int | None = None) -> str:
    rest = text[max(start, 0) :]
    return rest if length is None else rest[: max(length, 0)]


def _letters(fold: Any) -> Any:
    return lambda text: "".join(fold(c) if len(fold(c)) == 1 else c for c in text)


FUNCTIONS: dict[str, Any] = {
    "contains": lambda text, part: part in text,
    "startswith": str.startswith,
    "endswith": str.endswith,
    "indexof": str.find,
    "substring": _substring,
    "concat": lambda a, b: a + b,
    "length": len,
    "trim": lambda text: text.strip(" "),
    "tolower": _letters(str.lower),
    "toupper": _letters(str.upper),
    "year": lambda moment: moment.year,
    "month": lambda moment: moment.month,
    "day": lambda moment: moment.day,
    "hour": lambda moment: moment.hour,
    "minute": lambda moment: moment.minute,
    "second": lambda moment: moment.second,
    "fractionalseconds": lambda moment: Fraction(moment.microsecond, 10**6),
    "date": lambda moment: moment.astimezone(dt.UTC).date(),
    "time": lambda moment: moment.astimezone(dt.UTC).time(),
    "totalseconds": lambda duration: Fraction(duration // dt.timedelta(microseconds=1), 10**6),
    **{name: _rounded(name) for name in ("round", "floor", "ceiling")},
}
