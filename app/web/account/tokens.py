"""`/account/tokens`: personal access tokens, each shown once when it is made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.errors import InvalidBody
from app.models import User
from app.models.base import now
from app.services import personal_tokens as tokens
from app.services.scopes import in_words
from app.transactions import session
from app.web import scope_choice, sealed
from app.web.blueprint import web
from app.web.old_password import check_password
from app.web.pages import render
from app.web.scope_choice import ScopeChoice
from app.web.visitors import for_user

NEW = "new_token"
LIVES = {"7": "7 days", "30": "30 days", "90": "90 days", "180": "180 days", "365": "a year"}


@dataclass
class TokenForm:
    """What the user types; it comes back as it was where something is wrong.

    Args:
        days: how long the token is to work, one of LIVES.
    """

    name: str = ""
    choice: ScopeChoice = ScopeChoice()
    days: str = "90"
    wrong: dict[str, list[str]] = field(default_factory=dict)

    @property
    def expires_at(self) -> dt.datetime:
        return now() + dt.timedelta(days=int(self.days) if self.days in LIVES else 0)


@web.get("/account/tokens")
@for_user
def personal_tokens(user: User) -> Response:
    return _page(user, TokenForm(), new=sealed.take(NEW))


@web.post("/account/tokens")
@for_user
def make_personal_token(user: User) -> Response:
    """Whoever has a token has the account without its password, so making one takes it."""
    sent = request.form
    typed = TokenForm(sent.get("name", ""), scope_choice.of_request(), sent.get("days", ""))
    try:
        check_password(user)
        token, made = tokens.make(
            session(),
            user,
            name=typed.name,
            scope=typed.choice.scope,
            expires_at=typed.expires_at,
            address=request.remote_addr,
        )
    except InvalidBody as error:
        typed.wrong = error.fields
        return _page(user, typed, 400)
    sealed.hand_on(NEW, [made.name, token])
    return redirect(url_for("web.personal_tokens"), 303)


@web.post("/account/tokens/<token_id>/revoke")
@for_user
def revoke_personal_token(user: User, token_id: str) -> Response:
    tokens.revoke(session(), user, token_id, address=request.remote_addr)
    flash("The token is revoked. It opens nothing any more.", "done")
    return redirect(url_for("web.personal_tokens"), 303)


def _page(user: User, typed: TokenForm, status: int = 200, new: list[str] | None = None) -> Response:
    return render(
        "account/tokens.html",
        status,
        user=user,
        form=typed,
        new=new,
        lives=LIVES,
        areas=scope_choice.areas(),
        tokens=[(token, in_words(token.scope)) for token in tokens.of(session(), user)],
        longest=tokens.LONGEST_NAME,
    )
