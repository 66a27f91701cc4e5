"""What a developer sees of an app: its secret, its use, what went wrong, and what other firms say."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from app.models import AccessRequest, AuditEvent, OAuthClient, User
from app.services import app_access
from tests.firms import PASSWORD, issue_token
from tests.oauth_fixtures import RegisteredApp
from tests.oauth_steps import authorize_url, log_in
from tests.web.developer.conftest import register
from tests.web.developer.steps import secret_on


def proves(portal, client_id, secret):
    """Whether a secret is the app's."""
    answer = portal.browser.post("/oauth/introspect", data={"token": "x"}, auth=(client_id, secret))
    assert answer.status_code in (200, 401)
    return answer.status_code == 200


def test_a_new_secret_is_shown_once_and_the_old_one_works_for_the_overlap(developer, ledger, session):
    old = developer.secrets[ledger.client_id]
    path = f"/developer/apps/{ledger.client_id}"
    page = developer.follow(developer.post(f"{path}/secret", {"overlap": "2", "old": PASSWORD}))
    new = secret_on(page)
    assert new
    assert new != old
    again = developer.page(path)
    assert new not in again
    assert "The secret before this one works until" in again
    assert proves(developer, ledger.client_id, old)
    assert proves(developer, ledger.client_id, new)
    (event,) = session.query(AuditEvent).filter_by(client_id=ledger.client_id, action="app.secret_rotated")
    assert event.details == {"overlap_hours": 2}


def test_without_overlap_the_old_secret_ends_at_once(developer, ledger):
    developer.post(f"/developer/apps/{ledger.client_id}/secret", {"overlap": "0", "old": PASSWORD})
    assert not proves(developer, ledger.client_id, developer.secrets[ledger.client_id])


@pytest.mark.parametrize("overlap", ["", "-1", "721", "1.5", "soon", "9" * 5_000, "²"])
def test_an_overlap_that_will_not_do_changes_nothing(overlap, developer, ledger):
    typed = {"overlap": overlap, "old": PASSWORD}
    answer = developer.post(f"/developer/apps/{ledger.client_id}/secret", typed)
    assert answer.status_code == 400
    assert re.search(r'id="overlap" [^>]*aria-invalid="true" aria-describedby="overlap-wrong1', answer.text)
    assert secret_on(answer.text) is None
    assert proves(developer, ledger.client_id, developer.secrets[ledger.client_id])


def test_a_public_app_gets_no_secret_later_either(developer, native):
    typed = {"overlap": "0", "old": PASSWORD}
    answer = developer.post(f"/developer/apps/{native.client_id}/secret", typed)
    assert (answer.status_code, "A public app has no secret." in answer.text) == (400, True)
    assert secret_on(answer.text) is None


@pytest.mark.parametrize("password", ["", "wrong"])
def test_no_secret_is_made_without_the_password(password, developer, ledger):
    typed = {"overlap": "0", "old": password}
    answer = developer.post(f"/developer/apps/{ledger.client_id}/secret", typed)
    assert answer.status_code == 400
    assert re.search(r'id="old" [^>]*aria-invalid="true" aria-describedby="old-wrong1', answer.text)
    assert "This is not your password." in answer.text
    assert secret_on(answer.text) is None
    assert proves(developer, ledger.client_id, developer.secrets[ledger.client_id])


def test_its_use_is_counted(developer, ledger, session, workplace):
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    token = issue_token(session, user, ledger.client_id, "full")
    session.commit()
    workplace.ok("GET", "/api/v2/users/me", headers={"Authorization": f"Bearer {token}"})
    page = developer.page(f"/developer/apps/{ledger.client_id}")
    facts = dict(re.findall(r"<div><dt>(\w[\w ]*)</dt><dd>(.*?)</dd></div>", page))
    today = f"{dt.datetime.now(dt.UTC):%-d %b %Y}"
    assert (facts["Users"], facts["Firms"], facts["Connections"]) == ("1", "1", "1")
    assert today in facts["Last used"]
    assert today in developer.page("/developer")


