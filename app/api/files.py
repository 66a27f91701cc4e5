"""The content of files at the v2 door: uploads and downloads. What is known of a file is in the resource table."""

from __future__ import annotations

import unicodedata
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, g, request
from flask_smorest import Blueprint
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, Range

from app.api.bodies import key_of_request, loaded
from app.api.crud import Crud
from app.api.dialects import Dialect
from app.api.reading import Source
from app.api.resources import Face, Resource
from app.api.routes import add_route
from app.api.uploads import PART, fields_of_upload, size_of, uploaded_part
from app.extensions import database
from app.services.file_store import FileStore
from app.services.files import NAMELESS, content_type, readable_name
from app.services.new_content import NewContent
from schemas.base import Shape
from schemas.fields import Text

HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-cache",
    "Accept-Ranges": "bytes",
}
"""A browser keeps a download and runs nothing in it, whatever its type."""

BOX_IS_HERE = (
    "The published operation puts the file into the firm's Box folder. There is no Box here: the file is kept "
    "as `POST /api/v2/files` keeps it."
)
DOWNLOAD_DESCRIPTION = (
    "The content as it was sent, always as an attachment. One range of bytes can be asked for with `Range`; "
    "the `ETag` goes with `If-Range` and `If-None-Match`."
)


class Stored(Shape):
    """What a download needs to know; no door shows it."""

    file_name = Text()
    content_type = Text()
    storage_key = Text()


class FileContent(Crud):
    """The operations that the resource table cannot say."""

    def __init__(self, resource: Resource, face: Face, dialect: Dialect) -> None:
        super().__init__(resource, face, dialect)
        self._stored = Source(resource, face, Stored)

    def upload(self) -> Response:
        """Keep the content first and the row after it."""
        with NewContent(store(), g.caller.firm_id) as content:
            with uploaded_part(current_app.extensions["settings"].max_file_size) as part:
                values = self._loaded_with(part)
                values["content_type"] = content_type(part.mimetype, values["file_name"])
                values["size"] = size_of(part)
                values["storage_key"] = content.key
                content.put(part)
            database().restart_clock(g.reader)  # sending may have taken minutes
            return self._written(g.caller, lambda work: self._kept(work, values, content))

    def _loaded_with(self, part: FileStorage) -> dict[str, Any]:
        """What the form says, read as the body of a replacement is; the part names the file if no field does."""
        body = fields_of_upload(self._body)
        name = body.get("file_name") or part.filename or NAMELESS
        body["file_name"] = readable_name(name) if isinstance(name, str) else name
        return loaded(self._body, body)

    def _kept(self, work: Session, values: dict[str, Any], content: NewContent) -> str:
        content.goes_with(work)
        return self._create(work, values)

    def download(self, key: str) -> Response:
        """Answer with the content, or with the part of it that a range asks for (RFC 9110 section 14)."""
        key = key_of_request(self._dialect.key, key)
        file = self._stored.one(g.caller, key)
        size = store().size(file["storage_key"])
        answer = Response(store().read(file["storage_key"]), direct_passthrough=True, headers=HARMLESS)
        answer.headers["Content-Type"] = file["content_type"]
        answer.headers.set("Content-Disposition", "attachment", **named(file["file_name"]))
        answer.content_length = size
        answer.set_etag(f"{key}-{size}")  # content never changes
        answer.make_conditional(request, is_followed(request.range, size), size)
        return answer


def store() -> FileStore:
    """The file store of the application that serves this request."""
    found: FileStore = current_app.extensions["file_store"]
    return found


def named(name: str) -> dict[str, str]:
    """A file name for `Content-Disposition` (RFC 6266): in full as RFC 8187 has it, and in ASCII beside it.

    >>> named("Klage für Å.pdf")
    {'filename': 'Klage fur A.pdf', 'filename*': "UTF-8''Klage%20f%C3%BCr%20%C3%85.pdf"}
    """
    if name.isascii():
        return {"filename": name}
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return {"filename": plain or NAMELESS, "filename*": "UTF-8''" + quote(name, safe="!#$&+-.^_`|~")}


def is_followed(wanted: Range | None, size: int) -> bool:
    """Whether a `Range` is followed, rather than answered with the whole as RFC 9110 section 14.2 allows.

    Several ranges are not, nor other units than bytes; and the last n bytes of a shorter file are the whole.
    """
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return False
    start, _ = wanted.ranges[0]
    return start is not None and start >= -size


def add_routes(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
    """Add the routes that are not in the table."""
    content = FileContent(resource, face, dialect)
    collection = f"{dialect.prefix}/{face.path}"
    read, write = f"{resource.area}:read", f"{resource.area}:write"
    body = upload_body()
    for endpoint, address, document in (
        ("upload", collection, {"summary": "Upload one file", **body}),
        (
            "upload_to_box",
            f"{collection}/box",
            {"summary": "Upload one file", "description": BOX_IS_HERE, **body},
        ),
    ):
        add_route(blueprint, address, endpoint, "POST", write, content.upload, face.detailed, document)
    address = f"{collection}/download/<string:{dialect.key}>"
    add_route(blueprint, address, "download", "GET", read, content.download, None, download_document())


def upload_body() -> dict[str, Any]:
    text, reference = {"type": "string"}, {"type": "string", "description": 'An id, or `{"id": "…"}`.'}
    properties = {
        PART: {"type": "string", "format": "binary"},
        "account_ref": reference,
        "matter_ref": reference,
        "activity_ref": reference,
        "description": text,
        "file_name": {**text, "description": "Instead of the part's own."},
    }
    schema = {"type": "object", "required": [PART], "properties": properties}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def download_document() -> dict[str, Any]:
    content = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    answers = {
        "200": {"description": "The content", "content": content},
        "206": {"description": "The range that was asked for", "content": content},
    }
    return {"summary": "Download a file's content", "description": DOWNLOAD_DESCRIPTION, "responses": answers}
