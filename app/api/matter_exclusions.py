"""`/api/v2/matters/{id}/exclusions`: whom a matter is kept from. It is ours; the published API has no such thing."""

from __future__ import annotations

from typing import cast

from flask import Response, g, request
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from app.api.bodies import body_of_request, key_of_request
from app.api.crud import Crud
from app.api.dialects import Dialect
from app.api.documentation import OURS, body_of, parameters_of_one
from app.api.resources import Face, Resource
from app.api.routes import add_route
from app.models import Matter
from app.models.roles import EXCLUDES
from app.services.exclusions import exclude
from app.services.rights import require
from schemas.v2 import MatterExclusions

READS = f"An exclusion does not count for those whose role has API access to all cases. {OURS}"
WRITES = (
    f"Needs the right `{EXCLUDES}`, which administrators have. For an excluded user the matter is in no list, "
    f"and asking for it is answered with a 403. {OURS}"
)


class Exclusions(Crud):
    """Reading and replacing the list of one matter."""

    def __init__(self, resource: Resource, face: Face, dialect: Dialect) -> None:
        shown = Face(face.door, face.path, MatterExclusions, MatterExclusions, only=face.only)
        super().__init__(resource, shown, dialect)

    def replace_list(self, key: str) -> Response:
        require(g.caller, EXCLUDES)
        key = key_of_request(self._dialect.key, key)
        users = self._loaded(body_of_request())["excluded_users"]
        return self._written(g.caller, lambda work: self._excluded(work, key, users))

    def _excluded(self, work: Session, key: str, users: list[str]) -> str:
        matter = cast(Matter, self._found(work, key))
        exclude(work, g.caller, matter, users, address=request.remote_addr)
        return key


def add_routes(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
    """Add the routes that are not in the table."""
    exclusions = Exclusions(resource, face, dialect)
    address = f"{dialect.prefix}/{face.path}/<string:{dialect.key}>/exclusions"
    read, write = f"{resource.area}:read", f"{resource.area}:write"
    shape = MatterExclusions
    reads = {
        "summary": "The users whom one matter is kept from",
        "description": READS,
        **parameters_of_one(dialect.manner),
    }
    writes = {"summary": "Keep one matter from just these users", "description": WRITES, **body_of(shape)}
    add_route(blueprint, address, "exclusions", "GET", read, exclusions.get, shape, reads)
    add_route(blueprint, address, "exclude", "PUT", write, exclusions.replace_list, shape, writes)
