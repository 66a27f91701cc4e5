"""`/api/auth`: signing in with a password, opening a firm, and choosing another password.

The sign-in is that of the pages, with its throttling, its second factor and its audit trail; only what it hands
out is another thing: a token instead of a cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, g, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from app.api.bodies import body_of_request, in_words_of, loaded
from app.api.dialects import Dialect
from app.api.documentation import body_of
from app.api.praxis.envelope import envelope_of, enveloped
from app.api.reading import Source
from app.api.refusals import refusals
from app.api.resources import Face, Resource
from app.api.routes import add_route
from app.auth import Caller, public
from app.config import Settings
from app.errors import Forbidden, InvalidBody, NotAuthenticated, TooManyRequests
from app.extensions import database
from app.models import Firm, User
from app.services import audit, firms, password_changes, people, sign_in, sign_in_tokens, throttling
from app.services.sign_in import Outcome
from app.services.throttling import Throttle
from app.transactions import let_others_write, session, transactional
from oauth.scopes import FULL, parse
from schemas import praxis as shapes

SWITCHED_OFF = "Signing in with a password is switched off for this API; connect an app instead."
CLOSED = "Firms cannot register themselves here; ask the operator."
WRONG = "The email address or the password is wrong."
WRONG_CODE = "This code is not right now; send the one that the phone shows, or a recovery code."
NEEDS_CODE = 'This user has a second factor; send its code beside the password, as "code".'
CURRENT = "currentPassword"
FOR_SIGN_INS = "A password is changed with a token of /api/auth/login, which no app was given."


class Accounts:
    """The operations of `/api/auth`.

    Args:
        users: the users as this door shows them.
    """

    def __init__(self, users: Source) -> None:
        self._users = users

    def login(self) -> Response:
        _refuse_unless_on()
        given = loaded(shapes.Login(), body_of_request())
        user = _proved(given["email"], given["password"], given["code"])
        return self._welcome(user)

    def register(self) -> Response:
        _refuse_unless_on()
        if not _settings().firms_register:
            raise Forbidden(CLOSED)
        given = loaded(shapes.Register(), body_of_request())
        _wait(_throttle().attempt(throttling.NEW_FIRM, throttling.network_of(request.remote_addr)))
        return self._welcome(_opened(given), 201)

    def me(self) -> Response:
        user = self._users.one(g.caller, g.caller.user_id)
        with database().session() as work:
            firm = _firm(work.get_one(Firm, g.caller.firm_id))
        return enveloped({**user, "firm": firm})

    def change_password(self) -> Response:
        """The other browsers and programs are signed out; apps and personal tokens go on."""
        given = loaded(shapes.ChangePassword(), body_of_request())
        try:
            _change(given["current_password"], given["new_password"])
        except InvalidBody as error:
            if CURRENT in error.fields:
                _note_refusal()
            raise
        return enveloped({"message": "The password is changed; other sign-ins have ended."})

    def _welcome(self, user: User, status: int = 200) -> Response:
        """A token; its parts stand in the envelope as the document prints them, and in its data."""
        with database().session.begin() as work:
            lifetime = _settings().access_token_lifetime
            token, expires_at = sign_in_tokens.make(
                work, user, lifetime=lifetime, program=request.user_agent.string
            )
            firm = _firm(work.get_one(Firm, user.firm_id))
        caller = Caller(user.firm_id, user.id, None, user.role, parse(FULL))
        with database().reading() as g.reader:
            g.caller = caller
            shown = self._users.one(caller, user.id)
        told = {
            "token": token,
            "expiresAt": f"{expires_at:%Y-%m-%dT%H:%M:%SZ}",
            "user": shown,
            "firm": firm,
        }
        return enveloped(told, {"Cache-Control": "no-store"}, status, told)


def _proved(email: str, password: str, code: str | None) -> User:
    """The user with this password, and with this code where there is a second factor.

    Raises:
        NotAuthenticated: a proof is missing or wrong.
        TooManyRequests: there were too many tries.
    """
    sessions, address = database().session, request.remote_addr
    found = sign_in.sign_in(sessions, _throttle(), email, password, address=address)
    if found.outcome is Outcome.NEEDS_CODE and found.user is not None:
        if not (code or "").strip():
            raise NotAuthenticated(NEEDS_CODE, token_sent=False)
        whose, key = found.user, str(current_app.secret_key)
        found = sign_in.give_code(
            sessions, _throttle(), key, whose.firm_id, whose.id, code or "", address=address
        )
        if found.outcome is Outcome.WRONG:
            raise NotAuthenticated(WRONG_CODE, token_sent=False)
    _wait(found.wait)
    if found.outcome is not Outcome.OK or found.user is None:
        raise NotAuthenticated(WRONG, token_sent=False)
    return found.user


@transactional
def _opened(given: dict[str, Any]) -> User:
    try:
        firm, user = firms.open_with_an_account(
            session(),
            given["firm_name"],
            email=given["email"],
            password=given["password"],
            first_name=given["first_name"],
            last_name=given["last_name"],
        )
    except InvalidBody as error:
        names = {"name": "firm_name", **{name: name for name in error.fields if name != "name"}}
        fields = {names[name]: texts for name, texts in error.fields.items()}
        raise InvalidBody(in_words_of(shapes.Register(), fields)) from None
    audit.record_by(session(), user, "firm.opened", address=request.remote_addr, name=firm.name)
    people.note_sign_in(session(), user)
    return user


@transactional
def _change(old: str, new: str) -> None:
    """
    Raises:
        InvalidBody: a password will not do.
    """
    user = people.find_active(session(), g.caller.firm_id, g.caller.user_id)
    if user is None:
        raise NotAuthenticated(WRONG, token_sent=True)
    if not sign_in_tokens.is_one(session(), user, g.caller.grant_id):
        raise Forbidden(FOR_SIGN_INS)
    whose, address = (user.firm_id, user.id), request.remote_addr
    _wait(_throttle().attempt(throttling.OLD_PASSWORD, *whose))
    let_others_write()
    try:
        password_changes.change(session(), user, old, new, token=g.caller.grant_id, address=address)
    except InvalidBody as error:
        if "old" not in error.fields:
            _throttle().forget(throttling.OLD_PASSWORD, *whose)
        names = {"old": CURRENT, "password": "newPassword"}
        raise InvalidBody({names[name]: texts for name, texts in error.fields.items()}) from None
    _throttle().forget(throttling.OLD_PASSWORD, *whose)


def _note_refusal() -> None:
    """Keep it in the audit trail, in a transaction of its own: that of the request has come to nothing."""
    with database().session.begin() as work:
        user = work.get_one(User, (g.caller.firm_id, g.caller.user_id))
        audit.record_by(work, user, "proof.refused", address=request.remote_addr, page=request.path)


def _refuse_unless_on() -> None:
    if not _settings().api_sign_in:
        raise Forbidden(SWITCHED_OFF)


def _wait(seconds: int) -> None:
    if seconds:
        raise TooManyRequests(f"There were too many tries; wait {seconds} seconds, then go on.", seconds)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _throttle() -> Throttle:
    found: Throttle = current_app.extensions["throttle"]
    return found


def _firm(firm: Firm) -> dict[str, Any]:
    return {"id": firm.id, "name": firm.name}


def add_routes(blueprint: Blueprint, resource: Resource, face: Face, dialect: Dialect) -> None:
    """Add the routes; those by which one signs in are open."""
    accounts = Accounts(Source(resource, face, face.detailed))
    address = f"{dialect.prefix}/{face.path}"
    signed_in = _answer_with_token()
    for name, handler, shape, status, summary in (
        ("login", accounts.login, shapes.Login, 200, "Sign in with a password and get a token"),
        ("register", accounts.register, shapes.Register, 201, "Open a firm with its administrator"),
    ):
        document = {"summary": summary, "security": [], **body_of(shape), **refusals(400, 401, 403, 429)}
        _add_open_route(blueprint, f"{address}/{name}", name, handler, signed_in, document, status)
    me = envelope_of("UserAnswer", fields.Nested(shapes.User))
    read = f"{resource.area}:read"
    add_route(blueprint, f"{address}/me", "me", "GET", read, accounts.me, me, {"summary": "Who is asking"})
    changed = envelope_of("PasswordAnswer", fields.Dict())
    document = {"summary": "Choose another password", "description": FOR_SIGN_INS}
    add_route(
        blueprint,
        f"{address}/change-password",
        "change_password",
        "POST",
        f"{resource.area}:write",
        accounts.change_password,
        changed,
        {**document, **body_of(shapes.ChangePassword)},
    )


def _answer_with_token() -> Schema:
    parts = shapes.SignedIn().fields
    return envelope_of("SignedInAnswer", fields.Nested(shapes.SignedIn), **parts)


def _add_open_route(
    blueprint: Blueprint,
    address: str,
    endpoint: str,
    handler: Callable[[], Response],
    shows: Schema,
    document: dict[str, Any],
    status: int,
) -> None:
    def view() -> Response:
        return handler()

    view.__name__ = endpoint
    documented = blueprint.doc(**document)(blueprint.response(status, shows)(view))
    blueprint.add_url_rule(address, endpoint, public(documented), methods=["POST"])
