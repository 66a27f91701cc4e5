"""The application's own errors. They know a status and a code, and nothing of HTTP frameworks.

`error_handlers.py` turns them into answers in the words of the door that was knocked on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice


class MatterbaseError(Exception):
    """The root: `message` is one sentence that its reader can act on."""

    status = 400
    code = "bad_request"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ConfigurationError(MatterbaseError):
    """A setting is missing or unusable; the process does not start."""


MOST_PROBLEMS = 20
"""How many wrong fields an answer names; a body can have a hundred thousand."""


class InvalidBody(MatterbaseError):
    """The body, or a parameter, has wrong fields.

    Args:
        fields: the texts for each field, named as the caller's door names it; of many, the first are kept.
    """

    code = "invalid_request"

    def __init__(self, fields: Mapping[str, Sequence[str]], message: str = "The request is invalid.") -> None:
        super().__init__(message)
        self.fields = {name: list(texts) for name, texts in islice(fields.items(), MOST_PROBLEMS)}


class NotAuthenticated(MatterbaseError):
    """No token, or one that does not count (RFC 6750 section 3.1)."""

    status = 401
    code = "unauthorized"

    def __init__(self, message: str, *, token_sent: bool, takes_basic: bool = False) -> None:
        super().__init__(message)
        self.token_sent = token_sent
        self.takes_basic = takes_basic
        """Whether a personal access token may come as the password of HTTP Basic here."""


class PaymentRequired(MatterbaseError):
    """The firm has not enabled the operation (RFC 9110 section 15.5.3)."""

    status = 402
    code = "payment_required"


class Forbidden(MatterbaseError):
    """The caller is known and may not do this."""

    status = 403
    code = "forbidden"


class InsufficientScope(Forbidden):
    """The token was not granted the scope that the operation needs (RFC 6750 section 3.1)."""

    code = "insufficient_scope"

    def __init__(self, scope: str) -> None:
        super().__init__(f"This needs the scope '{scope}', which the token does not have.")
        self.scope = scope


class NotFound(MatterbaseError):
    """There is nothing at this address, or nothing that the caller may know of."""

    status = 404
    code = "not_found"


class Gone(MatterbaseError):
    """There was something, and it will not be there again (RFC 9110 section 15.5.11)."""

    status = 410
    code = "gone"


class PreconditionFailed(MatterbaseError):
    """The record is not as the caller has it (RFC 9110 section 15.5.13)."""

    status = 412
    code = "precondition_failed"


class PreconditionRequired(MatterbaseError):
    """The caller has to say which version of the record is meant (RFC 6585 section 3)."""

    status = 428
    code = "precondition_required"


class UnsupportedMediaType(MatterbaseError):
    """The body is of a kind that is not read here (RFC 9110 section 15.5.16)."""

    status = 415
    code = "unsupported_media_type"


class Conflict(MatterbaseError):
    """Another request changed the same thing at the same moment."""

    status = 409
    code = "conflict"


class TooManyRequests(MatterbaseError):
    """The caller has to wait (RFC 6585 section 4).

    Args:
        wait: for how many seconds.
    """

    status = 429
    code = "too_many_requests"

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.wait = wait
