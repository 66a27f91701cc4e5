"""Registering an app, and changing it."""

from __future__ import annotations

import io
from html import unescape

import pytest

from app.models import AuditEvent, OAuthClient
from tests.oauth_fixtures import RegisteredApp
from tests.oauth_steps import PKCE, VERIFIER, authorize_url, introspect, new_code, redeem, refresh
from tests.web.developer.steps import FORM, Portal, client_id_on, secret_on

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
ODD = '"><script>alert(1)</script>'


def test_the_page_begins_with_what_works_for_a_program_on_this_machine(developer):
    assert "http://127.0.0.1/callback</textarea>" in developer.page("/developer/apps/new")


def test_an_app_is_registered_as_it_was_typed(developer, registered, session):
    page = developer.register(homepage="https://ledger.example.com/", access="some", part="matters:read")
    app = registered(client_id_on(page))
    assert (app.name, app.homepage, app.scope) == ("Ledger", "https://ledger.example.com/", "matters:read")
    assert app.redirect_uris == ["https://ledger.example.com/callback", "http://127.0.0.1/callback"]
    assert (app.is_confidential, app.requires_pkce) == (True, True)
    events = session.query(AuditEvent).filter_by(client_id=app.client_id, action="app.registered").all()
    assert [event.user_id for event in events] == [app.developer_id]


def test_the_secret_is_shown_once_and_works(developer):
    page = developer.register()
    client_id, secret = client_id_on(page), secret_on(page)
    assert secret
    assert secret not in developer.page(f"/developer/apps/{client_id}")
    asked = developer.browser.post("/oauth/introspect", data={"token": "x"}, auth=(client_id, secret))
    assert asked.status_code == 200


def test_the_secret_is_in_no_cookie_that_could_be_read(developer):
    answer = developer.post("/developer/apps/new", FORM)
    cookie = developer.browser.get_cookie("matterbase_session")
    signer = developer.browser.application.session_interface.get_signing_serializer(
        developer.browser.application
    )
    kept = str(signer.loads(cookie.value))
    secret = secret_on(developer.follow(answer))
    assert secret
    assert secret not in kept


def test_another_apps_page_does_not_show_the_secret(developer, ledger):
    developer.post("/developer/apps/new", FORM)
    assert secret_on(developer.page(f"/developer/apps/{ledger.client_id}")) is None


def test_a_public_app_gets_no_secret_and_always_needs_pkce(developer):
    page = developer.register(kind="public")
    assert secret_on(page) is None
    assert "A new secret" not in page
    assert "<dd>required</dd>" in page


def test_a_wrong_line_is_named_and_nothing_typed_is_lost(developer, session):
    typed = {
        **FORM,
        "name": "Ledger & Sons",
        "homepage": "https://ledger.example.com/",
        "redirect_uris": "https://ledger.example.com/callback\nhttp://ledger.example.com/*",
        "kind": "public",
        "access": "some",
        "part": ["matters:read", "users:read"],
    }
    answer = developer.post("/developer/apps/new", typed)
    page = answer.text
    assert answer.status_code == 400
    assert "You sent <code>http://ledger.example.com/*</code><br>A redirect URI has no wildcard" in page
    assert "You sent <code>https://ledger.example.com/callback" not in page
    assert 'value="Ledger &amp; Sons"' in page
    assert 'value="https://ledger.example.com/"' in page
    assert (
        unescape(page.partition('rows="3"')[2].partition(">")[2].partition("</textarea>")[0]).strip()
        == (typed["redirect_uris"])
    )
    for box in ('value="public"', 'value="some"', 'value="matters:read"', 'value="users:read"'):
        assert " checked>" in page.partition(box)[2][:60], box
    assert 'aria-invalid="true"' in page
    assert not session.query(OAuthClient).filter_by(name="Ledger & Sons").all()


