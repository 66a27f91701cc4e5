"""Texts that nobody would write: whatever arrives, the parsers give a tree or an error of their own."""

from __future__ import annotations

import random
from typing import Any

import pytest

from odata.errors import ODataError
from odata.lexer import shape
from odata.parser import parse_compute, parse_expand, parse_expression, parse_orderby, parse_select
from tests.odata.test_parser import EVERYTHING

SEEDS = [
    EVERYTHING,
    "is_billable eq true and hours gt 2.05 and contains(description,'deposition')",
    "date ge 2026-01-31 or created_at lt 2026-01-31T10:20:30.5+02:00 and t eq 10:20",
    "id in (3cf5b1f0-1234-4abc-9def-0123456789ab,abcdef01-1234-4abc-9def-0123456789ab)",
    'items/$count($filter=a eq 1;$search="b c" (d OR e)) gt 2',
    "Items($select=Q;$expand=P($select=N,P;$levels=max);@c=15),Customer/$ref,x/$count(filter=Name eq 'H;)'),*",
    "name desc,hours add 1,Cost ge Revenue asc",
]
PIECES = [
    *"()[]{},;:/='\"@$#*-+.%&<>! \t\0\n\u2018\u2019é\ud800", "''", " eq ", " and ", " or ", " not ", " in ", " has ",
    "any(", "all(x:", "$it", "$count", "$filter(", "$search=", "null", "true", "1", "-1.5e9", "9" * 30, "2026-13-45",
    "duration'P'", "binary'", "Ns.T'", "case(", "cast(", "@p", "((((((((", "not not not ", "/a/b/c", "INF", "\\u0000",
]  # fmt: skip


def mutate(generator: random.Random, text: str) -> str:
    """The text with some pieces of it replaced, dropped, doubled or moved."""
    for _ in range(generator.randint(1, 4)):
        start = generator.randrange(len(text) + 1)
        end = min(len(text), start + generator.choice([0, 0, 1, 1, 2, 5, 20]))
        chosen = generator.random()
        if chosen < 0.6:
            middle = generator.choice(PIECES)
        elif chosen < 0.8:
            middle = text[start:end] * 2
        else:
            other = generator.choice(SEEDS)
            cut = generator.randrange(len(other))
            middle = other[cut : cut + generator.randint(0, 12)]
        text = text[:start] + middle + text[end:]
    return text


def complaint(parse: Any, text: str) -> ODataError | None:
    try:
        parse(text)
    except ODataError as error:
        return error
    return None


@pytest.mark.parametrize("seed", range(4))
def test_mutated_texts_raise_nothing_but_odata_errors(seed: int) -> None:
    generator = random.Random(seed)
    refused = 0
    for _ in range(500):
        text = mutate(generator, generator.choice(SEEDS))
        for parse in (shape, parse_expression, parse_orderby, parse_compute, parse_select, parse_expand):
            error = complaint(parse, text)
            refused += error is not None
            assert error is None or error.message.endswith((".", "?"))
            assert error is None or error.position is None or 0 <= error.position <= len(text)
    assert 1000 < refused < 3000
