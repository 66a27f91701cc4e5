"""`docs/reference/odata-conformance.md` names tests that exist, for every line that it calls met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.firms import Workplace

TESTS = Path(__file__).parents[2]
PAGE = TESTS.parent / "docs/reference/odata-conformance.md"
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
LEVELS = {"is minimal", "is intermediate", "is updatable"}
"""A line may refer to another level as a whole."""


def lines() -> Iterator[tuple[str, str, str]]:
    """What each line of the tables asks for, whether it is met, and what shows it."""
    for row in re.findall(r"^\|(.+)\|$", PAGE.read_text(), re.M):
        number, asked, held, shown = (cell.strip() for cell in row.split("|"))
        if number[:1].isdigit():
            yield asked, held, shown


def test_every_test_that_the_page_names_exists() -> None:
    named = NAMED.findall(PAGE.read_text())
    assert len(named) > 80
    for file, function in set(named):
        assert re.search(rf"^def {function}\(", (TESTS / file).read_text(), re.M), f"{file}::{function}"


def test_every_line_is_met_and_shown_or_said_not_to_be() -> None:
    found = list(lines())
    assert len(found) > 110
    for asked, held, shown in found:
        if held.startswith("met"):
            assert NAMED.search(shown) or any(asked.startswith(level) for level in LEVELS), asked
        else:
            assert re.match("not met|n/a|but for|filtered: met", held), asked


def test_metadata_claims_no_more_than_the_page(workplace: Workplace) -> None:
    told = workplace.ok("GET", "/odata/v4/$metadata?$format=json")["Matterbase"]["Container"]
    assert told["@Core.ODataVersions"] == "4.0 4.01"
    assert told["@Capabilities.ConformanceLevel"] == "Intermediate"
    assert "meets the intermediate level" in PAGE.read_text()
    below = PAGE.read_text().replace(_section("OData 4.0 advanced"), "")
    below = below.replace(_section("OData 4.01 advanced"), "")
    missing = re.findall(r"^\| [\d., ]+ \| (.+?) \| not met", below, re.M)
    assert all(line.startswith(("may ", "should ")) for line in missing), missing


def _section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}.*?(?=^## |\Z)", PAGE.read_text(), re.M | re.S)
    assert found
    return found[0]
