"""Snapshot isolation, which is not offered: a request that insists on it is not carried out (Protocol 4.01, 8.2.4)."""

from __future__ import annotations

from flask import request

from app.errors import PreconditionFailed

HEADERS = {"HTTP_ODATA_ISOLATION": "OData-Isolation", "HTTP_ISOLATION": "Isolation"}
"""By their names in the WSGI environment, where looking is cheap."""


def refuse_isolation() -> None:
    """Raises PreconditionFailed where the client wants all answers to be of one moment."""
    environ = request.environ
    for name, header in HEADERS.items():
        if name in environ:
            raise PreconditionFailed(f"This service offers no isolation; leave out the header {header}.")
