"""`/device`: the user of a device without a browser types its code here, and decides (RFC 8628 section 3.3)."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.auth import signed_in
from app.models import User
from app.services.throttling import DEVICE_CODE
from app.transactions import session, transactional
from app.web.access import not_let_in_yet
from app.web.blueprint import web
from app.web.consent import facts
from app.web.csrf import came_from_our_form
from app.web.oauth import store
from app.web.pages import form_expired, render
from app.web.session import current_user
from app.web.sign_in import throttle, to_login
from oauth import devices
from oauth.clients import find_client
from oauth.devices import Device
from oauth.tables import Owner


@web.get("/device")
@signed_in
@transactional
def device() -> Response:
    code = request.args.get("user_code", "")
    user = current_user(session())
    if user is None:
        return to_login(url_for("web.device", user_code=code or None))
    return _ask_for_code(user, code)


@web.post("/device")
@signed_in
@transactional
def check_device() -> Response:
    code, decision = request.form.get("user_code", ""), request.form.get("decision")
    user = current_user(session())
    if user is None:
        return to_login(url_for("web.device"))
    if not came_from_our_form():
        return form_expired()
    if wait := throttle().attempt(DEVICE_CODE, user.firm_id, user.id):
        return _slow_down(user, code, wait)
    found = devices.waiting(store(), code)
    if found is None:
        return _ask_for_code(user, code, failed=True)
    throttle().take_back(DEVICE_CODE, user.firm_id, user.id)
    client = find_client(store(), found.client_id)
    if client is None:
        return _ask_for_code(user, code, failed=True)
    if refusal := not_let_in_yet(client, user, url_for("web.device", user_code=code)):
        return refusal
    if decision:
        return _decide(found, user, decision == "approve")
    return render("device_consent.html", **facts(client, found.scope, user), code=code)


def _decide(found: Device, user: User, approved: bool) -> Response:
    if not devices.decide(store(), found, Owner(user.firm_id, user.id), approved=approved):
        return _ask_for_code(user, "", failed=True)
    return render("device_done.html", user=user, approved=approved)


def _ask_for_code(user: User, code: str, *, failed: bool = False) -> Response:
    return render("device.html", 400 if failed else 200, user=user, code=code, failed=failed, wait=0)


def _slow_down(user: User, code: str, wait: int) -> Response:
    answer = render("device.html", 429, user=user, code=code, failed=False, wait=wait)
    answer.headers["Retry-After"] = str(wait)
    return answer
