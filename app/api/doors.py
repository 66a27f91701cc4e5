"""The doors of the published APIs: their blueprints, their OpenAPI documents, and what is not in the table."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from app.api import files
from app.api.crud import Dialect, add_route, register
from app.api.documentation import OAUTH
from app.api.reading import Source, json_answer
from app.api.resources import faces
from app.auth import open_endpoint

DIALECTS = {
    "v1": Dialect(prefix="/api", key="guid", key_in_body=True),
    "v2": Dialect(prefix="/api/v2", key="id", key_in_body=False),
}
TITLES = {"v1": "Matterbase API v1", "v2": "Matterbase API v2"}
DESCRIPTION = (
    "Dates are UTC and printed without an offset; in a filter they carry `Z` or an offset. "
    "Amounts and hours are exact decimals."
)
SCOPES = {"full": "Read and change everything", "read": "Read everything"}


class Error(Schema):
    """What went wrong, and for a body that will not do, the texts for each field."""

    message = fields.String(required=True)
    modelState = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))  # noqa: N815


class Door(Api):  # type: ignore[misc]
    """An API that documents errors as it answers them."""

    ERROR_SCHEMA = Error


def init_app(app: Flask) -> None:
    """Add both doors with their documents, at `/openapi/v1.json` and `/openapi/v2.json`."""
    for door, dialect in DIALECTS.items():
        api = Door(app, config_prefix=door.upper(), spec_kwargs=_about(door))
        blueprints: dict[str, Blueprint] = {}
        for resource, face in faces(door):
            name = face.path.partition("/")[0]
            if name not in blueprints:
                blueprints[name] = Blueprint(name, __name__, description=face.detailed.__doc__)
            if (door, name) == ("v2", "users"):
                _add_me(blueprints[name], Source(resource, face, face.detailed), face.detailed)
            if (door, name) == ("v2", "files"):
                files.init_app(app, blueprints[name], resource, face, dialect)
            register(blueprints[name], resource, face, dialect)
        for blueprint in blueprints.values():
            api.register_blueprint(blueprint)
        open_endpoint(app, f"{door}-api-docs.openapi_json")


def _about(door: str) -> dict[str, Any]:
    flow = {"authorizationUrl": "/oauth/authorize", "tokenUrl": "/oauth/token", "scopes": SCOPES}
    scheme = {"type": "oauth2", "flows": {"authorizationCode": flow}}
    return {
        "title": TITLES[door],
        "version": door,
        "openapi_version": "3.0.3",
        "info": {"description": DESCRIPTION},
        "components": {"securitySchemes": {OAUTH: scheme}},
    }


def _add_me(blueprint: Blueprint, users: Source, shows: Any) -> None:
    """`users/me`: the user on whose behalf the app asks."""

    def me() -> Response:
        return json_answer(users.one(g.caller, g.caller.user_id))

    document = {"summary": "The user who is asking"}
    add_route(blueprint, "/api/v2/users/me", "me", "GET", "users:read", me, shows, document)


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
