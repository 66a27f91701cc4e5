"""A person with a browser, at a server that is running."""

from __future__ import annotations

from urllib.parse import urljoin

import requests

from tests.firms import Workplace
from tests.oauth_steps import fields, form_action


class Visitor:
    """Somebody who has logged in.

    Args:
        server: its address.
        workplace: whose administrator it is.
    """

    def __init__(self, server: str, workplace: Workplace) -> None:
        self._server = server
        self._browser = requests.Session()
        login = self._browser.get(f"{server}/login", timeout=30)
        typed = {**fields(login.text), "email": workplace.email, "password": workplace.password}
        self._browser.post(f"{server}/login", data=typed, timeout=30).raise_for_status()

    def approve(self, url: str) -> str:
        """Follow an app's link, approve where that is asked, and return where the app is answered."""
        page = self._browser.get(url, allow_redirects=False, timeout=30)
        if page.status_code == 303:
            return page.headers["Location"]
        typed = {**fields(page.text), "decision": "approve"}
        answer = self._browser.post(
            urljoin(self._server, form_action(page.text)), data=typed, allow_redirects=False, timeout=30
        )
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def download(self, path: str) -> bytes:
        answer = self._browser.get(self._server + path, timeout=30)
        assert answer.headers.get("Content-Disposition", "").startswith("attachment"), answer.text
        return answer.content

    def close(self) -> None:
        self._browser.close()
