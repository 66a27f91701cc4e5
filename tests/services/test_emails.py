"""The addresses of emails, by line and one by one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidBody
from app.models import Activity
from app.services.emails import LINES, parse, refuse_addresses, settle_addresses, written

ADA = {"address": "ada@example.com", "display_name": "Ada Lovelace", "mailbox": "ada", "host": "example.com"}
BOB = {"address": "bob@example.com", "display_name": None, "mailbox": "bob", "host": "example.com"}


@pytest.mark.parametrize(
    ("line", "addresses"),
    [
        (None, []),
        ("", []),
        ("bob@example.com", [BOB]),
        ("Ada Lovelace <ada@example.com>, bob@example.com,", [ADA, BOB]),
        ('"Ada Lovelace" <ada@example.com>', [ADA]),
        ("Team: ada@example.com, bob@example.com;", [{**ADA, "display_name": None}, BOB]),
    ],
)
def test_a_line_is_read_into_addresses(line: str | None, addresses: list[dict[str, Any]]) -> None:
    assert parse(line) == addresses


def test_the_host_follows_the_last_at_sign() -> None:
    [address] = parse('"ada@work"@example.com')
    assert (address["mailbox"], address["host"]) == ('"ada@work"', "example.com")


UNREADABLE = [
    "Bob",
    "bob@",
    "@example.com",
    "bob@example.com <ada@example.com>",
    "a@b.c; d@e.f",
    "(" * 10_000,
    "a:" * 5_000,
    "a@b.c, " * 4_000,
]


@pytest.mark.parametrize("line", UNREADABLE)
@pytest.mark.parametrize("column", LINES.values())
def test_a_line_that_is_none_is_refused_by_name(line: str, column: str) -> None:
    with pytest.raises(InvalidBody) as refused:
        settle_addresses(Activity(), {column: line})
    assert list(refused.value.fields) == [column]


def test_lines_are_written_from_addresses() -> None:
    values: dict[str, Any] = {
        "sender": {"address": "ada@example.com", "display_name": "Ada Lovelace"},
        "recipients": [{"address": "bob@example.com", "display_name": ""}, {"address": "c@d.e"}],
        "copied": [],
    }
    settle_addresses(Activity(), values)
    assert values["from_line"] == '"Ada Lovelace" <ada@example.com>'
    assert values["sender"] == ADA
    assert values["to_line"] == "bob@example.com, c@d.e"
    assert values["recipients"][0] == BOB
    assert (values["copied"], values["cc_line"]) == ([], None)
    assert "bcc_line" not in values


def test_addresses_are_read_from_lines() -> None:
    values: dict[str, Any] = {"from_line": "bob@example.com", "to_line": None, "cc_line": " "}
    settle_addresses(Activity(), values)
    assert values["sender"] == BOB
    assert values["from_line"] == "bob@example.com"
    assert "recipients" not in values  # there was none, and there is none


def test_a_line_that_goes_takes_its_addresses_along() -> None:
    values: dict[str, Any] = {"from_line": None, "to_line": ""}
    settle_addresses(Activity(from_line="bob@example.com", to_line="bob@example.com"), values)
    assert (values["sender"], values["recipients"]) == (None, [])


def test_a_line_that_says_the_same_stays_as_it_was_spelled() -> None:
    line = "Ada Lovelace   <ada@example.com> ,bob@example.com"
    values: dict[str, Any] = {"recipients": [ADA, BOB]}
    settle_addresses(Activity(to_line=line), values)
    assert values["to_line"] == line


def test_of_both_the_changed_line_counts() -> None:
    email = Activity(to_line="bob@example.com")
    values: dict[str, Any] = {"recipients": [BOB], "to_line": "Ada Lovelace <ada@example.com>"}
    settle_addresses(email, values)
    assert values["recipients"] == [ADA]
    values = {"recipients": [ADA], "to_line": "bob@example.com"}
    settle_addresses(email, values)
    assert values["to_line"] == '"Ada Lovelace" <ada@example.com>'


def test_an_email_is_from_one() -> None:
    with pytest.raises(InvalidBody) as refused:
        settle_addresses(Activity(), {"from_line": "a@b.c, d@e.f"})
    assert refused.value.fields == {"from_line": ["An email is from one address."]}


@pytest.mark.parametrize("address", [None, "", "bob", "@", "bob@", "bob@exa mple.com"])
def test_an_address_has_a_mailbox_and_a_host(address: str | None) -> None:
    with pytest.raises(InvalidBody) as refused:
        settle_addresses(Activity(), {"recipients": [{"address": address}]})
    assert list(refused.value.fields) == ["recipients"]


def test_only_emails_have_addresses() -> None:
    refuse_addresses({"recipients": [], "to_line": None, "sender": None})
    with pytest.raises(InvalidBody) as refused:
        refuse_addresses({"recipients": [BOB], "from_line": "bob@example.com"})
    assert sorted(refused.value.fields) == ["from_line", "recipients"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30), max_size=4))
def test_names_survive_the_way_through_a_line(names: list[str]) -> None:
    tidy = [" ".join(name.split()) or None for name in names]
    line = written({"address": "ada@example.com", "display_name": name} for name in tidy)
    assert [each["display_name"] for each in parse(line)] == tidy


@given(st.text(max_size=200))
def test_no_line_breaks_the_parser(line: str) -> None:
    try:
        addresses = parse(line)
    except ValueError:
        return
    assert all(each["mailbox"] and each["host"] for each in addresses)
