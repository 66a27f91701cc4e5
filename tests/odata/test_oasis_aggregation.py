"""The test cases that OASIS publishes with the aggregation ABNF: each parses, or fails, as it says.

What parses need not be carried out: a NotSupported is as good as a tree here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from odata.apply_parser import parse_apply
from odata.errors import NotSupported, ODataError
from odata.options import parse_options
from odata.parser import parse_compute, parse_expression, parse_orderby

CASES = Path(__file__).parents[3] / "shared" / "odata" / "odata-aggregation-testcases.json"

DEVIATIONS = {
    "$apply=aggregate(Sales/Amount sub Sales/Cost with sum as TotalAmount)": "that Sales is a collection is known "
    "to the binder, not to the parser",
    "$apply=aggregate(Amount as Total)": "that Amount is no custom aggregate is known to the binder",
    "$apply=join(ShipTo as Detail,identity)": "that ShipTo is no collection is known to the binder",
    "$apply=groupby((Sales/Product/Name))": "that Sales is a collection is known to the binder, which refuses it",
}
"""Cases that are decided otherwise by the parser, and why."""


def cases() -> list[Any]:
    """Those of query options and expressions, which is all but three context URLs: these are never read here."""
    if not CASES.exists():
        return []
    found = json.loads(CASES.read_text())["TestCases"]
    return [case for case in found if case["Rule"] != "odataRelativeUri" or "?" in case["Input"]]


def read(rule: str, text: str) -> None:
    if rule == "commonExpr":
        parse_expression(text)
        return
    options = parse_options(text.partition("?")[2] if rule == "odataRelativeUri" else text, bare=True)
    parsers = {
        "apply": parse_apply,
        "filter": parse_expression,
        "orderby": parse_orderby,
        "compute": parse_compute,
    }
    for name, parse in parsers.items():
        value = getattr(options, name)
        if value is not None:
            parse(value)


@pytest.mark.skipif(not CASES.exists(), reason="the OASIS cases lie in ../shared, which is not here")
@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['Name']}: {case['Input'][:60]}")
def test_a_case_of_the_standard_is_decided_as_the_standard_says(case: dict[str, Any]) -> None:
    expected = ("FailAt" not in case) != (case["Input"] in DEVIATIONS)
    try:
        read(case["Rule"], case["Input"])
        accepted = True
    except NotSupported:
        accepted = True
    except ODataError:
        accepted = False
    assert accepted is expected


@pytest.mark.skipif(not CASES.exists(), reason="the OASIS cases lie in ../shared, which is not here")
def test_most_cases_are_covered_and_every_deviation_is_one() -> None:
    texts = {case["Input"] for case in cases()}
    left = [case["Input"] for case in json.loads(CASES.read_text())["TestCases"] if case not in cases()]
    assert len(left) == 3
    assert all(text.startswith("$metadata#") for text in left)
    assert texts >= DEVIATIONS.keys()
