"""`…/try`: the code flow from a button, with every request and answer on a page."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.auth import signed_in
from app.errors import InvalidBody
from app.extensions import database
from app.models import OAuthClient, User
from app.services import apps, grants
from app.transactions import session
from app.web.blueprint import web
from app.web.developer import trial
from app.web.developer.redirect_lines import allows_dotless_schemes
from app.web.pages import render
from app.web.session import current_user
from app.web.sign_in import to_login
from app.web.visitors import for_user, this_page

LONGEST_SECRET = 200
"""Characters; longer than any, and short enough for a cookie."""


@web.post("/developer/apps/<client_id>/try")
@for_user
def begin_trial(user: User, client_id: str) -> Response:
    client = apps.find(session(), user, client_id)
    secret = request.form.get("client_secret", "").strip()[:LONGEST_SECRET]
    if client.is_confidential and not secret:
        flash("To try the flow, type the app's secret: it proves that the app is yours.", "problem")
        return redirect(url_for("web.app_page", client_id=client_id), 303)
    uris = dict.fromkeys([*client.redirect_uris, trial.redirect_uri(client_id)])
    try:
        _register(session(), user, client, list(uris))
    except InvalidBody as error:
        flash(" ".join(error.fields["redirect_uris"]), "problem")
        return redirect(url_for("web.app_page", client_id=client_id), 303)
    return redirect(trial.begin(client, secret if client.is_confidential else ""), 303)


@web.get("/developer/apps/<client_id>/try/callback")
@signed_in
def finish_trial(client_id: str) -> Response:
    with database().session.begin() as work:
        user = current_user(work)
        if user is None:
            return to_login(this_page())
        client = apps.find(work, user, client_id)
        begun = trial.take(client_id, request.args.get("state", ""))
        others = [uri for uri in client.redirect_uris if uri != trial.redirect_uri(client_id)]
        if begun and others:
            _register(work, user, client, others)
    try:
        steps = trial.run(client, begun, request.args.to_dict()) if begun else []
    finally:  # whatever the browser brought back ends here, also that of a try which was over or fails
        with database().session.begin() as work:
            grants.revoke_by_code(work, user, request.args.get("code", ""), address=request.remote_addr)
    if not begun:
        return render("developer/trial_over.html", 400, user=user, app=client)
    failed = next((number for number, step in enumerate(steps, 1) if not step.worked), None)
    denied = request.args.get("error") == "access_denied"
    return render("developer/trial.html", user=user, app=client, steps=steps, failed=failed, denied=denied)


def _register(work: Session, user: User, client: OAuthClient, uris: list[str]) -> None:
    apps.change(
        work,
        user,
        client.client_id,
        address=request.remote_addr,
        allows_dotless_schemes=allows_dotless_schemes(),
        redirect_uris=uris,
    )
