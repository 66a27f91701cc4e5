"""The server delivers by itself, beside its work, whoever writes and whatever happened while it was away."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from app.config import Settings
from app.factory import create_app
from app.migrations import upgrade
from app.serving import SECONDS_TO_STOP
from tests.contract.samples import account
from tests.firms import open_firm
from tests.services.webhooks.receiver import receiving, subscribe
from tests.test_cli import Server, environment, free_port, typed  # noqa: F401 - a fixture

SECRET = "a secret of the tests, which is long enough"


def test_changes_arrive(environment: dict[str, str], tmp_path: Path) -> None:  # noqa: F811
    settings = Settings(instance_path=str(tmp_path / "instance"), secret_key=SECRET)
    app = create_app(settings)
    database = app.extensions["database"]
    upgrade(database)
    with database.session() as session, receiving() as receiver:
        place = open_firm(app, session)
        subscribe(place, session, receiver.url, entities=["Account"])
        made = [place.ok("POST", "/api/v2/accounts", json=account(place))["id"]]
        given = {
            "MATTERBASE_ENV": "production",
            "SECRET_KEY": SECRET,
            "PORT": str(free_port()),
            "WORKERS": "2",
        }
        allowed = dict.fromkeys(("WEBHOOK_ALLOW_HTTP", "WEBHOOK_ALLOW_PRIVATE_ADDRESSES"), "true")
        with Server(environment, **given, **allowed) as server:
            made += [place.ok("POST", "/api/v2/accounts", json=account(place))["id"] for _ in range(3)]
            deadline = time.monotonic() + 30
            while len(receiver.changes()) < len(made) and time.monotonic() < deadline:
                time.sleep(0.05)
            assert [change["id"] for change in receiver.changes()] == made
            assert len(set(receiver.ids())) == len(receiver.ids())
            place.ok("POST", "/api/v2/accounts", json=account(place))
            assert "Attempts made: " in typed({**environment, **given, **allowed}, "deliver-webhooks").output
            started = time.monotonic()
            assert server.stop(signal.SIGTERM) == 0
            assert time.monotonic() - started < SECONDS_TO_STOP + 5
    database.dispose()
    assert "Traceback" not in server.output
