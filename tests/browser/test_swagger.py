"""Swagger UI authorizes itself through the real pages and runs a query."""

from __future__ import annotations

import json
import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from app.services.demo.apps import welcome_swagger_ui
from tests.contract.samples import time_entry
from tests.databases import on_one_database
from tests.firms import Workplace

pytestmark = [pytest.mark.browser, on_one_database]

BOX = "{}-authorizationCode-checkbox-oauth2"


@pytest.fixture
def swagger(server: str, workplace: Workplace, session: Session) -> str:
    welcome_swagger_ui(session, workplace.firm_id, urlsplit(server).port or 0)
    session.commit()
    return f"{server}/swagger"


def authorize(page: Page, workplace: Workplace, scope: str = "", in_words: str = "Swagger UI") -> None:
    """Ask for what is ticked already, and for one scope more where one is named."""
    page.click("button.authorize")
    if scope:
        page.locator(f"label[for='{BOX.format(scope)}'] span.item").click()
    with page.expect_popup() as opened:
        page.click(".auth-btn-wrapper .authorize")
    popup = opened.value
    popup.fill("input[name=email]", workplace.email)
    popup.fill("input[name=password]", workplace.password)
    popup.click("button[type=submit]")
    popup.wait_for_selector(f"text={in_words}")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Approve").click()
    page.wait_for_selector(".auth-container >> text=Authorized")
    page.click(".btn-done")


def test_swagger_ui_authorizes_and_queries(page: Page, swagger: str, workplace: Workplace) -> None:
    entry = workplace.ok("POST", "/api/v2/timeentries", json=time_entry(workplace))
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(swagger)
    page.wait_for_selector("#operations-tag-timeentries")
    authorize(page, workplace)
    page.click("#operations-tag-timeentries")
    block = page.locator(".opblock", has_text="List the time entries")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    block.locator("tr[data-param-name='$filter'] input").fill("hours gt 1")
    block.get_by_role("button", name="Execute").click()
    answer = block.locator(".live-responses-table .response-col_description pre").first
    assert [row["id"] for row in json.loads(answer.inner_text())] == [entry["id"]]
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/swagger.png", full_page=True)
    assert not problems


def test_swagger_ui_asks_for_the_areas_that_are_ticked(
    page: Page, swagger: str, workplace: Workplace
) -> None:
    page.goto(f"{swagger}?scope=timeentries:read")
    page.wait_for_selector("#operations-tag-timeentries")
    authorize(page, workplace, "matters:read", "matters.")
    granted = page.evaluate("Object.values(ui.authSelectors.authorized().toJS())[0].token.scope")
    assert granted == "matters:read timeentries:read"
