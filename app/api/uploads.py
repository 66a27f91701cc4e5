"""What an upload carries: one file as a part of a form, and the form's fields (RFC 7578)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import file_digest
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any

import orjson
from flask import g, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from app.api.bodies import body_of_request
from app.config import ROOM_FOR_FIELDS
from app.errors import InvalidBody, MatterbaseError
from app.idempotency import form_of_request
from schemas.base import Shape
from schemas.fields import Reference

PART = "file"
MOST_PARTS = 32
IN_MEMORY = 64 * 1024
"""Bytes of a part up to which it needs no temporary file."""


class FileTooLarge(MatterbaseError):
    """An upload above the limit."""

    status = 413
    code = "content_too_large"


@contextmanager
def uploaded_part(limit: int) -> Iterator[FileStorage]:
    """The one file of the request, for a `with` block. What is long lies in a temporary file, not in memory.

    Args:
        limit: the most bytes of the file.

    Raises:
        InvalidBody: there is none, or more than one.
        FileTooLarge: it is above the limit.
        Repeated, KeyReused: its `Idempotency-Key` came before.
    """
    request.max_content_length = limit + ROOM_FOR_FIELDS
    request.max_form_parts = MOST_PARTS
    too_large = FileTooLarge(
        f"The upload is too large: a file may have at most {limit} bytes, and the form {MOST_PARTS} parts."
    )
    with ExitStack() as temporary:

        def spool(*args: Any, **kwargs: Any) -> Any:
            return temporary.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))

        request._get_file_stream = spool  # type: ignore[method-assign]  # ours close, even half written
        try:
            part = only_file(request.files)
        except RequestEntityTooLarge:
            raise too_large from None
        if size_of(part) > limit:
            raise too_large
        if keyed := g.get("keyed"):
            keyed.look(form_of_request(_digest(part)))
        yield part


def only_file(files: MultiDict[str, FileStorage]) -> FileStorage:
    """The file of a form that has one.

    Raises:
        InvalidBody: it has none, or more.
    """
    # A browser sends a part without name and content where nobody chose a file.
    parts = [part for part in chain(*files.listvalues()) if part.filename or size_of(part)]
    if not parts:
        problem = f"Send the file as multipart/form-data, in a part '{PART}' that has a file name."
        raise InvalidBody({PART: [problem]})
    if len(parts) > 1:
        raise InvalidBody({PART: ["Send one file at a time."]})
    return parts[0]


def size_of(part: FileStorage) -> int:
    """In bytes; the part can be read from its beginning afterwards."""
    size = part.stream.seek(0, os.SEEK_END)
    part.stream.seek(0)
    return size


def _digest(part: FileStorage) -> bytes:
    """Of the file's name and content."""
    content = file_digest(part.stream, "sha256").digest()  # type: ignore[arg-type]  # it reads and seeks
    part.stream.seek(0)
    return content + (part.filename or "").encode("utf-8", "replace")


def fields_of_upload(shape: Shape) -> dict[str, Any]:
    """The form's fields as the shape reads a body. A reference is an id, or an object as JSON."""
    body = body_of_request()
    for name, field in shape.fields.items():
        if isinstance(field, Reference) and isinstance(body.get(name), str):
            body[name] = _reference(name, body[name])
    return body


def _reference(name: str, text: str) -> Any:
    if not text.lstrip().startswith("{"):
        return {"id": text.strip()}
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise InvalidBody({name: ['Must be an id, or an object such as {"id": "…"}.']}) from None
