"""The way in: what granian hears goes to the WSGI application or to the hub, in one process and at one port.

Granian speaks RSGI here (its own interface, https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md),
because WSGI knows no WebSockets. The event loop takes bodies in, so a client that sends slowly holds no thread;
a bounded number of threads runs the WSGI application; `sending.py` keeps for a client what it does not read at once,
so one that reads slowly holds none either. docs/decisions/0020 has the measurements.
"""

from app.gateway.front import Front
from app.gateway.wsgi import Bridge

__all__ = ["Bridge", "Front"]
