"""Every error becomes an answer here, in the words of the door that was knocked on.

The words: v1 and v2 `{"message", "modelState"}`, Praxis `{"error": "…"}`, OData `{"error": {…}}` (JSON Format
4.01, section 21), and a page for people. The token endpoint answers for itself; what fails around it has its
words too (RFC 6749 section 5.2).
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import orjson
import psycopg
from flask import Flask, Response, current_app, request
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException

from app.addresses import PRAXIS, is_behind, is_praxis, resource_metadata_of
from app.errors import (
    Conflict,
    InsufficientScope,
    InvalidBody,
    MatterbaseError,
    NotAuthenticated,
    TooManyRequests,
)
from app.praxis_words import at_praxis
from odata.errors import ODataError, Outdated

logger = logging.getLogger(__name__)

Fields: TypeAlias = Mapping[str, Sequence[str]]
Words: TypeAlias = Callable[[int, str, str, Fields, str | None], Response]
UNEXPECTED = "Something went wrong on our side; it has been logged."
TOO_SLOW = (
    "The query took too long and was stopped; narrow it down with $filter or ask for fewer rows with $top."
)
MESSAGES = {
    404: "There is nothing at this address.",
    405: "This address does not take this method; the Allow header lists those that it does.",
    413: "The body is too large.",
}
KEY_IN_QUERY = (
    "PUT and DELETE go to the address of the list: PUT /api/v2/…?id=…, DELETE /api/v2/…?id=…; at v1 "
    "DELETE /api/…?guid=…, and PUT with the guid in the body."
)
KEY_IN_PATH = "PUT and DELETE go to the address of the one record, such as PUT /api/cases/{id}."
BASIC = 'Basic realm="Matterbase", charset="UTF-8"'
UNAVAILABLE = "The database is not available; try again in a moment."


def init_app(app: Flask, page: Words) -> None:
    """Register the handlers.

    Args:
        page: how an error is shown to a person in a browser.
    """

    def answer(
        status: int, code: str, message: str, fields: Fields | None = None, target: str | None = None
    ) -> Response:
        words = next((words for door, words in DOORS.items() if is_behind(door, request.path)), page)
        return words(status, code, message, fields or {}, target)

    def known(error: MatterbaseError) -> Response:
        fields = error.fields if isinstance(error, InvalidBody) else {}
        response = answer(error.status, error.code, error.message, fields)
        response.headers.update(_challenge(error))
        if isinstance(error, NotAuthenticated) and error.takes_basic:
            response.headers.add("WWW-Authenticate", BASIC)
        if isinstance(error, TooManyRequests):
            response.headers["Retry-After"] = str(error.wait)
        return response

    def query(error: ODataError) -> Response:
        response = answer(error.status, error.code, error.message, {}, error.target)
        if isinstance(error, Outdated) and error.location:
            response.headers["Location"] = error.location
        return response

    def http(error: HTTPException) -> Response:
        message = MESSAGES.get(error.code or 500, error.description or error.name)
        if error.code == 405 and request.path.startswith("/api/"):
            message += _where_instead()
        response = answer(error.code or 500, error.name.lower().replace(" ", "_"), message)
        for name, value in error.get_headers():
            if name.lower() not in ("content-type", "content-length"):
                response.headers[name] = value
        return response

    def clash(error: DBAPIError) -> Response:
        logger.info("Two requests met: %s", error.orig)
        return known(
            Conflict("Another request changed the same thing at the same moment; read it and try again.")
        )

    def slow(error: Exception) -> Response:
        return answer(503, "query_too_slow", TOO_SLOW)

    def unavailable(error: Exception) -> Response:
        cause = getattr(error, "orig", error)
        if isinstance(error, DBAPIError) and isinstance(cause, psycopg.errors.DeadlockDetected):
            return clash(error)
        if isinstance(cause, psycopg.errors.QueryCanceled) or str(cause) == "interrupted":
            return slow(error)
        if str(cause) == "integer overflow":  # as SQLite says it of a sum
            return out_of_range(error)
        logger.error("The database is not available: %s", cause)
        return answer(503, "unavailable", UNAVAILABLE)

    def out_of_range(error: Exception) -> Response:
        logger.warning("The database refused a value: %s", getattr(error, "orig", error))
        return answer(400, "out_of_range", "A value is outside of what can be stored or compared.")

    def unexpected(error: Exception) -> Response:
        logger.exception("Unexpected error", exc_info=error)
        return answer(500, "internal_error", UNEXPECTED)

    app.register_error_handler(MatterbaseError, known)
    app.register_error_handler(ODataError, query)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(IntegrityError, clash)
    for out_of_reach in (
        OperationalError,
        TimeoutError,
        psycopg.OperationalError,
        psycopg.InterfaceError,
        sqlite3.OperationalError,
    ):
        app.register_error_handler(out_of_reach, unavailable)
    for refused in (DataError, psycopg.DataError):
        app.register_error_handler(refused, out_of_range)
    app.register_error_handler(Exception, unexpected)


def _where_instead() -> str:
    """Where the key stands at this door, if the method that was refused is taken there."""
    in_path = is_praxis(request.path)
    other = f"{request.path}/0" if in_path else request.path.rpartition("/")[0]
    routes = current_app.create_url_adapter(request)
    if routes is None or request.method not in {"PUT", "DELETE"}.intersection(routes.allowed_methods(other)):
        return ""
    return f" {KEY_IN_PATH if in_path else KEY_IN_QUERY}"


def _api(status: int, code: str, message: str, fields: Fields, target: str | None) -> Response:
    body: dict[str, Any] = {"message": message}
    if fields:
        body["modelState"] = fields
    return _json(status, body)


def _praxis(status: int, code: str, message: str, fields: Fields, target: str | None) -> Response:
    """There is one place for words: where fields are wrong, what is wrong with each."""
    told = " ".join(f"{name}: {at_praxis(text)}" for name, texts in fields.items() for text in texts)
    return _json(status, {"error": told or at_praxis(message)})


def _odata(status: int, code: str, message: str, fields: Fields, target: str | None) -> Response:
    details = [
        {"code": code, "message": text, "target": name} for name, texts in fields.items() for text in texts
    ]
    error: dict[str, Any] = {"code": code, "message": message}
    if target is None and len(fields) == 1:
        target = next(iter(fields))
    if target:
        error["target"] = target
    if details:
        error["details"] = details
    response = _json(status, {"error": error})
    response.headers["OData-Version"] = "4.01"
    return response


def _oauth(status: int, code: str, message: str, fields: Fields, target: str | None) -> Response:
    error = OAUTH_ERRORS.get(status, "invalid_request" if status < 500 else "server_error")
    response = _json(status, {"error": error, "error_description": message})
    response.headers["Cache-Control"] = "no-store"
    return response


OAUTH_ERRORS = {
    401: "invalid_token",
    403: "access_denied",
    429: "temporarily_unavailable",
    503: "temporarily_unavailable",
}
OAUTH_PATHS = ("token", "revoke", "introspect", "device_authorization", "register")
DOORS: dict[str, Words] = {
    **dict.fromkeys(PRAXIS, _praxis),
    "/api": _api,
    "/odata": _odata,
    "/health": _api,
    "/.well-known": _oauth,
    **{f"/oauth/{path}": _oauth for path in OAUTH_PATHS},
}


def _json(status: int, body: dict[str, Any]) -> Response:
    return Response(orjson.dumps(body), status, mimetype="application/json")


def _challenge(error: MatterbaseError) -> dict[str, str]:
    """The challenge that RFC 6750 section 3 asks for, with the address from which an app that knows nothing yet
    can learn the rest (RFC 9728 section 5.1)."""
    facts: list[tuple[str, str | None]] = []
    if isinstance(error, NotAuthenticated):
        if error.token_sent:
            facts = [("error", "invalid_token"), ("error_description", error.message)]
    elif isinstance(error, InsufficientScope):
        facts = [("error", "insufficient_scope"), ("scope", error.scope)]
    else:
        return {}
    if request.path.startswith(("/api/", "/odata/")):
        facts.append(("resource_metadata", resource_metadata_of(request.path)))
    told = ", ".join(f'{name}="{value}"' for name, value in facts if value is not None)
    return {"WWW-Authenticate": f"Bearer {told}".rstrip()}
