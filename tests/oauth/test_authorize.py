"""What `/oauth/authorize` refuses, and whom it tells."""

from __future__ import annotations

import pytest

from tests.oauth_steps import authorize_url, decide, fields, log_in, new_code, sent_back

CHALLENGE = "c" * 43


@pytest.mark.parametrize(
    "uri",
    [
        "https://app.example.com/callback/",
        "https://app.example.com/Callback",
        "https://app.example.com/callback?a=1",
        "https://app.example.com/callback/more",
        "https://app.example.com:444/callback",
        "http://app.example.com/callback",
        "https://app.example.com.evil.com/callback",
        "https://app.example.com@evil.com/callback",
        "javascript:alert(1)",
        "https://app.example.com/callback\r\nX-Evil: 1",
        'https://é"\\\0.example.com/',
        "//evil.com",
    ],
)
def test_unregistered_redirect_is_an_error_page_that_says_what_was_sent(client, oauth_app, uri):
    answer = client.get(authorize_url(oauth_app, redirect_uri=uri))
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "redirect_uri" in answer.text
    assert oauth_app.client_id in answer.text


@pytest.mark.parametrize("client_id", ["nobody", "", None, "\0", 'é"\\', "x" * 5000])
def test_unknown_client_is_an_error_page(client, oauth_app, client_id):
    answer = client.get(authorize_url(oauth_app, client_id=client_id))
    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": 'é"\\'}, "unsupported_response_type"),
        ({"response_type": "code token"}, "unsupported_response_type"),
        ({"response_type": None}, "invalid_request"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": "full everything"}, "invalid_scope"),
        ({"scope": "briefs:read"}, "invalid_scope"),
        ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": CHALLENGE}, "invalid_request"),
        ({"code_challenge_method": "S256"}, "invalid_request"),
        ({"code_challenge": "c" * 42, "code_challenge_method": "S256"}, "invalid_request"),
        ({"code_challenge": CHALLENGE + "\n", "code_challenge_method": "S256"}, "invalid_request"),
    ],
)
def test_wrong_request_is_told_to_the_app(client, oauth_app, parameters, error):
    back = sent_back(client.get(authorize_url(oauth_app, **parameters)))
    assert back["error"] == error
    assert back["state"] == "s t&te=1"
    assert back["iss"] == "http://localhost"
    assert "code" not in back


def test_repeated_parameter_is_told_to_the_app(client, oauth_app):
    for repeated in ("scope=read&scope=read", "state=other", "prompt=login&prompt=login"):
        answer = client.get(f"{authorize_url(oauth_app)}&{repeated}")
        assert sent_back(answer)["error"] == "invalid_request"


@pytest.mark.parametrize("name", ["client_id", "redirect_uri"])
def test_repeated_address_is_told_to_the_user(client, oauth_app, name):
    assert client.get(f"{authorize_url(oauth_app)}&{name}=x").status_code == 400


@pytest.mark.parametrize("options", [{"requires_pkce": True}, {"confidential": False}])
def test_pkce_is_asked_of_public_apps_and_of_those_that_did_not_opt_out(client, register_app, options):
    back = sent_back(client.get(authorize_url(register_app(**options))))
    assert back["error"] == "invalid_request"


def test_app_gets_no_more_than_it_registered_for(client, register_app):
    app = register_app(scope="read")
    assert sent_back(client.get(authorize_url(app, scope="full")))["error"] == "invalid_scope"


def test_scope_of_the_registration_is_the_default(client, firm, register_app):
    log_in(client, firm)
    page = client.get(authorize_url(register_app(scope="read")))
    assert "without changing it" in page.text
    assert "Read, add, change and delete" not in page.text


def test_loopback_redirect_matches_any_port(client, firm, register_app):
    app = register_app(redirect_uris=["http://127.0.0.1/cb"])
    log_in(client, firm)
    page = client.get(authorize_url(app, redirect_uri="http://127.0.0.1:51234/cb"))
    assert decide(client, page, "approve").location.startswith("http://127.0.0.1:51234/cb?code=")


def test_private_scheme_is_sent_back_to(client, firm, register_app):
    app = register_app(redirect_uris=["com.example.app:/cb"])
    log_in(client, firm)
    assert decide(client, client.get(authorize_url(app)), "approve").location.startswith(
        "com.example.app:/cb?code="
    )


def test_redirect_uri_keeps_its_own_query(client, firm, register_app):
    app = register_app(redirect_uris=["https://app.example.com/cb?tenant=a+b"])
    log_in(client, firm)
    back = sent_back(decide(client, client.get(authorize_url(app)), "approve"))
    assert back["tenant"] == "a b"
    assert back["code"]


def test_denial_is_told_to_the_app(client, firm, oauth_app):
    log_in(client, firm)
    back = sent_back(decide(client, client.get(authorize_url(oauth_app)), "deny"))
    assert (back["error"], back["state"], back["iss"]) == ("access_denied", "s t&te=1", "http://localhost")


