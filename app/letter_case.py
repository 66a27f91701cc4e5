"""Addresses in any letter case, because clients of the published APIs rely on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

CASELESS = ("/api/", "/oauth/")
"""The OData door is not among them: names are case-sensitive there (Protocol 4.01, 11.2.1)."""


class AnyLetterCase:
    """Lowers the path of the published APIs and of the OAuth endpoints before it is routed."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Any:
        path = environ["PATH_INFO"]
        lowered = path.lower()
        if lowered != path and lowered.startswith(CASELESS):
            environ["PATH_INFO"] = lowered
        return self._app(environ, start_response)
