"""Serves the application and its hub with granian: worker processes, each with a few threads, behind one port."""

from __future__ import annotations

import errno
import signal
import socket
from pkgutil import resolve_name

from flask import Flask
from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from app.config import Settings
from app.errors import ConfigurationError
from app.gateway import Bridge, Front
from app.services.webhooks import threads

APPLICATION = "app.factory:create_app"

BACKLOG = 1024
"""Connections that may wait for a worker, and how many a worker has at once besides those of the hub."""
SECONDS_TO_STOP = 10
"""How long requests in flight may take once the server is told to stop."""

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - it is what the operator may have asked for
REASONS = {
    errno.EADDRINUSE: "is in use; stop what runs there, or choose another with PORT",
    errno.EACCES: "needs more rights than you have; choose one above 1023 with PORT",
    errno.EADDRNOTAVAIL: "cannot be opened, because HOST is not an address of this machine",
}


def base_url(settings: Settings) -> str:
    """Where a browser on this machine finds the server."""
    host = settings.host
    host = EVERYWHERE.get(host) or (f"[{host}]" if ":" in host else host)
    return f"http://{host}:{settings.port}"


def check_port(settings: Settings) -> None:
    """Try the port. Granian's sockets would share it with another server of the same user without a word.

    Raises:
        ConfigurationError: it cannot be had.
    """
    if not 0 < settings.port < 65_536:
        raise ConfigurationError(f"PORT must be between 1 and 65535, not {settings.port}.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as error:
        raise ConfigurationError(
            f"HOST must be an address of this machine, not {settings.host!r}."
        ) from error
    except OSError as error:
        reason = REASONS.get(error.errno or 0, f"cannot be opened: {error.strerror}")
        raise ConfigurationError(f"Port {settings.port} on {settings.host} {reason}.") from error


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM. Each worker builds its own application from the environment.

    Raises:
        ConfigurationError: the port cannot be had.
    """
    check_port(settings)
    server = Server(
        APPLICATION,
        interface=Interfaces.RSGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        backlog=BACKLOG,
        backpressure=BACKLOG + settings.hub_connections,
        loop=Loops.asyncio,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=settings.is_production,
        workers_kill_timeout=SECONDS_TO_STOP,
    )
    try:
        server.serve(target_loader=_load_in_worker, wrap_loader=False)  # type: ignore[arg-type]
    except SystemExit:
        # Told together with the parent to stop, a worker may be gone before the parent expects it; no failure.
        if not server.interrupt_signal:
            raise


def application() -> Front:
    """The application as granian runs it, and nothing beside it."""
    return _behind_gateway(resolve_name(APPLICATION)())


def _behind_gateway(app: Flask) -> Front:
    settings: Settings = app.extensions["settings"]
    bridge = Bridge(app, settings.threads, settings.longest_body, settings.answer_spool)
    return Front(bridge, app.extensions["hub"])


def _load_in_worker() -> Front:
    """Build a worker's application, with the signals as they should be in a worker.

    Ctrl-C reaches every process of a terminal; only the parent may act on it, or it takes its workers for
    crashed. The order to stop waits until the hub has told its clients (`app.gateway.front`).
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    app: Flask = resolve_name(APPLICATION)()
    threads.start(app.extensions["webhook_courier"], app.extensions["settings"].webhook_threads)
    return _behind_gateway(app)
