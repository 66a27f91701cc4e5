"""What v1 says of money wherever it speaks of it."""

from __future__ import annotations

from schemas.fields import Number


def amount(attribute: str | None = None, *, doc: str | None = None) -> Number:
    """Money that the firm's books come to, to the cent; nobody sets it."""
    return Number(14, 2, attribute=attribute, dump_only=True, doc=doc)
