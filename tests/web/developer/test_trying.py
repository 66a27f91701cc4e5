"""The button that runs the code flow against this server."""

from __future__ import annotations

import re
from html import unescape

import pytest

from app.models import OAuthGrant, User
from app.services import app_access
from tests.oauth_steps import decide, sent_back
from tests.web.developer.conftest import register


def begin(portal, app, secret=None):
    secret = portal.secrets[app.client_id] if secret is None else secret
    return portal.post(f"/developer/apps/{app.client_id}/try", {"client_secret": secret or ""})


def approve(portal, begun, decision="approve"):
    """The address that the browser comes back to."""
    answer = decide(portal.browser, portal.get(begun.location), decision)
    sent_back(answer)
    return answer.location


def texts(page):
    return [unescape(text) for text in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.S)]


@pytest.mark.parametrize("confidential", [True, False])
def test_the_flow_is_shown_from_the_request_to_the_first_answer(confidential, developer, session, registered):
    app = register(session, developer, confidential=confidential)
    page = developer.page(approve(developer, begin(developer, app)))
    assert "<h1>It works</h1>" in page
    asked, came_back, bought, tokens, question, answer, given_back, _ = texts(page)
    assert "code_challenge_method=S256" in asked
    assert "code=" in came_back
    assert "iss=http://localhost" in came_back
    assert "code_verifier=" in bought
    assert ("Authorization: Basic" in bought) is confidential
    assert re.search(r'"access_token": "\S{4}… \(43 characters\)"', tokens)
    assert "GET http://localhost/api/v2/users/me" in question
    assert developer.email in answer
    assert "/oauth/revoke" in given_back


def test_nothing_of_it_stays(developer, ledger, session, registered):
    developer.page(approve(developer, begin(developer, ledger)))
    assert registered(ledger.client_id).redirect_uris == ["http://127.0.0.1/callback"]
    grants = session.query(OAuthGrant).filter_by(client_id=ledger.client_id).all()
    assert [grant.revoked_at is not None for grant in grants] == [True]


def test_a_try_that_was_left_leaves_its_address_until_the_next(developer, ledger, registered):
    begin(developer, ledger)
    assert len(registered(ledger.client_id).redirect_uris) == 2
    developer.page(approve(developer, begin(developer, ledger)))
    assert registered(ledger.client_id).redirect_uris == ["http://127.0.0.1/callback"]


@pytest.mark.parametrize("secret", ["x" * 50_000, "é\0'\"\n"], ids=["long", "odd"])
def test_whatever_is_typed_as_the_secret_is_refused_by_the_token_endpoint(secret, developer, ledger):
    page = developer.page(approve(developer, begin(developer, ledger, secret)))
    assert '"error": "invalid_client"' in texts(page)[3]


def test_no_page_shows_a_secret_or_a_token(developer, ledger):
    begun = begin(developer, ledger)
    page = developer.page(approve(developer, begun))
    secret = developer.secrets[ledger.client_id]
    assert secret not in page
    assert secret not in begun.location
    assert not re.search(r'_token": "[\w-]{43}"', unescape(page))
    with developer.browser.session_transaction() as cookie:
        assert secret not in str(dict(cookie))


def test_a_wrong_secret_is_told_in_the_words_of_the_server_and_leaves_nothing(developer, ledger, session):
    page = developer.page(approve(developer, begin(developer, ledger, "wrong")))
    assert "<h1>It does not work yet</h1>" in page
    assert "Step 2 failed." in page
    assert '"error": "invalid_client"' in texts(page)[3]
    assert [
        grant.revoked_at is not None
        for grant in session.query(OAuthGrant).filter_by(client_id=ledger.client_id)
    ] == [True]


def test_a_secret_has_to_be_typed(developer, ledger, registered):
    page = developer.follow(begin(developer, ledger, ""))
    assert "type the app&#39;s secret" in page
    assert registered(ledger.client_id).redirect_uris == ["http://127.0.0.1/callback"]


def test_denying_is_shown_as_the_app_sees_it(developer, native, registered):
    page = developer.page(approve(developer, begin(developer, native), "deny"))
    assert "You denied it" in page
    assert "error=access_denied" in texts(page)[1]
    assert registered(native.client_id).redirect_uris == ["http://127.0.0.1/callback"]


def test_a_result_is_shown_once(developer, native):
    address = approve(developer, begin(developer, native))
    assert developer.get(address).status_code == 200
    again = developer.get(address)
    assert again.status_code == 400
    assert "This try is over" in again.text


@pytest.mark.parametrize("step", ["_fetch_tokens", "_ask", "_give_back"])
def test_a_try_that_breaks_leaves_no_live_grant(step, developer, native, session, monkeypatch):
    def broken(*arguments):
        raise RuntimeError("the wire is cut")

    address = approve(developer, begin(developer, native))
    monkeypatch.setattr(f"app.web.developer.trial.{step}", broken)
    assert developer.get(address).status_code == 500
    grants = session.query(OAuthGrant).filter_by(client_id=native.client_id).all()
    assert [grant.revoked_at is not None for grant in grants] == [True]


def test_a_try_that_took_too_long_leaves_no_live_grant(developer, native, session):
    address = approve(developer, begin(developer, native))
    with developer.browser.session_transaction() as cookie:
        del cookie["trial"]
    assert developer.get(address).status_code == 400
    grants = session.query(OAuthGrant).filter_by(client_id=native.client_id).all()
    assert [grant.revoked_at is not None for grant in grants] == [True]


@pytest.mark.parametrize("query", ["", "?code=x&state=x", "?code=x&state=%00%F0", "?error=<script>&state=x"])
def test_a_browser_that_did_not_begin_here_gets_nowhere(query, developer, native):
    begin(developer, native)
    answer = developer.get(f"/developer/apps/{native.client_id}/try/callback{query}")
    assert answer.status_code == 400
    assert "<script" not in answer.text


def test_somebody_elses_answer_is_not_taken(developer, administrator, native):
    """A developer sends an administrator a link with a code: it is not redeemed there."""
    address = approve(developer, begin(developer, native))
    assert administrator.get(address).status_code == 400
    assert developer.get(address).status_code == 200


def test_an_app_of_some_areas_asks_what_it_may(developer, session):
    app = register(session, developer, confidential=False, scope="matters:read timeentries:write")
    page = developer.page(approve(developer, begin(developer, app)))
    assert "GET http://localhost/api/v2/matters?$top=1" in texts(page)[4]
    assert "<h1>It works</h1>" in page


def test_an_app_that_can_only_write_asks_nothing(developer, session):
    app = register(session, developer, confidential=False, scope="timeentries:write")
    page = developer.page(approve(developer, begin(developer, app)))
    assert "<h1>It works</h1>" in page
    assert len(texts(page)) == 6


def test_an_app_with_as_many_addresses_as_there_can_be_says_so(developer, session):
    uris = [f"https://ledger.example.com/{number}" for number in range(20)]
    app = register(session, developer, redirect_uris=uris)
    assert "An app has at most 20 redirect URIs." in developer.follow(begin(developer, app))


def test_the_flow_needs_no_leave_in_the_own_firm(developer, native, workplace, session):
    boss = session.get_one(User, (workplace.firm_id, workplace.user_id))
    app_access.set_approves_apps(session, boss, False)
    session.commit()
    assert "<h1>It works</h1>" in developer.page(approve(developer, begin(developer, native)))
