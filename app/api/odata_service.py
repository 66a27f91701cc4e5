"""The strict OData door: entity sets under `/odata/v4/`, read-only so far."""

from __future__ import annotations

from functools import partial
from typing import Any

import orjson
from flask import Blueprint, Flask, Response, g, request

from app.api.bodies import key_of_request
from app.api.reading import Source, options_for_one, query_options
from app.api.resources import faces
from app.auth import requires
from odata.csdl import Service, to_json, to_xml
from odata.options import Options

ROOT = "/odata/v4"
CONTENT_TYPE = "application/json;odata.metadata=minimal"
VERSION = {"OData-Version": "4.01"}
CONTEXT = "@odata.context"


def init_app(app: Flask) -> None:
    """Add the service document and the routes of each entity set."""
    blueprint = Blueprint("odata", __name__)
    sources: dict[str, Source] = {}
    for resource, face in faces("odata"):
        source = Source(resource, face, face.standard)
        reads = requires(f"{resource.area}:read")
        for suffix, operation in (("", entities), ("/$count", count), ("(<string:key>)", entity)):
            view = reads(partial(operation, source))
            blueprint.add_url_rule(f"{ROOT}/{face.path}{suffix}", f"{operation.__name__}_{face.path}", view)
        sources[face.path] = source
    serves = requires("read")(partial(service_document, list(sources)))
    blueprint.add_url_rule(f"{ROOT}/", "service_document", serves)
    service = Service("Matterbase", {name: source.set.entity for name, source in sources.items()})
    describes = requires("read")(partial(metadata, service))
    blueprint.add_url_rule(f"{ROOT}/$metadata", "metadata", describes)
    app.register_blueprint(blueprint)


def service_document(names: list[str]) -> Response:
    """The entity sets that there are (JSON Format 4.01, section 5)."""
    sets = [{"name": name, "kind": "EntitySet", "url": name} for name in names]
    return _answer({CONTEXT: _context(""), "value": sets})


def metadata(service: Service) -> Response:
    """The types and sets that there are, as XML or JSON, as the client prefers (Protocol 4.01, 11.1.2)."""
    wanted = request.args.get("$format") or request.args.get("format") or ""
    accepted = request.accept_mimetypes.best_match(("application/xml", "application/json"))
    if "json" in wanted or (not wanted and accepted == "application/json"):
        return Response(orjson.dumps(to_json(service)), mimetype="application/json", headers=VERSION)
    return Response(to_xml(service), mimetype="application/xml", headers=VERSION)


def entities(source: Source) -> Response:
    """A page of an entity set (Protocol 4.01, 11.2.6)."""
    rows, total = source.list(g.caller, _options(), {})
    answer: dict[str, Any] = {CONTEXT: _context(source.face.path)}
    if total is not None:
        answer["@odata.count"] = total
    answer["value"] = rows
    return _answer(answer)


def entity(source: Source, key: str) -> Response:
    """One entity by its key (Protocol 4.01, 11.2.2)."""
    shown = options_for_one(_options())
    found = source.one(g.caller, key_of_request("id", key), shown)
    return _answer({CONTEXT: f"{_context(source.face.path)}/$entity", **found})


def count(source: Source) -> Response:
    """How many entities there are (Protocol 4.01, 11.2.10)."""
    total = source.count(g.caller, _options(), {})
    return Response(str(total), mimetype="text/plain", headers=VERSION)


def _options() -> Options:
    """The query's options; names that mean nothing here may be an app's own (URL Conventions 4.01, 5.2)."""
    return query_options(request.query_string, bare=True)


def _context(name: str) -> str:
    """The context URL (Protocol 4.01, section 10), from the address that the client used."""
    environ = request.environ
    root = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST') or environ['SERVER_NAME']}{ROOT}"
    return f"{root}/$metadata{'#' if name else ''}{name}"


def _answer(value: dict[str, Any]) -> Response:
    return Response(orjson.dumps(value), content_type=CONTENT_TYPE, headers=VERSION)
