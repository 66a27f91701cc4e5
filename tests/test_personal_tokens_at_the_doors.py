"""A personal access token as a bearer everywhere, and as a password where spreadsheets knock."""

from __future__ import annotations

import base64
import datetime as dt

import pytest

from app.models import User
from app.services import personal_tokens

ROOT = "/odata/v4/Matters"


@pytest.fixture
def ada(session, workplace):
    return session.get_one(User, (workplace.firm_id, workplace.user_id))


@pytest.fixture
def token(session, ada):
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    made, listed = personal_tokens.make(session, ada, name="Excel", scope="matters:read", expires_at=until)
    session.commit()
    return made, listed.id


def ask(app, path, authorization):
    headers = {} if authorization is None else {"Authorization": authorization}
    return app.test_client().get(path, headers=headers)


def basic(name, password):
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.mark.parametrize("path", [ROOT, "/api/v2/matters", "/api/project"])
def test_bearer_works_at_every_door(app, token, path):
    assert ask(app, path, f"Bearer {token[0]}").status_code == 200


def test_its_scope_holds(app, token):
    assert ask(app, "/api/v2/accounts", f"Bearer {token[0]}").status_code == 403
    assert ask(app, "/odata/v4/Accounts", basic("", token[0])).status_code == 403


@pytest.mark.parametrize("name", ["", "the user's", "THE USER'S"])
def test_password_at_the_odata_root(app, workplace, token, name):
    name = {"the user's": workplace.email, "THE USER'S": workplace.email.upper()}.get(name, "")
    assert ask(app, ROOT, basic(name, token[0])).status_code == 200


def test_somebody_elses_name_does_not_go_with_it(app, other_workplace, token):
    for name in (other_workplace.email, "x", "é", " "):
        answer = ask(app, ROOT, basic(name, token[0]))
        assert answer.status_code == (200 if name == " " else 401), name


def test_password_is_taken_nowhere_else(app, token):
    assert ask(app, "/api/v2/matters", basic("", token[0])).status_code == 401


def test_token_of_an_app_is_no_password(app, workplace):
    assert ask(app, ROOT, basic("", workplace.token)).status_code == 401
    assert ask(app, ROOT, basic(workplace.email, workplace.password)).status_code == 401


@pytest.mark.parametrize("origin", ["http://10.0.0.5:8000", "http://localhost.example.com"])
def test_over_plain_http_no_password_is_asked_for_or_taken(app, token, origin):
    asked = app.test_client().get(ROOT, base_url=origin)
    (challenge,) = asked.headers.getlist("WWW-Authenticate")
    assert (asked.status_code, challenge.split()[0]) == (401, "Bearer")
    sent = app.test_client().get(ROOT, base_url=origin, headers={"Authorization": basic("", token[0])})
    assert sent.status_code == 401
    assert "over HTTPS only" in sent.get_json()["error"]["message"]
    (challenge,) = sent.headers.getlist("WWW-Authenticate")
    assert challenge.startswith("Bearer")


@pytest.mark.parametrize(
    "origin",
    [
        "https://firm.example.com",
        "http://localhost:8000",
        "http://127.0.0.1:8000",
        "http://127.8.9.1",
        "http://[::1]:8000",
        "http://matterbase.localhost",
    ],
)
def test_over_tls_and_on_this_machine_a_password_is_taken(app, token, origin):
    browser = app.test_client()
    assert len(browser.get(ROOT, base_url=origin).headers.getlist("WWW-Authenticate")) == 2
    sent = browser.get(ROOT, base_url=origin, headers={"Authorization": basic("", token[0])})
    assert sent.status_code == 200
    batch = {"requests": [{"id": "1", "method": "GET", "url": "Matters"}]}
    answer = browser.post(
        "/odata/v4/$batch", base_url=origin, json=batch, headers={"Authorization": basic("", token[0])}
    )
    assert [each["status"] for each in answer.get_json()["responses"]] == [200]


@pytest.mark.parametrize(
    ("proxies", "proto", "status"), [(1, "https", 200), (1, "http", 401), (0, "https", 401)]
)
def test_a_proxy_that_ends_tls_is_believed_where_the_operator_named_it(
    client_with, token, proxies, proto, status
):
    headers = {"X-Forwarded-Proto": proto, "X-Forwarded-Host": "firm.example.com"}
    answer = client_with(trusted_proxies=proxies).get(
        ROOT,
        base_url="http://10.0.0.5:8000",
        headers={**headers, "Authorization": basic("", token[0])},
    )
    assert answer.status_code == status


@pytest.mark.parametrize("host", ["", "[::1", "é", "a b", "localhost:x"])
def test_any_host_is_survived(app, token, host):
    headers = {"Host": host, "Authorization": basic("", token[0])}
    assert app.test_client().get(ROOT, headers=headers).status_code < 500


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "Basic",
        "Basic x",
        "Basic =",
        "Basic é",
        basic("", ""),
        basic("a\0b", "c\0d"),
        "Basic Og==",
        "Basic /w==",
    ],
)
def test_refusal_offers_both_ways(app, authorization):
    answer = ask(app, ROOT, authorization)
    assert answer.status_code == 401
    bearer, password = answer.headers.getlist("WWW-Authenticate")
    assert bearer.startswith("Bearer")
    assert "error=" not in bearer
    assert password == 'Basic realm="Matterbase", charset="UTF-8"'
    assert list(answer.get_json()) == ["error"]


def test_elsewhere_there_is_one_way(app):
    [challenge] = ask(app, "/api/v2/matters", None).headers.getlist("WWW-Authenticate")
    assert challenge.startswith("Bearer")


def test_revoked_token_is_dead_at_once(app, session, ada, token):
    made, key = token
    personal_tokens.revoke(session, ada, key)
    session.commit()
    for authorization in (f"Bearer {made}", basic("", made)):
        assert ask(app, ROOT, authorization).status_code == 401
