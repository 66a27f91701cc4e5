"""Pages for people, and the OAuth endpoints that their apps are sent to."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from app.auth import open_endpoint
from app.config import Settings
from app.web import (  # noqa: F401 - they add their routes to `web`
    access,
    account,
    app_endpoints,
    authorize,
    developer,
    device,
    firm,
    home,
    logos,
    metadata,
    registration,
    sign_in,
    transport,
)
from app.web.blueprint import web
from app.web.csrf import csrf_token
from app.web.session import PageSessions
from app.web.swagger import swagger


def init_app(app: Flask) -> None:
    """Add the pages to the application, and set how their session cookie travels."""
    settings: Settings = app.extensions["settings"]
    app.session_interface = PageSessions()
    app.config.update(
        SESSION_COOKIE_NAME="matterbase_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_production,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=settings.session_lifetime),
    )
    app.jinja_env.globals["is_for_trying_out"] = not settings.is_production
    app.jinja_env.globals["csrf_token"] = csrf_token
    app.register_blueprint(web)
    app.register_blueprint(swagger)
    open_endpoint(app, "web.static")
