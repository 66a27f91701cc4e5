"""The front page."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.auth import public
from app.extensions import database
from app.web.blueprint import web
from app.web.pages import render
from app.web.session import current_user


@web.get("/")
@public
def home() -> Response:
    with database().session() as session:
        return render("home.html", user=current_user(session))
