"""Payments: money that came in, and with a negative amount, money that left."""

from schemas import rules
from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Number, Reference, Text, Whole
from schemas.rules import PAYMENT_STATUSES
from schemas.v2.bank_accounts import BankAccount
from schemas.v2.references import to_account_of_matter, to_matter


class Payment(Shape):
    """A payment in a list."""

    id = Guid()
    account_ref = to_account_of_matter()
    matter_ref = to_matter(doc="The only matter that it is for. Left out, any of the account's.")
    number = rules.number()
    date = Moment(required=True)
    total_amount = Number(14, 2, attribute="amount", required=True)
    unapplied_amount = Number(
        14, 2, attribute="available", dump_only=True, doc="What was neither applied nor given back."
    )
    notes = Text()
    payee = Text()
    to_print = Flag(attribute="is_to_print", load_default=False)
    check_number = Whole()
    bank_account = Reference(
        BankAccount,
        attribute="bank_account_id",
        link="bank_account",
        required=True,
        doc="Its type says whether the money is in trust.",
    )
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
    status = Choice(*PAYMENT_STATUSES, dump_only=True)


class Payment_Detail(Payment):  # noqa: N801 - the definition's published name
    """A payment by itself."""

    refunded_amount = Number(
        14, 2, attribute="refunded", data_key="refundedAmount", dump_only=True, doc="What was given back."
    )
