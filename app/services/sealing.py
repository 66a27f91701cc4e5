"""Encrypting what has to be read again and may not lie about in clear, with keys that come from SECRET_KEY.

Each use has a key of its own, so nothing sealed for one can be passed off as another's.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def cipher(key: str, purpose: bytes) -> Fernet:
    """
    Args:
        key: the application's SECRET_KEY.
        purpose: what is encrypted; another one makes another key.
    """
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
