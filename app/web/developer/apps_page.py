"""`/developer`: the apps of the user, for an administrator those of the firm."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.models import User
from app.models.identity import ADMINISTRATOR
from app.services import app_use, apps
from app.transactions import session
from app.web.blueprint import web
from app.web.pages import render
from app.web.visitors import for_user


@web.get("/developer")
@for_user
def developer(user: User) -> Response:
    is_administrator = user.role == ADMINISTRATOR
    mine = apps.of_firm(session(), user) if is_administrator else apps.of_developer(session(), user)
    return render(
        "developer/apps.html",
        user=user,
        apps=mine,
        last_uses=app_use.last_uses(session(), mine),
        is_administrator=is_administrator,
        is_first_time=all(app.developer_id is None for app in mine),
    )
