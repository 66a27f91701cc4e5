"""The Postman files of an app."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from app.addresses import issuer
from app.models import User
from app.services import apps
from app.transactions import session
from app.web.blueprint import web
from app.web.developer import postman
from app.web.developer.programs import callback_of
from app.web.visitors import for_user


@web.get("/developer/apps/<client_id>/matterbase.postman_collection.json")
@for_user
def postman_collection(user: User, client_id: str) -> Response:
    client = apps.find(session(), user, client_id)
    return _file("matterbase.postman_collection.json", postman.collection(client, issuer()))


@web.get("/developer/apps/<client_id>/matterbase.postman_environment.json")
@for_user
def postman_environment(user: User, client_id: str) -> Response:
    client = apps.find(session(), user, client_id)
    document = postman.environment(client, issuer(), callback_of(client).uri)
    return _file("matterbase.postman_environment.json", document)


def _file(name: str, document: dict[str, Any]) -> Response:
    answer = FlaskResponse(orjson.dumps(document, option=orjson.OPT_INDENT_2), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
