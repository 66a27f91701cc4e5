"""No statement forgets the firm: the source is walked for every SELECT, UPDATE and DELETE, and every
statement of the query engine is looked at."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Table

from app.api.model_properties import table_of
from app.api.reading import Source
from app.api.resources import RESOURCES
from app.models import MODELS
from app.services.scoping import visible
from odata.engine import Engine
from odata.limits import Limits
from odata.options import parse_options
from odata.plans import CollectionPlan
from odata.statement import dialect_for

SOURCE = Path(__file__).parents[1] / "app"
STATEMENTS = {"select", "update", "delete", "exists"}
UNSCOPED = {
    ("services/people.py", "by_login"): "a login finds the firm that it belongs to",
    ("services/app_use.py", "last_errors"): "of an app that the caller manages, in whichever firm",
    ("services/app_use.py", "last_uses"): "of apps that the caller manages, in whichever firm",
    ("services/app_use.py", "requests"): "of an app that the caller manages, in whichever firm",
    (
        "services/apps.py",
        "_live",
    ): "its callers name the firm, or an app that is looked at before it is shown",
    ("services/grants.py", "end_where"): "its callers name the user, the firm, or the app that is deleted",
    ("services/purging.py", "_batch"): "the operator's, over all firms",
    ("services/demo/opening.py", "is_empty"): "asks whether there is any firm at all",
}
LEADS_TO_FIRM = (
    "firm_id",
    "owned(",
    "of_firm(",
    "of_person(",
    "administrators.where",
    "_of_grant(",
    "_this(",
)


def functions(path: Path) -> Iterator[tuple[str, ast.AST, str]]:
    text = path.read_text()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            yield node.name, node, ast.get_source_segment(text, node) or ""


def has_statement(node: ast.AST) -> bool:
    return any(
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in STATEMENTS
        for call in ast.walk(node)
    )


def test_every_statement_in_the_source_names_the_firm() -> None:
    found = 0
    for path in SOURCE.rglob("*.py"):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith("migrations/"):
            continue
        for function, node, text in functions(path):
            if not has_statement(node) or (name, function) in UNSCOPED:
                continue
            found += 1
            assert any(mark in text for mark in LEADS_TO_FIRM), f"{name}: {function} does not name the firm"
    assert found >= 8


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_every_table_of_every_plan_is_held_to_the_firm(name: str) -> None:
    engine = Engine(dialect_for(name), visible, Limits())
    for resource in RESOURCES:
        for face in resource.faces:
            for schema in (face.standard, face.detailed):
                source = Source(resource, face, schema)
                for query in queries(source) if face.door == "odata" else ("$count=true",):
                    plan, _ = engine.plan(
                        source.set, parse_options(query.encode(), Limits()), dict(face.only)
                    )
                    assert plan.count is not None
                    for sql in (plan.page.sql, plan.count.sql, *statements(plan.collections)):
                        hold_to_the_firm(sql)


def queries(source: Source, only: Collection[Table] | None = None) -> Iterator[str]:
    """The list itself, and a filter, an order and an expansion along each of its navigation properties.

    Args:
        only: the tables that they lead to; None for any.
    """
    yield "$count=true"
    for name, navigation in source.set.entity.navigations.items():
        target = navigation.target()
        if only is not None and target.table not in only:
            continue
        leaf = next(iter(target.properties))
        if navigation.collection:
            condition = f"{name}/any()" if navigation.value else f"{name}/any(x:x/{leaf} ne null)"
            yield f"$count=true&$filter={condition}&$orderby={name}/$count&$skip=1"
        else:
            yield f"$count=true&$filter={name}/{leaf} ne null&$orderby={name}/{leaf}&$skip=1"
        if navigation.steps and not navigation.value:
            yield f"$count=true&$expand={name}"


def hold_to_the_firm(sql: str) -> None:
    for alias in aliases(sql):
        held = rf"\b{alias}\.firm_id = |= {alias}\.firm_id\b"
        assert re.search(held, sql), f"{alias} is not held to the firm in {sql}"


def statements(plans: tuple[CollectionPlan, ...]) -> Iterator[str]:
    for plan in plans:
        yield plan.statement.sql
        yield from statements(plan.collections)


def aliases(sql: str) -> list[str]:
    """What the statement calls the tables of the practice that it reads."""
    names = "|".join(table_of(model).name for model in MODELS.values())
    found = re.findall(rf"\b(?:{names}) AS (\w+)", sql)
    assert found
    return found