def test_the_lines_can_be_checked_without_registering(developer):
    lines = "https://ledger.example.com/callback\njavascript:alert(1)"
    answer = developer.post("/developer/apps/new", {**FORM, "redirect_uris": lines, "check": "redirect_uris"})
    assert answer.status_code == 200
    assert "<code>https://ledger.example.com/callback</code> can be registered" in answer.text
    assert "You sent <code>javascript:alert(1)</code>" in answer.text
    assert "Nothing was saved yet" not in answer.text
    assert "From nothing to the first answer" in developer.page("/developer")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"name": ""}, "An app has a name of 1 to 100 printable characters.", id="no name"),
        pytest.param({"name": "x" * 101}, "An app has a name of 1 to 100", id="a long name"),
        pytest.param({"name": "a\0b"}, "An app has a name of 1 to 100", id="a NUL"),
        pytest.param({"redirect_uris": " \n "}, "An app has at least one redirect URI.", id="no address"),
        pytest.param(
            {"redirect_uris": "\n".join(f"https://x.example/{n}" for n in range(21))},
            "An app has at most 20 redirect URIs.",
            id="too many addresses",
        ),
        pytest.param({"access": "some"}, "at least one", id="no area"),
        pytest.param({"access": "some", "part": "no:read"}, "at least one", id="an unknown area"),
        pytest.param({"access": "everything"}, "at least one", id="an unknown access"),
        pytest.param({"homepage": "javascript:alert(1)"}, "A homepage is an http or https", id="a script"),
    ],
)
def test_what_cannot_be_registered_is_said_beside_its_field(typed, said, developer):
    answer = developer.post("/developer/apps/new", {**FORM, **typed})
    assert answer.status_code == 400
    assert said in answer.text


def test_names_and_addresses_are_escaped(developer):
    answer = developer.post("/developer/apps/new", {**FORM, "name": ODD, "redirect_uris": f"http://{ODD}"})
    assert "<script" not in answer.text
    page = developer.register(name=ODD, redirect_uris=f"https://x.example/{ODD}")
    assert "<script" not in page
    app = f"/developer/apps/{client_id_on(page)}"
    for path in (app, f"{app}/edit", f"{app}/delete", f"{app}/programs", "/developer"):
        assert "<script" not in developer.page(path)


def test_a_logo_is_shown_to_everybody(developer, visitor):
    page = developer.register(logo=(io.BytesIO(PNG), "logo.png"))
    answer = visitor.get(f"/logos/{client_id_on(page)}")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, PNG, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    asking = RegisteredApp(client_id_on(page), None, "http://127.0.0.1/callback")
    consent = developer.page(authorize_url(asking, **PKCE))
    assert f'src="/logos/{asking.client_id}"' in consent


@pytest.mark.parametrize(
    ("logo", "said"),
    [
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "A logo is a PNG", id="svg"),
        pytest.param(PNG + b"\0" * 64_000, "A logo has at most 64 kB.", id="large"),
    ],
)
def test_a_picture_that_will_not_do_is_refused(logo, said, developer):
    answer = developer.post("/developer/apps/new", {**FORM, "logo": (io.BytesIO(logo), "logo.png")})
    assert answer.status_code == 400
    assert said in answer.text


def test_there_is_no_logo_of_an_app_without_one(ledger, visitor):
    for client_id in (ledger.client_id, "unknown", "%00"):
        assert visitor.get(f"/logos/{client_id}").status_code == 404


def test_an_app_is_changed_as_it_was_typed(developer, ledger, registered):
    path = f"/developer/apps/{ledger.client_id}/edit"
    typed = {"name": "Journal", "redirect_uris": "https://journal.example.com/cb", "access": "read"}
    page = developer.follow(developer.post(path, {**typed, "logo": (io.BytesIO(PNG), "logo.png")}))
    assert "Saved." in page
    app = registered(ledger.client_id)
    assert (app.name, app.redirect_uris, app.scope) == ("Journal", ["https://journal.example.com/cb"], "read")
    assert (app.requires_pkce, app.logo) == (False, PNG)
    developer.post(path, typed)
    assert registered(ledger.client_id).logo == PNG, "a form without a new logo keeps the old one"
    developer.post(path, {**typed, "drops_logo": "yes"})
    assert registered(ledger.client_id).logo is None


