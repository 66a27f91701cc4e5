"""What went wrong, in the words of the developer who has to mend it."""

from __future__ import annotations

from app.services.app_use import Refusal

HAPPENED = {
    "app.refused": "The app could not prove who it is",
    "grant.refused": "A user could not connect the app",
    "grant.denied": "A user denied access",
    "access.refused": "A firm refused the app",
    "token.refused": "The app was refused tokens",
    "token.reused": "A code or refresh token was used a second time, and its tokens ended",
}


def in_sentences(refusal: Refusal) -> str:
    """What happened, why, and what the app had sent."""
    told = {name: str(fact) for name, fact in refusal.details.items()}
    sentences = [HAPPENED.get(refusal.action, refusal.action)]
    sent = told.get("redirect_uri")
    if refusal.action == "grant.refused" and sent and "not registered" in told.get("reason", ""):
        return f"redirect_uri not registered: you sent {sent}"
    if "reason" in told:
        sentences.append(told["reason"].rstrip("."))
    code = f" ({told['error']})" if "error" in told else ""
    during = f" You sent grant_type {told['grant_type']}." if told.get("grant_type") else ""
    return f"{'. '.join(sentences)}{code}.{during}"
