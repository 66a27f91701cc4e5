"""`/api/v2/conflictchecks`: making a conflict check, and reading one as it was answered. It is ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from flask import Response, g
from flask_smorest import Blueprint

from app.api.crud import Crud
from app.api.dialects import Dialect
from app.api.documentation import OURS, body_of, parameters_of_one
from app.api.legalserver.manner import LegalServers
from app.api.reading import json_answer
from app.api.resources import Face, Resource
from app.api.routes import add_route
from app.extensions import database
from app.models import ConflictCheck
from app.services import conflict_check
from app.services.premium import CREATE, refuse_unless_enabled
from schemas.v2 import conflict_checks as shapes

KEPT_AS_JSON = ("asked", "matches")
ABOUT = (
    "Looks for people and companies among accounts, contacts, relationships, parties, litigations and matters, closed "
    "ones too, and keeps what was asked and found. It sees all of the firm's records; of what is on matters that the "
    f"user may not see it tells only that there is something. {OURS}"
)


class Spoken(LegalServers):
    """The manner of the door, but what is kept as JSON text is in its place."""

    def record(self, value: Any, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
        told = {name: orjson.loads(kept) if name in KEPT_AS_JSON else kept for name, kept in value.items()}
        return json_answer(told, headers, status)


class Checks(Crud):
    """The operations that the resource table cannot say."""

    def __init__(self, resource: Resource, face: Face, dialect: Dialect) -> None:
        kept = replace(face, detailed=shapes.RecordedCheck)
        super().__init__(resource, kept, replace(dialect, manner=Spoken()))
        self._body = shapes.ConflictCheckRequest()

    def check(self) -> Response:
        """Read everybody whom the firm knows, and compare before the transaction that keeps what was found."""
        refuse_unless_enabled(g.caller, ConflictCheck, CREATE, None)
        said = self._said()
        values = self._loaded(said.body)
        asked = conflict_check.Asked.of(values)
        with database().session() as reading:
            known = conflict_check.known_to(reading, g.caller)
        kept = {name: values[name] for name in ("id", "matter_id")} | conflict_check.made(asked, known)
        return self._written(g.caller, lambda work: self._create(work, kept), said.shown)


def add_routes(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
    """Add the routes that are not in the table."""
    checks = Checks(resource, face, dialect)
    collection = f"{dialect.prefix}/{face.path}"
    read, write = f"{resource.area}:read", f"{resource.area}:write"
    body = body_of(shapes.ConflictCheckRequest, dialect.manner)
    makes = {"summary": "Check for conflicts", "description": ABOUT, **body}
    shows = parameters_of_one(dialect.manner)
    reads = {"summary": "One conflict check as it was answered", "description": OURS, **shows}
    shown = shapes.ConflictCheck
    add_route(
        blueprint,
        collection,
        "check_for_conflicts",
        "POST",
        write,
        checks.check,
        shown,
        makes,
        is_premium=True,
    )
    one = f"{collection}/<string:{dialect.key}>"
    add_route(blueprint, one, "conflict_check", "GET", read, checks.get, shown, reads)
