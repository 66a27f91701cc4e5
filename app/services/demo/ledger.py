"""The money that came and went for one matter of the demo firm, as it was entered."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from app.models.invoices import CREDIT, REFUND
from app.models.payments import OPERATING, REFUNDED, SUCCESS, TRANSFER, TRUST
from app.services.demo.brief import Brief, Row
from app.services.demo.casework import case_of
from app.services.demo.invoices import Terms, invoice, other_line
from app.services.demo.plan import LAST_DAY, midnight, moment_of
from app.services.money.totals import ZERO

RECONCILED_AFTER = dt.timedelta(days=45)
NO_TERMS = Terms(ZERO, 0, None, None)


def check_number(day: dt.date) -> int:
    """The number of one of the firm's own checks."""
    return day.toordinal() % 8_000 + 1_000


class Ledger:
    """Payments, what of them was applied to invoices, and the credit notes and refunds on the way."""

    def __init__(self, brief: Brief, matter: int) -> None:
        self.payments: list[Row] = []
        self.applications: list[Row] = []
        self.documents: list[Row] = []
        """Credit notes and refunds."""
        self._brief = brief
        self._matter = matter
        self._account_id = brief.id("account", case_of(brief, matter).account)
        self._matter_id = brief.id("matter", matter)

    def book(self, day: dt.date, bank: str, amount: Decimal, method: str, **more: Any) -> Row:
        """Money that came in, or with a negative amount, money that left.

        Args:
            bank: the type of the bank account.
            more: other columns.
        """
        made = moment_of(day, self._matter + len(self.payments))
        is_reconciled = day < LAST_DAY - RECONCILED_AFTER
        payment = {
            "id": self._brief.id(f"payment of {self._matter}", len(self.payments)),
            "day": day,
            "account_id": self._account_id,
            "matter_id": self._matter_id,
            "bank_account_id": self._brief.bank(bank),
            "date": midnight(day),
            "amount": amount,
            "applied": ZERO,
            "refunded": ZERO,
            "method": method,
            "status": SUCCESS,
            "notes": None,
            "payee": None,
            "check_number": None,
            "is_check_printed": False,
            "transaction_id": None,
            "authorization_number": None,
            "fee_in_cents": None,
            "is_reconciled": is_reconciled,
            "reconciled_at": midnight(day + RECONCILED_AFTER) if is_reconciled else None,
            "refund_of_id": None,
            "transfer_of_id": None,
            "created_at": made,
            **more,
        }
        self.payments.append(payment)
        return payment

    def apply(
        self, sale: Row, amount: Decimal, payment: Row | None = None, credit: Row | None = None
    ) -> None:
        """Pay for an invoice with some of a payment or a credit note."""
        sale["paid"] += amount
        if payment:
            payment["applied"] += amount
        if credit:
            credit["paid"] += amount
        source = payment or credit or {}
        self.applications.append(
            {
                "id": self._brief.id(f"application of {self._matter}", len(self.applications)),
                "invoice_id": sale["id"],
                "payment_id": payment["id"] if payment else None,
                "credit_id": credit["id"] if credit else None,
                "amount": amount,
                "created_at": max(source["created_at"], sale["created_at"]),
            }
        )

    def transfer(self, day: dt.date, sale: Row, amount: Decimal) -> None:
        """Pay for an invoice from trust: the money moves to the operating account first."""
        withdrawal = self.book(day, TRUST, -amount, TRANSFER, notes="To the operating account")
        deposit = self.book(day, OPERATING, amount, TRANSFER, transfer_of_id=withdrawal["id"])
        self.apply(sale, amount, payment=deposit)

    def give_credit(self, day: dt.date, amount: Decimal, text: str) -> Row:
        """Write a credit note."""
        return self._write(CREDIT, day, amount, text)

    def give_back(self, day: dt.date, payment: Row, amount: Decimal, text: str) -> None:
        """Pay some of a payment back, and write the refund for it."""
        returned = self.book(
            day,
            OPERATING,
            -amount,
            "Check",
            matter_id=payment["matter_id"],
            refund_of_id=payment["id"],
            notes=text,
            check_number=check_number(day),
        )
        payment["refunded"] += amount
        if payment["refunded"] == payment["amount"]:
            payment["status"] = REFUNDED
        refund = self._write(REFUND, day, amount, text)
        refund.update(paid=refund["total"], refund_payment_id=returned["id"])

    def _write(self, kind: str, day: dt.date, amount: Decimal, text: str) -> Row:
        key = self._brief.id(f"document of {self._matter}", len(self.documents))
        line = other_line(self._brief, self._matter, key, text, amount, day)
        document = invoice(self._brief, self._matter, key, day, [line], NO_TERMS, kind)
        self.documents.append(document)
        return document


class Tally(Ledger):
    """A ledger that only notes the days of what is entered."""

    def book(self, day: dt.date, bank: str, amount: Decimal, method: str, **more: Any) -> Row:
        payment = {"id": "", "day": day, "amount": amount, "refunded": ZERO, "matter_id": None}
        self.payments.append(payment)
        return payment

    def apply(
        self, sale: Row, amount: Decimal, payment: Row | None = None, credit: Row | None = None
    ) -> None:
        pass

    def _write(self, kind: str, day: dt.date, amount: Decimal, text: str) -> Row:
        self.documents.append({"day": day, "total": amount})
        return self.documents[-1]
