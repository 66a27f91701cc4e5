"""Which version of OData an answer speaks: 4.01, or 4.0 where the client takes no more (Protocol 4.01, 8.2.7)."""

from __future__ import annotations

import re
from functools import lru_cache

from flask import Response, request

from odata.errors import InvalidOption

NEWEST = "4.01"
OLDEST = "4.0"
HEADER = "OData-Version"
ASKED = "OData-MaxVersion"
VERSION = re.compile(r"\d{1,4}\.\d{1,4}", re.A)


def version_of_request() -> str:
    """The version that this request's answer has."""
    return _version(request.environ.get("HTTP_ODATA_MAXVERSION"))


def check_version() -> None:
    """Refuse to speak what nobody here speaks.

    Raises:
        InvalidOption: the client takes only versions below 4.0, or sent a body of a later one.
    """
    environ = request.environ
    _check(environ.get("HTTP_ODATA_MAXVERSION"), environ.get("HTTP_ODATA_VERSION"))


def name_version(response: Response) -> Response:
    """Say which version the answer has; an error, too, has one."""
    try:
        response.headers[HEADER] = version_of_request()
    except ValueError:
        response.headers[HEADER] = NEWEST
    return response


# Asked for several times by every request, and there are few clients.


@lru_cache(maxsize=64)
def _version(asked: str | None) -> str:
    return NEWEST if asked is None or _number(asked) >= _number(NEWEST) else OLDEST


@lru_cache(maxsize=64)
def _check(asked: str | None, sent: str | None) -> None:
    for header, text in ((ASKED, asked), (HEADER, sent)):
        if text is not None and not VERSION.fullmatch(text.strip()):
            raise InvalidOption(f"{header} must be a version such as {NEWEST}.", target=header)
    if _number(asked or NEWEST) < _number(OLDEST):
        raise InvalidOption(
            f"This service speaks OData {OLDEST} and {NEWEST}; ask for one of these.", target=ASKED
        )
    if not _number(OLDEST) <= _number(sent or NEWEST) <= _number(NEWEST):
        raise InvalidOption(f"Requests may be OData {OLDEST} or {NEWEST}.", target=HEADER)


def _number(text: str) -> tuple[int, str]:
    """4.0 and 4.01 in their order; the part behind the point is a fraction."""
    whole, _, fraction = text.strip().partition(".")
    return int(whole), fraction.rstrip("0")