def test_decision_without_the_csrf_token_is_refused(client, firm, oauth_app):
    log_in(client, firm)
    answer = client.post(authorize_url(oauth_app), data={"decision": "approve"})
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_no_cors_headers(client, firm, oauth_app):
    log_in(client, firm)
    answer = client.get(authorize_url(oauth_app), headers={"Origin": "https://evil.example.com"})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_consent_is_remembered_for_confidential_apps_until_more_is_asked(client, firm, oauth_app):
    new_code(client, firm, oauth_app, scope="read")
    assert "code" in sent_back(client.get(authorize_url(oauth_app, scope="read")))
    assert client.get(authorize_url(oauth_app, scope="full")).status_code == 200
    assert client.get(authorize_url(oauth_app, scope="read", prompt="consent")).status_code == 200


def test_consent_is_never_remembered_for_public_apps(client, firm, register_app):
    app = register_app(confidential=False)
    pkce = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    new_code(client, firm, app, **pkce)
    assert client.get(authorize_url(app, **pkce)).status_code == 200


def test_prompt_login_asks_for_the_password_again_once(client, firm, oauth_app):
    log_in(client, firm)
    answer = client.get(authorize_url(oauth_app, prompt="login"))
    assert answer.status_code == 303
    assert answer.location.startswith("/login?next=")
    page = client.get(answer.location)
    data = {**fields(page.text), "email": firm.email, "password": firm.password}
    after = client.post("/login", data=data)
    assert after.location.startswith("/oauth/authorize?")
    assert "prompt" not in after.location
    assert client.get(after.location).status_code == 200


def test_invalid_bytes_in_the_query_are_no_server_error(client, oauth_app):
    answer = client.get(authorize_url(oauth_app) + "&login_hint=%FF%FE", follow_redirects=False)
    assert answer.status_code == 303


def test_app_without_the_grant_is_refused(client, register_app):
    app = register_app(grant_types=["urn:ietf:params:oauth:grant-type:device_code"])
    assert sent_back(client.get(authorize_url(app)))["error"] == "unauthorized_client"


def test_redirects_after_a_post_are_303(client, firm, oauth_app):
    """A 307 would send the password, or the decision, on to the next address."""
    url = authorize_url(oauth_app)
    assert client.get(url).status_code == 303
    assert log_in(client, firm, url).status_code == 303
    for decision in ("approve", "deny"):
        answer = decide(client, client.get(f"{url}&prompt=consent"), decision)
        assert answer.status_code == 303
        assert answer.data == b""


def test_loopback_of_ipv6_matches_any_port_and_lookalikes_do_not(client, firm, register_app):
    app = register_app(redirect_uris=["http://[::1]/cb", "http://127.0.0.1/cb"])
    log_in(client, firm)
    for uri in ("http://[::1]:51234/cb", "http://127.0.0.1:1/cb"):
        page = client.get(authorize_url(app, redirect_uri=uri, prompt="consent"))
        assert decide(client, page, "approve").location.startswith(f"{uri}?code=")
    for uri in (
        "http://127.0.0.1.evil.com/cb",
        "http://127.0.0.1:80.evil.com/cb",
        "http://localhost.evil.com/cb",
        "http://localhost/cb",
        "http://127.0.0.1:51234/cb/more",
        "http://127.0.0.1:51234/CB",
        "http://127.0.0.1:0/cb",
        "http://127.0.0.1:65536/cb",
        "http://127.0.0.1:@evil.com/cb",
        "https://127.0.0.1:51234/cb",
    ):
        assert client.get(authorize_url(app, redirect_uri=uri)).status_code == 400, uri


def test_area_scopes_are_asked_in_plain_words(client, firm, oauth_app):
    log_in(client, firm)
    page = client.get(authorize_url(oauth_app, scope="matters:read timeentries:write read")).text
    assert "Add, change and delete</strong> time entries." in page
    assert "without changing it" in page
    assert "matters." not in page  # reading everything contains it


@pytest.mark.parametrize(
    ("registered", "asked", "refused"),
    [
        ("matters:read", "matters:read", False),
        ("matters:read", "matters:write", True),
        ("matters:read", "read", True),
        ("read", "matters:read tags:read", False),
        ("read matters:write", "matters:write", False),
        ("read matters:write", "tags:write", True),
        ("full", "tags:write matters:read", False),
    ],
)
def test_area_scopes_stay_within_the_registration(client, firm, register_app, registered, asked, refused):
    log_in(client, firm)
    answer = client.get(authorize_url(register_app(scope=registered), scope=asked))
    assert (answer.status_code == 303) is refused
    if refused:
        assert sent_back(answer)["error"] == "invalid_scope"
