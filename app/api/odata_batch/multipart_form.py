"""Batches as `multipart/mixed` (Protocol 4.01, 11.7.7, and RFC 2046 section 5.1)."""

from __future__ import annotations

import re
from http import HTTPStatus
from uuid import uuid4

from flask import Response, request
from werkzeug.http import parse_options_header

from app.api.odata_batch.parts import Outcome, Part, Results, Unit, checked_headers, checked_method
from app.errors import InvalidBody

FORM = "multipart/mixed"
HTTP = "application/http"
END_OF_HEAD = re.compile(rb"\r?\n\r?\n|^\r?\n")
LONGEST_BOUNDARY = 70
"""RFC 2046 section 5.1.1."""


def read() -> list[Unit]:
    """The requests of the batch that is being served; a change set is a unit.

    Raises:
        InvalidBody: it is no batch.
    """
    units: list[Unit] = []
    for headers, content in _bodies(request.get_data(), request.mimetype_params.get("boundary")):
        kind, parameters = parse_options_header(headers.get("content-type", ""))
        if kind == FORM:
            group = f"changes-{len(units)}"
            inner = _bodies(content, parameters.get("boundary"))
            parts = [_part(about, http, group) for about, http in inner]
            units.append(Unit(parts, is_group=True))
        else:
            units.append(Unit([_part(headers, content, None)]))
    return units


def _bodies(data: bytes, boundary: str | None) -> list[tuple[dict[str, str], bytes]]:
    """The parts between the boundaries, each with its headers."""
    if not boundary or len(boundary) > LONGEST_BOUNDARY or not boundary.isascii():
        raise InvalidBody({"Content-Type": ["A multipart body needs a boundary of 1 to 70 characters."]})
    line = rb"(?:^|\r?\n)--" + re.escape(boundary.encode()) + rb"(--)?[ \t]*(?=\r?\n|$)"
    _, *rest = re.split(line, data)
    closings, contents = rest[::2], rest[1::2]
    if not any(closings):
        raise InvalidBody({}, "The batch does not end with its boundary.")
    return [_headed(content) for content in contents[: next(i for i, end in enumerate(closings) if end)]]


def _headed(content: bytes) -> tuple[dict[str, str], bytes]:
    """The headers of a part, and what follows the empty line after them."""
    content = re.sub(rb"^[ \t]*\r?\n", b"", content, count=1)  # the end of the boundary's line
    head, _, body = _split(content)
    return _headers(head), body


def _split(content: bytes) -> tuple[bytes, bytes, bytes]:
    found = END_OF_HEAD.search(content)
    if found is None:
        return content, b"", b""
    return content[: found.start()], found.group(), content[found.end() :]


def _headers(head: bytes) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines():
        name, colon, value = line.partition(":")
        if not colon:
            raise InvalidBody({}, "A part of the batch has a line among its headers that is none.")
        name, value = name.strip().lower(), value.strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value  # RFC 9110 section 5.3
    return headers


def _part(about: dict[str, str], content: bytes, group: str | None) -> Part:
    kind, _ = parse_options_header(about.get("content-type", ""))
    if kind != HTTP:
        raise InvalidBody({"Content-Type": [f"A part of a batch is of the type {HTTP}, or a change set."]})
    head, _, body = _split(content.lstrip(b"\r\n"))
    request_line, _, fields = head.partition(b"\n")
    words = request_line.decode("latin-1").split()
    if len(words) != 3:
        raise InvalidBody({}, "A request begins with its method, its address and HTTP/1.1.")
    method, address, _ = words
    identity = about.get("content-id", "")
    return Part(
        identity, checked_method(method), address, checked_headers(_headers(fields)), body.strip(), group
    )


def write(results: Results) -> Response:
    """The answers; those of a change set together, or the one that says why it failed.

    Some clients, o.js among them, know an answer to a change set only by the beginning of its boundary.
    """
    boundary = f"batchresponse_{uuid4()}"
    contents = []
    for unit, outcomes in results:
        if unit.is_group and all(outcome.succeeded for outcome in outcomes):
            inner = f"changesetresponse_{uuid4()}"
            headers = f"Content-Type: {FORM};boundary={inner}\r\n\r\n".encode()
            contents.append(headers + _joined([_http(outcome) for outcome in outcomes], inner))
        else:
            contents += [_http(outcome) for outcome in outcomes if not outcome.is_undone]
    return Response(_joined(contents, boundary), content_type=f"{FORM};boundary={boundary}")


def _joined(contents: list[bytes], boundary: str) -> bytes:
    line = f"--{boundary}".encode()
    return b"".join(line + b"\r\n" + content + b"\r\n" for content in contents) + line + b"--\r\n"


def _http(outcome: Outcome) -> bytes:
    response = outcome.response
    code = response.status_code
    identity = f"Content-ID: {outcome.part.id}\r\n" if outcome.part.id else ""
    about = f"Content-Type: {HTTP}\r\nContent-Transfer-Encoding: binary\r\n{identity}\r\n"
    reason = HTTPStatus(code).phrase if code in set(HTTPStatus) else ""
    fields = "".join(f"{name}: {value}\r\n" for name, value in response.headers.items())
    return (
        f"{about}HTTP/1.1 {code} {reason}\r\n{fields}\r\n".encode("latin-1", "replace") + response.get_data()
    )
