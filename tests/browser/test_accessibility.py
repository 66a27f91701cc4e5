"""axe-core finds nothing on any page, in light and dark, on a phone and on a desk; and no page scrolls sideways.

`SCREENSHOTS` names a folder that then gets a picture of each.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from app.models import Firm
from tests.browser import people
from tests.browser.people import sign_in
from tests.firms import Workplace
from tests.oauth_fixtures import Register
from tests.oauth_steps import PKCE, authorize_url

pytestmark = pytest.mark.browser

WIDTHS = {360: 740, 800: 1_000, 1_280: 900}
SCHEMES = ("light", "dark")
PUBLIC = {"home": "/", "sign-in": "/login", "error": "/oauth/authorize", "nothing here": "/no-such-page"}
SIGNED_IN = {"device": "/device", "apps": "/developer", "register": "/developer/apps/new"}
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
                if width != 800:
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


def test_pages_of_an_app(signed_in: Page, server: str, check: Callable[[str], None]) -> None:
    address = people.register_app(signed_in, server)
    check("app with its secret")
    signed_in.goto(
        f"{server}/oauth/authorize?client_id={address.split('/')[-1]}&redirect_uri=https://wrong.example/"
    )
    for name, path in OF_APP.items():
        signed_in.goto(f"{address}{path}")
        check(name)


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
