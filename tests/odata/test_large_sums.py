"""Sums beyond 64 bits: exact while they are calculated with, a number in the answer, an error never."""

from __future__ import annotations

import sqlite3
from typing import Any

import orjson
import pytest

from odata import exact
from tests.odata.library import SHAPE, Library

LARGEST = 2**63 - 1
LARGE: list[tuple[str, list[dict[str, Any]]]] = [
    ("filter(big gt 0)/aggregate(big with sum as s)", [{"s": float(LARGEST + 3)}]),
    ("filter(big lt 0)/aggregate(big with sum as s)", [{"s": float(-(2**63) - 7)}]),
    ("aggregate(big with sum as s,big with average as a)", [{"s": -5, "a": -1.0}]),
    ("filter(big ge 0)/aggregate(big with average as a)", [{"a": (LARGEST + 3) / 3}]),
    ("filter(big gt 0)/aggregate(big mul big with sum as s)", [{"s": float(LARGEST**2 + 9)}]),
    ("filter(id lt 0)/aggregate(big with sum as s)", [{"s": None}]),
    # Once through a collection, and once in groups that are asked about further.
    ("filter(id eq 1)/aggregate(author/books/big with sum as s)", [{"s": -1}]),
    ("filter(big gt 0)/aggregate(author/books/big with sum as s)", [{"s": 2}]),
    ("groupby((author/id),aggregate(big with sum as s))/filter(s eq -1)", [{"author": {"id": 1}, "s": -1}]),
    ("filter(big gt 0)/aggregate(big with sum as s)/compute(s sub 9223372036854775807 as d)/filter(d eq 3)",
     [{"s": float(LARGEST + 3), "d": 3}]),
    ("concat(filter(big gt 0)/aggregate(big with sum as s),aggregate(pages with sum as s))",
     [{"s": float(LARGEST + 3)}, {"s": 707}]),
    ("topsum(9223372036854775808,big)/filter(big gt 0)/aggregate($count as n)", [{"n": 2}]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), LARGE)
def test_a_sum_does_not_overflow(library: Library, text: str, found: list[dict[str, Any]]) -> None:
    rows = library.rows(SHAPE, apply=text)
    assert rows == found
    assert orjson.loads(orjson.dumps(rows)) == found


def test_whole_numbers_that_are_calculated_keep_their_digits(library: Library) -> None:
    [row] = library.rows(
        SHAPE, filter="id eq 1", compute="big sub 1 as less,big mul 2 as twice", select="less,twice"
    )
    assert row == {"less": LARGEST - 1, "twice": 2.0 * LARGEST}
    assert isinstance(row["less"], int)


LIMITS = [
    ("topcount(@n,price)", {"@n": "2"}, [4, 6]),
    ("topcount(@n,price)", {"@n": "0"}, []),
    ("bottomcount(@n,price)/filter(pages gt @p)", {"@n": "3", "@p": "50"}, [1, 3]),
    ("topsum(@n,price)", {"@n": "99.99"}, [6]),
    ("topsum(@n,price)", {"@n": "100"}, [4, 6]),
    ("toppercent(@n,price)", {"@n": "90"}, [4, 6]),
    ("filter(title eq @t)", {"@t": "'It''s'"}, [5]),
    ("filter(pages in @l)/compute(pages mul @f as x)/filter(x eq 14)", {"@l": "[7,100]", "@f": "2"}, [5]),
    ("orderby(pages mul @f desc)/top(2)", {"@f": "-1"}, [5, 1]),
]


@pytest.mark.parametrize(("text", "aliases", "found"), LIMITS)
def test_apply_takes_parameter_aliases(
    library: Library, text: str, aliases: dict[str, str], found: list[int]
) -> None:
    assert sorted(row["id"] for row in library.rows(SHAPE, apply=text, **aliases)) == sorted(found)


def test_a_plan_of_apply_is_kept_for_all_values_of_an_alias(library: Library) -> None:
    for number, found in (("1", [6]), ("2", [4, 6]), ("1", [6])):
        rows = library.rows(SHAPE, apply="topcount(@n,price)", orderby="id", **{"@n": number})
        assert [row["id"] for row in rows] == found


def test_sqlite_takes_no_window_that_may_be_empty_for_a_sum() -> None:
    connection = sqlite3.connect(":memory:")
    exact.register(connection)
    assert connection.execute("SELECT odata_sum(1.5) WHERE 0").fetchall() == [(None,)]
    with pytest.raises(sqlite3.OperationalError, match="may not be used as a window function"):
        connection.execute("SELECT odata_sum(1.5) OVER (ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)")
    connection.close()
