"""What the published contracts define is what we define: each property of a definition under its name."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas import v1, v2  # noqa: F401 - so that their shapes are known
from schemas.base import Shape
from schemas.fields import wire_name

CONTRACTS = Path(__file__).parents[3] / "shared" / "contract"
DOCUMENTS = {"v1": "practicepanther-v1.openapi.json", "v2": "practicepanther-v2.swagger.json"}

CUT_SHORT = {("v1", "Activity"), ("v1", "ActivityConditionalTask"), ("v1", "BankAccount")}
"""Inner records of the published service that are null in every answer here."""


OURS = {"external_id", "external_unique_id"}
"""What a shape has behind its published properties: the ids by which other systems know the record."""


def definitions(door: str) -> dict[str, Any]:
    """The contract's definitions by name; none where the contract is not beside the project."""
    path = CONTRACTS / DOCUMENTS[door]
    whole = json.loads(path.read_text()) if path.exists() else {}
    found: dict[str, Any] = whole.get("definitions") or whole.get("components", {}).get("schemas", {})
    return found


def shapes(door: str) -> dict[str, type[Shape]]:
    """Every shape of a door by name, those inside others too."""
    return {
        shape.__name__: shape for shape in below(Shape) if shape.__module__.startswith(f"schemas.{door}.")
    }


def below(shape: type[Shape]) -> Iterator[type[Shape]]:
    for derived in shape.__subclasses__():
        yield derived
        yield from below(derived)


PAIRS = [
    pytest.param(shape, published[name]["properties"], id=f"{door}-{name}")
    for door in DOCUMENTS
    for published in [definitions(door)]
    for name, shape in sorted(shapes(door).items())
    if name in published and (door, name) not in CUT_SHORT
]


@pytest.mark.parametrize(("shape", "properties"), PAIRS)
def test_a_shape_has_the_properties_of_the_definition_of_its_name(
    shape: type[Shape], properties: dict[str, Any]
) -> None:
    names = [wire_name(field) for field in shape().fields.values()]
    assert names[: len(properties)] == list(properties)
    assert set(names[len(properties) :]) <= OURS


def test_every_definition_of_v2_is_a_shape() -> None:
    published = definitions("v2")
    if not published:
        pytest.skip("The published contract is not beside the project.")
    assert published.keys() - shapes("v2").keys() == set()
