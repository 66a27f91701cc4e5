"""The second factor: a six-digit code that a user's phone shows, new every half minute (TOTP, RFC 6238).

The shared secret has to be read again at each sign-in, so it cannot be hashed; it is encrypted with a key that
comes from SECRET_KEY, which is not in the database.
"""

from __future__ import annotations

import hmac
import io
from dataclasses import dataclass
from typing import Any

import pyotp
import segno
from cryptography.fernet import InvalidToken
from sqlalchemy import ColumnElement, and_, or_, update
from sqlalchemy.orm import Session

from app.errors import Conflict, InvalidBody
from app.models import User
from app.models.base import now
from app.services import audit, passwords, recovery_codes
from app.services.people import require_administrator
from app.services.sealing import cipher

ISSUER = "Matterbase"
PURPOSE = b"matterbase second factor"
DRIFT = 1
"""Steps of half a minute by which the phone's clock may be wrong, either way."""
SETUP_LIFETIME = 600
"""Seconds from the password to the first code: who finds the browser open later cannot go on with it."""
WRONG = "This code is not the one that your app shows now."


@dataclass(frozen=True)
class Setup:
    """What the user's authenticator app needs."""

    secret: str
    """To be typed where no picture can be taken."""
    uri: str
    svg: str
    """The QR code of the URI, black on white, as an `<svg>` element."""


def is_on(user: User) -> bool:
    return user.totp_confirmed_at is not None


def begin(session: Session, user: User, key: str) -> Setup:
    """Give the user a new secret. It counts for nothing until `confirm` has seen a code made with it.

    Args:
        key: the application's SECRET_KEY.

    Raises:
        Conflict: the second factor is on already.
    """
    if is_on(user):
        raise Conflict("The second factor is on already; switch it off first.")
    secret = pyotp.random_base32()
    kept = cipher(key, PURPOSE).encrypt(secret.encode()).decode()
    _keep(session, user, totp_secret=kept, totp_confirmed_at=None, totp_last_step=None)
    return setup_of(user, secret)


def pending(user: User, key: str) -> Setup | None:
    """What `begin` gave, once more, for a page that is shown again after a wrong code; None if it gave nothing, or
    longer than ten minutes ago."""
    secret = None if is_on(user) else _secret(user, key)
    return setup_of(user, secret) if secret else None


def setup_of(user: User, secret: str) -> Setup:
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)
    picture = io.BytesIO()
    segno.make(uri, micro=False).save(
        picture, kind="svg", scale=4, border=4, light="white", xmldecl=False, nl=False
    )
    return Setup(secret, uri, picture.getvalue().decode())


def confirm(session: Session, user: User, key: str, code: str, *, address: str | None = None) -> list[str]:
    """Switch the second factor on with the first code; returns the recovery codes, which are shown only here.

    Raises:
        InvalidBody: the code is wrong.
        Conflict: it is on already, or `begin` was longer than ten minutes ago.
    """
    if is_on(user):
        raise Conflict("The second factor is on already.")
    if _secret(user, key) is None:
        raise Conflict("The key was made too long ago; begin again.")
    if not check(session, user, key, code):
        raise InvalidBody({"code": [WRONG]})
    _keep(session, user, totp_confirmed_at=now())
    audit.record_by(session, user, "second_factor.switched_on", address=address)
    return recovery_codes.renew(session, user)


def check(session: Session, user: User, key: str, code: str) -> bool:
    """Whether a code is right now; each works once, in whichever process it comes first (RFC 6238 section 5.2)."""
    step = _step_of(_secret(user, key), code)
    if step is None:
        return False
    later = or_(User.totp_last_step.is_(None), User.totp_last_step < step)
    return _keep(session, user, later, totp_last_step=step) == 1


def prove(session: Session, user: User, key: str, code: str, *, address: str | None = None) -> bool:
    """Whether somebody has shown the user's second factor: by a code of the phone, or by a recovery code."""
    if check(session, user, key, code):
        return True
    if not recovery_codes.spend(session, user, code):
        return False
    left = recovery_codes.left(session, user)
    audit.record_by(session, user, "recovery_code.used", address=address, left=left)
    return True


def renew_recovery_codes(
    session: Session, user: User, key: str, proof: str, *, address: str | None = None
) -> list[str]:
    """Ten new recovery codes in place of the old ones, which are shown only here.

    Args:
        proof: the user's password, or a code.

    Raises:
        InvalidBody: the proof is wrong.
        Conflict: the second factor is off.
    """
    _require(session, user, key, proof, address)
    audit.record_by(session, user, "recovery_code.made", address=address)
    return recovery_codes.renew(session, user)


def switch_off(session: Session, user: User, key: str, proof: str, *, address: str | None = None) -> None:
    """Switch it off, and forget the secret and the recovery codes.

    Args:
        proof: the user's password, or a code.

    Raises:
        InvalidBody: the proof is wrong.
        Conflict: it is off.
    """
    _require(session, user, key, proof, address)
    _forget(session, user)
    audit.record_by(session, user, "second_factor.switched_off", address=address)


def reset(session: Session, administrator: User, user: User, *, address: str | None = None) -> None:
    """Switch it off for somebody who lost the phone and the recovery codes.

    Args:
        user: somebody of the administrator's firm (`staff.find`).

    Raises:
        Forbidden: the administrator is none.
    """
    require_administrator(administrator)
    _forget(session, user)
    audit.record_by(session, administrator, "second_factor.switched_off", address=address, of=user.id)


def _require(session: Session, user: User, key: str, proof: str, address: str | None) -> None:
    """The password is looked at first, before a statement begins a transaction: its hash is slow."""
    if not is_on(user):
        raise Conflict("The second factor is off.")
    if passwords.verify(proof, user.password_hash):
        return
    if not prove(session, user, key, proof, address=address):
        raise InvalidBody({"proof": ["This is neither your password nor a code."]})


def _forget(session: Session, user: User) -> None:
    _keep(session, user, totp_secret=None, totp_confirmed_at=None, totp_last_step=None)
    recovery_codes.forget(session, user)


def _step_of(secret: str | None, code: str) -> int | None:
    """The time step that the code belongs to, if it is near."""
    typed = "".join(code.split())
    if secret is None or not (typed.isascii() and typed.isdigit()):
        return None
    totp = pyotp.TOTP(secret)
    present = totp.timecode(now())
    near = range(present - DRIFT, present + DRIFT + 1)
    return next((step for step in near if hmac.compare_digest(totp.generate_otp(step), typed)), None)


def _secret(user: User, key: str) -> str | None:
    """The shared secret; None where there is none, where it was never confirmed and its time is over, or where
    SECRET_KEY is no longer that which encrypted it."""
    if user.totp_secret is None:
        return None
    lock, kept = cipher(key, PURPOSE), user.totp_secret.encode()
    try:
        if is_on(user):
            return lock.decrypt(kept).decode()
        return lock.decrypt_at_time(kept, SETUP_LIFETIME, int(now().timestamp())).decode()
    except InvalidToken:
        return None


def _keep(session: Session, user: User, *conditions: ColumnElement[bool], **values: Any) -> int:
    """Past the session's own objects: this is no change of the user's record, and is not logged as one."""
    this = and_(User.firm_id == user.firm_id, User.id == user.id, *conditions)
    changed = int(session.execute(update(User).where(this).values(values)).rowcount)  # type: ignore[attr-defined]
    session.refresh(user, list(values))
    return changed
