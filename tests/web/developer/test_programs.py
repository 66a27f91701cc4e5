"""The programs run as they are printed: against a real server, with somebody who approves."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from html import unescape
from urllib.parse import urljoin

import pytest
import requests

from tests.oauth_steps import fields, form_action
from tests.web.developer.conftest import register

COMMANDS = {"connect.py": [sys.executable], "connect.mjs": ["node"], "connect.sh": ["sh"]}
NEEDS = {"connect.py": (), "connect.mjs": ("node",), "connect.sh": ("curl", "openssl")}
WAITING = ["connect.py", "connect.mjs"]
"""Those that wait for the browser where the redirect URI lets them."""


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def printed(portal, app, name, server):
    """The program, as the page shows it to somebody who reads it at the server's address."""
    with (
        portal.browser.session_transaction() as there,
        portal.browser.session_transaction(base_url=server) as here,
    ):
        here.update(there)
    answer = portal.browser.get(f"/developer/apps/{app.client_id}/programs", base_url=server)
    text = answer.text.split(f">Save {name}<")[1].split('<code class="copy">')[1].split("</code>")[0]
    return unescape(text)


def approve(address, workplace):
    """Where the browser goes in the end; it is not followed there."""
    with requests.Session() as browser:
        login = browser.get(address)
        password = {"email": workplace.email, "password": workplace.password}
        consent = browser.post(
            urljoin(address, form_action(login.text)), data={**fields(login.text), **password}
        )
        action = urljoin(address, form_action(consent.text))
        decision = {**fields(consent.text), "decision": "approve"}
        return browser.post(action, data=decision, allow_redirects=False).headers["Location"]


def run(name, program, secret, folder, person):
    """Run a program and do what it asks for.

    Args:
        person: takes the address that the program prints; returns what to type, if anything.
    """
    for tool in NEEDS[name]:
        if shutil.which(tool) is None:
            pytest.skip(f"there is no {tool} on this machine")
    (folder / name).write_text(program)
    environment = {**os.environ, "BROWSER": "true", "CLIENT_SECRET": secret or ""}
    with subprocess.Popen(
        [*COMMANDS[name], name],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        first = process.stdout.readline()
        if not first.startswith("Open "):
            pytest.fail(f"{first}{process.communicate(timeout=30)}")
        typed = person(first.removeprefix("Open ").strip())
        said, problems = process.communicate(typed, timeout=60)
    assert process.returncode == 0, said + problems
    return said


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("confidential", [True, False])
def test_program_connects_with_a_pasted_address(
    name, confidential, developer, session, server, workplace, tmp_path
):
    uri = "https://ledger.example.com/it's?a=$HOME&b=%22"
    app = register(session, developer, confidential=confidential, redirect_uris=[uri])
    program = printed(developer, app, name, server)
    secret = developer.secrets[app.client_id]
    said = run(name, program, secret, tmp_path, lambda address: approve(address, workplace) + "\n")
    assert json.loads(said[said.index("{") :])["email"] == workplace.email


@pytest.mark.parametrize("name", WAITING)
@pytest.mark.parametrize("confidential", [True, False])
def test_program_waits_for_the_browser(name, confidential, developer, session, server, workplace, tmp_path):
    uris = ["https://ledger.example.com/", f"http://127.0.0.1:{free_port()}/callback"]
    app = register(session, developer, confidential=confidential, redirect_uris=uris, scope="read")
    program = printed(developer, app, name, server)

    def person(address):
        back = requests.get(approve(address, workplace), timeout=30)
        assert "You can close this page." in back.text

    said = run(name, program, developer.secrets[app.client_id], tmp_path, person)
    assert json.loads(said[said.index("{") :])["email"] == workplace.email


@pytest.mark.parametrize("name", COMMANDS)
def test_program_says_when_it_was_denied(name, developer, session, server, tmp_path):
    app = register(session, developer, confidential=False, redirect_uris=["https://ledger.example.com/"])
    program = printed(developer, app, name, server)
    with pytest.raises(AssertionError, match="Not connected"):
        run(name, program, None, tmp_path, lambda _: "https://ledger.example.com/?error=access_denied\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_file_is_what_the_page_shows(name, developer, ledger):
    answer = developer.get(f"/developer/apps/{ledger.client_id}/programs/{name}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.text == printed(developer, ledger, name, "http://localhost")


def test_there_are_no_other_programs(developer, ledger):
    assert developer.get(f"/developer/apps/{ledger.client_id}/programs/connect.rb").status_code == 404


@pytest.mark.parametrize(
    ("uris", "used"),
    [
        (["http://127.0.0.1/callback"], "http://127.0.0.1:8765/callback"),
        (["https://x.example/", "http://localhost:9000/cb"], "http://localhost:9000/cb"),
        (["http://localhost/cb"], "http://localhost/cb"),
        (["https://x.example/", "http://127.0.0.1:9/a?b=c"], "https://x.example/"),
    ],
)
def test_the_program_uses_the_address_that_it_can_do_most_with(uris, used, developer, session):
    app = register(session, developer, redirect_uris=uris)
    for name in ("connect.py", "connect.mjs"):
        assert json.dumps(used) in printed(developer, app, name, "http://localhost")
