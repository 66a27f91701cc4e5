"""A small practice, seen through the OData door on pages of three."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.contract.samples import account
from tests.firms import Workplace, open_firm

ROOT = "/odata/v4"
ENTRIES = [
    # description, hours, rate
    (None, 1.5, 100),
    ("=1+1", 1.5, 0.1),
    ("Draft, long", 0.25, 99.99),
    ("draft", 1.5, 100),
    (None, 8, 0),
    ('Say "so"', 0.25, 100),
    ("Ünder\nlined", 3, 12.5),
    ("draft", 3, 100),
]


@dataclass
class Practice:
    """Two matters of one account; the first has eight time entries, the second none."""

    place: Workplace
    account: str
    matter: str
    bare_matter: str

    def get(self, path: str, **headers: str) -> Any:
        """The answer at an address below the root; a header's name is written with underscores."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.place.get(f"{ROOT}/{self.filled(path)}", headers=given)

    def ok(self, path: str, **headers: str) -> Any:
        answer = self.get(path, **headers)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
        return answer.get_json()

    def filled(self, path: str) -> str:
        """M, N and A in braces stand for the matters and the account."""
        return path.replace("{M}", self.matter).replace("{N}", self.bare_matter).replace("{A}", self.account)

    def pages(self, path: str, **headers: str) -> list[Any]:
        """All pages of a list, along their next links."""
        found = []
        address: str | None = path
        while address:
            page = self.ok(address, **headers)
            found.append(page)
            link = page.get("@odata.nextLink")
            address = link and "?".join(urlsplit(link)[2:4]).removeprefix(f"{ROOT}/")
        return found

    def rows(self, path: str, **headers: str) -> list[Any]:
        return [row for page in self.pages(path, **headers) for row in page["value"]]


@pytest.fixture(scope="module")
def practice(app: Flask) -> Practice:
    """The practice that the tests of a module share; none of them changes it."""
    with app.extensions["database"].session() as session:
        return opened(open_firm(app, session))


@pytest.fixture
def own_practice(workplace: Workplace) -> Practice:
    """A practice for one test, which may change it."""
    return opened(workplace)


def opened(workplace: Workplace) -> Practice:
    """The practice in a new firm."""
    ref = {"id": workplace.ok("POST", "/api/v2/accounts", json=account(workplace))["id"]}
    matters = [
        workplace.ok(
            "POST",
            "/api/v2/matters",
            json={"name": name, "status": "Open", "account_ref": ref, "notes": None},
        )["id"]
        for name in ("Acme v. Bolt", "Acme in general")
    ]
    for description, hours, rate in ENTRIES:
        body = {"date": "2026-01-31T00:00:00Z", "hours": hours, "rate": rate, "description": description}
        links = {"matter_ref": {"id": matters[0]}, "billed_by_user_ref": {"id": workplace.user_id}}
        workplace.ok("POST", "/api/v2/timeentries", json=body | links)
    return Practice(workplace, ref["id"], *matters)


@pytest.fixture
def small_pages(app: Flask, monkeypatch: pytest.MonkeyPatch) -> int:
    """At most three objects a page."""
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], odata_page_size=3))
    return 3
