"""`/oauth/authorize`: the app sends its user here, the user decides, and goes back with the answer."""

from __future__ import annotations

from urllib.parse import urlencode

from authlib.oauth2.rfc6749 import OAuth2Error
from flask import request, url_for
from werkzeug.wrappers import Response

from app.auth import signed_in
from app.models import User
from app.transactions import session, transactional
from app.web.access import not_let_in_yet
from app.web.blueprint import web
from app.web.consent import consent_page, must_ask
from app.web.csrf import came_from_our_form
from app.web.oauth import authorization_server, oauth_request, respond
from app.web.pages import form_expired, render_error
from app.web.refusing import count_refusal
from app.web.session import current_user
from app.web.sign_in import to_login
from oauth.grants import AuthorizationCode
from oauth.server import AuthorizationServer
from oauth.tables import Owner


@web.route("/oauth/authorize", methods=["GET", "POST"])
@signed_in
@transactional
def authorize() -> Response:
    server = authorization_server()
    try:
        grant = server.get_consent_grant(oauth_request(request.args))
    except OAuth2Error as error:
        return _refuse(server, error)
    user = current_user(session())
    if user is None or (_wants("login") and request.method == "GET"):
        return to_login(_this_page_without("login"))
    if refusal := not_let_in_yet(grant.client, user, _this_page_without()):
        return refusal
    if request.method == "POST":
        return _decide(server, grant, user)
    if _wants("consent") or must_ask(server, grant, user):
        return consent_page(grant, user)
    return _answer(server, grant, user, approved=True)


def _decide(server: AuthorizationServer, grant: AuthorizationCode, user: User) -> Response:
    if not came_from_our_form():
        return form_expired()
    return _answer(server, grant, user, approved=request.form.get("decision") == "approve")


def _answer(server: AuthorizationServer, grant: AuthorizationCode, user: User, *, approved: bool) -> Response:
    """Send the browser back to the app, with a code if the user approves."""
    return respond(server.answer_consent(grant, Owner(user.firm_id, user.id), approved=approved))


def _refuse(server: AuthorizationServer, error: OAuth2Error) -> Response:
    """Tell the app what is wrong where its address can be trusted, else the person in front of the screen.

    Raises:
        TooManyRequests: too many requests from this address were refused; this one leaves no trace.
    """
    count_refusal()
    if error.redirect_uri:
        return respond(server.send_back(error))
    sent = {name: request.args[name] for name in ("client_id", "redirect_uri") if name in request.args}
    return render_error(
        400,
        "This app cannot be connected",
        f"{error.description} Nothing was shared. The developer of the app can mend this ({error.error}).",
        sent,
    )


def _wants(prompt: str) -> bool:
    return prompt in request.args.get("prompt", "").split()


def _this_page_without(prompt: str | None = None) -> str:
    """The address of this request, less the prompt that is being honoured now."""
    parameters = request.args.copy()
    prompts = [word for word in parameters.pop("prompt", "").split() if word != prompt]
    if prompts:
        parameters["prompt"] = " ".join(prompts)
    return f"{url_for('web.authorize')}?{urlencode(list(parameters.items(multi=True)))}"
