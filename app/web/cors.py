"""Apps that run in a browser may read the answers of some endpoints, from the origins that they registered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Response, make_response, request

from app.web.oauth import store
from oauth.origins import is_registered_origin

P = ParamSpec("P")
PREFLIGHT = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


def for_browser_apps(view: Callable[P, Response]) -> Callable[P, Response]:
    """Let the origins of public apps read the view's answers (Fetch standard, CORS protocol), and answer their
    preflights. Cookies are never part of it."""

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> Response:
        is_preflight = request.method == "OPTIONS"
        response = make_response("", 204) if is_preflight else view(*args, **kwargs)
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin and is_registered_origin(store(), origin):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers.update(PREFLIGHT if is_preflight else {})
        return response

    return wrapper
