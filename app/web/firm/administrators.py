"""Who may come here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from werkzeug.wrappers import Response

from app.models import User
from app.services.people import require_administrator
from app.web.visitors import for_user

P = ParamSpec("P")


def for_administrator(view: Callable[Concatenate[User, P], Response]) -> Callable[P, Response]:
    """Hand the administrator to the view, as `for_user` does; everybody else is refused (403)."""

    @wraps(view)
    def guarded(user: User, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        require_administrator(user)
        return view(user, *args, **kwargs)

    return for_user(guarded)
