"""Puts the application together."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import auth, cli, error_handlers, rate_limits, realtime, web
from app.api import doors, health, odata, odata_batch, odata_writes, reading, webhooks
from app.api.resources import RESOURCES
from app.browser_apps import ForBrowserApps
from app.config import Settings, settings_from
from app.extensions import init_database
from app.letter_case import AnyLetterCase
from app.routing import Route
from app.secret import secret_of
from app.services import changes
from app.services.file_store import FileStore
from app.web.errors import error_page


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application.

    Args:
        settings: read from the environment when left out.

    Raises:
        ConfigurationError: a setting will not do.
    """
    settings = settings or settings_from()
    app = Flask(__name__, static_folder=None)
    # No view is a coroutine, and asking each of them takes 10 µs a request.
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]
    app.url_rule_class = Route
    app.extensions["settings"] = settings
    app.secret_key = secret_of(settings)
    app.config.update(doors.openapi_settings(), MAX_CONTENT_LENGTH=settings.max_body_size)
    database = init_database(app, settings)
    app.extensions["file_store"] = FileStore(settings.files)
    changes.watch(database.session)
    auth.init_app(app)
    rate_limits.init_app(app, settings)
    reading.init_app(app, settings, database)
    webhooks.init_app(app, settings)
    doors.init_app(app)
    odata.init_app(app)
    odata_writes.init_app(app)
    odata_batch.init_app(app)
    health.init_app(app)
    web.init_app(app)
    realtime.init_app(app, settings, database, {each.model: each.area for each in reversed(RESOURCES)})
    error_handlers.init_app(app, error_page)
    cli.init_app(app)
    app.wsgi_app = AnyLetterCase(ForBrowserApps(app.wsgi_app, database))  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops, hops)  # type: ignore[method-assign]
    return app


main = cli.Program(create_app)
