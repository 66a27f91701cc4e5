"""A page of another origin calls the API from Chromium, which asks first and keeps back what it may not show."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.databases import on_one_database
from tests.firms import Workplace
from tests.oauth_fixtures import Register

pytestmark = [pytest.mark.browser, on_one_database]

CALL = """async ([address, method, headers, body]) => {
    try {
        const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
        const text = await answer.text();
        return { status: answer.status, text, headers: Object.fromEntries(answer.headers) };
    } catch (error) {
        return String(error);
    }
}"""


@pytest.fixture
def elsewhere(server: str) -> str:
    """The same server by another name, which is another origin to a browser."""
    return server.replace("127.0.0.1", "localhost")


def call(page: Page, address: str, token: str, method: str = "GET", body: Any = None, **more: str) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    return page.evaluate(CALL, [address, method, headers, body])


def test_a_page_of_a_public_app_reads_and_changes(
    page: Page, server: str, elsewhere: str, firm: Workplace, register_app: Register
) -> None:
    register_app(confidential=False, redirect_uris=[f"{elsewhere}/callback"])
    page.goto(f"{elsewhere}/health")
    accounts = f"{server}/odata/v4/Accounts"
    made = call(page, accounts, firm.token, "POST", {"company_name": "Grid"}, Prefer="return=minimal")
    assert (made["status"], made["headers"]["preference-applied"]) == (204, "return=minimal")
    address = made["headers"]["location"]
    seen = call(page, address, firm.token, OData_MaxVersion="4.01")
    assert (seen["status"], seen["headers"]["odata-version"]) == (200, "4.01")
    changes: dict[str, Any] = {"method": "PATCH", "body": {"notes": "Seen"}}
    assert call(page, address, firm.token, **changes, If_Match='W/"0"')["status"] == 412
    assert call(page, address, firm.token, **changes, If_Match=seen["headers"]["etag"])["status"] == 204
    assert call(page, f"{server}/api/v2/users/me", "wrong")["status"] == 401


def test_a_page_of_nobodys_reads_nothing(page: Page, server: str, elsewhere: str, firm: Workplace) -> None:
    page.goto(f"{elsewhere}/health")
    assert call(page, f"{server}/api/v2/users/me", firm.token) == "TypeError: Failed to fetch"
