"""Says at the end of a run how many operations of the published specifications were covered."""

from __future__ import annotations

import pytest

COVERED = "published operation"
"""The property under which a test notes the operation that it found as published."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    covered, tried = set(), set()
    for outcome in ("passed", "failed", "error"):
        for report in terminalreporter.stats.get(outcome, []):
            names = {value for name, value in getattr(report, "user_properties", ()) if name == COVERED}
            tried |= names
            covered |= names if outcome == "passed" else set()
    if tried:
        terminalreporter.write_line(f"{len(covered)} of {len(tried)} published operations covered")
