"""Which trees expressions make, where their nodes stand, and what is said about those that make none."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from odata_query.visitor import NodeVisitor

from odata import ast
from odata.errors import SyntaxProblem
from odata.lexer import shape
from odata.parser import parse_compute, parse_expression, parse_orderby

WORDS = {
    "Mult": "mul", "NotEq": "ne", "GtE": "ge", "LtE": "le", "USub": "-",
}  # fmt: skip


def brackets(node: Any) -> str:
    """The tree as a text with every bracket written out."""
    word = lambda operator: WORDS.get(type(operator).__name__, type(operator).__name__.lower())  # noqa: E731
    match node:
        case (
            ast.Compare(operator, left, right)
            | ast.BoolOp(operator, left, right)
            | ast.BinOp(operator, left, right)
        ):
            return f"({brackets(left)} {word(operator)} {brackets(right)})"
        case ast.UnaryOp(operator, operand):
            return f"({word(operator)} {brackets(operand)})"
        case ast.Identifier():
            return str(node.full_name())
        case ast.Attribute(owner, attr):
            return f"{brackets(owner)}/{attr}"
        case ast.Call(func, args):
            return f"{func.full_name()}({','.join(map(brackets, args))})"
        case ast.List(values):
            return f"[{','.join(map(brackets, values))}]"
        case ast.Null():
            return "null"
    return str(node.val)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a or b and c or d", "((a or (b and c)) or d)"),
        ("a eq 1 and b ne 2", "((a eq 1) and (b ne 2))"),
        ("a eq b gt c", "(a eq (b gt c))"),
        ("a gt b eq c", "((a gt b) eq c)"),
        ("a sub b sub c", "((a sub b) sub c)"),
        ("a add b mul c", "(a add (b mul c))"),
        ("a mul b divby c mod d", "(((a mul b) divby c) mod d)"),
        ("a add 1 gt b div 2", "((a add 1) gt (b div 2))"),
        ("-a mul b", "((- a) mul b)"),
        ("- 5", "(- 5)"),
        ("not a and b", "((not a) and b)"),
        ("not a eq b", "((not a) eq b)"),
        ("not a in (1,2)", "(not (a in [1,2]))"),
        ("not not -a", "(not (not (- a)))"),
        ("not(a)", "(not a)"),
        ("not (a or b)", "(not (a or b))"),
        ("a eq 1 or b in (1,2) and c", "((a eq 1) or ((b in [1,2]) and c))"),
        ("a in ()", "(a in [])"),
        ("a in (b)", "(a in [b])"),
        ("a in b", "(a in b)"),
        ("(a add 1) mod 2", "((a add 1) mod 2)"),
        ("contains(tolower(a/b),'x') eq true", "(contains(tolower(a/b),x) eq true)"),
        ("now()", "now()"),
        ("geo.length(a)", "geo.length(a)"),
        ("A EQ 1 AND NOT B OR C Ne NULL", "(((A eq 1) and (not B)) or (C ne NULL))"),
        ("mod eq 5 and eq eq in and not eq 1", "(((mod eq 5) and (eq eq in)) and (not eq 1))"),
        ("TRUE eq False", "(true eq false)"),
        ("a eq null", "(a eq null)"),
        ("a/b/c eq 'O''Neil'", "(a/b/c eq O'Neil)"),
        ("a eq 3CF5B1F0-1234-4abc-9def-0123456789ab", "(a eq 3cf5b1f0-1234-4abc-9def-0123456789ab)"),
    ],
)
def test_operators_bind_as_the_standard_orders_them(text: str, expected: str) -> None:
    assert brackets(parse_expression(text).root) == expected


def name(text: str) -> ast.Identifier:
    *namespace, last = text.split(".")
    return ast.Identifier(last, tuple(namespace))


ONE = ast.Integer("1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$it/a", ast.Attribute(ast.Root("$it"), "a")),
        ("$this", ast.Root("$this")),
        ("@p", ast.ParameterAlias("p")),
        ("a/@Core.Term#q", ast.Annotation(name("a"), name("Core.Term"), "q")),
        ("@Core.Term/b", ast.Attribute(ast.Annotation(None, name("Core.Term"), None), "b")),
        ("Ns.Type/a", ast.Attribute(ast.CastSegment(None, name("Ns.Type")), "a")),
        ("a/Ns.Type/b", ast.Attribute(ast.CastSegment(name("a"), name("Ns.Type")), "b")),
        (
            "$root/Sets('x')/a",
            ast.Attribute(ast.BoundCall(ast.Root("$root"), name("Sets"), [ast.String("x")]), "a"),
        ),
        ("Items(1)", ast.Call(name("Items"), [ONE])),
        ("a/Ns.f(x=1)", ast.BoundCall(name("a"), name("Ns.f"), [ast.NamedParam(name("x"), ONE)])),
        ("a/$count", ast.Count(name("a"))),
        ("a/$count($filter=b;$search=c d)", ast.Count(name("a"), name("b"), "c d")),
        ("a/$count(search=c;FILTER=b)", ast.Count(name("a"), name("b"), "c")),
        ("a/$filter(b)/$count", ast.Count(ast.FilterSegment(name("a"), name("b")))),
        ("a/any()", ast.CollectionLambda(name("a"), ast.Any(), None)),
        (
            "a/b/ALL( x : x/c )",
            ast.CollectionLambda(
                ast.Attribute(name("a"), "b"),
                ast.All(),
                ast.Lambda(name("x"), ast.Attribute(name("x"), "c")),
            ),
        ),
        ("a has Ns.T'B,C'", ast.Compare(ast.Has(), name("a"), ast.Enum(name("Ns.T"), "B,C"))),
        ("cast(a,Edm.String)", ast.Call(name("cast"), [name("a"), ast.TypeName(name("Edm.String"), False)])),
        ("isof(Collection(Ns.T))", ast.Call(name("isof"), [ast.TypeName(name("Ns.T"), True)])),
        (
            "case(a:1,true:null)",
            ast.Case([ast.When(name("a"), ONE), ast.When(ast.Boolean("true"), ast.Null())]),
        ),
        ('[1,"a"]', ast.JsonArray([ONE, ast.String("a")])),
        ('{"a\\u00e9":[b]}', ast.JsonObject([ast.JsonMember("aé", ast.JsonArray([name("b")]))])),
        ("duration'P1D'", ast.Duration("P1D")),
        ("binary'Zg=='", ast.Binary("Zg==")),
        ("geometry'SRID=0;Point(1 2)'", ast.Geometry("SRID=0;Point(1 2)")),
        ("10:20", ast.Time("10:20")),
        ("2026-01-31", ast.Date("2026-01-31")),
        ("2026-01-31T10:20z", ast.DateTime("2026-01-31T10:20Z")),
        ("-1.5e3", ast.Float("-1.5e3")),
        ("true/a", ast.Attribute(name("true"), "a")),
    ],
)
def test_the_rest_of_the_grammar_has_nodes_of_its_own(text: str, expected: ast.Node) -> None:
    assert parse_expression(text).root == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Expected a value at position 0, but the text ends there."),
        ("hours eq", "Expected a value after 'eq' at position 8, but the text ends there."),
        ("hours gt and b", "Expected a value after 'gt' at position 9, but found 'and'."),
        (
            "hours gte 5",
            "Expected an operator or the end after 'hours' at position 6, but found 'gte'; did you mean 'gt'?",
        ),
        (
            "hours = 5",
            "Expected an operator or the end after 'hours' at position 6, but found '='; write 'eq'.",
        ),
        ("a not in (1)", "Expected an operator or the end after 'a' at position 2, but found 'not'; write"),
        ("(a eq 1", "Expected an operator or ')' after '1' at position 7, but the text ends there."),
        ("a eq 1)", "Expected an operator or the end after '1' at position 6, but found ')'."),
        ("a eq ('x','y')", "Expected an operator or ')' after 'x' at position 9, but found ','."),
        ("a in (1,)", "Expected a value after ',' at position 8, but found ')'."),
        ("a in (1 2)", "Expected ',' or ')' after '1' at position 8, but found '2'."),
        ("f(a", "Expected ',' or ')' after 'a' at position 3, but the text ends there."),
        ("a/", "Expected a property after '/' at position 2, but the text ends there."),
        ("a/$value", "Expected a property after '/' at position 2, but found '$value'."),
        ("a/$count/b", "Expected an operator or the end after '$count' at position 8, but found '/'."),
        (
            "a/$count($top=1)",
            "Expected $filter or $search, each at most once after '(' at position 9, but found '$top'.",
        ),
        ("a/$count(search='x')", "Expected words to search for after '=' at position 16, but found 'x'."),
        ("$root", "Expected '/' and an entity set after '$root' at position 5, but the text ends there."),
        ("$IT", "Expected a value at position 0, but found '$IT'; only $it, $this and $root begin a path."),
        ("any(x:x)", "'any' at position 0 needs a collection before it, as in items/any(…)."),
        ("a/all()", "Expected a variable such as x in x:x/name after '(' at position 6, but found ')'."),
        ("a/any(x)", "Expected ':' after 'x' at position 7, but found ')'."),
        (
            "Ns.Type",
            "Expected '/' and a property of that type after 'Ns.Type' at position 7, but the text ends there.",
        ),
        (
            '"a" eq b',
            "Expected a value at position 0, but found '\"a\"'; outside […] and {…} text stands in single",
        ),
        ("cast(a,1)", "Expected a type such as Edm.String after ',' at position 7, but found '1'."),
        ("case(a)", "Expected ':' after 'a' at position 6, but found ')'."),
        ("{1:2}", "Expected a member's name in double quotes after '{' at position 1, but found '1'."),
        ('["\\ud800"]', "The string at position 1 holds NUL or half of a surrogate pair."),
    ],
)
def test_an_error_says_where_and_what_was_expected(text: str, sentence: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parse_expression(text)
    assert caught.value.message.replace("''", "'").startswith(sentence.replace("''", "'"))
    assert f"position {caught.value.position}" in caught.value.message


class Places(NodeVisitor):
    """Looks up every node of a tree."""

    def __init__(self, positions: dict[int, int]) -> None:
        self.positions = positions
        self.seen: list[int] = []

    def visit(self, node: Any) -> None:
        assert id(node) in self.positions, node
        self.seen.append(id(node))
        self.generic_visit(node)


EVERYTHING = (
    "not a/any(x:x/b eq 1 and -c add 2 in (3,4)) or case(d has Ns.T'E':cast(f,Edm.Int32),true:[1,{\"g\":'h'}]) eq "
    "$root/Sets(id=5)/i/$filter(j eq @k)/$count($filter=@N.o eq 2.5) and l/N.m/n eq N.f(p=duration'P1D',q=true)"
)


def test_every_node_has_a_position_and_is_nobody_elses() -> None:
    parsed = parse_expression(EVERYTHING)
    places = Places(parsed.positions)
    places.visit(parsed.root)
    assert len(places.seen) == len(set(places.seen)) == len(parsed.positions)


def test_positions_point_at_operators_and_names() -> None:
    text = "hours gt 2 and matter_ref/name eq tolower('A')"
    parsed = parse_expression(text)
    root: Any = parsed.root
    place = lambda node: text[parsed.positions[id(node)] :].split()[0]  # noqa: E731
    assert place(root) == place(root.op) == "and"
    assert place(root.left) == "gt"
    assert place(root.right.left).startswith("name")
    assert place(root.right.left.owner).startswith("matter_ref/")
    assert place(root.right.right).startswith("tolower(")


def test_ordinals_are_indexes_into_the_literals_of_the_shape() -> None:
    found = shape(EVERYTHING)
    parsed = parse_expression(found.tokens)
    kinds = {"Integer": "integer", "Float": "decimal", "String": "string", "Duration": "duration"}
    literals: dict[int, Any] = {}

    class Collect(NodeVisitor):
        def visit(self, node: Any) -> None:
            if id(node) in parsed.ordinals:
                literals[parsed.ordinals[id(node)]] = node
            self.generic_visit(node)

    Collect().visit(parsed.root)
    assert sorted(literals) == list(range(len(found.literals)))
    for index, token in enumerate(found.literals):
        assert kinds[type(literals[index]).__name__] == token.kind
        assert literals[index].val in token.text


def test_orderby_reads_directions_and_counts_literals_through_the_text() -> None:
    items = parse_orderby("date desc, hours, price mul 2 asc,desc DESC,a eq 3")
    assert [item.descending for item in items] == [True, False, False, True, False]
    assert [brackets(item.expression.root) for item in items] == [
        "date",
        "hours",
        "(price mul 2)",
        "desc",
        "(a eq 3)",
    ]
    last: Any = items[4].expression
    assert last.ordinals[id(last.root.right)] == 1


@pytest.mark.parametrize("text", ["", "a,", ",a", "a up", "a desc asc", "a;b"])
def test_orderby_refuses_what_is_no_list_of_expressions(text: str) -> None:
    with pytest.raises(SyntaxProblem):
        parse_orderby(text)


def test_compute_gives_names_to_expressions() -> None:
    items = parse_compute("a mul 2 as double,day(b) AS c")
    assert [(brackets(item.expression.root), item.name) for item in items] == [
        ("(a mul 2)", "double"),
        ("day(b)", "c"),
    ]
    with pytest.raises(SyntaxProblem, match="'as' and a name"):
        parse_compute("a mul 2")


def test_of_odata_query_only_the_tree_is_imported() -> None:
    program = "import sys, odata.parser, odata.options; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    ).stdout.split()
    assert "odata_query.ast" in modules
    assert not {"sly", "sqlalchemy", "odata_query.grammar", "odata_query.sqlalchemy", "flask"} & set(modules)
