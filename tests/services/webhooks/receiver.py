"""Somebody who is told of changes: a small server of the tests' own, and a courier whose clock they set."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import User, Webhook
from app.services.webhooks import subscriptions
from app.services.webhooks.courier import Courier
from app.services.webhooks.destinations import Policy
from app.services.webhooks.sending import post
from app.services.webhooks.subscriptions import Terms, Wish
from tests.firms import Workplace

ANYWHERE = Policy(private_addresses=True, http=True)


@dataclass
class Receiver:
    """What has arrived, and what is answered: the next of `answers`, else 204."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)

    def changes(self) -> list[dict[str, Any]]:
        return [change for _, body in self.got for change in json.loads(body)["data"]]

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status, text = receiver.answers.pop(0) if receiver.answers else (204, b"")
            self.send_response(status)
            self.send_header("Location", receiver.url)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    moment: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC).replace(microsecond=0))

    def __call__(self) -> dt.datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += dt.timedelta(**by)


def terms_of(app: Flask) -> Terms:
    own: Terms = app.extensions["webhook_terms"]
    return Terms(own.known, ANYWHERE, own.key)


def courier_of(app: Flask, clock: Clock) -> Courier:
    send = partial(post, policy=ANYWHERE, seconds=2.0)
    return Courier(app.extensions["database"], terms_of(app), send, clock)


def subscribe(place: Workplace, session: Session, url: str, **wish: Any) -> tuple[str, str]:
    """A new webhook of the firm, by its id, and its secret."""
    user = session.get_one(User, (place.firm_id, place.user_id))
    webhook, secret = subscriptions.make(session, user, Wish(url, **wish), terms_of(place.app))
    session.commit()
    return webhook.id, secret


def webhook_of(place: Workplace, session: Session, webhook_id: str) -> Webhook:
    """As the database has it now; no lock is held."""
    session.rollback()
    found = session.get_one(Webhook, (place.firm_id, webhook_id), populate_existing=True)
    session.expunge(found)
    session.rollback()
    return found


def one(place: Workplace, session: Session, kind: Any) -> Any:
    """The firm's only row of a kind; no lock is held."""
    session.rollback()
    (found,) = session.scalars(select(kind).where(kind.firm_id == place.firm_id)).all()
    session.expunge(found)
    session.rollback()
    return found
