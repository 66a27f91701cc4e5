"""What somebody does in a browser."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.firms import Workplace


def sign_in(page: Page, workplace: Workplace) -> None:
    """Fill in the sign-in page that the browser is at."""
    page.fill("input[name=email]", workplace.email)
    page.fill("input[name=password]", workplace.password)
    page.get_by_role("button", name="Sign in").click()


def register_app(page: Page, server: str, *, public: bool = False) -> str:
    """Register an app as somebody who is signed in; the address of its page."""
    page.goto(f"{server}/developer/apps/new")
    page.get_by_label("Name").fill("Ledger")
    if public:
        page.get_by_label("With its users").check()
    page.get_by_role("button", name="Register the app").click()
    page.wait_for_selector("h1:has-text('Ledger')")
    return page.url
