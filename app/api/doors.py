"""The doors of the published APIs: their blueprints, their OpenAPI documents, and what is not in the table."""

from __future__ import annotations

from threading import Lock
from typing import Any

from flask import Flask, Response, g
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from app.api import conflict_checks, files, lookups, matter_exclusions, webhooks
from app.api.dialects import Dialect, KeyIn
from app.api.document_shapes import Shapes
from app.api.documentation import OAUTH, security_scheme
from app.api.legalserver.manner import LegalServers
from app.api.praxis import sign_in, stats
from app.api.praxis.acts import acts
from app.api.praxis.envelope import Enveloped, Failure
from app.api.reading import Source, json_answer
from app.api.refusals import describe
from app.api.resources import Face, Resource, faces
from app.api.routes import add_route, register
from app.auth import open_endpoint
from schemas.praxis.sums import CaseStats, TimeStats

DIALECTS = {
    "v1": Dialect(prefix="/api", key="guid", key_in=KeyIn.BODY),
    "v2": Dialect(prefix="/api/v2", key="id", key_in=KeyIn.QUERY, manner=LegalServers()),
    "praxis": Dialect("/api", "id", KeyIn.PATH, manner=Enveloped(), created=201, changes=True, counts=False),
}
TITLES = {"v1": "Matterbase API v1", "v2": "Matterbase API v2", "praxis": "Matterbase Praxis API"}
DESCRIPTION = (
    "Dates are UTC and printed without an offset; in a filter they carry `Z` or an offset. "
    "Amounts and hours are exact decimals."
)
DESCRIPTIONS = {
    "praxis": 'Every answer is `{"success": true, "data": …}`, every error `{"error": "…"}`. '
    "Dates are UTC. A PUT changes what its body names, and leaves the rest as it is.",
}
GROUPS = {"time": "Time entries", "auth": "Authentication"}
"""What the Praxis document calls its groups of operations, where it is not their path."""
SENTENCES = {
    "adverse_parties": "A person or an organization on the other side of a matter.",
    "auth": "Signing in with a password, and who is asking.",
    "calllogs": "A call that was made or taken.",
    "deadlines": "Something to be done by some day.",
    "emails": "An email that was sent or received.",
    "events": "A hearing, a meeting, or another appointment.",
    "non_adverse_parties": "A person or an organization that has to do with a matter, and is on neither side of it.",
    "notes": "Something to be remembered.",
    "tasks": "Something to be done.",
}
"""What stands over a group of operations that shows only some of its model's records, by its path."""


class Error(Schema):
    """What went wrong, and for a body that will not do, the texts for each field."""

    message = fields.String(required=True)
    modelState = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))  # noqa: N815


class Door(Api):  # type: ignore[misc]
    """An API that documents errors as it answers them.

    Its document is written when it is first asked for: that takes as long as all the rest of starting, and most
    processes are never asked.
    """

    ERROR_SCHEMA: type[Schema] = Error

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._undescribed: list[Blueprint] = []
        self._writing = Lock()
        super().__init__(*args, **kwargs)

    def register_blueprint(self, blueprint: Blueprint) -> None:
        """As flask-smorest does, but for the document."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blueprint.name] = self
        self._app.register_blueprint(blueprint)
        self._undescribed.append(blueprint)

    def _openapi_json(self) -> Response:
        with self._writing:
            while self._undescribed:
                self._describe(self._undescribed.pop(0))
        return super()._openapi_json()  # type: ignore[no-any-return]

    def _describe(self, blueprint: Blueprint) -> None:
        name = blueprint.name
        blueprint.register_views_in_doc(self, self._app, self.spec, name=name, parameters=None)
        self.spec.tag({"name": name, "description": blueprint.description})


class Envelopes(Door):
    """The same in the words of the Praxis door."""

    ERROR_SCHEMA = Failure


def init_app(app: Flask) -> None:
    """Add the doors with their documents, at `/openapi/v1.json` and so on."""
    for door, dialect in DIALECTS.items():
        kind = Envelopes if door == "praxis" else Door
        api = kind(app, config_prefix=door.upper(), spec_kwargs=_about(door))
        describe(api)
        blueprints: dict[str, Blueprint] = {}
        for resource, face in faces(door):
            name = _group(door, face)
            if name not in blueprints:
                blueprints[name] = Blueprint(name, __name__, description=about(door, resource, face))
            for add_routes in BESIDE_THE_TABLE.get((door, face.path), ()):
                add_routes(blueprints[name], resource, face, dialect)
            register(blueprints[name], resource, face, dialect)
        if door == "v2":
            blueprints["webhooks"] = webhooks.blueprint()
        for blueprint in blueprints.values():
            api.register_blueprint(blueprint)
        open_endpoint(app, f"{door}-api-docs.openapi_json")


def _group(door: str, face: Face) -> str:
    """What the face's operations stand under. No two doors have a group of the same name."""
    name = face.path.partition("/")[0]
    return GROUPS.get(name, name.title()) if door == "praxis" else name


def _about(door: str) -> dict[str, Any]:
    return {
        "title": TITLES[door],
        "version": door,
        "openapi_version": "3.0.3",
        "info": {"description": DESCRIPTIONS.get(door, DESCRIPTION)},
        "marshmallow_plugin": Shapes(),
        "components": {"securitySchemes": {OAUTH: security_scheme()}},
    }


def about(door: str, resource: Resource, face: Face) -> str:
    """The sentence over a group of operations: by default what its model says that it is, or at a door with words
    of its own, its shape."""
    told = face.detailed if door == "praxis" else resource.model
    return SENTENCES.get(face.path) or (told.__doc__ or "").partition("\n")[0]


def add_me(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
    """`users/me`: the user on whose behalf the app asks."""
    users = Source(resource, face, face.detailed)

    def me() -> Response:
        return json_answer(users.one(g.caller, g.caller.user_id))

    address, read = f"{dialect.prefix}/{face.path}/me", f"{resource.area}:read"
    document = {"summary": "The user who is asking"}
    add_route(blueprint, address, "me", "GET", read, me, face.detailed, document)


BESIDE_THE_TABLE = {
    ("v2", "users"): (add_me,),
    ("v2", "files"): (files.add_routes,),
    ("praxis", "auth"): (sign_in.add_routes,),
    ("praxis", "cases"): (stats.stats(stats.OF_CASES, stats.fold_cases, CaseStats, "Count the cases"),),
    ("praxis", "time"): (
        stats.stats(stats.OF_TIME, stats.fold_time, TimeStats, "Hours and value by user and month"),
        acts("bill"),
    ),
    ("praxis", "deadlines"): (stats.overdue, acts("complete")),
    ("praxis", "invoices"): (acts("send", "pay"),),
    ("v2", "lookups"): (lookups.add_routes,),
    ("v2", "conflictchecks"): (conflict_checks.add_routes,),
    ("v2", "matters"): (matter_exclusions.add_routes,),
}
"""Operations that the resource table cannot say, by door and path."""


def openapi_settings() -> dict[str, Any]:
    """The Flask settings that flask-smorest reads for each door's document."""
    settings: dict[str, Any] = {}
    for door in DIALECTS:
        settings |= {
            f"{door.upper()}_API_TITLE": TITLES[door],
            f"{door.upper()}_API_VERSION": door,
            f"{door.upper()}_OPENAPI_VERSION": "3.0.3",
            f"{door.upper()}_OPENAPI_URL_PREFIX": "/openapi",
            f"{door.upper()}_OPENAPI_JSON_PATH": f"{door}.json",
        }
    return settings
