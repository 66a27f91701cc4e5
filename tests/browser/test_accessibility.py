"""axe-core finds nothing on any page, in light and dark, on a phone and on a desk; and no page scrolls sideways.

`SCREENSHOTS` names a folder that then gets a picture of each.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from app.models import Firm, User
from app.services import app_access
from app.services.webhooks.sending import Outcome
from tests.browser import people
from tests.browser.people import sign_in
from tests.contract.samples import account
from tests.databases import on_one_database
from tests.firms import Workplace
from tests.oauth_fixtures import Register
from tests.oauth_steps import PKCE, authorize_url
from tests.web.developer.steps import colleague

pytestmark = [pytest.mark.browser, on_one_database]

WIDTHS = {360: 740, 800: 1_000, 1_280: 900}
SCHEMES = ("light", "dark")
LOOKED_AT = ((360, "light"), (1_280, "dark"))
"""By axe-core: colours do not depend on the width, nor places on the colours."""
PUBLIC = {"home": "/", "sign-in": "/login", "error": "/oauth/authorize", "nothing here": "/no-such-page"}
SIGNED_IN = {
    "device": "/device",
    "apps": "/developer",
    "register": "/developer/apps/new",
    "connected apps": "/account",
    "password": "/account/password",
    "firm": "/firm",
    "users": "/firm/users",
    "new user": "/firm/users/new",
    "connections": "/firm/grants",
    "audit": "/firm/audit",
    "audit filtered": "/firm/audit?action=grant&from=never",
    "roles": "/firm/roles",
    "premium": "/firm/premium",
    "webhooks": "/firm/webhooks",
}
OF_APP = {
    "app": "",
    "edit": "/edit",
    "delete": "/delete",
    "programs": "/programs",
    "try over": "/try/callback",
}


@pytest.fixture
def check(page: Page) -> Callable[[str], None]:
    """A function that looks at the page as it is now."""

    def function(name: str) -> None:
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, f"{name} is {wider} pixels too wide at {width}"
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                picture(page, f"{name}-{width}-{scheme}")
                if (width, scheme) in LOOKED_AT:
                    found = Axe().run(page)
                    assert not found.response["violations"], f"{name}, {scheme}: {found.generate_report()}"

    return function


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name.replace(' ', '-')}.png", full_page=True)


@pytest.fixture
def signed_in(page: Page, server: str, workplace: Workplace) -> Page:
    page.goto(f"{server}/login")
    sign_in(page, workplace)
    return page


@pytest.mark.parametrize("name", PUBLIC)
def test_page_for_everybody(name: str, page: Page, server: str, check: Callable[[str], None]) -> None:
    page.goto(f"{server}{PUBLIC[name]}")
    check(name)


@pytest.mark.parametrize("name", SIGNED_IN)
def test_page_for_users(name: str, signed_in: Page, server: str, check: Callable[[str], None]) -> None:
    signed_in.goto(f"{server}{SIGNED_IN[name]}")
    check(name)


def test_portal_before_the_first_app(
    page: Page, server: str, session: Session, workplace: Workplace, check: Callable[[str], None]
) -> None:
    page.goto(f"{server}/developer")
    sign_in(page, replace(workplace, email=colleague(session, workplace)))
    page.wait_for_selector("h2:has-text('From nothing to the first answer')")
    check("no apps yet")


def test_pages_of_an_app(signed_in: Page, server: str, check: Callable[[str], None]) -> None:
    address = people.register_app(signed_in, server)
    check("app with its secret")
    signed_in.goto(
        f"{server}/oauth/authorize?client_id={address.split('/')[-1]}&redirect_uri=https://wrong.example/"
    )
    for name, path in OF_APP.items():
        signed_in.goto(f"{address}{path}")
        check(name)
    signed_in.goto(address)
    signed_in.get_by_label("Your password").fill("wrong")
    signed_in.get_by_role("button", name="Make a new secret").click()
    signed_in.wait_for_selector("text=No new secret was made")
    check("no new secret")


def test_form_with_mistakes(signed_in: Page, server: str, check: Callable[[str], None]) -> None:
    signed_in.goto(f"{server}/developer/apps/new")
    signed_in.get_by_label("Name").fill("x" * 101)
    signed_in.get_by_label("Redirect URIs").fill(
        "http://ledger.example.com/a/very/long/address/that/goes/on/and/on"
    )
    signed_in.get_by_label("Some areas").check()
    signed_in.get_by_role("button", name="Register the app").click()
    signed_in.wait_for_selector("text=Nothing was saved yet")
    check("form with mistakes")


def test_trial(signed_in: Page, server: str, check: Callable[[str], None]) -> None:
    people.register_app(signed_in, server)
    signed_in.get_by_role("button", name="Try the flow").click()
    signed_in.wait_for_selector("text=It could:")
    check("consent")
    signed_in.get_by_role("button", name="Approve").click()
    signed_in.wait_for_selector("h1:has-text('It works')")
    check("try")


def test_asking_the_firm(
    signed_in: Page,
    server: str,
    session: Session,
    workplace: Workplace,
    register_app: Register,
    check: Callable[[str], None],
) -> None:
    session.get_one(Firm, workplace.firm_id).approves_apps = False
    session.commit()
    signed_in.goto(server + authorize_url(register_app(), **PKCE))
    check("not let in")
    signed_in.get_by_role("button", name="Send the request").click()
    signed_in.wait_for_selector("text=Look again")
    check("asked")


def test_personal_token(
    signed_in: Page, server: str, workplace: Workplace, check: Callable[[str], None]
) -> None:
    signed_in.goto(f"{server}/account/tokens")
    signed_in.get_by_label("Name").fill("Excel")
    signed_in.get_by_label("Your password").fill(workplace.password)
    signed_in.get_by_role("button", name="Make the token").click()
    signed_in.wait_for_selector("text=copy it now")
    check("token")
    signed_in.get_by_label("Some areas").check()
    signed_in.get_by_label("Name").fill("Excel")
    signed_in.get_by_label("Your password").fill("wrong")
    signed_in.get_by_role("button", name="Make the token").click()
    signed_in.wait_for_selector("text=No token was made")
    check("token with mistakes")


def test_sessions(signed_in: Page, server: str, workplace: Workplace, check: Callable[[str], None]) -> None:
    signed_in.context.clear_cookies()
    signed_in.goto(f"{server}/login?next=/account/sessions")
    sign_in(signed_in, workplace)
    signed_in.wait_for_selector("text=End all others")
    check("sessions")


def test_second_factor(
    signed_in: Page, server: str, workplace: Workplace, check: Callable[[str], None]
) -> None:
    signed_in.goto(f"{server}/account/second-factor")
    check("second factor off")
    signed_in.get_by_label("Your password").fill(workplace.password)
    signed_in.get_by_role("button", name="Set it up").click()
    phone = pyotp.TOTP(signed_in.locator(".secret").inner_text())
    check("second factor begun")
    signed_in.get_by_label("The six digits").fill(phone.now())
    signed_in.get_by_role("button", name="Switch it on").click()
    signed_in.wait_for_selector("text=Your recovery codes")
    check("recovery codes")
    signed_in.get_by_role("button", name="Sign out").click()
    signed_in.goto(f"{server}/login")
    sign_in(signed_in, workplace)
    signed_in.wait_for_selector("text=One more step")
    check("sign-in code")


def test_new_user(signed_in: Page, server: str, workplace: Workplace, check: Callable[[str], None]) -> None:
    signed_in.goto(f"{server}/firm/users/new")
    signed_in.get_by_label("Email address").fill(workplace.email.replace("ada", "grace"))
    signed_in.get_by_label("Your own password").fill(workplace.password)
    signed_in.get_by_role("button", name="Add the user").click()
    signed_in.wait_for_selector("text=hand it over now")
    check("user")
    signed_in.get_by_label("Make administrator").check()
    signed_in.get_by_label("Your own password").fill("wrong")
    signed_in.get_by_role("button", name="Do it").click()
    signed_in.wait_for_selector("text=Nothing was changed")
    check("user with mistakes")


def test_webhook(
    signed_in: Page,
    server: str,
    app: Flask,
    session: Session,
    workplace: Workplace,
    check: Callable[[str], None],
) -> None:
    signed_in.goto(f"{server}/firm/webhooks")
    signed_in.get_by_label("Only these:").check()
    signed_in.get_by_label("Address").fill("https://ledger.example.com/" + "a-very-long-path/" * 9)
    signed_in.get_by_role("button", name="Make the webhook").click()
    signed_in.wait_for_selector("text=Nothing was saved yet")
    check("webhook with mistakes")
    signed_in.get_by_label("Account", exact=True).check()
    signed_in.get_by_role("button", name="Make the webhook").click()
    signed_in.wait_for_selector("text=copy it now")
    check("webhook with its secret")
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    answers = iter([Outcome(500, None, "Out of order " * 30, 12), Outcome(None, "There was no answer.")])
    courier = replace(app.extensions["webhook_courier"], send=lambda *args: next(answers))
    (key,) = [key for key in courier.due() if key[0] == workplace.firm_id]
    courier.serve(key)
    signed_in.reload()
    check("webhook that fails")
    signed_in.locator("td[data-label=Made] a").first.click()
    signed_in.get_by_role("button", name="Send it again").click()
    signed_in.wait_for_selector("text=It is sent again")
    courier.serve(key)
    signed_in.reload()
    check("delivery")
    signed_in.goto(f"{server}/firm/webhooks")
    check("webhooks there")


def test_decisions_on_apps(
    signed_in: Page,
    server: str,
    session: Session,
    workplace: Workplace,
    other_workplace: Workplace,
    check: Callable[[str], None],
) -> None:
    session.get_one(Firm, workplace.firm_id).approves_apps = False
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    app_access.ask(session, user, other_workplace.client_id or "", reason="For the books of the year")
    session.commit()
    signed_in.goto(f"{server}/firm")
    check("request")
    signed_in.get_by_role("button", name="Let it in").click()
    signed_in.wait_for_selector("text=Decided before")
    check("decided")
