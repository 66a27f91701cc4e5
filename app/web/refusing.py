"""Refused authorization requests: each is kept for the app's developer to read, so nobody may send them without
end."""

from __future__ import annotations

from flask import request

from app.errors import TooManyRequests
from app.services.throttling import REFUSALS_FROM, network_of
from app.web.sign_in import throttle


def count_refusal() -> None:
    """Count one refusal from this network. What the transaction has written of it goes with the error.

    Raises:
        TooManyRequests: there were too many. Requests that are right are still answered.
    """
    if wait := throttle().attempt(REFUSALS_FROM, network_of(request.remote_addr)):
        raise TooManyRequests(
            f"Too many requests from here were refused. Please wait {wait} seconds, then try again.", wait
        )
