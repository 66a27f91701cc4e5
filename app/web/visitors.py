"""Pages of the user who is signed in: every view of the developer, account and firm pages begins here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import request
from flask import session as cookie
from werkzeug.wrappers import Response

from app.auth import signed_in
from app.models import User
from app.services import browser_sessions
from app.transactions import session, transactional
from app.web.csrf import came_from_our_form
from app.web.pages import form_expired
from app.web.session import current_user
from app.web.sign_in import to_login

P = ParamSpec("P")


def for_user(view: Callable[Concatenate[User, P], Response]) -> Callable[P, Response]:
    """Hand the user to the view, in one transaction. Whoever is not signed in goes to do so and comes back; a
    form has to be one of ours."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        user = current_user(session())
        if user is None:
            return to_login(this_page())
        if request.method == "POST" and not came_from_our_form():
            return form_expired()
        browser_sessions.note_seen(session(), user, cookie["id"])
        return view(user, *args, **kwargs)

    return signed_in(transactional(guarded))


def this_page() -> str:
    """Where to come back to after the sign-in. A form cannot be sent again by then, so its user begins at the
    first page of the place."""
    if request.method == "GET":
        return request.script_root + request.full_path.rstrip("?")
    return f"{request.script_root}/{request.path.split('/')[1]}"
