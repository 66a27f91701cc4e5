"""Every POST from a page needs the token that only our own pages know; the walk finds new pages by itself."""

from __future__ import annotations

import re
from pathlib import Path

from app import web
from tests.oauth_steps import fields, log_in

TEMPLATES = Path(web.__file__).parent / "templates"
FOR_APPS = (
    "/oauth/token",
    "/oauth/revoke",
    "/oauth/introspect",
    "/oauth/device_authorization",
    "/oauth/register",
)
"""They know their callers by a secret or a token, never by a cookie."""


def test_no_page_takes_a_post_without_the_token(app, client, firm, oauth_app):
    log_in(client, firm)
    query = {
        "response_type": "code",
        "client_id": oauth_app.client_id,
        "redirect_uri": oauth_app.redirect_uri,
    }
    pages = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("web.") and rule.methods & {"POST", "PUT", "PATCH", "DELETE"}
        if not rule.rule.startswith(FOR_APPS)
    ]
    assert {"/login", "/logout", "/device", "/access-requests", "/oauth/authorize"} <= {p.rule for p in pages}
    for rule in pages:
        path = re.sub(r"<[^>]+>", "00000000-0000-0000-0000-000000000001", rule.rule)
        for data in ({}, {"csrf_token": ""}, {"csrf_token": "wrong"}, {"csrf_token": "é"}):
            answer = client.post(path, query_string=query, data={"decision": "approve", **data})
            assert answer.status_code == 400, rule.rule
            assert "This form has expired" in answer.text, rule.rule


def test_token_of_another_session_is_refused(app, firm, oauth_app):
    mine, theirs = app.test_client(), app.test_client()
    log_in(mine, firm)
    log_in(theirs, firm)
    stolen = fields(theirs.get("/").text)["csrf_token"]
    assert mine.post("/logout", data={"csrf_token": stolen}).status_code == 400


def test_every_form_takes_the_token_from_one_place():
    templates = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")
    }
    assert [name for name, text in templates.items() if "csrf_token" in text] == ["parts/forms.html"]
    for name, text in templates.items():
        for form in text.split("<form")[1:]:
            if 'method="post"' in form.partition(">")[0]:
                assert "{{ token() }}" in form.partition("</form>")[0], name
