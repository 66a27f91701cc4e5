"""Operators, literals and brackets: a Pratt parser over the paths of `paths`.

The precedence is that of URL Conventions 4.01, Operator Precedence: `has` and `in` bind tighter than `not`
and unary minus, those tighter than arithmetic, and so on down to `or`. So `not a eq b` means `(not a) eq b`.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple, cast

from odata import ast
from odata.errors import SyntaxProblem, suggest
from odata.lexer import Token
from odata.paths import PathParser


class Infix(NamedTuple):
    """How tightly an operator binds, the node it makes and the node that names it."""

    power: int
    node: Any
    operator: Any


UNARY = 70
INFIX = {
    "or": Infix(10, ast.BoolOp, ast.Or),
    "and": Infix(20, ast.BoolOp, ast.And),
    "eq": Infix(30, ast.Compare, ast.Eq),
    "ne": Infix(30, ast.Compare, ast.NotEq),
    "gt": Infix(40, ast.Compare, ast.Gt),
    "ge": Infix(40, ast.Compare, ast.GtE),
    "lt": Infix(40, ast.Compare, ast.Lt),
    "le": Infix(40, ast.Compare, ast.LtE),
    "add": Infix(50, ast.BinOp, ast.Add),
    "sub": Infix(50, ast.BinOp, ast.Sub),
    "mul": Infix(60, ast.BinOp, ast.Mult),
    "div": Infix(60, ast.BinOp, ast.Div),
    "divby": Infix(60, ast.BinOp, ast.DivBy),
    "mod": Infix(60, ast.BinOp, ast.Mod),
    "has": Infix(80, ast.Compare, ast.Has),
    "in": Infix(80, ast.Compare, ast.In),
}

FOREIGN = {
    "=": "write 'eq'.",
    "equals": "write 'eq'.",
    "is": "write 'eq'.",
    "like": "write contains(…), startswith(…) or endswith(…).",
    "not": "write 'not' before the whole comparison, in parentheses, or 'ne'.",
    "between": "write 'ge' and 'le'.",
}
"""What authors write who think of another language."""

REPLACED: dict[str, Any] = {
    "string": ast.String,
    "guid": ast.GUID,
    "integer": ast.Integer,
    "decimal": ast.Float,
    "date": ast.Date,
    "datetime": ast.DateTime,
    "time": ast.Time,
    "duration": ast.Duration,
}
"""The nodes of the literals that a shape leaves out."""

DIRECTIONS = ("asc", "desc")
"""What may follow a property in $orderby, even one that has an operator's name, as in `sub desc`."""

PREFIXED: dict[str, Any] = {"binary": ast.Binary, "geography": ast.Geography, "geometry": ast.Geometry}


def value_of(token: Token) -> str:
    """What a literal's node holds in `val`: without quotes and prefix, a GUID in lower case."""
    if token.kind == "string":
        return token.text[1:-1].replace("''", "'")
    if token.kind == "guid":
        return token.text.lower()
    if token.text.endswith("'"):
        return token.text[token.text.index("'") + 1 : -1]
    return token.text


