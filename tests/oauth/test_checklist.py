"""The checklist in the documentation names a test for each line, and each of them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/oauth-checklist.md"
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]*) \|$", re.M)
ROWS = {int(number): tests for number, _, tests in ROW.findall(PAGE.read_text())}


def test_it_has_all_60_lines():
    assert list(ROWS) == list(range(1, 61))


@pytest.mark.parametrize("number", range(1, 61))
def test_every_line_has_tests_that_exist(number):
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", ROWS[number])
    assert named, f"line {number} names no test"
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text())
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert name in functions, f"line {number}: {path} has no {name}"
