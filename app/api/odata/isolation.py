"""Snapshot isolation, which is not offered: a request that insists on it is not carried out (Protocol 4.01, 8.2.4)."""

from __future__ import annotations

from flask import request

from app.errors import PreconditionFailed

HEADERS = ("OData-Isolation", "Isolation")


def refuse_isolation() -> None:
    """Raises PreconditionFailed where the client wants all answers to be of one moment."""
    for header in HEADERS:
        if header in request.headers:
            raise PreconditionFailed(f"This service offers no isolation; leave out the header {header}.")
