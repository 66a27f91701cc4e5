"""Somebody who has never seen it gets the first answer by doing what the pages say, and nothing else."""

from __future__ import annotations

import json
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.people import register_app, sign_in
from tests.databases import on_one_database
from tests.firms import Workplace

pytestmark = [pytest.mark.browser, on_one_database]
THREE_MINUTES = 180


def test_from_the_front_page_to_the_first_answer(page: Page, server: str, workplace: Workplace) -> None:
    began = monotonic()
    page.goto(server)
    page.get_by_role("link", name="Register an app").click()
    sign_in(page, workplace)
    page.get_by_role("link", name="Register an app").first.click()
    page.get_by_label("Name").fill("Ledger")
    page.keyboard.press("Enter")
    assert len(page.locator(".secret").inner_text()) == 43
    page.get_by_role("button", name="Try the flow").click()
    page.get_by_role("button", name="Approve").click()
    page.wait_for_selector("h1:has-text('It works')")
    assert workplace.email in page.get_by_label("Answer of step 3").inner_text()
    assert monotonic() - began < THREE_MINUTES


def test_every_step_works_without_a_script(browser: Browser, server: str, workplace: Workplace) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{server}/developer/apps/new")
        sign_in(page, workplace)
        page.get_by_label("Redirect URIs, one a line").fill("http://ledger.example.com/")
        page.get_by_role("button", name="Check these").click()
        page.wait_for_selector("text=A redirect URI uses https")
        register_app(page, server, public=True)
        page.get_by_role("button", name="Try the flow").click()
        page.get_by_role("button", name="Approve").click()
        page.wait_for_selector("h1:has-text('It works')")


def test_areas_are_shown_to_those_who_want_only_some(page: Page, server: str, workplace: Workplace) -> None:
    page.goto(f"{server}/developer/apps/new")
    sign_in(page, workplace)
    areas = page.get_by_role("region", name="Areas")
    assert areas.count() == 0
    page.get_by_label("Some areas").check()
    areas.get_by_label("Read matters").check()
    page.get_by_label("Name").fill("Ledger")
    page.get_by_role("button", name="Register the app").click()
    page.wait_for_selector("dd:has-text('matters:read')")


def test_swagger_ui_authorizes_as_ones_own_app(page: Page, server: str, workplace: Workplace) -> None:
    page.goto(f"{server}/developer")
    sign_in(page, workplace)
    register_app(page, server, public=True)
    page.get_by_role("button", name="Use it in Swagger UI").click()
    page.click("button.authorize")
    with page.expect_popup() as opened:
        page.click(".auth-btn-wrapper .authorize")
    popup = opened.value
    popup.wait_for_selector("h1:has-text('Ledger')")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Approve").click()
    page.wait_for_selector(".auth-container >> text=Authorized")
    page.click(".btn-done")
    page.click("#operations-tag-users")
    block = page.locator(".opblock", has_text="/api/v2/users/me")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    block.get_by_role("button", name="Execute").click()
    answer = block.locator(".live-responses-table .response-col_description pre").first
    assert json.loads(answer.inner_text())["email"] == workplace.email
