"""Asks a server as fast as it answers, with `wrk`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.servers import Target

SCRIPT = """
local paths, last = {}, 0
for path in io.lines("%(paths)s") do paths[#paths + 1] = path end
%(headers)s
function request()
    last = last %% #paths + 1
    return wrk.format("GET", paths[last])
end
function done(summary, latency)
    local e = summary.errors
    io.write(string.format('\\n{"requests": %%d, "microseconds": %%d, "median": %%f, "failed": %%d}\\n',
        summary.requests, summary.duration, latency:percentile(50),
        e.status + e.connect + e.read + e.write + e.timeout))
end
"""
LONGEST_PAUSE = 10
"""Seconds to wait for a server that is still busy with requests that wrk has given up."""


@dataclass(frozen=True)
class Sample:
    """What one run measured.

    Args:
        rate: answers a second.
        median: milliseconds from a request to its answer.
        failed: answers other than 2xx, and connections that broke.
    """

    rate: float
    median: float
    failed: int


def check_installed() -> None:
    """Leave with status 2 where there is no wrk."""
    if shutil.which("wrk") is None:
        print("The benchmark asks with wrk; install it (Debian: apt-get install wrk).", file=sys.stderr)
        raise SystemExit(2)


def ask(target: Target, paths: Sequence[str], *, seconds: int, connections: int) -> Sample:
    """Ask for the paths in turn, on so many connections at once, for so long."""
    with tempfile.TemporaryDirectory() as folder:
        list_of_paths, script = Path(folder, "paths"), Path(folder, "script.lua")
        list_of_paths.write_text("\n".join(paths) + "\n")
        script.write_text(SCRIPT % {"paths": list_of_paths, "headers": _headers(target.headers)})
        command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
        command += ["--timeout", "20s", "--script", str(script), f"http://{target.host}:{target.port}"]
        finished = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(finished.stdout.splitlines()[-1])
    rate = found["requests"] * 1e6 / found["microseconds"]
    # Requests in flight are still being worked on: not at the next target's cost.
    time.sleep(0.1 + min(LONGEST_PAUSE, connections / rate if rate else LONGEST_PAUSE))
    return Sample(rate, found["median"] / 1000, found["failed"])


def _headers(headers: Mapping[str, str]) -> str:
    return "\n".join(
        f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers.items()
    )