def test_an_address_that_is_not_registered_is_shown_as_it_was_sent(developer, ledger, client):
    asking = RegisteredApp(ledger.client_id, None, "https://ledger.example.com/<b>")
    client.get(authorize_url(asking))
    page = developer.page(f"/developer/apps/{ledger.client_id}")
    assert "redirect_uri not registered: you sent https://ledger.example.com/&lt;b&gt;" in page


def test_a_wrong_secret_is_shown(developer, ledger):
    data = {"grant_type": "authorization_code", "code": "x"}
    developer.browser.post("/oauth/token", data=data, auth=(ledger.client_id, "wrong"))
    page = developer.page(f"/developer/apps/{ledger.client_id}")
    assert "The app could not prove who it is" in page
    assert "(invalid_client)" in page


def test_how_other_firms_stand_is_shown_and_they_stay_unnamed(
    developer, ledger, session, app, other_workplace, client
):
    boss = session.get_one(User, (other_workplace.firm_id, other_workplace.user_id))
    app_access.set_approves_apps(session, boss, False)
    session.commit()
    log_in(client, other_workplace)
    asking = RegisteredApp(ledger.client_id, None, ledger.redirect_uris[0])
    assert (
        client.get(authorize_url(asking, code_challenge="c" * 43, code_challenge_method="S256")).status_code
        == 403
    )
    app_access.ask(session, boss, ledger.client_id, reason="For the audit")
    session.commit()
    page = developer.page(f"/developer/apps/{ledger.client_id}")
    assert "waits for the firm's administrator" in page
    app_access.decide(session, boss, ledger.client_id, True)
    session.commit()
    page = developer.page(f"/developer/apps/{ledger.client_id}")
    assert "let in, " in page
    assert "For the audit" not in page
    app_access.decide(session, boss, ledger.client_id, False)
    session.commit()
    assert "refused, " in developer.page(f"/developer/apps/{ledger.client_id}")
    assert session.query(AccessRequest).filter_by(client_id=ledger.client_id).count() == 1


def test_a_deleted_app_is_gone_and_so_is_what_was_issued(developer, ledger, session, workplace, registered):
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    token = issue_token(session, user, ledger.client_id, "full")
    session.commit()
    path = f"/developer/apps/{ledger.client_id}"
    assert "It is connected to 1 account now." in developer.page(f"{path}/delete")
    assert registered(ledger.client_id).deleted_at is None, "asking deletes nothing"
    page = developer.follow(developer.post(f"{path}/delete"))
    assert "Ledger is deleted, and one connection to it ended." in page
    assert developer.get(path).status_code == 404
    assert workplace.get("/api/v2/users/me", token=token).status_code == 401


def test_a_public_app_is_used_in_swagger_ui(developer, native, registered):
    answer = developer.post(f"/developer/apps/{native.client_id}/swagger")
    assert answer.location == f"/swagger?client_id={native.client_id}&scope=full"
    developer.post(f"/developer/apps/{native.client_id}/swagger")
    uris = registered(native.client_id).redirect_uris
    assert uris == ["http://127.0.0.1/callback", "http://localhost/swagger/oauth2-redirect.html"]


def test_a_confidential_app_is_not_used_in_swagger_ui(developer, ledger, registered):
    page = developer.follow(developer.post(f"/developer/apps/{ledger.client_id}/swagger"))
    assert "register a public app for it" in page
    assert registered(ledger.client_id).redirect_uris == ["http://127.0.0.1/callback"]


def test_requests_a_minute_are_the_apps_own_where_it_has_some(session, developer, client_with):
    app = register(session, developer)
    session.get_one(OAuthClient, app.client_id).requests_per_minute = 33
    session.commit()
    assert "<dd>without limit</dd>" in developer.page(f"/developer/apps/{app.client_id}")
    limited = client_with(rate_limit=200)
    with developer.browser.session_transaction() as mine, limited.session_transaction() as theirs:
        theirs.update(mine)
    assert "<dd>33</dd>" in limited.get(f"/developer/apps/{app.client_id}").text
