"""The firm's users: adding, raising, demoting, switching off, and helping those who are locked out."""

from __future__ import annotations

import secrets
from types import SimpleNamespace

import pyotp
import pytest
from argon2 import PasswordHasher

from app.services import passwords, second_factor
from tests.firms import password_hash
from tests.oauth.test_devices import DEVICE_CODE, begin, poll, type_code
from tests.oauth_steps import authorize_url, decide, fields, log_in, opens, redeem, sent_back
from tests.web.people import PASSWORD, Portal, connect, events, shown_once, user_of

UNKNOWN = "00000000-0000-0000-0000-000000000000"


def page_of(database, somebody):
    return f"/firm/users/{user_of(database, somebody).id}"


def act(database, administrator, somebody, name, password=PASSWORD):
    return administrator.post(page_of(database, somebody), {"act": name, "old": password})


def signs_in(app, email, password):
    return log_in(app.test_client(), SimpleNamespace(email=email, password=password)).status_code == 303


def test_list_has_everybody_of_the_firm_and_nobody_else(ada, bob, stranger):
    page = ada.page("/firm/users")
    assert bob.email in page
    assert ada.email in page
    assert stranger.email not in page


def test_new_user_signs_in_with_the_password_that_is_shown_once(app, database, workplace, ada):
    email = f"grace.{secrets.token_hex(6)}@example.com"
    typed = {"email": email, "first_name": "Grace", "last_name": "Hopper", "old": PASSWORD}
    answer = ada.post("/firm/users/new", typed)
    (password,) = shown_once(ada.follow(answer))
    assert password not in ada.page(answer.location)
    assert signs_in(app, email, password)
    (event,) = events(database, workplace, "user.created")
    assert event.details["email"] == email
    assert password not in str(event.details)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "nobody"}, "This is not an email address."),
        ({"email": ""}, "This is not an email address."),
        ({"email": "a\0@example.com"}, "This is not an email address."),
        ({"first_name": "x" * 101}, "at most 100 printable characters"),
        ({"last_name": "a\0b"}, "at most 100 printable characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(ada, typed, sentence):
    whole = {
        "email": f"{secrets.token_hex(6)}@example.com",
        "first_name": "Grace",
        "last_name": "Hopper",
    } | typed
    answer = ada.post("/firm/users/new", {"old": PASSWORD, **whole})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert all(f'value="{text}"' in answer.text for text in whole.values() if "\0" not in text)


def test_address_that_is_taken(ada, stranger):
    answer = ada.post("/firm/users/new", {"email": stranger.email.upper(), "old": PASSWORD})
    assert "Somebody already signs in with this address." in answer.text


def test_nobody_is_added_without_the_administrators_password(app, database, workplace, ada):
    email = f"grace.{secrets.token_hex(6)}@example.com"
    for password in ("", "wrong"):
        answer = ada.post("/firm/users/new", {"email": email, "first_name": "Grace", "old": password})
        assert (answer.status_code, "This is not your password." in answer.text) == (400, True)
        assert f'value="{email}"' in answer.text
    assert email not in ada.page("/firm/users")
    refused = events(database, workplace, "proof.refused")
    assert [(event.user_id, event.address, event.details) for event in refused] == [
        (workplace.user_id, "127.0.0.1", {"page": "/firm/users/new"})
    ] * 2


def test_member_becomes_administrator_and_member_again(database, workplace, ada, bob):
    assert "is an administrator now" in ada.follow(act(database, ada, bob, "administrator"))
    assert bob.get("/firm").status_code == 200
    ada.follow(act(database, ada, bob, "member"))
    assert bob.get("/firm").status_code == 403
    roles = [event.details["role"] for event in events(database, workplace, "user.changed")]
    assert roles == ["administrator", "member"]


@pytest.mark.parametrize("name", ["administrator", "password", "off"])
def test_nothing_is_done_without_the_password(app, database, ada, bob, name):
    answer = act(database, ada, bob, name, password="wrong")
    assert answer.status_code == 400
    assert "This is not your password." in answer.text
    assert f'value="{name}" required checked' in answer.text
    assert not shown_once(answer.text)
    assert (user_of(database, bob).role, user_of(database, bob).is_active) == ("member", True)
    assert signs_in(app, bob.email, PASSWORD)


@pytest.mark.parametrize("name", ["", "member", "on", "second_factor", "nonsense"])
def test_what_cannot_be_done_now_is_not(database, ada, bob, name):
    answer = act(database, ada, bob, name)
    assert (answer.status_code, "Choose what to do." in answer.text) == (400, True)


def test_whoever_is_switched_off_is_out_at_once(app, database, ada, bob, ledger):
    token = connect(database, bob, ledger, "full")
    assert opens(app.test_client(), token)
    ada.follow(act(database, ada, bob, "off"))
    assert not opens(app.test_client(), token)
    assert bob.get("/account").status_code == 303
    assert not signs_in(app, bob.email, PASSWORD)


def test_whoever_is_switched_on_again_begins_anew(app, database, ada, bob, ledger):
    token = connect(database, bob, ledger, "full")
    ada.follow(act(database, ada, bob, "off"))
    ada.follow(act(database, ada, bob, "on"))
    assert signs_in(app, bob.email, PASSWORD)
    assert not opens(app.test_client(), token)


@pytest.mark.parametrize("name", ["member", "off"])
def test_last_administrator_stays(database, ada, name):
    answer = act(database, ada, ada, name)
    assert answer.status_code == 409
    assert "A firm keeps at least one administrator" in answer.text
    assert (user_of(database, ada).role, user_of(database, ada).is_active) == ("administrator", True)
    assert ada.get("/firm").status_code == 200


def test_no_slow_hash_is_computed_within_a_transaction(database, ada, bob, monkeypatch):
    """On SQLite every other writer would wait for it."""
    open_transactions = []

    class Watched(PasswordHasher):
        def hash(self, password):
            open_transactions.append(database.writer.pool.checkedout())
            return password_hash()

        def verify(self, kept, password):
            open_transactions.append(database.writer.pool.checkedout())
            return super().verify(kept, password)

    monkeypatch.setattr(passwords, "password_hasher", Watched())
    email = f"grace.{secrets.token_hex(6)}@example.com"
    ada.follow(ada.post("/firm/users/new", {"email": email, "old": PASSWORD}))
    ada.follow(act(database, ada, bob, "password"))
    new = {"old": PASSWORD, "password": "another horse, another battery"}
    ada.follow(ada.post("/account/password", {**new, "again": new["password"]}))
    assert open_transactions == [0] * 6


def test_forgotten_password_is_replaced(app, database, workplace, ada, bob):
    (password,) = shown_once(ada.follow(act(database, ada, bob, "password")))
    assert signs_in(app, bob.email, password)
    assert not signs_in(app, bob.email, PASSWORD)
    assert bob.get("/account").status_code == 303
    (event,) = events(database, workplace, "password.changed")
    assert event.details == {"of": user_of(database, bob).id, "grants": 0}


@pytest.mark.parametrize("shut_out", ["given a new password", "switched off", "deleted by an app"])
def test_whoever_is_shut_out_leaves_nothing_that_opens_the_firm(
    app, database, workplace, ada, bob, ledger, register_app, shut_out
):
    browser, elsewhere, user = app.test_client(), Portal(app, bob.email), user_of(database, bob)
    typed = {"name": "Excel", "access": "full", "days": "7", "old": PASSWORD}
    (personal,) = shown_once(bob.follow(bob.post("/account/tokens", typed)))
    connected = connect(database, bob, ledger, "full")
    asked = register_app()
    code = sent_back(decide(bob.browser, bob.get(authorize_url(asked)), "approve"))["code"]
    device = register_app(grant_types=[DEVICE_CODE], redirect_uris=[])
    codes = begin(browser, device)
    page = type_code(bob.browser, codes["user_code"])
    bob.browser.post("/device", data={**fields(page.text), "decision": "approve"})

    if shut_out == "deleted by an app":
        workplace.ok("DELETE", f"/api/v2/users?id={user.id}")
        (event,) = events(database, workplace, "user.deleted")
        assert (event.user_id, event.client_id) == (workplace.user_id, workplace.client_id)
        assert (event.address, event.details["of"]) == ("127.0.0.1", user.id)
        assert event.details["name"] == "Bob Bell"
    else:
        ada.follow(act(database, ada, bob, "off" if shut_out == "switched off" else "password"))

    assert [opens(browser, token) for token in (personal, connected)] == [False, False]
    assert redeem(browser, asked, code).get_json()["error"] == "invalid_grant"
    assert poll(browser, device, codes).get_json()["error"] == "access_denied"
    assert [each.get("/account").status_code for each in (bob, elsewhere)] == [303, 303]
    assert "Bob Bell" not in ada.page("/firm/grants")


def test_lost_phone_is_forgiven(app, database, workplace, ada, bob):
    user = user_of(database, bob)
    with database.session.begin() as work:
        user, key = work.merge(user, load=False), str(app.secret_key)
        phone = pyotp.TOTP(second_factor.begin(work, user, key).secret)
        second_factor.confirm(work, user, key, phone.now())
    ada.follow(act(database, ada, bob, "second_factor"))
    assert user_of(database, bob).totp_secret is None
    assert len(events(database, workplace, "second_factor.switched_off")) == 1


@pytest.mark.parametrize("name", ["password", "second_factor"])
def test_ones_own_are_on_ones_own_pages(database, ada, name):
    assert act(database, ada, ada, name).status_code == 400
    assert "your account's pages" in ada.page(page_of(database, ada))


def test_users_of_other_firms_are_not_found(database, ada, stranger):
    path = page_of(database, stranger)
    assert ada.get(path).status_code == 404
    assert ada.post(path, {"act": "off", "old": PASSWORD}).status_code == 404
    assert user_of(database, stranger).is_active


@pytest.mark.parametrize("user_id", ["x", "%00", UNKNOWN, "x" * 3_000])
def test_unknown_user(ada, user_id):
    assert ada.get(f"/firm/users/{user_id}").status_code == 404
    assert ada.post(f"/firm/users/{user_id}", {"act": "off", "old": PASSWORD}).status_code == 404
