"""The password once more: whoever finds a browser open should not take the account over, or hand it out.

Guesses are slowed here, as they are at the sign-in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import InvalidBody, TooManyRequests
from app.models import User
from app.services import passwords
from app.services.throttling import OLD_PASSWORD
from app.web.sign_in import throttle

FIELD = "old"


def check_password(user: User, password: str) -> None:
    """Go on only with the user's own password.

    Raises:
        InvalidBody: it is wrong.
        TooManyRequests: there were too many tries.
    """
    with one_try(user, FIELD):
        if not passwords.verify(password, user.password_hash):
            raise InvalidBody({FIELD: ["This is not your password."]})


@contextmanager
def one_try(user: User, field: str) -> Iterator[None]:
    """Count what is done in the block as one try; it is forgotten unless the proof was wrong.

    Args:
        field: the field of `InvalidBody` that says so. The block looks at the proof first, so that whatever
            else is wrong shows that the proof was right.

    Raises:
        TooManyRequests: there were too many tries.
    """
    whose = (user.firm_id, user.id)
    if wait := throttle().attempt(OLD_PASSWORD, *whose):
        raise TooManyRequests(f"That were too many tries. Please wait {wait} seconds, then go back.", wait)
    try:
        yield
    except InvalidBody as error:
        if field not in error.fields:
            throttle().forget(OLD_PASSWORD, *whose)
        raise
    throttle().forget(OLD_PASSWORD, *whose)
