"""Writing through the strict OData door: what v1 or v2 can write, by the same rules (Protocol 4.01, 11.4)."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Flask

from app.api.odata import versions
from app.api.odata.links import ROOT
from app.api.odata.reader import Reader
from app.api.odata_writes.below import Below
from app.api.odata_writes.operations import Writer
from app.api.resources import CREATE, DELETE, REPLACE, faces
from app.auth import ANY_WRITE, requires

METHODS = ("POST", "PUT", "PATCH", "DELETE")
PLAIN = str.maketrans("(<:>)/", "______")


def init_app(app: Flask) -> None:
    """Add the writing routes of each entity set. What has none is answered with a 405 by the reading ones."""
    blueprint = Blueprint("odata_writes", __name__)
    blueprint.before_request(versions.check_version)
    blueprint.after_request(versions.name_version)
    writers = {face.path: Writer(resource, face) for resource, face in faces("odata")}
    reader: Reader = app.extensions["odata_reader"]
    for name, writer in writers.items():
        _add_set(blueprint, writer)
        below = requires(ANY_WRITE)(Below(name, writers, reader).write)
        for place in addresses(name, of_one=True):
            endpoint = f"below_{place.translate(PLAIN)}"
            blueprint.add_url_rule(f"{ROOT}/{place}/<path:rest>", endpoint, below, methods=METHODS)
    app.register_blueprint(blueprint)


def _add_set(blueprint: Blueprint, writer: Writer) -> None:
    """The routes of a set and of its entities."""
    writes = requires(f"{writer.resource.area}:write")
    for operation, method, view in (
        (CREATE, "POST", writer.create),
        (REPLACE, "PATCH", writer.merge),
        (REPLACE, "PUT", writer.replace),
        (DELETE, "DELETE", writer.delete),
    ):
        if operation not in writer.operations:
            continue
        guarded = writes(view)
        for place in addresses(writer.path, of_one=operation != CREATE):
            endpoint = f"{view.__name__}_{place.translate(PLAIN)}"
            blueprint.add_url_rule(f"{ROOT}/{place}", endpoint, guarded, methods=[method])


def addresses(path: str, *, of_one: bool) -> Iterator[str]:
    """The addresses of the set, or of one of its entities: the key in parentheses or as a segment."""
    if of_one:
        yield f"{path}(<string:key>)"
        yield f"{path}/<string:key>"
    else:
        yield path
