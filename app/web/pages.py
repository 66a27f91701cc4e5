"""Rendering a page, and the page that says what went wrong."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, make_response, render_template

from app.web.csrf import csrf_token
from app.web.headers import protect


def render(template: str, status: int = 200, **values: object) -> Response:
    return protect(make_response(render_template(template, csrf_token=csrf_token, **values), status))


def render_error(status: int, title: str, text: str, details: Mapping[str, str] | None = None) -> Response:
    """The error page; it also serves outside the blueprint, for addresses that lead nowhere.

    Args:
        text: one or two sentences on what the reader can do.
        details: facts to show beside it, by name, such as what an app has sent.
    """
    return render("error.html", status, status_code=status, title=title, text=text, details=details or {})


def form_expired() -> Response:
    return render_error(
        400, "This form has expired", "Go back, load the page again and repeat what you were about to do."
    )
