"""Batches in JSON (JSON Format 4.01, section 19)."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import uuid4

import orjson
from flask import Response, request

from app.api.odata_batch.parts import Outcome, Part, Results, Unit, checked_headers, checked_method
from app.api.odata_writes.strict_json import object_in
from app.errors import InvalidBody

MEMBERS = frozenset(("id", "method", "url", "atomicityGroup", "dependsOn", "if", "headers", "body"))
JSON = "application/json"


def read() -> list[Unit]:
    """The requests of the batch that is being served, by unit.

    Raises:
        InvalidBody: it is no batch.
    """
    given = object_in(request.get_data()).get("requests")
    if not isinstance(given, list):
        raise InvalidBody({"requests": ["Must be an array of requests."]})
    parts = [_part(index, member) for index, member in enumerate(given)]
    runs = [(group, list(run)) for group, run in groupby(parts, key=lambda part: part.group or part)]
    units = [Unit(run, isinstance(group, str)) for group, run in runs]
    _check_ids(units)
    return units


def _part(index: int, given: Any) -> Part:
    try:
        return _read_part(given)
    except InvalidBody as error:
        raise InvalidBody(
            {f"requests[{index}].{name}": texts for name, texts in error.fields.items()}
        ) from None


def _read_part(given: Any) -> Part:
    if not isinstance(given, dict):
        raise InvalidBody({"body": ["Must be a JSON object."]})
    for name in given:
        if name not in MEMBERS and "@" not in name:
            raise InvalidBody({name[:80]: ["A request has no such member."]})
    texts = {name: _text(given, name) for name in ("id", "url", "atomicityGroup", "if")}
    for name in ("id", "url"):
        if not texts[name]:
            raise InvalidBody({name: ["Missing data for required field."]})
    depends_on, headers = given.get("dependsOn") or [], given.get("headers") or {}
    if not isinstance(depends_on, list) or not all(isinstance(name, str) for name in depends_on):
        raise InvalidBody({"dependsOn": ["Must be an array of ids."]})
    if not isinstance(headers, dict):
        raise InvalidBody({"headers": ["Must be a JSON object."]})
    headers = checked_headers(headers)
    return Part(
        str(texts["id"]),
        checked_method(given.get("method")),
        str(texts["url"]),
        headers,
        _body(given.get("body"), headers),
        texts["atomicityGroup"],
        depends_on,
        texts["if"],
    )


def _text(given: dict[str, Any], name: str) -> str | None:
    found = given.get(name)
    if found is not None and not isinstance(found, str):
        raise InvalidBody({name: ["Must be text."]})
    return found


def _body(given: Any, headers: dict[str, str]) -> bytes:
    """The body as the request would have it by itself; JSON unless its headers say otherwise."""
    if given is None:
        return b""
    kind = headers.setdefault("content-type", JSON)
    try:
        if isinstance(given, str) and not kind.startswith(JSON):
            return given.encode()
        return orjson.dumps(given, default=_as_written)
    except (TypeError, UnicodeEncodeError, RecursionError):  # half a surrogate pair, or too deep
        raise InvalidBody({"body": ["Not a body that can be sent."]}) from None


def _as_written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(str(value))
    raise TypeError


def _check_ids(units: list[Unit]) -> None:
    """
    Raises:
        InvalidBody: two have the same id, a group is torn apart, or something depends on what comes later.
    """
    seen: set[str] = set()
    for unit in units:
        names = [part.id for part in unit.parts] + ([str(unit.parts[0].group)] if unit.is_group else [])
        for part in unit.parts:
            if part.id in seen or names.count(part.id) > 1:
                raise InvalidBody({"id": [f"Two have the id '{part.id[:80]}'."]})
            for name in part.depends_on:
                if name not in seen and name not in names:
                    raise InvalidBody({"dependsOn": [f"Nothing before '{part.id[:80]}' is '{name[:80]}'."]})
        if unit.is_group and unit.parts[0].group in seen:
            raise InvalidBody({"atomicityGroup": ["The requests of a group stand together."]})
        seen.update(names)


def write(results: Results) -> Response:
    """The answers, in the order of the requests."""
    responses = [_response(outcome) for _, outcomes in results for outcome in outcomes]
    return Response(orjson.dumps({"responses": responses}), content_type=JSON)


def _response(outcome: Outcome) -> dict[str, Any]:
    part, response = outcome.part, outcome.response
    found: dict[str, Any] = {"id": part.id or str(uuid4())}
    if part.group:
        found["atomicityGroup"] = part.group
    found["status"] = response.status_code
    found["headers"] = {
        name.lower(): value for name, value in response.headers.items() if name.lower() != "content-length"
    }
    data = response.get_data()
    if data:
        found["body"] = _as_json(response, data)
    return found


def _as_json(response: Response, data: bytes) -> Any:
    if response.mimetype == JSON:
        return orjson.Fragment(data)
    kind = response.mimetype or ""
    if kind.startswith("text/") or kind.endswith("xml"):
        return data.decode()
    return urlsafe_b64encode(data).decode()