class ExpressionParser(PathParser):
    """The rule commonExpr of the ABNF."""

    def expression(self, floor: int = 0) -> ast.Node:
        # Operators wait here for their right side, each binding tighter than the one before it, and not on
        # Python's stack, of which the depth of brackets alone may take its part.
        waiting: list[tuple[Infix, Token, ast.Node]] = []
        operand = self.operand()
        while True:
            rule = self.operator(floor)
            while waiting and (rule is None or waiting[-1][0].power >= rule.power):
                operand = self.joined(*waiting.pop(), operand)
            if rule is None:
                return operand
            waiting.append((rule, self.advance(), operand))
            listed = rule.operator is ast.In and self.at("(")
            operand = self.value_list() if listed else self.operand()

    def operator(self, floor: int) -> Infix | None:
        """The operator at the current token, if it binds tighter than `floor`."""
        rule = INFIX.get(self.token.text.lower()) if self.token.kind == "name" else None
        return rule if rule is not None and rule.power > floor else None

    def whole(self) -> ast.Node:
        """An expression that is all there is."""
        root = self.expression()
        if self.token.kind != "end":
            raise self.unfinished("an operator or the end")
        return root

    def unfinished(self, what: str) -> SyntaxProblem:
        """The error that something follows an operand which is no operator."""
        text = self.token.text.lower()
        if text in FOREIGN:
            return self.expected(what, f"; {FOREIGN[text]}")
        return self.expected(what, suggest(text, INFIX) if self.token.kind == "name" else ".")

    def joined(self, rule: Infix, word: Token, left: ast.Node, right: ast.Node) -> ast.Node:
        """The node of an operator between its operands."""
        operator = self.node(rule.operator(), word.position)
        made: ast.Node = rule.node(operator, left, right)
        if not isinstance(made, ast.BoolOp):
            return self.node(made, word.position, operator, left, right)
        self.count_term()
        if isinstance(left, ast.BoolOp) and type(left.op) is rule.operator:
            return self.node(made, word.position, operator, right, chained=left)
        return self.node(made, word.position, operator, left, right)

    def value_list(self) -> ast.Node:
        """The list that may follow `in`."""
        bracket = self.advance()
        values = self.items(")", self.nested)
        return self.node(ast.List(cast(Any, values)), bracket.position, *values)

    # Operands

    def operand(self) -> ast.Node:
        """A value with the `not` and `-` before it, which are read in a loop as there may be many."""
        signs: list[Token] = []
        while self.at("-") or self.at_not():
            signs.append(self.advance())
        if not signs:
            return self.primary()
        operand = self.expression(UNARY)
        for sign in reversed(signs):
            operator = self.node(ast.USub() if sign.text == "-" else ast.Not(), sign.position)
            operand = self.node(ast.UnaryOp(operator, operand), sign.position, operator, operand)
        return operand

    def at_not(self) -> bool:
        """Whether the current token is the operator and not a property of that name."""
        return self.at_word("not") and not self.follows_operand()

    def follows_operand(self) -> bool:
        """Whether the next token is one that can stand only behind an operand."""
        following = self.following
        if following.kind == "name":
            return following.text.lower() in INFIX
        return following.kind == "end" or (following.kind == "mark" and following.text not in "([{-")

    def primary(self) -> ast.Node:
        """One value, without operators around it."""
        token = self.token
        if token.kind in REPLACED:
            self.advance()
            literal: ast.Node = REPLACED[token.kind](value_of(token))
            return self.literal(literal, token.position)
        if token.kind in PREFIXED:
            self.advance()
            prefixed: ast.Node = PREFIXED[token.kind](value_of(token))
            return self.node(prefixed, token.position)
        match token.kind, token.text:
            case "name", _:
                return self.word()
            case "mark", "(":
                return self.parenthesised()
            case "mark", "[":
                return self.array()
            case "mark", "{":
                return self.object()
            case "dollar", _:
                return self.rooted()
            case "at", _:
                return self.aliased()
            case "enum", _:
                return self.enumeration()
            case "json", _:
                raise self.expected("a value", "; outside […] and {…} text stands in single quotes.")
        raise self.expected("a value")

    def word(self) -> ast.Node:
        """A constant, or what else begins with a name."""
        token = self.token
        text = token.text.lower()
        if text in ("true", "false") and self.following.text not in ("/", "("):
            self.advance()
            return self.node(ast.Boolean(text), token.position)
        if token.text == "null" and self.following.text not in ("/", "("):
            self.advance()
            return self.node(ast.Null(), token.position)
        if text in INFIX and not self.follows_operand() and self.following.text.lower() not in DIRECTIONS:
            raise self.expected("a value")
        return self.named()

    def parenthesised(self) -> ast.Node:
        self.advance()
        inner = self.nested()
        if not self.at(")"):
            raise self.unfinished("an operator or ')'")
        self.advance()
        return inner

    def enumeration(self) -> ast.Node:
        token = self.advance()
        name = self.identifier(Token("name", token.text.partition("'")[0], token.position))
        return self.node(ast.Enum(name, value_of(token)), token.position, name)

    # Arrays and objects (URL Conventions 4.01, Complex and Collection Literals)

    def array(self) -> ast.Node:
        bracket = self.advance()
        items = self.items("]", self.json_value)
        return self.node(ast.JsonArray(items), bracket.position, *items)

    def object(self) -> ast.Node:
        brace = self.advance()
        members = self.items("}", self.json_member)
        return self.node(ast.JsonObject(members), brace.position, *members)

    def json_member(self) -> ast.JsonMember:
        if self.token.kind != "json":
            raise self.expected("a member's name in double quotes")
        name = self.advance()
        self.require(":")
        value = self.json_value()
        return self.node(ast.JsonMember(json_text(name), value), name.position, value)

    def json_value(self) -> ast.Node:
        if self.token.kind == "json":
            token = self.advance()
            return self.node(ast.String(json_text(token)), token.position)
        return self.nested()


def json_text(token: Token) -> str:
    """The value of a string in double quotes.

    Raises:
        SyntaxProblem: an escape in it is half of a surrogate pair, or NUL.
    """
    text: str = json.loads(token.text)
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise SyntaxProblem(
            f"The string at position {token.position} holds NUL or half of a surrogate pair.",
            position=token.position,
        )
    return text
