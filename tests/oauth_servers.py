"""The application in several processes over one database, as it is served in production.

Run as a program, it becomes them: they serve the settings that it is given until its standard input closes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from app.config import Settings
from tests.parallel import become

PROCESSES = 2


@contextmanager
def several(settings: Settings, processes: int = PROCESSES) -> Iterator[list[str]]:
    """Several processes; yields their addresses."""
    command = [sys.executable, "-m", "tests.oauth_servers", json.dumps([asdict(settings), processes])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ports = [process.stdout.readline().strip() for _ in range(processes)]
        assert all(ports), "a server did not start"
        yield [f"http://127.0.0.1:{port}" for port in ports]


def main() -> None:
    from werkzeug.serving import make_server

    from app.factory import create_app

    given, processes = json.loads(sys.argv[1])
    app = create_app(Settings(**given))

    def serve(number: int) -> None:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        os.write(1, b"%d\n" % server.server_port)
        threading.Thread(target=stop_with_the_parent, daemon=True).start()
        server.serve_forever()

    become(processes, serve)


def stop_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
