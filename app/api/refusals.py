"""How an operation may refuse, as the OpenAPI documents tell it: statuses with a sentence each.

`default` stands beside them, for what is told nowhere else.
"""

from __future__ import annotations

from typing import Any

from flask_smorest import Api

TEXTS = {
    400: "Something in the request will not do; the texts say what.",
    401: "There is no token, or it is unknown, expired or revoked.",
    402: "It is a premium operation that the firm has not enabled.",
    403: "The scope of the token, a right of the user or an exclusion from the matter does not allow it.",
    404: "There is no such record, or none that the user sees.",
    409: "It does not go together with how things stand, or the answer to its Idempotency-Key cannot be told.",
    422: "The Idempotency-Key was sent before with another address or body.",
    429: "There were too many requests; `Retry-After` tells for how many seconds to wait.",
}


def describe(api: Api) -> None:
    """Add the refusals to the components of a door's document, in its own words."""
    for status, text in TEXTS.items():
        content = {"application/json": {"schema": api.ERROR_SCHEMA}}
        api.spec.components.response(_name(status), {"description": text, "content": content})


def refusals(*statuses: int) -> dict[str, Any]:
    """The part of an operation's document that tells of these."""
    return {"responses": {str(status): _name(status) for status in statuses}}


def refusals_of(method: str, address: str, *, is_premium: bool) -> dict[str, Any]:
    """What an operation refuses by, as its method and its address tell."""
    statuses = [400, 401, 403, 429]
    if is_premium:
        statuses.append(402)
    if "<" in address or method in ("PUT", "PATCH", "DELETE"):
        statuses.append(404)
    if method == "POST":
        statuses += [409, 422]
    return refusals(*sorted(statuses))


def _name(status: int) -> str:
    return f"REFUSED_{status}"
