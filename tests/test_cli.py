"""The commands, as an operator types them: what they do, and what they say when they cannot."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from app.cli import Program
from app.config import Settings, settings_from
from app.extensions import Database
from app.factory import create_app
from app.models import Firm, InitialAccessToken, OAuthClient, User
from app.services import browser_sessions, personal_tokens
from app.services.passwords import verify
from app.serving import SECONDS_TO_STOP
from oauth.credentials import digest

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-c", "from app.factory import main; main(prog_name='matterbase')"]
NAMES = {name.upper() for name in Settings.__dataclass_fields__}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """That of an operator who has set nothing but where the files go."""
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    return {**kept, "INSTANCE_PATH": str(tmp_path / "instance"), "PYTHONPATH": str(ROOT)}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(Settings(instance_path=str(tmp_path / "instance")))
    yield database
    database.dispose()


def run(
    environment: dict[str, str], *arguments: str, input: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        env={**environment, **settings},
        capture_output=True,
        text=True,
        timeout=60,
        input=input,
    )


@cache
def built(settings: Settings) -> Flask:
    """The application, once for all commands with the same settings."""
    return create_app(settings)


PROGRAM = Program(lambda: built(settings_from()))


def typed(environment: dict[str, str], *arguments: str, input: str = "") -> Result:
    """The same within this process, which is quicker."""
    given = {**dict.fromkeys(NAMES), **environment}
    return CliRunner().invoke(PROGRAM, arguments, env=given, input=input)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_help_needs_no_settings(environment: dict[str, str]) -> None:
    done = typed({**environment, "MATTERBASE_ENV": "production"}, "--help")
    assert done.exit_code == 0
    for command in (
        "run",
        "migrate",
        "demo",
        "create-firm",
        "create-user",
        "create-client",
        "revoke",
        "purge-tokens",
    ):
        assert f"  {command} " in done.stdout


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"MATTERBASE_ENV": "production"}, "SECRET_KEY"),
        ({"MATTERBASE_ENV": "production", "SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"PORT": "http"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"HOST": "192.0.2.1"}, "HOST"),
        ({"DATABASE_URL": "mysql://localhost/firm"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u:opensesame@127.0.0.1:1/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": f"sqlite:///{ROOT / 'pyproject.toml'}"}, "DATABASE_URL"),
        ({"INSTANCE_PATH": str(ROOT / "pyproject.toml" / "instance")}, "pyproject.toml"),
    ],
)
def test_what_keeps_it_from_starting_is_said_in_a_sentence(
    environment: dict[str, str], settings: dict[str, str], words: str
) -> None:
    done = typed({**environment, "PORT": str(free_port()), **settings}, "run")
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "opensesame" not in done.stderr + done.stdout


def test_a_port_in_use_is_named(environment: dict[str, str]) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        done = typed({**environment, "PORT": port}, "run")
    assert done.exit_code == 1
    assert f"Port {port}" in done.stderr
    assert "in use" in done.stderr
    assert not Path(environment["INSTANCE_PATH"], "demo.json").exists()


def test_a_firm_opened_by_hand_has_an_administrator_who_signs_in(
    environment: dict[str, str], database: Database
) -> None:
    done = typed(
        environment, "create-firm", "Doe & Partners", "--email", "jane@doe.example", "--first-name", "Jane"
    )
    assert (done.exit_code, done.stderr) == (0, "")
    password = done.stdout.split()[-1]
    with database.session() as session:
        user = session.scalars(select(User)).one()
        assert (user.email, user.role, user.display_name) == ("jane@doe.example", "administrator", "Jane")
        assert verify(password, user.password_hash)


def test_a_second_firm_with_the_same_address_is_refused(
    environment: dict[str, str], database: Database
) -> None:
    for code in (0, 1):
        done = typed(environment, "create-firm", "Doe", "--email", "jane@doe.example", "--generate-password")
        assert done.exit_code == code
    assert "already signs in" in done.stderr
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Firm)) == 1


def test_an_app_is_registered_for_a_firm(environment: dict[str, str], database: Database) -> None:
    typed(environment, "create-firm", "Doe", "--email", "jane@doe.example", "--generate-password")
    app = ("create-app", "Reports", "--redirect-uri", "https://reports.example/back")
    done = typed(environment, *app, "--firm", "1")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Client secret" in done.stdout
    with database.session() as session:
        client = session.scalars(select(OAuthClient)).one()
        assert client.client_id in done.stdout
    assert "Client secret" not in typed(environment, *app, "--firm", "1", "--public").stdout
    missing = typed(environment, *app, "--firm", "77")
    assert (missing.exit_code, missing.stderr) == (1, "Error: There is no firm 77.\n")


@pytest.fixture
def firm(environment: dict[str, str]) -> str:
    """A firm whose administrator is jane@doe.example."""
    typed(environment, "create-firm", "Doe", "--email", "jane@doe.example", "--generate-password")
    return "jane@doe.example"


def test_somebody_is_added_to_a_firm(environment: dict[str, str], database: Database, firm: str) -> None:
    user = ("create-user", "rick@doe.example", "--first-name", "Rick", "--generate-password")
    done = typed(environment, *user, "--firm", "1")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "as member of firm 1" in done.stdout
    with database.session() as session:
        rick = session.scalars(select(User).where(User.login == "rick@doe.example")).one()
        assert (rick.role, rick.display_name) == ("member", "Rick")
        assert verify(done.stdout.split()[-1], rick.password_hash)
    missing = typed(environment, *user, "--firm", "77")
    assert missing.stderr == "Error: There is no firm 77.\n"


def test_service_account_and_device(environment: dict[str, str], database: Database, firm: str) -> None:
    client = ("create-client", "Nightly", "--firm", "1")
    typed(environment, *client, "--acts-as", firm, "--requests-per-minute", "1000")
    typed(environment, *client, "--device", "--public", "--scope", "read", "--no-pkce")
    with database.session() as session:
        by_secret, device = session.scalars(select(OAuthClient).order_by(OAuthClient.scope)).all()
        assert by_secret.grant_types == ["client_credentials"]
        assert (by_secret.acts_as_id is None, by_secret.requests_per_minute) == (False, 1000)
        assert device.grant_types == ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"]
        assert not device.requires_pkce
    dotless = ("--redirect-uri", "myapp:/callback")
    typed({**environment, "DOTLESS_REDIRECT_SCHEMES": "true"}, *client, *dotless)
    for wrong in (
        ("--acts-as", "nobody@doe.example"),
        (),
        ("--redirect-uri", "http://doe.example/"),
        dotless,
    ):
        done = typed(environment, *client, *wrong)
        assert done.exit_code == 1
        assert done.stderr.startswith("Error: ")


def test_apps_secret_and_limit_are_changed(
    environment: dict[str, str], database: Database, firm: str
) -> None:
    client = ("--firm", "1", "--redirect-uri", "https://reports.example/back")
    own = typed(environment, "create-client", "Reports", *client).stdout.splitlines()[0].split()[-1]
    done = typed(environment, "rotate-secret", own, "--overlap", "0")
    assert typed(environment, "limit-client", own, "30").exit_code == 0
    with database.session() as session:
        row = session.get_one(OAuthClient, own)
        assert row.secret_hash == digest(done.stdout.split()[-1])
        assert row.requests_per_minute == 30
    assert (
        typed(environment, "rotate-secret", "nothing").stderr
        == "Error: There is no app with this client id.\n"
    )


def test_grants_are_revoked(environment: dict[str, str], database: Database, firm: str) -> None:
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    with database.session.begin() as session:
        user = session.scalars(select(User)).one()
        tokens = [
            personal_tokens.make(session, user, name="Excel", scope="read", expires_at=until)[0]
            for _ in range(3)
        ]
    revoke = ("revoke", "--token")
    assert run(environment, *revoke, input=tokens[0]).stdout == "Grants ended: 1\n"
    again = typed(environment, *revoke, input=tokens[0])
    assert (again.exit_code, again.stderr) == (1, "Error: No live grant has such a token.\n")
    assert typed(environment, "revoke", "--user", firm, "--firm", "1").stdout == "Grants ended: 2\n"
    assert typed(environment, "revoke", "--user", "nobody@doe.example").exit_code == 1
    assert typed(environment, "revoke").exit_code == 2
    assert typed(environment, "revoke", "--token", "--firm", "1").exit_code == 2


def test_expired_rows_are_purged(environment: dict[str, str], database: Database, firm: str) -> None:
    with database.session.begin() as session:
        user = session.scalars(select(User)).one()
        browser_sessions.begin(session, user, lifetime=-200_000, address=None, browser=None)
    assert "        1  browser_sessions\n" in typed(environment, "purge-tokens").stdout
    assert "        0  browser_sessions\n" in typed(environment, "purge-tokens").stdout


def test_initial_access_token(environment: dict[str, str], database: Database, firm: str) -> None:
    done = typed(environment, "initial-access-token", "--firm", "1", "--days", "2")
    with database.session() as session:
        assert session.get(InitialAccessToken, digest(done.stdout.split()[-1])) is not None


def test_a_demo_of_any_size_is_added(environment: dict[str, str], database: Database) -> None:
    for _ in range(2):
        done = typed(environment, "demo", "--time-entries", "100", "--seed", "7")
        assert (done.exit_code, done.stderr) == (0, "")
    facts = orjson.loads(Path(environment["INSTANCE_PATH"], "demo.json").read_bytes())
    assert facts["password"] in done.stdout
    assert facts["email"] == "nora.alder@firm2.example.com"
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Firm)) == 2


def test_progress_is_a_few_lines_where_there_is_no_terminal(environment: dict[str, str]) -> None:
    done = typed(environment, "demo", "--time-entries", "40")
    assert done.exit_code == 0, done.output
    before, _, _ = done.output.partition("Matterbase is at")
    assert 2 <= len(before.splitlines()) <= 8


class Server:
    """`matterbase run` in a process group of its own, as a terminal starts it."""

    def __init__(self, environment: dict[str, str], **settings: str) -> None:
        self.url = f"http://127.0.0.1:{settings['PORT']}"
        self.process = subprocess.Popen(
            [*COMMAND, "run"],
            env={**environment, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def __enter__(self) -> Server:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):
                    return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise AssertionError(self.output)

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.stop()

    def stop(self, sign: signal.Signals | None = None) -> int:
        if sign:
            os.killpg(self.process.pid, sign)
        if not self.process.stdout.closed:  # type: ignore[union-attr]
            self.output = self.process.communicate(timeout=20)[0]
        return self.process.returncode


def pasted(line: list[str]) -> Any:
    """The answer to a line with curl, as somebody pastes it into a terminal."""
    *_, header, url = line
    name, _, value = header.partition(": ")
    with urllib.request.urlopen(urllib.request.Request(url, headers={name: value}), timeout=10) as response:
        return orjson.loads(response.read())


def test_the_first_run_makes_a_firm_and_shows_how_to_query_it(environment: dict[str, str]) -> None:
    port = str(free_port())
    with Server(environment, PORT=port, WORKERS="2") as server:
        started = time.monotonic()
        assert server.stop(signal.SIGINT) == 0
        assert time.monotonic() - started < SECONDS_TO_STOP + 5
    assert "Traceback" not in server.output
    lines = [shlex.split(line) for line in server.output.splitlines() if "curl" in line]
    assert len(lines) == 3

    with Server(environment, PORT=port) as server:
        facts = orjson.loads(Path(environment["INSTANCE_PATH"], "demo.json").read_bytes())
        assert facts["base_url"] == server.url
        me, entries, count = (pasted(line) for line in lines)
        assert server.stop(signal.SIGTERM) == 0
    assert "Making a demo firm" not in server.output
    assert facts["password"] in server.output
    assert me["email"] == facts["email"]
    assert 0 < len(entries) <= 3
    assert all(entry["hours"] > 6 for entry in entries)
    assert count > 1_000


def test_production_serves_without_a_demo_firm(environment: dict[str, str], database: Database) -> None:
    secret = "a secret of the tests, which is long enough"
    with Server(environment, PORT=str(free_port()), MATTERBASE_ENV="production", SECRET_KEY=secret) as server:
        assert server.stop(signal.SIGTERM) == 0
    # Granian may add that it had to kill a worker which a busy machine kept from stopping in time.
    assert server.output.splitlines()[0] == f"Matterbase is at {server.url}"
    assert "curl" not in server.output
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Firm)) == 0
