"""Rendering a page, and the page that says what went wrong."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, make_response, render_template

from app.models import User
from app.models.identity import ADMINISTRATOR
from app.web.headers import protect


def render(template: str, status: int = 200, **values: object) -> Response:
    """A page. Where `user` is among the values, its head shows the pages that this user can go to."""
    text = render_template(template, places=places, **values)
    return protect(make_response(text, status))


def places(user: User) -> list[tuple[str, str]]:
    """The pages' addresses and names, for the head of every page."""
    everybody = [("/developer", "Developer"), ("/account", "Account")]
    return [*everybody, ("/firm", "Firm")] if user.role == ADMINISTRATOR else everybody


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
