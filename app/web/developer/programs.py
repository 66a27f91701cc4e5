"""Programs that connect as the app: to copy, to save, and to run as they are shown."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from flask import Response as FlaskResponse
from flask import abort, current_app
from werkzeug.wrappers import Response

from app.addresses import issuer
from app.models import OAuthClient, User
from app.services import apps
from app.transactions import session
from app.web.blueprint import web
from app.web.developer.queries import FIRST, first_query
from app.web.pages import render
from app.web.visitors import for_user

PORT = 8765
"""Where a program waits if the app's redirect URI leaves the port open."""
LANGUAGES = {
    "connect.py": (
        "Python",
        "python3 connect.py",
        "Python 3.9 or later, and <code>pip install requests</code>",
    ),
    "connect.mjs": ("JavaScript", "node connect.mjs", "Node.js 18 or later, and nothing else"),
    "connect.sh": ("curl", "sh connect.sh", "curl and openssl"),
}


@dataclass(frozen=True)
class Callback:
    """Where a program gets its answer.

    Args:
        port: where it can wait for the browser; None where it cannot, and its user pastes the address.
    """

    uri: str
    host: str = ""
    port: int | None = None


@web.get("/developer/apps/<client_id>/programs")
@for_user
def programs(user: User, client_id: str) -> Response:
    client = apps.find(session(), user, client_id)
    shown = [(name, *facts, program(client, name)) for name, facts in LANGUAGES.items()]
    return render(
        "developer/programs.html", user=user, app=client, programs=shown, callback=callback_of(client)
    )


@web.get("/developer/apps/<client_id>/programs/<name>")
@for_user
def program_file(user: User, client_id: str, name: str) -> Response:
    client = apps.find(session(), user, client_id)
    if name not in LANGUAGES:
        abort(404)
    answer = FlaskResponse(program(client, name), mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def program(client: OAuthClient, name: str) -> str:
    """The text of a program, one of LANGUAGES."""
    text = current_app.jinja_env.overlay(trim_blocks=True, lstrip_blocks=True)
    return text.get_template(f"developer/programs/{name}.txt").render(
        base=issuer(),
        app=client,
        callback=callback_of(client),
        query=first_query(client.scope) or FIRST,
        sh=shlex.quote,
        in_url=lambda text: quote(text, safe=""),
    )


def callback_of(client: OAuthClient) -> Callback:
    """The redirect URI that a program on the developer's machine can do most with."""
    for uri in client.redirect_uris:
        parts = urlsplit(uri)
        if parts.scheme != "http" or parts.query or parts.hostname not in ("127.0.0.1", "localhost"):
            continue
        if parts.port:
            return Callback(uri, parts.hostname, parts.port)
        if parts.hostname == "127.0.0.1":
            return Callback(f"http://127.0.0.1:{PORT}{parts.path}", parts.hostname, PORT)
    return Callback(next(iter(client.redirect_uris), ""))
