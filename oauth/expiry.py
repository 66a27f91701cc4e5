"""An earlier end for a refresh token, which an app may ask for with a Unix timestamp.

The name of the parameter is lost in every copy of the published document, so three are understood.
"""

from __future__ import annotations

import datetime as dt
import re

from authlib.oauth2.rfc6749 import InvalidRequestError

from oauth.requests import Request
from oauth.tables import Lifetimes, seconds

NAMES = ("refresh_token_expires_at", "refresh_token_expires", "expires_at")
TIMESTAMP = re.compile(r"[0-9]{1,11}")


def refresh_token_end(request: Request, lifetimes: Lifetimes) -> dt.datetime:
    """When the refresh token that answers this request expires.

    Raises:
        InvalidRequestError: the timestamp is not a whole number, is past, or is later than the token would
            live anyway.
    """
    latest = request.began + seconds(lifetimes.refresh_token)
    asked = [value for name in NAMES if (value := request.payload.data.get(name)) is not None]
    if not asked:
        return latest
    if len(set(asked)) > 1 or not TIMESTAMP.fullmatch(asked[0]):
        raise InvalidRequestError("The expiry of the refresh token must be one Unix timestamp in seconds.")
    stamp = int(asked[0])
    if not request.began.timestamp() < stamp <= latest.timestamp():
        raise InvalidRequestError(
            f"The expiry of the refresh token must lie within the next {lifetimes.refresh_token} seconds."
        )
    return dt.datetime.fromtimestamp(stamp, dt.UTC)
