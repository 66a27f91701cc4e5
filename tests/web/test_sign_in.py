"""Signing in and out, and what the cookie is like."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.extensions import password_hasher
from app.models import BrowserSession, User
from app.models.base import now
from tests.oauth_steps import fields, form_action, log_in

SAME = "do not belong together"


def post(client, email, password, then=""):
    page = client.get("/login", query_string={"next": then}).text
    return client.post(form_action(page), data={**fields(page), "email": email, "password": password})


def test_sign_in_and_out(client, firm):
    answer = log_in(client, firm)
    assert (answer.status_code, answer.location) == (303, "/")
    page = client.get("/").text
    assert "Ada Lovelace" in page
    assert client.post("/logout", data=fields(page)).status_code == 303
    assert "Ada Lovelace" not in client.get("/").text


def test_time_of_the_sign_in_is_kept(app, client, firm):
    log_in(client, firm)
    with app.extensions["database"].session() as session:
        user = session.get_one(User, (firm.firm_id, firm.user_id))
        assert user.last_login_at is not None
        assert user.updated_at <= user.last_login_at


@pytest.mark.parametrize("password", ["wrong password", "", "\0", "é" * 2_000])
def test_wrong_password_and_unknown_user_read_the_same(client, firm, password):
    wrong = post(client, firm.email, password)
    unknown = post(client, "nobody@example.com", password)
    assert wrong.status_code == unknown.status_code == 401
    assert SAME in wrong.text
    assert SAME in unknown.text


@pytest.mark.parametrize("email", ["", "\0", "é", "a" * 10_000, '"><script>'])
def test_any_email_is_survived(client, firm, email):
    answer = post(client, email, firm.password)
    assert answer.status_code == 401
    assert "<script>" not in answer.text


def test_unknown_user_costs_as_much_work(app, client, firm, monkeypatch):
    hashed = []

    class Counting:
        def verify(self, kept, password):
            hashed.append(kept)
            return password_hasher.verify(kept, password)

    monkeypatch.setattr("app.services.passwords.password_hasher", Counting())
    monkeypatch.setattr("app.services.passwords._nobody", lambda: password_hasher.hash("nobody's"))
    with app.extensions["database"].session.begin() as session:
        user = session.get_one(User, (firm.firm_id, firm.user_id))
        user.password_hash = password_hasher.hash(firm.password)
    post(client, firm.email, "wrong password")
    post(client, "nobody@example.com", "wrong password")
    of_a_user, of_nobody = (parameters_of(kept) for kept in hashed)
    assert of_a_user == of_nobody


def parameters_of(kept):
    """Algorithm, version and cost of an argon2 hash."""
    return kept.split("$")[1:4]


@pytest.mark.parametrize("change", [{"is_active": False}, {"login": None}])
def test_user_who_left_cannot_sign_in_and_is_signed_out(app, client, firm, change):
    log_in(client, firm)
    with app.extensions["database"].session.begin() as session:
        user = session.get_one(User, (firm.firm_id, firm.user_id))
        for name, value in change.items():
            setattr(user, name, value)
        if "login" in change:
            user.deleted_at = user.created_at
    assert "Ada Lovelace" not in client.get("/").text
    assert post(client, firm.email, firm.password).status_code == 401


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.com",
        "//evil.com",
        "/\\evil.com",
        "/\t/evil.com",
        "\\\\evil.com",
        "javascript:alert(1)",
        "/a\r\nX: 1",
        "evil",
        "/é",
    ],
)
def test_only_local_paths_are_gone_to(client, firm, then):
    assert log_in(client, firm, then).location == "/"


def test_local_path_is_gone_to(client, firm):
    assert log_in(client, firm, "/oauth/authorize?a=b%20c&d=e").location == "/oauth/authorize?a=b%20c&d=e"


@pytest.mark.parametrize("path", ["/login", "/logout"])
def test_form_without_its_token_is_refused(client, firm, path):
    log_in(client, firm)
    data = {"email": firm.email, "password": firm.password}
    assert client.post(path, data=data).status_code == 400
    assert client.post(path, data={**data, "csrf_token": "é"}).status_code == 400
    assert "Ada Lovelace" in client.get("/").text


def test_session_is_new_after_sign_in(client, firm):
    before = fields(client.get("/login").text)["csrf_token"]
    log_in(client, firm)
    assert fields(client.get("/login").text)["csrf_token"] != before
    old = {"csrf_token": before, "email": firm.email, "password": firm.password}
    assert client.post("/login", data=old).status_code == 400


def test_cookie_is_kept_from_scripts_and_other_sites(client, firm):
    cookie = log_in(client, firm).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_cookie_travels_over_tls_only_in_production(client_with, firm):
    client = client_with(matterbase_env="production", secret_key="a secret of the tests, long enough")
    client.environ_base["wsgi.url_scheme"] = "https"
    assert "; Secure;" in log_in(client, firm).headers["Set-Cookie"]


def test_session_ends_with_its_lifetime(app, client, firm):
    log_in(client, firm)
    with app.extensions["database"].session.begin() as session:
        mine = (BrowserSession.firm_id == firm.firm_id) & (BrowserSession.user_id == firm.user_id)
        session.execute(update(BrowserSession).where(mine).values(expires_at=now()))
    assert "Ada Lovelace" not in client.get("/").text
