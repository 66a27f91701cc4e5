"""What v1 says of money wherever it speaks of it: amounts, currencies, ways to pay."""

from __future__ import annotations

from typing import Final

from marshmallow import validate

from schemas.fields import Number, Text

METHOD_NAMES: Final = {
    "Cash": "Cash",
    "Check": "Check",
    "CreditCard": "Credit Card",
    "PayPal": "PayPal",
    "AuthorizeNet": "Authorize.Net",
    "Other": "Other",
    "Stripe": "Stripe",
    "Wire": "Wire",
    "Transfer": "Transfer",
    "LawPay": "LawPay",
    "PantherPaymentsCC": "PantherPayments Credit Card",
    "PantherPaymentsECheck": "PantherPayments eCheck",
    "JournalEntry": "Journal Entry",
}
"""The ways to pay: the word, and what people call it."""

METHODS: Final = tuple(METHOD_NAMES)
THREE_LETTERS = validate.Regexp("^[A-Za-z]{3}$", error="Must be three letters, such as USD.")


def currency(doc: str) -> Text:
    """A currency by its ISO 4217 code."""
    return Text(max_length=3, validate=[THREE_LETTERS], post_load=str.upper, doc=f"ISO 4217. {doc}")


def amount(attribute: str | None = None, *, doc: str | None = None) -> Number:
    """Money that the firm's books come to, to the cent; nobody sets it."""
    return Number(14, 2, attribute=attribute, dump_only=True, doc=doc)
