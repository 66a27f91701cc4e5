"""From rows to JSON values: for each shape one function, written out as source and compiled once.

A dict display with constant keys and indexed reads is what a person would write by hand for this one shape;
nothing that walks a description of the shape at run time comes near it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Text, cast
from sqlalchemy.types import TypeEngine

from odata.joins import Joins
from odata.metadata import Collection, Fixed, Object, Property, Shape, Tally, Template, Value, Variants
from odata.sql_types import Exact
from odata.types import INT64, Edm

Rows = Callable[..., Any]


@dataclass(frozen=True)
class Wanted:
    """A collection that the page needs.

    Args:
        owner_table, owner_key: whose it is, and the column of that table that is its key.
        key: the index of that key in the page's rows.
    """

    member: Collection | Tally
    owner_table: FromClause
    owner_key: str
    key: int


class Projection:
    """The columns that a shape needs, and the source of the function that builds it from them.

    Args:
        joins: the SELECT's tables.
        key: the key column of the entity.
        dialect: the database's name: the drivers deliver some types differently.
        utc_suffix: what follows a moment; `Z`, or nothing at the doors that print none.
        exact_numbers: whether decimals and 64-bit integers are texts (JSON Format 4.01, 3.2).
    """

    def __init__(
        self, joins: Joins, key: str, dialect: str, utc_suffix: str, exact_numbers: bool = False
    ) -> None:
        self.exact_numbers = exact_numbers
        self.columns: list[ColumnElement[Any]] = []
        self.wanted: list[Wanted] = []
        self._joins = joins
        self._keys: dict[FromClause, str] = {joins.base: key}
        self._dialect = dialect
        self._suffix = utc_suffix
        self._constants: dict[str, Any] = {}
        self._indexes: dict[tuple[int, str], int] = {}

    def list_function(self, shape: Shape) -> Rows:
        """A function from rows (and the groups of each wanted collection) to a list of objects."""
        body = self._object(shape, self._joins.base)
        if not self.columns:  # of an object that shows only what is the same in every row
            self.also(self._joins.base.c[self._keys[self._joins.base]])
        return self._function(f"return [{body} for r in rows]")

    def group_function(self, of: Shape | Property, owner: ColumnElement[Any]) -> Rows:
        """The same for members of a collection: a dict of lists by the owner's key."""
        key = self._column(owner)
        base = self._joins.base
        body = self._value(of, base) if isinstance(of, Property) else self._object(of, base)
        return self._function(
            f"found = {{}}\n for r in rows: found.setdefault(r[{key}], []).append({body})\n return found"
        )

    def _function(self, body: str) -> Rows:
        groups = "".join(f", g{index}" for index in range(len(self.wanted)))
        namespace: dict[str, Any] = {
            "exactly": exactly,
            "lasting": lasting,
            "whole": whole,
            **self._constants,
        }
        exec(f"def build(rows{groups}):\n {body}", namespace)  # noqa: S102 - no text of a request is in it
        build: Rows = namespace["build"]
        return build

    def _object(self, shape: Shape, table: FromClause) -> str:
        if isinstance(shape, Variants):
            kind = self._column(self._sql(shape.by, table))
            chosen = [
                f"{self._object(each, table)} if r[{kind}] == {i}" for i, each in enumerate(shape.shapes)
            ]
            return f"({' else '.join(chosen)} else None)"
        parts = []
        for member in shape.members:
            match member:
                case Value():
                    source = self._value(member.property, table)
                case Object():
                    source = self._nested(member, table)
                case Collection():
                    source = self._collection(member, table)
                case Tally():
                    source = f"({self._collection(member, table, '[0]')})[0]"
                    if self.exact_numbers:
                        source = f"str({source})"  # a count, too, is of 64 bits
                case Template():
                    source = self._template(member, table)
                case Fixed():
                    source = self._constant(member.value)
            parts.append(f"{member.name!r}: {source}")
        return "{" + ", ".join(parts) + "}"

    def also(self, column: ColumnElement[Any]) -> int:
        """Ask for a column that no member shows; its index in the row."""
        return self._column(column)

    def _template(self, member: Template, table: FromClause) -> str:
        """The pieces, joined. PostgreSQL writes a moment with a blank in the middle, which no tag may have."""
        texts = []
        for part in member.parts:
            if isinstance(part, str):
                texts.append(part.replace("{", "{{").replace("}", "}}"))
                continue
            name, length = part
            column = table.c[name]
            value = f"r[{self._column(column)}]" + (f"[:{length}]" if length else "")
            blank = self._dialect == "postgresql" and column.type.python_type is datetime
            texts.append("{" + (f"{value}.replace(' ', 'T')" if blank else value) + "}")
        return 'f"' + "".join(texts).replace('"', '\\"') + '"'

    def _nested(self, member: Object, table: FromClause) -> str:
        if member.navigation is None:
            source = self._object(member.shape, table)
            if member.when is None:
                return source
            present = self._column(self._sql(member.when, table))
            return f"(None if r[{present}] is None else {source})"
        steps = member.navigation.steps
        far = self._joins.reach(steps, table)
        self._keys.setdefault(far, member.navigation.target().key)
        source = self._object(member.shape, far)
        if all(step.certain for step in steps):
            return source
        key = self._column(far.c[member.navigation.target().key])
        return f"(None if r[{key}] is None else {source})"

    def tally_function(self, owner: ColumnElement[Any], number: ColumnElement[int]) -> Rows:
        """The same for how many members each owner has: a list of the one number."""
        key, how_many = self._column(owner), self._column(number)
        return self._function(f"return {{r[{key}]: [r[{how_many}]] for r in rows}}")

    def _collection(self, member: Collection | Tally, table: FromClause, empty: str = "[]") -> str:
        key = self._column(table.c[self._keys[table]])
        self.wanted.append(Wanted(member, table.element, self._keys[table], key))  # type: ignore[attr-defined]
        return f"(g{len(self.wanted) - 1}.get(r[{key}]) or {empty})"

    def _value(self, member: Property, table: FromClause) -> str:
        column = self._sql(member, table)
        kind = column.type
        whole = member.type in (Edm.INT32, Edm.INT64) and isinstance(kind, Exact)
        if self._dialect == "postgresql" and (whole or (self.exact_numbers and member.type is Edm.DECIMAL)):
            column = cast(column, Text())  # the loader of readers makes a float of it otherwise
        index = self._column(column)
        nullable = member.nullable or bool(member.steps) or table is not self._joins.base
        return self._written(member.type, kind, f"r[{index}]", nullable)

    def _written(self, edm: Edm, sql: TypeEngine[Any], source: str, nullable: bool) -> str:
        """How the driver's value becomes the JSON value."""
        written = source
        if self.exact_numbers and edm in (Edm.DECIMAL, Edm.INT64):
            scale = getattr(sql, "integer_scale", 0) if self._dialect == "sqlite" else 0
            if edm is Edm.DECIMAL:
                written = f"exactly({source}, {scale})"
            else:
                written = f"str(int({source}))" if isinstance(sql, Exact) else f"str({source})"
        elif edm is Edm.DATETIME:
            if self._dialect == "postgresql":
                written = f"{source}.replace(' ', 'T')"
            if self._suffix:
                written += f" + {self._suffix!r}"
        elif edm is Edm.BOOLEAN and self._dialect == "sqlite":
            written = f"({source} == 1)"
        elif edm is Edm.DURATION:
            written = f"lasting({source})"
        elif edm in (Edm.INT32, Edm.INT64) and isinstance(sql, Exact):  # the text of a number
            written = f"whole({source})"
        elif self._dialect == "sqlite" and isinstance(sql, Exact):
            written = f"float({source})"
        elif edm is Edm.DECIMAL and self._dialect == "sqlite":
            written = f"{source} / {10**scale}" if (scale := getattr(sql, "integer_scale", 0)) else source
        if written is source or not nullable:
            return written
        return f"(None if {source} is None else {written})"

    def _sql(self, member: Property, table: FromClause) -> ColumnElement[Any]:
        return member.column(self._joins.reach(member.steps, table))

    def _column(self, column: ColumnElement[Any]) -> int:
        """The column's index in the row; asked for twice, it is selected once."""
        table = getattr(column, "table", None)
        identity = (id(table), column.key or "") if table is not None else (id(column), "")
        index = self._indexes.get(identity)
        if index is None:
            index = self._indexes[identity] = len(self.columns)
            self.columns.append(column)
        return index

    def _constant(self, value: Any) -> str:
        if value is None or isinstance(value, bool | int | str):
            return repr(value)
        if value == []:
            return "[]"
        name = f"c{len(self._constants)}"
        self._constants[name] = value
        return name


