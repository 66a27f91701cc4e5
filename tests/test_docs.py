"""The documentation tells the truth: settings, links, and the tutorial's program, which is run as it is printed."""

from __future__ import annotations

import json
import os
import re
import socket
import threading
from dataclasses import fields
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from sqlalchemy.orm import Session

from app.config import Settings
from app.services import apps
from app.services.scopes import AREAS
from tests.firms import Workplace
from tests.oauth_steps import fields as hidden_fields
from tests.oauth_steps import form_action

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


def test_every_setting_is_documented_with_its_default() -> None:
    table = (ROOT / "docs/reference/configuration.md").read_text()
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", table, re.M))
    assert set(rows) == {field.name.upper() for field in fields(Settings)}
    for field in fields(Settings):
        if field.name not in ("secret_key", "database_url"):
            shown = str(field.default).lower() if field.type == "bool" else field.default
            assert rows[field.name.upper()] == f"`{shown}`", field.name


def links_of(page: Path) -> list[tuple[Path, str]]:
    """The pages of ours that it links to, each with the heading that is meant."""
    found = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", page.read_text())
    return [((page.parent / target).resolve() if target else page, heading) for target, heading in found]


def headings_of(page: Path) -> set[str]:
    """As GitHub makes addresses of them."""
    lines = re.findall(r"^#+ (.*)$", page.read_text(), re.M)
    return {re.sub(r"[^\w -]", "", line).strip().lower().replace(" ", "-") for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target, heading in links_of(page):
        assert target.exists(), f"{page.name} links to {target}"
        assert not heading or heading in headings_of(target), f"{page.name} links to #{heading}"


@pytest.mark.parametrize("folder", ["docs", "docs/decisions"])
def test_an_index_names_every_page_below_it(folder: str) -> None:
    index = ROOT / folder / "README.md"
    linked = {target for target, _ in links_of(index)}
    below = {page for page in PAGES if page.is_relative_to(ROOT / folder)} - {index}
    apart = {page for page in below if (page.parent / "README.md").exists() and page.parent != index.parent}
    assert below - apart <= linked


def test_every_area_of_the_scopes_is_documented() -> None:
    areas = (ROOT / "docs/reference/oauth.md").read_text().partition("The areas are")[2].partition("\n\n")[0]
    assert set(AREAS) <= set(re.findall(r"`(\w+)`", areas))


def test_every_make_target_that_the_documentation_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in PAGES:
        assert set(re.findall(r"(?:`|^|\n|\s{2})make ([a-z]+)\b", page.read_text())) <= targets | {"it"}, page


class Person:
    """Signs in and approves, as the user of the tutorial does in the browser."""

    def __init__(self, server: str, workplace: Workplace) -> None:
        self._server = server
        self._workplace = workplace
        self.problems: list[BaseException] = []

    def open(self, url: str) -> None:
        threading.Thread(target=self._walk, args=(url,), daemon=True).start()

    def _walk(self, url: str) -> None:
        try:
            with requests.Session() as browser:
                login = browser.get(url)
                password = {"email": self._workplace.email, "password": self._workplace.password}
                address = urljoin(self._server, form_action(login.text))
                consent = browser.post(address, data={**hidden_fields(login.text), **password})
                address = urljoin(self._server, form_action(consent.text))
                browser.post(address, data={**hidden_fields(consent.text), "decision": "approve"})
        except BaseException as problem:
            self.problems.append(problem)


def test_the_tutorials_program_runs(
    server: str,
    full_practice: Workplace,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    workplace = full_practice
    client, secret = apps.register(
        session,
        firm_id=workplace.firm_id,
        name="Demo app",
        redirect_uris=["http://127.0.0.1/callback"],
        requires_pkce=False,
    )
    session.commit()
    (tmp_path / "instance").mkdir()
    facts = {"base_url": server, "client_id": client.client_id, "client_secret": secret}
    (tmp_path / "instance/demo.json").write_text(json.dumps(facts))
    person = Person(server, workplace)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", person.open)
    monkeypatch.setitem(os.environ, "OAUTHLIB_INSECURE_TRANSPORT", "1")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/tutorial.md").read_text(), re.S)
    program = program.replace("8765", str(port)).replace("hours gt 6", "hours gt 1")
    names: dict[str, object] = {}
    try:
        exec(compile(program, "tutorial.md", "exec"), names)  # noqa: S102 - it is what we print
    finally:
        if "app" in names:
            names["app"].close()  # type: ignore[attr-defined]
    assert not person.problems
    assert " - Acme v. Bolt" in capsys.readouterr().out
