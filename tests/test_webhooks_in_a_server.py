"""The server delivers by itself, beside its work, whoever writes and whatever happened while it was away."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from sqlalchemy.orm import Session

from app.config import Settings
from app.extensions import Database
from app.migrations import upgrade
from app.models import Tag, User
from app.models.base import new_id
from app.services import changes, firms
from app.services.webhooks import subscriptions
from app.services.webhooks.subscriptions import Terms, Wish
from app.serving import SECONDS_TO_STOP
from tests.firms import PASSWORD
from tests.services.webhooks.receiver import ANYWHERE, receiving
from tests.test_cli import Server, environment, free_port  # noqa: F401 - a fixture

SECRET = "a secret of the tests, which is long enough"
ALLOWED = dict.fromkeys(("WEBHOOK_ALLOW_HTTP", "WEBHOOK_ALLOW_PRIVATE_ADDRESSES"), "true")


def add_tag(session: Session, user: User) -> str:
    """A new record, written by this process."""
    tag = Tag(firm_id=user.firm_id, id=new_id(), name=new_id(), tag_for="Matter")
    session.add(tag)
    session.commit()
    return tag.id


def test_changes_arrive(environment: dict[str, str], tmp_path: Path) -> None:  # noqa: F811
    database = Database(Settings(instance_path=str(tmp_path / "instance")))
    upgrade(database)
    changes.watch(database.session)
    with database.session() as session, receiving() as receiver:
        _, user = firms.create_firm(session, "Quill", email="ada@example.com", password=PASSWORD)
        wish, terms = Wish(receiver.url, ["Tag"]), Terms({"Tag"}, ANYWHERE, SECRET)
        subscriptions.make(session, user, wish, terms)
        made = [add_tag(session, user)]
        settings = {"MATTERBASE_ENV": "production", "SECRET_KEY": SECRET, "PORT": str(free_port())}
        with Server(environment, **settings, **ALLOWED) as server:
            made += [add_tag(session, user) for _ in range(3)]
            deadline = time.monotonic() + 30
            while len(receiver.changes()) < len(made) and time.monotonic() < deadline:
                time.sleep(0.05)
            assert [change["id"] for change in receiver.changes()] == made
            assert len(set(receiver.ids())) == len(receiver.ids())
            started = time.monotonic()
            assert server.stop(signal.SIGTERM) == 0
            assert time.monotonic() - started < SECONDS_TO_STOP + 5
    database.dispose()
    assert "Traceback" not in server.output
