"""Using Swagger UI as one's own app: its address becomes one of the app's redirect URIs."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.services import apps
from app.transactions import session
from app.web.blueprint import web
from app.web.developer.addresses import absolute
from app.web.developer.redirect_lines import allows_dotless_schemes
from app.web.visitors import for_user
from oauth.scopes import FULL, parse


@web.post("/developer/apps/<client_id>/swagger")
@for_user
def use_swagger_ui(user: User, client_id: str) -> Response:
    """A confidential app keeps its secret out of browsers, so this is for public ones."""
    client = apps.find(session(), user, client_id)
    uri = absolute("swagger.file", name="oauth2-redirect.html")
    uris = list(dict.fromkeys([*client.redirect_uris, uri]))
    try:
        if client.is_confidential:
            raise InvalidBody({"kind": ["Swagger UI runs in a browser: register a public app for it."]})
        apps.change(
            session(),
            user,
            client_id,
            address=request.remote_addr,
            allows_dotless_schemes=allows_dotless_schemes(),
            redirect_uris=uris,
        )
    except InvalidBody as error:
        flash(" ".join(text for texts in error.fields.values() for text in texts), "problem")
        return redirect(url_for("web.app_page", client_id=client_id), 303)
    scope = FULL if FULL in parse(client.scope) else client.scope
    return redirect(url_for("swagger.page", client_id=client_id, scope=scope), 303)
