"""What the doors share beyond the kinds of properties."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import ValidationError, validate, validates_schema

from schemas.base import Shape
from schemas.fields import ExternalId, Number, Text, Whole

CUSTOM_VALUE_TYPES: Final = (
    "TextBox",
    "Date",
    "DateTime",
    "Number",
    "Currency",
    "TextEditor",
    "DropDownList",
    "Checkbox",
    "Contact",
)
"""The kinds of values that a firm's own fields can have."""

RATE_NAMES: Final = {
    "ItemRate": "Item Price",
    "UserRate": "User Hourly Rate",
    "ProjectRate": "Matter Hourly Rate",
    "FlatRate": "Flat Rate",
    "Contingency": "Contingency",
    "PresetProjectRate": "Preset Matter Rate",
}
"""How a matter is charged: the stored word, which v1 prints, and the label that v2 prints."""

BANK_ACCOUNT_TYPES: Final = ("Operating", "Trust", "CreditCard")
INVOICE_TYPES: Final = ("Sale", "Refund", "Credit")
PAYMENT_STATUSES: Final = ("Pending", "Failed", "Success", "Refunded", "RefundPending", "Canceled")
TASK_STATUSES: Final = ("NotCompleted", "InProgress", "Completed", "Conditional")
INCOME_PERIODS: Final = ("Weekly", "Biweekly", "Semimonthly", "Monthly", "Quarterly", "Annually")
PRIORITIES: Final = ("Low", "Medium", "High")

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


def external_id() -> ExternalId:
    """What another system calls the record; several may share one."""
    return ExternalId(doc="The id in another system. Left out, it stays as it is.")


def external_unique_id() -> ExternalId:
    """The same, for one record alone."""
    return ExternalId(doc="The id in another system, for no other record. Left out, it stays as it is.")


# What is multiplied has bounds whose product fits the total, which has twelve digits before the point.


def number() -> Whole:
    """The number of an account, a matter, an invoice or a payment."""
    return Whole(validate=validate.Range(min=1), doc="Left out, the next free number.")


def hours(**kwargs: Any) -> Number:
    """Hours worked: at most four digits before the point; an hourly rate has eight."""
    return Number(8, 4, minimum=0, required=True, **kwargs)


def quantity(**kwargs: Any) -> Number:
    """How many: at most five digits before the point; a price has seven."""
    return Number(9, 4, minimum=0, required=True, **kwargs)


def price(**kwargs: Any) -> Number:
    """The price of one."""
    return Number(11, 4, minimum=0, **kwargs)


def currency(doc: str) -> Text:
    """A currency by its ISO 4217 code."""
    return Text(max_length=3, validate=[THREE_LETTERS], post_load=str.upper, doc=f"ISO 4217. {doc}")


class NamesSomebody(Shape):
    """A shape of an account that is written: it has a company name or a primary contact."""

    @validates_schema
    def require_somebody(self, data: dict[str, Any], **kwargs: Any) -> None:
        if kwargs.get("partial"):
            return  # the rules know the rest of the account
        if not (data.get("company_name") or "").strip() and not data.get("primary_contact"):
            message = "An account needs at least one contact or a company name."
            raise ValidationError(message, field_name="primary_contact")