def exactly(value: int | str, scale: int) -> str:
    """A decimal as text, without trailing zeros.

    Args:
        value: its digits, or an integer of its smallest unit.
        scale: how many decimal places such an integer has.

    >>> exactly(15000, 4), exactly("150.00", 0)
    ('1.5', '150')
    """
    number = Decimal(value).scaleb(-scale)
    return f"{number.normalize():f}"


def whole(text: str) -> int | float:
    """A whole number that was calculated; beyond 64 bits JSON readers take no more than its size.

    >>> whole("9223372036854775807"), whole("9223372036854775808")
    (9223372036854775807, 9.223372036854776e+18)
    """
    number = int(text)
    return number if number in INT64 else float(number)


def lasting(microseconds: float | str) -> str:
    """A duration as the standard writes it.

    >>> lasting("93784500000"), lasting(-1)
    ('P1DT2H3M4.5S', '-PT0.000001S')
    """
    length = int(Decimal(microseconds))
    seconds, fraction = divmod(abs(length), 10**6)
    days, rest = divmod(seconds, 86_400)
    part = f".{fraction:06d}".rstrip("0") if fraction else ""
    parts = [(rest // 3600, "H"), (rest % 3600 // 60, "M"), (f"{rest % 60}{part}", "S")]
    time = "".join(f"{value}{unit}" for value, unit in parts if str(value) != "0")
    sign = "-" if length < 0 else ""
    return f"{sign}P{f'{days}D' if days else ''}{f'T{time}' if time else ''}" if length else "PT0S"
