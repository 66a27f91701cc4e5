"""What a user sees whose firm has not let an app in: how things stand, and a button to ask."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.auth import signed_in
from app.models import Firm, User
from app.services import app_access, audit
from app.transactions import session, transactional
from app.web.blueprint import web
from app.web.csrf import came_from_our_form
from app.web.pages import form_expired, render
from app.web.refusing import count_refusal
from app.web.session import current_user
from app.web.sign_in import LOCAL_PATH, to_login
from oauth.clients import Client


def not_let_in_yet(client: Client, user: User, then: str) -> Response | None:
    """The page for a user whose firm does not let an app in; None where it does.

    Args:
        then: the local path to come back to.

    Raises:
        TooManyRequests: too many requests from this address were refused.
    """
    standing = app_access.decision(session(), client.client_id, user.firm_id)
    if standing == "allowed":
        return None
    count_refusal()
    audit.record_by(
        session(),
        user,
        "grant.refused",
        client_id=client.client_id,
        address=request.remote_addr,
        reason="The firm has not let this app in.",
    )
    firm = session().get_one(Firm, user.firm_id)
    shown = {"client": client, "standing": standing, "firm": firm, "user": user, "then": then}
    return render("access.html", 403, most=app_access.LONGEST_REASON, **shown)


@web.post("/access-requests")
@signed_in
@transactional
def request_access() -> Response:
    """Ask the firm's administrator to let an app in."""
    then = request.form.get("next", "")
    then = then if LOCAL_PATH.fullmatch(then) else url_for("web.home")
    user = current_user(session())
    if user is None:
        return to_login(then)
    if not came_from_our_form():
        return form_expired()
    reason, client_id = request.form.get("reason"), request.form.get("client_id", "")
    app_access.ask(session(), user, client_id, reason=reason, address=request.remote_addr)
    return redirect(then, 303)
