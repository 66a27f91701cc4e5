"""The hub at `/hubs/sync`: tells the firm's clients what has been changed, as SignalR clients understand it.

What has been committed is in the log of changes (`app/models/changes.py`), and the hub reads it there: `waking.py`
notices that there is more, `feeds.py` reads it once for all of a process's connections of a firm, `sight.py` leaves
out what somebody may not see, and `sockets.py` and `polling.py` carry it to the client. Where each connection
stands is in a table (`positions.py`), so that any process can go on with it. docs/reference/realtime.md says what
clients can rely on.
"""

from app.realtime.routes import Routes, init_app

__all__ = ["Routes", "init_app"]
