"""The resource table is the one place that knows the resources: what serves them names none of them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from app.api import bodies, crud, reading
from app.api.resources import RESOURCES
from app.models import MODELS
from tests.contract.faces import FACES

SERVING = [Path(str(module.__file__)) for module in (crud, reading, bodies)]
HAVE_A_MODULE = {"files", "lookups"}
"""Resources with routes beyond the table's: a download is no JSON, and a list is named by its address."""


def words_for_resources() -> set[str]:
    """What a resource is called in models, tables, addresses, scopes and sentences."""
    models = {name.lower() for name in MODELS} | {model.__tablename__ for model in MODELS.values()}
    rows = {name for resource in RESOURCES for name in (resource.noun, resource.area)}
    return models | rows | {face.path.lower() for face in FACES}


def texts_in_code(source: str) -> list[str]:
    """The names and the texts in a module, without its docstrings and comments."""
    nodes = list(ast.walk(ast.parse(source)))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    names = [node.id for node in nodes if isinstance(node, ast.Name)]
    imported = [node.name for node in nodes if isinstance(node, ast.alias)]
    constants = [
        node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in docstrings
    ]
    return names + imported + [value for value in constants if isinstance(value, str)]


def named_in(source: str) -> set[str]:
    """The words for resources in a module's code."""
    text = "\n".join(texts_in_code(source)).lower()
    return {word for word in words_for_resources() if re.search(rf"\b{re.escape(word)}\b", text)}


@pytest.mark.parametrize("source", SERVING, ids=lambda path: path.stem)
def test_what_serves_the_resources_names_none(source: Path) -> None:
    assert named_in(source.read_text()) == set()


def test_a_name_in_code_would_be_found() -> None:
    source = 'def f(face):\n    """Of messages."""\n    return face.path == "timeentries" or Matter'
    assert named_in(source) == {"timeentries", "matter"}


def test_no_resource_has_a_module_of_special_cases_but_two() -> None:
    modules = {path.stem for path in Path(str(crud.__file__)).parent.glob("*.py")}
    assert modules & {part for face in FACES for part in face.path.lower().split("/")} <= HAVE_A_MODULE


def test_every_model_of_a_firm_is_shown_somewhere() -> None:
    """A kind of record that no door shows is one that nobody can read: parts show within their record."""
    shown = {resource.model.__name__ for resource in RESOURCES}
    within = {link.target for model in MODELS.values() for link in model.links.values()}
    assert set(MODELS) - shown - within == set()
