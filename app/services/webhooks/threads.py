"""Couriers beside the threads that serve the API: each looks once a second whether anything is due.

There may be any number of them in any number of processes; the database keeps them apart.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from app.services.webhooks.courier import Courier

logger = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds between two looks, where nothing was due."""
AFTER_AN_ERROR = 10.0


def start(courier: Courier, how_many: int) -> Callable[[], None]:
    """Start the threads; they end with the process, or with the function that is returned."""
    stopped = Event()
    for number in range(how_many):
        Thread(target=_run, args=(courier, stopped), name=f"webhooks-{number}", daemon=True).start()
    return stopped.set


def _run(courier: Courier, stopped: Event) -> None:
    while not stopped.is_set():
        pause = PAUSE
        try:
            for key in courier.due():
                if courier.serve(key):
                    pause = 0.0
        except Exception:
            # The database may be away for a while; what is due stays due.
            logger.exception("Webhooks could not be delivered")
            pause = AFTER_AN_ERROR
        stopped.wait(pause)
