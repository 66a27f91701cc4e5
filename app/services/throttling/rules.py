"""How many tries there are, of everything that can be guessed or flooded."""

from __future__ import annotations

from dataclasses import dataclass

MINUTE, HOUR = 60, 3_600


@dataclass(frozen=True)
class Rule:
    """So many tries in so many seconds, for each of several windows; the windows are aligned to the clock."""

    name: str
    limits: tuple[tuple[int, int], ...]


SIGN_IN = Rule("sign-in", ((5, MINUTE), (30, HOUR)))
"""Wrong passwords for one account from one network, whether there is such an account or not. A stranger who guesses
keeps nobody out but that network."""
SIGN_IN_ANYWHERE = Rule("sign-in-anywhere", ((60, MINUTE), (300, HOUR)))
"""Wrong passwords for one account from all networks together: to keep its user out takes ten networks, and to guess
a password of twelve characters with 2.6 million tries a year takes longer than anybody has."""
SIGN_INS_FROM = Rule("sign-ins-from", ((30, MINUTE), (200, HOUR)))
"""Wrong passwords from one network: an office may share it."""
SECOND_FACTOR = Rule("second-factor", ((5, MINUTE), (20, HOUR)))
"""Wrong codes of one user, who has the password already. A million codes, three of them right at a time."""
OLD_PASSWORD = Rule("old-password", ((5, MINUTE), (30, HOUR)))
"""Wrong passwords and codes typed by a user who is signed in."""
CLIENT_SECRET = Rule("client-secret", ((10, MINUTE), (60, HOUR)))
"""Wrong secrets of one app from one network. Others who use the app must not be locked out by it."""
TOKENS_FROM = Rule("tokens-from", ((300, MINUTE),))
"""Requests to the token endpoint from one network."""
REFUSALS_FROM = Rule("refusals-from", ((60, MINUTE), (600, HOUR)))
"""Authorization requests from one network that were refused, and of which the audit trail keeps why."""
DEVICE_CODE = Rule("device-code", ((5, MINUTE), (20, HOUR)))
"""Wrong device codes typed by one user (RFC 8628 section 5.1)."""
REGISTRATION = Rule("registration", ((10, MINUTE), (60, HOUR)))
"""Apps that register themselves from one network."""
NEW_FIRM = Rule("new-firm", ((5, MINUTE), (20, HOUR)))
"""Firms that are opened over the API from one network."""
