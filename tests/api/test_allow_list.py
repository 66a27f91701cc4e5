"""What no schema exposes cannot be reached: every column of every model is tried, on every type that paths reach."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from app.api.model_properties import table_of
from app.api.reading import Source
from app.api.resources import Face, Resource
from app.models import MODELS
from app.services.scoping import visible
from odata.engine import Engine
from odata.errors import UnknownProperty
from odata.limits import Limits
from odata.metadata import EntityType
from odata.options import parse_options
from odata.statement import dialect_for
from tests.contract.faces import LISTED, PAIRS, listed
from tests.databases import on_one_database
from tests.firms import Workplace

COLUMNS = sorted({column.name for model in MODELS.values() for column in table_of(model).c})
NEVER = {"firm_id", "password_hash", "login", "deleted_at", "storage_key"}


def paths(entity: EntityType) -> Iterator[tuple[str, EntityType]]:
    """Every entity type that references lead to, and the shortest way to it: its names do not depend on the way."""
    pending, seen = [("", entity)], {id(entity)}
    while pending:
        path, here = pending.pop(0)
        yield path, here
        for name, navigation in here.navigations.items():
            target = navigation.target()
            if not navigation.collection and id(target) not in seen:
                seen.add(id(target))
                pending.append((f"{path}{name}/", target))


def source(resource: Resource, face: Face) -> Source:
    return Source(resource, face, face.standard)


def refused(engine: Engine, of: Source, query: str) -> bool:
    """Whether the engine refuses the query for a name that it does not know."""
    options = parse_options(quote(query, safe="$=&").encode(), Limits())
    try:
        engine.plan(of.set, options, dict(of.face.only))
    except UnknownProperty:
        return True
    return False


TRIED: list[EntityType] = []
"""What paths have led to already, from the faces before: its names do not depend on where the way begins."""


@pytest.fixture
def no_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for the name that was meant would be most of the work of many thousand refusals."""
    monkeypatch.setattr("odata.errors.get_close_matches", lambda *args, **kwargs: [])


@pytest.mark.usefixtures("no_suggestions")
@pytest.mark.parametrize(("resource", "face"), PAIRS, ids=lambda value: getattr(value, "path", ""))
def test_no_column_outside_the_schemas_is_reached(resource: Resource, face: Face) -> None:
    engine = Engine(dialect_for("sqlite"), visible, Limits())
    of = source(resource, face)
    tried = 0
    shown = {member.name for member in of.set.shape.members}
    for path, entity in paths(of.set.entity):
        if path and any(entity is tried_before for tried_before in TRIED):
            continue
        TRIED.append(entity)
        assert not NEVER & set(entity.properties), path
        hidden = [name for name in COLUMNS if name not in entity.properties | entity.navigations]
        for column in hidden:
            assert refused(engine, of, f"$filter={path}{column} ne null"), (path, column)
            if column in NEVER or tried % 3 == 0:
                assert refused(engine, of, f"$orderby={path}{column}"), (path, column)
            if (
                not path and column not in shown
            ) or column in NEVER:  # constants are shown, but no properties
                assert refused(engine, of, f"$select={path}{column}"), (path, column)
            tried += 1
        for name, navigation in entity.navigations.items():
            if navigation.collection:
                target = navigation.target()
                for column in NEVER | set(hidden[::9]):
                    if column not in target.properties | target.navigations:
                        query = f"$filter={path}{name}/any(x:x/{column} ne null)"
                        assert refused(engine, of, query), query
    assert tried >= len(COLUMNS) // 2


@on_one_database
@pytest.mark.parametrize(("resource", "face"), PAIRS, ids=lambda value: getattr(value, "path", ""))
def test_the_doors_refuse_them_too(workplace: Workplace, resource: Resource, face: Face) -> None:
    for column in NEVER | {"created_by_id", "legacy_id"} if face in LISTED else ():
        if column in source(resource, face).set.entity.properties:
            continue
        for query in (f"$filter={column} ne null", f"$orderby={column}", f"$select={column}"):
            answer = workplace.get(listed(face, query))
            assert (answer.status_code, "Unknown" in answer.text) == (400, True), query


SECRETS = [
    "startswith(matter_ref/account_ref/assigned_to_users/password_hash,'x')",
    "billed_by_user_ref/password_hash eq 'x'",
    "startswith(billed_by_user_ref/login,'a')",
    "matter_ref/assigned_to_users/any(u:startswith(u/password_hash,'x'))",
    "matter_ref/assigned_to_users/any(u:u/firm_id eq 1)",
    "account_ref/firm_id eq 1",
    "__table__ eq 1",
    "billed_by_user_ref/__class__ eq 1",
    "$it/password_hash eq 'x'",
    "billed_by_user_ref/metadata/tables eq 'x'",
]


@pytest.mark.parametrize("text", SECRETS)
def test_no_oracle(workplace: Workplace, text: str) -> None:
    answer = workplace.get("/api/v2/timeentries", query_string={"$filter": text})
    assert answer.status_code == 400
    assert "Unknown property" in answer.get_json()["message"] or "collection" in answer.get_json()["message"]
