"""Requests that a page makes of this server as an app would, in this thread and without a network.

The caller must have no transaction open: on SQLite the request would wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, current_app, request
from werkzeug.test import EnvironBuilder


def call(
    method: str,
    address: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The complete answer.

    Args:
        address: a path that begins with a slash, with a query string perhaps.
        form: what is posted.
    """
    environ = EnvironBuilder(
        path=address,
        base_url=request.url_root,
        method=method,
        data=dict(form or {}),
        headers=list((headers or {}).items()),
        environ_base={"REMOTE_ADDR": request.remote_addr or ""},
    ).get_environ()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context(), app.request_context(environ):
        response: Response = app.full_dispatch_request()
        response.get_data()  # a body that is still to come needs what the request holds
    return response
