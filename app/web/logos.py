"""The pictures of apps, for everybody: whoever is asked to approve an app sees its logo."""

from __future__ import annotations

from flask import Response, abort

from app.auth import public
from app.models import OAuthClient
from app.services.app_rules import logo_type
from app.transactions import session, transactional
from app.web.blueprint import web


@web.get("/logos/<client_id>")
@public
@transactional
def logo(client_id: str) -> Response:
    client = None if "\0" in client_id else session().get(OAuthClient, client_id)
    if client is None or client.deleted_at is not None or not client.logo:
        abort(404)
    return Response(client.logo, mimetype=logo_type(client.logo) or "application/octet-stream")
