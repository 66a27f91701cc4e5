"""Requests that a page makes of this server as an app would: with the app's own headers, and without the user's.

The caller must have no transaction open: on SQLite the request would wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request
from werkzeug.test import EnvironBuilder

from app.inside import dispatch


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
    return dispatch(environ)
