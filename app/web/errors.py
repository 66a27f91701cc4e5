"""How an error is shown to a person in a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response

from app.web.pages import render_error

TITLES = {
    403: "This is not for you",
    404: "Nothing is here",
    405: "That does not work here",
    409: "Somebody was faster",
    429: "One moment, please",
}


def error_page(
    status: int, code: str, message: str, fields: Mapping[str, Sequence[str]], target: str | None
) -> Response:
    """The page for an error that a handler has put into words."""
    details = {name: " ".join(texts) for name, texts in fields.items()}
    return render_error(status, TITLES.get(status, "This did not work"), message, details)
