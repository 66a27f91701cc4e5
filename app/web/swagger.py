"""Swagger UI at `/swagger`, served from the files of the installed package: nothing comes from elsewhere.

Its Authorize button runs the code flow with PKCE against this server.
"""

from __future__ import annotations

from importlib.resources import as_file, files

from flask import Blueprint, Response, make_response, render_template, send_from_directory

from app.auth import public

FILES = files("flask_swagger_ui") / "dist"
# Swagger UI writes style attributes; it needs no script but its own, and speaks to no other host.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

swagger = Blueprint("swagger", __name__, template_folder="templates", url_prefix="/swagger")


@swagger.after_request
def protect(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@swagger.get("", strict_slashes=False)
@public
def page() -> Response:
    return make_response(render_template("swagger.html"))


@swagger.get("/<path:name>")
@public
def file(name: str) -> Response:
    """A file of Swagger UI, `oauth2-redirect.html` among them."""
    with as_file(FILES) as folder:
        return send_from_directory(folder, name)
