"""Writing through the strict OData door: what v1 or v2 can write, by the same rules (Protocol 4.01, 11.4)."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Flask

from app.api.odata import versions
from app.api.odata.links import ROOT
from app.api.odata_writes.operations import Writer
from app.api.resources import CREATE, DELETE, REPLACE, RESOURCES, Resource, faces
from app.auth import requires


def init_app(app: Flask) -> None:
    """Add the writing routes of each entity set. What has none is answered with a 405 by the reading ones."""
    blueprint = Blueprint("odata_writes", __name__)
    blueprint.before_request(versions.check_version)
    blueprint.after_request(versions.name_version)
    for resource, face in faces("odata"):
        writer = Writer(resource, face)
        writes = requires(f"{resource.area}:write")
        allowed = operations_on(resource)
        for operation, method, view in (
            (CREATE, "POST", writer.create),
            (REPLACE, "PATCH", writer.merge),
            (REPLACE, "PUT", writer.replace),
            (DELETE, "DELETE", writer.delete),
        ):
            if operation not in allowed:
                continue
            guarded = writes(view)
            for place in addresses(face.path, of_one=operation != CREATE):
                endpoint = f"{view.__name__}_{place.translate(PLAIN)}"
                blueprint.add_url_rule(f"{ROOT}/{place}", endpoint, guarded, methods=[method])
    app.register_blueprint(blueprint)


PLAIN = str.maketrans("(<:>)/", "______")


def addresses(path: str, *, of_one: bool) -> Iterator[str]:
    """The addresses of the set, or of one of its entities: the key in parentheses or as a segment."""
    if of_one:
        yield f"{path}(<string:key>)"
        yield f"{path}/<string:key>"
    else:
        yield path


def operations_on(resource: Resource) -> set[str]:
    """What the other doors can do with such records."""
    return {
        operation
        for other in RESOURCES
        if other.model is resource.model
        for face in other.faces
        if face.door != "odata"
        for operation in face.operations & {CREATE, REPLACE, DELETE}
    }
