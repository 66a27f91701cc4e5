"""The documents at well-known addresses: everything else can be learned from them (RFC 8414, RFC 9728).

They are the same for everybody, so any page in a browser may read them.
"""

from __future__ import annotations

from flask import Response
from werkzeug.exceptions import NotFound

from app.addresses import RESOURCE_METADATA, RESOURCES, SERVER_METADATA, split
from app.auth import public
from app.services.scopes import CATALOGUE
from app.web.blueprint import web
from app.web.oauth import addresses, respond
from oauth.endpoints.metadata import resource_metadata, server_metadata
from oauth.server import Answer

HEADERS = [("Content-Type", "application/json"), ("Access-Control-Allow-Origin", "*")]


@web.get(SERVER_METADATA)
@web.get(f"{SERVER_METADATA}/<path:of>")
@public
def authorization_server_document(of: str = "") -> Response:
    """An issuer with a path has it after the well-known part (RFC 8414 section 3.1)."""
    known = addresses()
    if of and f"/{of}" != split(known.issuer)[1]:
        raise NotFound
    return respond(Answer(200, server_metadata(known, CATALOGUE.scopes), HEADERS))


@web.get(RESOURCE_METADATA)
@web.get(f"{RESOURCE_METADATA}/<path:of>")
@public
def protected_resource_document(of: str = "") -> Response:
    """Each door is a resource, and so is the whole (RFC 9728 section 3.1)."""
    known = addresses()
    prefix = f"/{of}".rstrip("/").removeprefix(split(known.issuer)[1])
    if prefix not in RESOURCES:
        raise NotFound
    document = resource_metadata(known, known.issuer + prefix, RESOURCES[prefix], CATALOGUE.scopes)
    return respond(Answer(200, document, HEADERS))
