"""`/developer/apps/<client_id>`: one app, its use, and what went wrong last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from flask import current_app
from werkzeug.wrappers import Response

from app.config import Settings
from app.models import OAuthClient, User
from app.models.base import now
from app.services import app_use, apps
from app.services.scopes import in_words
from app.transactions import session
from app.web.blueprint import web
from app.web.developer.refusals import in_sentences
from app.web.developer.secret import SHOWN_SECRET
from app.web.pages import render
from app.web.visitors import for_user


@web.get("/developer/apps/<client_id>")
@for_user
def app_page(user: User, client_id: str) -> Response:
    return page(user, apps.find(session(), user, client_id))


def page(
    user: User,
    client: OAuthClient,
    status: int = 200,
    *,
    wrong: Mapping[str, Sequence[str]] | None = None,
    overlap: str = str(apps.OVERLAP),
) -> Response:
    """The page of an app that the user may manage.

    Args:
        wrong: the sentences that go beside the fields of the form for a new secret.
        overlap: what was typed there, in hours.
    """
    client_id = client.client_id
    until = client.previous_secret_until
    settings = cast(Settings, current_app.extensions["settings"])
    return render(
        "developer/app.html",
        status,
        user=user,
        app=client,
        abilities=in_words(client.scope),
        secret=SHOWN_SECRET.take(client_id),
        old_secret_until=until if until and until > now() else None,
        overlap=overlap,
        wrong=wrong or {},
        longest_overlap=apps.LONGEST_OVERLAP,
        use=app_use.use(session(), client),
        last_used_at=app_use.last_uses(session(), [client]).get(client_id),
        refusals=[(refusal.at, in_sentences(refusal)) for refusal in app_use.last_errors(session(), client)],
        requests=app_use.requests(session(), client),
        per_minute=settings.rate_limit and (client.requests_per_minute or settings.rate_limit),
    )
