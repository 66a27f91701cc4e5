"""PKCE with S256, the only method worth having (RFC 7636, RFC 9700 section 2.1.1)."""

from __future__ import annotations

import hmac
import re
from typing import Any

from authlib.oauth2.rfc6749 import InvalidGrantError, InvalidRequestError
from authlib.oauth2.rfc7636 import CodeChallenge, create_s256_code_challenge

CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class S256(CodeChallenge):
    """Asks for a challenge where the app's registration does, and for its verifier when the code is redeemed.

    Stricter than its base, which takes a challenge without a method as `plain`.
    """

    def validate_code_challenge(self, grant: Any, redirect_uri: Any) -> None:
        """Check the challenge of an authorization request.

        Raises:
            InvalidRequestError: it is missing though required, malformed, or made by another method.
        """
        sent = grant.request.payload.data
        challenge, method = sent.get("code_challenge"), sent.get("code_challenge_method")
        if challenge is None and method is None:
            if grant.request.client.must_use_pkce:
                raise InvalidRequestError("This app must send a code_challenge (PKCE).")
        elif method != "S256":
            raise InvalidRequestError("The code_challenge_method must be S256.")
        elif not CHALLENGE.fullmatch(challenge or ""):
            raise InvalidRequestError("The code_challenge must be 43 characters of base64url.")

    def validate_code_verifier(self, grant: Any, result: Any) -> None:
        """Check the verifier of a token request. By now the code is spent, so there is no second guess.

        Raises:
            InvalidGrantError: it is wrong, missing, malformed, or answers a challenge that was never sent
                (RFC 9700 section 4.8.2).
        """
        verifier = grant.request.payload.data.get("code_verifier")
        challenge = grant.request.authorization_code.code_challenge
        if verifier is None and challenge is None:
            return
        if verifier is None or challenge is None or not VERIFIER.fullmatch(verifier):
            raise InvalidGrantError("The code_verifier does not belong to this code.")
        if not hmac.compare_digest(create_s256_code_challenge(verifier), challenge):
            raise InvalidGrantError("The code_verifier does not belong to this code.")
