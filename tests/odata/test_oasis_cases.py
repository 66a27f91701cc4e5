"""The test cases that OASIS publishes with the ABNF, as far as they concern expressions and query options.

A case names a rule and a text; one with a FailAt must be refused. Of a rule for a literal the node must be of
the rule's kind. What is not read here stands in `ELSEWHERE`, with the reason.
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
from odata.search_parser import parse_search

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
SEARCH = "searchExpr"
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

ELSEWHERE = {
    "context": "context URLs are written here and never read",
    "header": "headers are read by name, not by this grammar; tests/api/odata/test_conformance.py sends them",
    "includeAnnotationsPreference": "annotations are what the metadata level says; the preference is ignored",
    "maxpagesizePreference": "a preference that cannot be honoured is ignored, not refused (RFC 7240, section 2)",
    "prefer": "as the preferences",
    "preference": "unknown preferences and values are ignored, not refused (RFC 7240, section 2)",
    "primitiveValue": "the value of a property in a body is read as JSON, by the type of the property",
    "request-id": "an id in a batch may be any text; tests/api/odata_writes/test_json_batches.py",
    "resourcePath": "an address is followed name by name, in the names of a service, and these are of another; "
    "tests/api/odata/test_addresses.py has the forms",
}
"""Rules that no parser of `odata/` is for, and why."""

OF_ADDRESSES = {"odataRelativeUri", "odataUri"}
"""As `resourcePath`, but for what follows the question mark."""

DEVIATIONS = {
    "$filter= true": "blanks around an expression do no harm, and clients send them",
    "$search=#1": "the fragment of a URL never reaches a server; the words are $search's grammar, not this one",
    "$search=a;b": "a semicolon means nothing here, so it is part of the word",
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
    if rule in OF_ADDRESSES:
        return "?" in text
    return normal(rule) in {
        SEARCH
    } | EXPRESSIONS | LITERALS.keys() | WITHIN.keys() | OPTIONS or rule.startswith("geo")


def normal(rule: str) -> str:
    """The file spells one rule in two ways."""
    return rule.replace("boolcommonExpr", "boolCommonExpr")


def read(rule: str, text: str) -> None:
    """Parse the text as the rule; raises ODataError, or AssertionError where it is something else."""
    if rule in OPTIONS:
        read_options(parse_options(text.partition("?")[2] if rule.startswith("odata") else text, bare=True))
        return
    if rule == SEARCH:
        parse_search(unquote(text))
        return
    # The rules for values describe payloads, which nobody percent-encodes.
    text = text if rule.endswith("Value") else unquote(text)
    root = parse_expression(WITHIN.get(rule, "{}").format(text)).root
    assert isinstance(root, LITERALS.get(rule, ast.Node))
    assert not rule.startswith("geo") or isinstance(root, ast.Geography | ast.Geometry)


def read_options(options: Options) -> None:
    parsers = {"filter": parse_expression, "orderby": parse_orderby, "compute": parse_compute}
    parsers |= {"select": parse_select, "expand": parse_expand, "search": parse_search}
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
    assert len(cases()) >= 395
    assert texts >= DEVIATIONS.keys()


@pytest.mark.skipif(not CASES.exists(), reason="the OASIS cases lie in ../shared, which is not here")
def test_every_case_is_decided_here_or_there_is_a_reason() -> None:
    left = {case["Rule"] for case in json.loads(CASES.read_text())["TestCases"] if not covered(case)}
    assert left == ELSEWHERE.keys() | OF_ADDRESSES
