"""`$batch`: many requests in one, in either form that there is (Protocol 4.01, 11.7)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, request

from app.api.odata import versions
from app.api.odata.formats import JSON, MULTIPART
from app.api.odata.isolation import refuse_isolation
from app.api.odata.links import ROOT
from app.api.odata.preferences import preference
from app.api.odata_batch import json_form, multipart_form
from app.api.odata_batch.parts import Unit
from app.api.odata_batch.running import Runner
from app.auth import INSIDE, any_scope, count_cost
from app.config import Settings
from app.errors import InvalidBody, UnsupportedMediaType
from app.idempotency import HEADER, has_key
from odata.errors import LimitExceeded

FORMS = {JSON: json_form, MULTIPART: multipart_form}


def init_app(app: Flask) -> None:
    blueprint = Blueprint("odata_batch", __name__)
    blueprint.before_request(versions.check_version)
    blueprint.before_request(refuse_isolation)
    blueprint.after_request(versions.name_version)
    blueprint.add_url_rule(f"{ROOT}/$batch", "batch", any_scope(batch), methods=["POST"])
    app.register_blueprint(blueprint)


def batch() -> Response:
    """Carry out a batch, and answer in its own form, or in the other where the client wants that.

    Raises:
        UnsupportedMediaType: it is in neither form.
        InvalidBody: it is no batch, or is within another one.
        LimitExceeded: it has too many requests.
        TooManyRequests: the app may not send that many more within this minute.
    """
    form = FORMS.get(request.mimetype)
    if form is None:
        raise UnsupportedMediaType(f"Send a batch as {' or '.join(FORMS)}.")
    if INSIDE in request.environ:
        raise InvalidBody({"url": ["A batch has no batches in it."]})
    if has_key(request.environ):
        raise InvalidBody({HEADER: ["A batch has no key of its own: each POST in it may have one."]})
    units: list[Unit] = form.read()
    settings: Settings = current_app.extensions["settings"]
    requests = sum(len(unit.parts) for unit in units)
    if requests > settings.odata_max_batch:
        raise LimitExceeded(f"A batch has at most {settings.odata_max_batch} requests.")
    count_cost(request.environ, g.caller, requests - 1)  # all of them, or none is carried out
    goes_on = _goes_on()
    response: Response = _form_of_answer().write(Runner(goes_on=goes_on).run(units))
    if goes_on:
        response.headers["Preference-Applied"] = "continue-on-error"
    return response


def _form_of_answer() -> Any:
    """The batch's own form, unless the client takes only the other (Protocol 4.01, 11.7.1)."""
    accepted = request.accept_mimetypes
    return next(
        (FORMS[kind] for kind in (request.mimetype, *FORMS) if accepted.quality(kind)),
        FORMS[request.mimetype],
    )


def _goes_on() -> bool:
    """Whether the client wants the rest of the batch after an error (Protocol 4.01, 8.2.8.3)."""
    wanted = preference("continue-on-error")
    return wanted is not None and wanted.lower() != "false"
