"""The test cases that OASIS publishes with the ABNF, as far as they concern expressions and query options.

A case names a rule and a text; one with a FailAt must be refused. Of a rule for a literal the node must be of
the rule's kind. Payload values (`dateValue`), headers, context URLs and resource paths are not query options.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from odata import ast
from odata.errors import ODataError
from odata.options import Options, parse_options
from odata.parser import parse_compute, parse_expand, parse_expression, parse_orderby, parse_select

CASES = Path(__file__).parents[3] / "shared" / "odata" / "odata-abnf-testcases.json"

EXPRESSIONS = {"boolCommonExpr", "commonExpr", "firstMemberExpr", "isofExpr", "notExpr", "propertyPathExpr"}
LITERALS: dict[str, tuple[type, ...]] = {
    "binaryLiteral": (ast.Binary,),
    "boolean": (ast.Boolean,),
    "booleanValue": (ast.Boolean,),
    "date": (ast.Date,),
    "dateTimeOffsetLiteral": (ast.DateTime,),
    "dateTimeOffsetValue": (ast.DateTime,),
    "dateTimeOffsetValueInUrl": (ast.DateTime,),
    "decimalLiteral": (ast.Float, ast.Integer),
    "decimalValue": (ast.Float, ast.Integer),
    "doubleValue": (ast.Float, ast.Integer),
    "durationLiteral": (ast.Duration, ast.String),
    "enumLiteral": (ast.Enum, ast.String),
    "entitySetName": (ast.Identifier,),
    "guid": (ast.GUID,),
    "int16Value": (ast.Integer,),
    "int32Literal": (ast.Integer,),
    "int64Literal": (ast.Integer,),
    "int64Value": (ast.Integer,),
    "odataIdentifier": (ast.Identifier,),
    "primitiveLiteral": (ast.Integer, ast.String),
    "sbyteLiteral": (ast.Integer,),
    "sbyteValue": (ast.Integer,),
    "singleLiteral": (ast.Float,),
    "singleValue": (ast.Float,),
    "stringLiteral": (ast.String,),
    "timeOfDayLiteral": (ast.Time,),
    "timeOfDayValue": (ast.Time,),
}
WITHIN = {
    "anyExpr": "Products/{}",
    "durationValue": "duration'{}'",
    "enumValue": "Sales.Pattern'{}'",
    "functionParameter": "F({})",
}
"""Rules that stand only within another."""

OPTIONS = {
    "compute",
    "customQueryOption",
    "deltatoken",
    "expand",
    "filter",
    "odataRelativeUri",
    "odataUri",
    "orderby",
}
OPTIONS |= {"orderBy", "queryOptions", "search", "select", "skiptoken", "systemQueryOption"}

DEVIATIONS = {
    "$filter= true": "blanks around an expression do no harm, and clients send them",
    "$search=#1": "the fragment of a URL never reaches a server; the words are $search's grammar, not this one",
    "$search=a;b": "the words to search for are $search's grammar, not this one",
    '$search="blue': "the words to search for are $search's grammar, not this one",
    "$expand=Manager($search=a%3Bb)": "the text is cut after decoding: a semicolon stands in double quotes",
    "$format=json&$Format=atom&$format=xml&$format=text/html": "Protocol 4.01, 11.2.1: an option at most once",
    "$entity?$id=http://myservice/Customers('ALFKI')&$select=CompanyName,ContactName&$expand=Orders": "depends on "
    "the resource path",
    "$entity?$format=json": "depends on the resource path",
}
"""Cases that are decided otherwise here, and why."""


def cases() -> list[Any]:
    if not CASES.exists():
        return []
    found = json.loads(CASES.read_text())["TestCases"]
    return [case for case in found if covered(case)]


def covered(case: dict[str, Any]) -> bool:
    rule, text = case["Rule"], case["Input"]
    if rule in ("odataRelativeUri", "odataUri"):
        return "?" in text
    return normal(rule) in EXPRESSIONS | LITERALS.keys() | WITHIN.keys() | OPTIONS or rule.startswith("geo")


def normal(rule: str) -> str:
    """The file spells one rule in two ways."""
    return rule.replace("boolcommonExpr", "boolCommonExpr")


def read(rule: str, text: str) -> None:
    """Parse the text as the rule; raises ODataError, or AssertionError where it is something else."""
    if rule in OPTIONS:
        read_options(parse_options(text.partition("?")[2] if rule.startswith("odata") else text, bare=True))
        return
    # The rules for values describe payloads, which nobody percent-encodes.
    text = text if rule.endswith("Value") else unquote(text)
    root = parse_expression(WITHIN.get(rule, "{}").format(text)).root
    assert isinstance(root, LITERALS.get(rule, ast.Node))
    assert not rule.startswith("geo") or isinstance(root, ast.Geography | ast.Geometry)


def read_options(options: Options) -> None:
    parsers = {"filter": parse_expression, "orderby": parse_orderby, "compute": parse_compute}
    parsers |= {"select": parse_select, "expand": parse_expand}
    for name, parse in parsers.items():
        text = getattr(options, name)
        if text is not None:
            parse(text)
    for text in options.aliases.values():
        parse_expression(text)


@pytest.mark.skipif(not CASES.exists(), reason="the OASIS cases lie in ../shared, which is not here")
@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['Rule']}-{case['Input'][:60]}")
def test_a_case_of_the_standard_is_decided_as_the_standard_says(case: dict[str, Any]) -> None:
    rule, text, expected = normal(case["Rule"]), case["Input"], "FailAt" not in case
    if text in DEVIATIONS:
        expected = not expected
    try:
        read(rule, text)
        accepted = True
    except (ODataError, AssertionError):
        accepted = False
    assert accepted is expected


@pytest.mark.skipif(not CASES.exists(), reason="the OASIS cases lie in ../shared, which is not here")
def test_most_cases_are_covered_and_every_deviation_is_one() -> None:
    texts = {case["Input"] for case in cases()}
    assert len(cases()) >= 390
    assert texts >= DEVIATIONS.keys()
