"""The nodes of a parsed expression: those of `odata_query.ast`, and what they lack of OData 4.01.

All are frozen dataclasses, so that `odata_query.visitor.NodeVisitor` walks them alike. A chain of `and` or of
`or` hangs to the left and may be long: take it apart in a loop. Rules named here are those of the ABNF.
"""

from __future__ import annotations

from dataclasses import dataclass

from odata_query.ast import (
    GUID,
    Add,
    All,
    And,
    Any,
    Attribute,
    BinOp,
    Boolean,
    BoolOp,
    Call,
    CollectionLambda,
    Compare,
    Date,
    DateTime,
    Div,
    Duration,
    Eq,
    Float,
    Geography,
    Gt,
    GtE,
    Identifier,
    In,
    Integer,
    Lambda,
    List,
    Lt,
    LtE,
    Mod,
    Mult,
    NamedParam,
    Not,
    NotEq,
    Null,
    Or,
    String,
    Sub,
    Time,
    UnaryOp,
    USub,
    _BinOpToken,
    _Comparator,
    _Literal,
    _Node,
)

__all__ = [
    "GUID", "Add", "All", "And", "Annotation", "Any", "Attribute", "BinOp", "Binary", "BoolOp", "Boolean",
    "BoundCall", "Call", "Case", "CastSegment", "CollectionLambda", "Compare", "Count", "Date", "DateTime",
    "Div", "DivBy", "Duration", "Enum", "Eq", "FilterSegment", "Float", "Geography", "Geometry", "Gt",
    "GtE", "Has", "Identifier", "In", "Integer", "JsonArray", "JsonMember", "JsonObject", "Lambda", "List",
    "Lt", "LtE", "Mod", "Mult", "NamedParam", "Node", "Not", "NotEq", "Null", "Or", "ParameterAlias",
    "Root", "String", "Sub", "Time", "TypeName", "USub", "UnaryOp", "When",
]  # fmt: skip

Node = _Node


@dataclass(frozen=True)
class DivBy(_BinOpToken):
    """`divby`: division that keeps the fraction."""


@dataclass(frozen=True)
class Has(_Comparator):
    """`has`: an enumeration value contains the given flags."""


@dataclass(frozen=True)
class Enum(_Literal):
    """`Ns.Type'Member'`; `val` is what stands between the quotes: names or numbers, separated by commas."""

    type_name: Identifier
    val: str


@dataclass(frozen=True)
class Binary(_Literal):
    """`binary'…'`; `val` is base64url, with or without its padding."""

    val: str


@dataclass(frozen=True)
class Geometry(_Literal):
    """`geometry'…'`; `val` is well-known text with its SRID, as in Geography."""

    val: str


@dataclass(frozen=True)
class JsonArray(_Node):
    """`[…]`: a collection literal whose items may be expressions (ABNF array)."""

    items: list[_Node]


@dataclass(frozen=True)
class JsonMember(_Node):
    """One `"name": value` of an object."""

    name: str
    value: _Node


@dataclass(frozen=True)
class JsonObject(_Node):
    """`{…}`: a complex literal (ABNF object)."""

    members: list[JsonMember]


@dataclass(frozen=True)
class Root(_Node):
    """The beginning of a path that is no property: `name` is `$it`, `$this` or `$root`."""

    name: str


@dataclass(frozen=True)
class ParameterAlias(_Node):
    """`@p`, whose value another query option gives; `name` is without the `@` (also an unqualified term)."""

    name: str


@dataclass(frozen=True)
class Annotation(_Node):
    """`owner/@Ns.Term#Qualifier`; no owner means the row itself."""

    owner: _Node | None
    term: Identifier
    qualifier: str | None


@dataclass(frozen=True)
class CastSegment(_Node):
    """`owner/Ns.Type`: the path continues on a derived type; no owner means the row itself."""

    owner: _Node | None
    type_name: Identifier


@dataclass(frozen=True)
class BoundCall(_Node):
    """`owner/name(…)`: a bound function, or a key where `name` is a collection (`$root/Employees('A1')`)."""

    owner: _Node
    func: Identifier
    args: list[_Node]


@dataclass(frozen=True)
class FilterSegment(_Node):
    """`owner/$filter(condition)`."""

    owner: _Node
    condition: _Node


@dataclass(frozen=True)
class Count(_Node):
    """`owner/$count`, with the options it may have in parentheses; `search` is kept as text."""

    owner: _Node
    filter: _Node | None = None
    search: str | None = None


@dataclass(frozen=True)
class TypeName(_Node):
    """The type argument of `cast` and `isof`: the last of the call's arguments."""

    name: Identifier
    collection: bool


@dataclass(frozen=True)
class When(_Node):
    """One `condition:result` of a case."""

    condition: _Node
    result: _Node


@dataclass(frozen=True)
class Case(_Node):
    """`case(condition:result,…)`: the result of the first condition that is true, else null."""

    branches: list[When]
