"""The application in several processes over one database, as it is served in production.

Run as a program, it is one of them: it serves the settings that it is given until its standard input closes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict

from app.config import Settings

PROCESSES = 2


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """One more process; yields its address."""
    command = [sys.executable, "-m", "tests.oauth_servers", json.dumps(asdict(settings))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            assert port, "the server did not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@contextmanager
def several(settings: Settings, processes: int = PROCESSES) -> Iterator[list[str]]:
    """Several processes; yields their addresses."""
    with ExitStack() as stack:
        yield [stack.enter_context(serving(settings)) for _ in range(processes)]


def main() -> None:
    from werkzeug.serving import make_server

    from app.factory import create_app

    app = create_app(Settings(**json.loads(sys.argv[1])))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(server.server_port, flush=True)
    threading.Thread(target=stop_with_the_parent, daemon=True).start()
    server.serve_forever()


def stop_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
