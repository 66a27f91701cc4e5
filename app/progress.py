"""Shows on the terminal how far the demo firm is."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from app.services.demo import Progress, Size

COUNTED = ("Account", "Matter", "TimeEntry")
STEPS = 4
"""Lines that say how far it is, where no bar can be drawn."""


@contextmanager
def showing(size: Size) -> Iterator[Progress]:
    """A bar in a terminal; a few plain lines in a file or a pipe."""
    click.echo(
        f"Making a demo firm: {size.accounts:,} accounts, {size.matters:,} matters, "
        f"{size.time_entries:,} time entries."
    )
    started = time.monotonic()
    if sys.stdout.isatty():
        with click.progressbar(length=size.rows, show_pos=True) as bar:
            yield lambda kind, rows: bar.update(rows if kind in COUNTED else 0)
    else:
        yield _lines(size.rows)
    click.echo(f"Made in {time.monotonic() - started:.1f} s.")


def _lines(total: int) -> Progress:
    done, total = 0, max(total, 1)

    def progress(kind: str, rows: int) -> None:
        nonlocal done
        before, done = done, done + (rows if kind in COUNTED else 0)
        if done * STEPS // total > before * STEPS // total:
            click.echo(f"  {done:,} of {total:,} rows")

    return progress
