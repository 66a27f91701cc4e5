"""Whether this process can answer: for load balancers and for whoever is on call."""

from __future__ import annotations

from flask import Flask, Response

from app.api.reading import json_answer
from app.auth import public
from app.extensions import database


def init_app(app: Flask) -> None:
    app.add_url_rule("/health", view_func=health)


@public
def health() -> Response:
    """200 while the database answers; where it does not, the error handler makes it a 503."""
    with database().reading() as connection:
        connection.execute("SELECT 1").fetchone()
    return json_answer({"status": "ok"})
