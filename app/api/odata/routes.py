"""The addresses of the door. Each set guards its own; what an address goes on to is guarded on the way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import unquote

from flask import Blueprint, Flask, Response
from werkzeug.exceptions import MethodNotAllowed

from app.api.odata import descriptions, versions
from app.api.odata.addressing import resolve
from app.api.odata.answers import answer, request_options
from app.api.odata.isolation import refuse_isolation
from app.api.odata.links import ROOT, service_root
from app.api.odata.places import Part
from app.api.odata.reader import ME, PEOPLE, Reader
from app.auth import ANY_READ, requires
from odata.errors import InvalidOption, UnknownSegment

SUFFIXES = ("", "/<path:rest>", "(<string:key>)", "(<string:key>)/<path:rest>")


def init_app(app: Flask) -> None:
    """Add the service document, the metadata, and the routes of each set and singleton."""
    blueprint = Blueprint("odata", __name__)
    blueprint.before_request(versions.check_version)
    blueprint.before_request(refuse_isolation)
    blueprint.after_request(versions.name_version)
    app.extensions["odata_reader"] = reader = Reader()
    guarded = {name: f"{known.area}:read" for name, known in reader.sets.items()}
    guarded[ME] = guarded[PEOPLE]
    for name, scope in guarded.items():
        view = requires(scope)(partial(read, reader, name))
        for suffix in SUFFIXES:
            blueprint.add_url_rule(f"{ROOT}/{name}{suffix}", f"read_{name}", view)
    views: dict[str, Callable[..., Response]] = {
        "": descriptions.service_document,
        "/": descriptions.service_document,
        "/$metadata": descriptions.metadata,
        "/$entity": by_id,
        "/<path:rest>": unknown,
    }
    for address, function in views.items():
        view = requires(ANY_READ)(partial(function, reader))
        blueprint.add_url_rule(f"{ROOT}{address}", function.__name__ + address.replace("/", "_"), view)
    app.register_blueprint(blueprint)


def read(reader: Reader, name: str, key: str | None = None, rest: str | None = None) -> Response:
    """Whatever an address means that begins with a set or a singleton."""
    first = name if key is None else f"{name}({key})"
    place = resolve(reader, first if rest is None else f"{first}/{rest}")
    return answer(reader, place, request_options())


def by_id(reader: Reader) -> Response:
    """`$entity?$id=…`: the entity with this id, which is its address (URL Conventions 4.01, 4.15)."""
    options = request_options()
    if options.id is None:
        raise InvalidOption("$entity needs the option $id: the address of an entity.", target="$id")
    root = f"{service_root()}/"
    address = options.id.removeprefix(root).removeprefix(f"{ROOT}/")
    place = resolve(reader, unquote(address))
    if not place.one or place.property or place.part is not Part.ALL:
        raise InvalidOption("$id must be the address of one entity, such as Matters(…).", target="$id")
    options.id = None
    return answer(reader, place, options)


def unknown(reader: Reader, rest: str) -> Response:
    """Say what was not found rather than only that."""
    if rest == "$batch":
        raise MethodNotAllowed(["POST"])
    resolve(reader, rest)
    raise UnknownSegment("There is nothing at this address.")