def test_a_wrong_change_changes_nothing(developer, ledger, registered):
    path = f"/developer/apps/{ledger.client_id}/edit"
    answer = developer.post(path, {**FORM, "name": "Journal", "redirect_uris": "http://evil.example/"})
    assert answer.status_code == 400
    assert "You sent <code>http://evil.example/</code>" in answer.text
    assert registered(ledger.client_id).name == "Ledger"


def test_the_form_of_an_app_shows_what_it_is_registered_with(developer):
    typed = {"access": "some", "part": ["read", "timeentries:write"], "homepage": "https://a.example/"}
    page = developer.register(**typed)
    form = developer.page(f"/developer/apps/{client_id_on(page)}/edit")
    for box in ('value="some"', 'value="read" aria', 'value="timeentries:write"'):
        assert " checked>" in form.partition(box)[2][:60], box
    assert 'value="https://a.example/"' in form


def test_registering_many_apps_is_slowed_down(client_with, workplace):
    browser = client_with(limit_guesses=True).application
    portal = Portal(browser, workplace.email)
    answers = [portal.post("/developer/apps/new", FORM) for _ in range(11)]
    assert {answer.status_code for answer in answers[:10]} == {303}
    assert answers[10].status_code == 429
    assert int(answers[10].headers["Retry-After"]) > 0
    assert 'value="Ledger"' in answers[10].text


def test_a_dotless_scheme_is_taken_only_where_the_operator_allows_it(developer, client_with, registered):
    typed = {**FORM, "redirect_uris": "myapp:/callback"}
    refused = developer.post("/developer/apps/new", typed)
    assert refused.status_code == 400
    assert "private scheme in reverse-domain form" in refused.text
    tolerant = Portal(client_with(dotless_redirect_schemes=True).application, developer.email)
    client_id = client_id_on(tolerant.register(redirect_uris="myapp:/callback", kind="public"))
    edited = {**FORM, "redirect_uris": "myapp:/callback\nmyapp:/other"}
    assert tolerant.post(f"/developer/apps/{client_id}/edit", edited).status_code == 303
    tolerant.post(f"/developer/apps/{client_id}/swagger")
    assert registered(client_id).redirect_uris[:2] == ["myapp:/callback", "myapp:/other"]
    assert len(registered(client_id).redirect_uris) == 3
    edited["redirect_uris"] = "javascript:/callback"
    assert tolerant.post(f"/developer/apps/{client_id}/edit", edited).status_code == 400


def test_apps_that_the_command_line_made_do_not_hide_the_first_steps(administrator):
    page = administrator.page("/developer")
    assert "Test app" in page
    assert "From nothing to the first answer" in page
    administrator.register()
    assert "From nothing to the first answer" not in administrator.page("/developer")


def test_an_app_that_is_registered_for_less_may_do_less_at_once(developer, client, workplace):
    page = developer.register()
    app = RegisteredApp(client_id_on(page), secret_on(page), "https://ledger.example.com/callback")
    code = new_code(client, workplace, app, **PKCE)
    tokens = redeem(client, app, code, code_verifier=VERIFIER).get_json()

    def registered_for(**typed):
        assert developer.post(f"/developer/apps/{app.client_id}/edit", {**FORM, **typed}).status_code == 303

    def status(path):
        return workplace.get(path, token=tokens["access_token"]).status_code

    assert (status("/api/v2/matters"), status("/api/v2/contacts")) == (200, 200)
    registered_for(access="some", part=["matters:read", "tasks:write"])
    assert (status("/api/v2/matters"), status("/api/v2/contacts")) == (200, 403)
    assert introspect(client, app, tokens["access_token"])["scope"] == "matters:read tasks:write"
    for path in ("/account", "/firm/grants"):
        assert "<strong>Read</strong> matters." in client.get(path).text
    registered_for(access="some", part=["contacts:read"])
    assert (status("/api/v2/matters"), status("/api/v2/contacts")) == (403, 200)
    registered_for(access="full")
    assert (status("/api/v2/matters"), status("/api/v2/contacts")) == (200, 200)
    registered_for(access="read")
    assert refresh(client, app, tokens["refresh_token"]).get_json()["scope"] == "read"
