"""What scopes allow."""

from __future__ import annotations

import pytest

from oauth.scopes import allows, covers, listed


@pytest.mark.parametrize(
    ("granted", "needed", "expected"),
    [
        ("full", "read", True),
        ("full", "write", True),
        ("full", "matters:write", True),
        ("read", "read", True),
        ("read", "matters:read", True),
        ("read", "write", False),
        ("read", "matters:write", False),
        ("matters:read", "matters:read", True),
        ("matters:read", "matters:write", False),
        ("matters:read", "accounts:read", False),
        ("matters:read", "read", False),
        ("matters:write", "matters:read", False),
    ],
)
def test_allows(granted, needed, expected):
    assert allows(frozenset([granted]), needed) is expected


@pytest.mark.parametrize(
    ("granted", "wanted", "expected"),
    [
        ("full", "read", True),
        ("full", "read full", True),
        ("read", "full", False),
        ("full", "matters:read accounts:write", True),
        ("read", "matters:read accounts:read", True),
        ("read", "matters:read matters:write", False),
        ("read matters:write", "matters:read matters:write", True),
        ("matters:read matters:write", "read", False),
        ("matters:read", "", True),
        ("", "read", False),
    ],
)
def test_covers(granted, wanted, expected):
    assert covers(granted, wanted) is expected


def test_list_has_each_scope_once_in_order():
    assert listed(["read", "full", "read"]) == "full read"
