"""Whatever JSON is sent, a shape loads it or says what is wrong with it."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from schemas import odata, v1, v2
from schemas.base import Shape, texts_by_field
from schemas.fields import wire_name

SHAPES = [
    getattr(package, name)
    for package in (v1, v2, odata)
    for name in package.__all__
    if isinstance(getattr(package, name), type)
]

EXAMPLES = int(os.environ.get("RANDOM_BODIES", "10"))
"""How many bodies for each shape."""

# "Cs" are the lone surrogates, which JSON can spell.
TEXTS = st.one_of(
    st.text(st.characters(categories=None), max_size=20),
    st.sampled_from(
        ["", "\0", "\ud800", "true", "1e999", "0f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42", "Open", "a@b.c"]
    ),
    st.datetimes().map(str),
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.just(10**400), st.floats(), TEXTS)


def json_about(shape: Shape) -> st.SearchStrategy[Any]:
    names = {"id", "guid", "name", "code"} | {wire_name(field) for field in shape.fields.values()}
    keys = st.one_of(st.sampled_from(sorted(names)), st.text(max_size=5))
    return st.recursive(
        LEAVES,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
        max_leaves=8,
    )


def answer(shape: Shape, body: Any) -> dict[str, Any]:
    """What the shape loads, or else what it says; anything but a ValidationError is a bug."""
    try:
        return shape.load(body)  # type: ignore[no-any-return]
    except ValidationError as error:
        return texts_by_field(error.messages)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.__module__}.{shape.__name__}")
def test_any_json_is_loaded_or_refused(shape: type[Shape]) -> None:
    instance = shape()
    inner = json_about(instance)
    names = [wire_name(field) for field in instance.fields.values()]
    bodies = inner | st.fixed_dictionaries({}, optional=dict.fromkeys(names, inner))

    @given(bodies)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def tried(body: Any) -> None:
        assert isinstance(answer(instance, body), dict)

    tried()


ODD = [None, True, 0, -1, 1e308, float("nan"), 10**400, "", "\0", "\ud800", [], [[]], [None], {}, {"id": {}}]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.__module__}.{shape.__name__}")
def test_any_value_may_stand_in_any_place(shape: type[Shape]) -> None:
    instance = shape()
    for field in instance.fields.values():
        for value in ODD:
            assert isinstance(answer(instance, {wire_name(field): value}), dict)
