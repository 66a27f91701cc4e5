"""The password once more: whoever finds a browser open should not take the account over, or hand it out.

Guesses are slowed here, as they are at the sign-in, and kept in the audit trail.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from app.errors import InvalidBody, TooManyRequests
from app.models import User
from app.services import audit, passwords
from app.services.throttling import OLD_PASSWORD
from app.transactions import let_others_write, session
from app.web.sign_in import throttle

FIELD = "old"


def check_password(user: User) -> None:
    """Go on only with the user's own password in the form's field `old`.

    Raises:
        InvalidBody: it is wrong.
        TooManyRequests: there were too many tries.
    """
    with one_try(user, FIELD):
        if not passwords.verify(request.form.get(FIELD, ""), user.password_hash):
            raise InvalidBody({FIELD: ["This is not your password."]})


@contextmanager
def one_try(user: User, field: str) -> Iterator[None]:
    """Count what is done in the block as one try; it is forgotten unless the proof was wrong.

    The block computes a slow hash, so it begins without a transaction.

    Args:
        field: the field of `InvalidBody` that says so. The block looks at the proof first, so that whatever
            else is wrong shows that the proof was right.

    Raises:
        TooManyRequests: there were too many tries.
    """
    whose = (user.firm_id, user.id)
    if wait := throttle().attempt(OLD_PASSWORD, *whose):
        raise TooManyRequests(f"That were too many tries. Please wait {wait} seconds, then go back.", wait)
    let_others_write()
    try:
        yield
    except InvalidBody as error:
        if field in error.fields:
            told = {"address": request.remote_addr, "page": request.path}
            audit.record_by(session(), user, "proof.refused", **told)
        else:
            throttle().forget(OLD_PASSWORD, *whose)
        raise
    throttle().forget(OLD_PASSWORD, *whose)
