"""A firm's books for tests: work to bill, invoices, payments, and what must be true of them at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.errors import InvalidBody
from app.models import (
    Account,
    BankAccount,
    Change,
    Expense,
    FlatFee,
    Invoice,
    InvoiceLine,
    InvoicePayment,
    Item,
    Matter,
    Payment,
    SalesTax,
    TimeEntry,
)
from app.models.base import FirmRow, now
from app.services import expenses, flat_fees, records, time_entries
from app.services.money import bank_accounts, invoicing, payments
from app.services.records import Rules
from tests.services.records_of_a_firm import Desk

ZERO = Decimal(0)
RULES: dict[type[FirmRow], Rules] = {
    Invoice: invoicing.RULES,
    Payment: payments.RULES,
    BankAccount: bank_accounts.RULES,
    TimeEntry: time_entries.RULES,
    Expense: expenses.RULES,
    FlatFee: flat_fees.RULES,
    Item: Rules(),
    SalesTax: Rules(),
}
CHARGES = (TimeEntry, Expense, FlatFee)
WRITTEN_BY_NOBODY = frozenset(
    "id firm_id deleted_at created_at updated_at created_by_id updated_by_id".split()  # noqa: SIM905
)


class Books(Desk):
    """Writes as the doors do: each step takes its locks and is committed, or rolled back where it is refused."""

    def add(self, model: type[FirmRow], **values: Any) -> Any:
        with self._step():
            return self.create(model, RULES[model], **values)

    def put(self, row: Any, **values: Any) -> None:
        with self._step():
            found = records.find(self.session, self, type(row), row.id, "record", RULES[type(row)])
            self.replace(found, RULES[type(row)], **values)

    def patch(self, row: Any, **values: Any) -> None:
        """Change some values and leave the others to the rules, as a merge through OData does."""
        with self._step():
            rules, model = RULES[type(row)], type(row)
            found = records.find(self.session, self, model, row.id, "record", rules)
            columns = [column.name for column in model.__table__.c if column.name not in WRITTEN_BY_NOBODY]
            whole = records.merged(self.session, self, found, rules, values, {}, columns)
            self.replace(found, rules, **whole)

    def remove(self, row: Any) -> None:
        with self._step():
            rules = RULES[type(row)]
            self.delete(records.find(self.session, self, type(row), row.id, "record", rules), rules)

    @contextmanager
    def _step(self) -> Iterator[None]:
        self.session.info["actor"] = self
        try:
            yield
            self.session.commit()
        except BaseException:
            self.session.rollback()
            raise

    # What there is to write about

    def bank(self, kind: str = "Operating") -> BankAccount:
        return self.add(BankAccount, type=kind, name=kind)

    def item(self, **values: Any) -> Item:
        return self.add(Item, **{"name": "Consultation", **values})

    def tax(self, rate: str, *, is_compound: bool = False) -> SalesTax:
        return self.add(SalesTax, name=f"Tax {rate}", rate=Decimal(rate), is_compound=is_compound)

    def entry(self, matter: Matter, hours: str = "1", rate: str = "100", **values: Any) -> TimeEntry:
        values = {"description": None, "is_billable": True, "is_billed": False, **values}
        return self.add(
            TimeEntry,
            matter_id=matter.id,
            billed_by_user_id=self.user_id,
            **{"date": now(), **values},
            hours=Decimal(hours),
            rate=Decimal(rate),
        )

    def expense(self, matter: Matter, price: str = "10", **values: Any) -> Expense:
        values = {"date": now(), "is_billable": True, "is_billed": False, **values}
        return self.add(
            Expense,
            matter_id=matter.id,
            quantity=Decimal(1),
            price=Decimal(price),
            cost_type="SoftCost",
            **values,
        )

    def flat_fee(self, matter: Matter, item: Item, price: str = "500", **values: Any) -> FlatFee:
        return self.add(
            FlatFee,
            matter_id=matter.id,
            item_id=item.id,
            billed_by_user_id=self.user_id,
            **{"date": now(), "is_billable": True, "is_billed": False, **values},
            quantity=Decimal(1),
            price=Decimal(price),
        )

    def invoice(self, account: Account, matter: Matter | None = None, **values: Any) -> Invoice:
        """An invoice; `of` is short for one line that comes to so much."""
        if "of" in values:
            values["lines"] = [{"quantity": Decimal(1), "rate": Decimal(values.pop("of"))}]
        return self.add(Invoice, account_id=account.id, matter_id=matter and matter.id, **values)

    def payment(self, bank: BankAccount, amount: str, account: Account, **values: Any) -> Payment:
        applications = [
            {"invoice_id": invoice.id, "amount": Decimal(applied)}
            for invoice, applied in values.pop("on", {}).items()
        ]
        matter = values.pop("matter", None)
        return self.add(
            Payment,
            bank_account_id=bank.id,
            amount=Decimal(amount),
            account_id=account.id,
            matter_id=matter and matter.id,
            applications=applications,
            **{"date": now(), **values},
        )

    # What is in the books

    def all(self, model: type[FirmRow], **by: Any) -> list[Any]:
        """The rows as they are in the database."""
        query = select(model).filter_by(firm_id=self.firm_id, deleted_at=None, **by)
        rows = list(self.session.scalars(query, execution_options={"populate_existing": True}))
        self.session.commit()  # on SQLite an open transaction would keep other writers out
        return rows

    def fresh(self, row: Any) -> Any:
        self.session.refresh(row)
        self.session.commit()
        return row

    def changes(self) -> int:
        count = len(list(self.session.scalars(select(Change).filter_by(firm_id=self.firm_id))))
        self.session.commit()
        return count

    def body_of(self, invoice: Invoice) -> dict[str, Any]:
        """The invoice as a client gets it, to be sent back."""
        body = {column.name: getattr(invoice, column.name) for column in Invoice.__table__.c}
        for name in WRITTEN_BY_NOBODY - {"id"}:
            del body[name]
        for name in ("subtotal", "discount", "tax", "total", "paid", "refund_payment_id"):
            del body[name]  # nobody sets these
        body["lines"] = [self._line_body(line) for line in self.lines(invoice)]
        return body

    def _line_body(self, line: InvoiceLine) -> dict[str, Any]:
        body = {column.name: getattr(line, column.name) for column in InvoiceLine.__table__.c}
        for model, name in zip(CHARGES, ("time_entry_ids", "expense_ids", "flat_fee_ids"), strict=True):
            body[name] = [charge.id for charge in self.all(model, line_id=line.id)]
        return body

    def lines(self, invoice: Invoice) -> list[InvoiceLine]:
        return sorted(self.all(InvoiceLine, invoice_id=invoice.id), key=lambda line: line.row_index)

    def check(self, billed_by_hand: frozenset[str] = frozenset()) -> None:
        """What must be true whatever was written, in whatever order."""
        invoices = {row.id: row for row in self.all(Invoice)}
        paid = {row.id: row for row in self.all(Payment)}
        applications = self.all(InvoicePayment)
        lines = self.all(InvoiceLine)
        trust = {bank.id for bank in self.all(BankAccount, type="Trust")}
        for invoice in invoices.values():
            self._check_invoice(
                invoice, [line for line in lines if line.invoice_id == invoice.id], applications
            )
        for payment in paid.values():
            applied = sum((row.amount for row in applications if row.payment_id == payment.id), ZERO)
            given_back = -sum((row.amount for row in paid.values() if row.refund_of_id == payment.id), ZERO)
            assert (payment.applied, payment.refunded) == (applied, given_back)
            available = max(payment.amount, ZERO) - payment.applied - payment.refunded
            assert available >= 0
            assert payment.status == ("Refunded" if 0 < payment.refunded == payment.amount else "Success")
            assert not (applied and payment.bank_account_id in trust)
        assert {row.invoice_id for row in applications} <= set(invoices)
        assert {row.payment_id or row.credit_id for row in applications} <= set(invoices) | set(paid)
        assert {line.invoice_id for line in lines} == set(invoices)
        ledgers: dict[Any, Decimal] = {}
        for row in paid.values():
            if row.bank_account_id in trust:
                key = (row.bank_account_id, row.account_id, row.matter_id)
                ledgers[key] = ledgers.get(key, ZERO) + row.amount
        assert all(held >= 0 for held in ledgers.values())
        line_ids = {line.id for line in lines}
        for charge in (row for model in CHARGES for row in self.all(model)):
            assert charge.is_billed == (charge.line_id is not None or charge.id in billed_by_hand)
            assert charge.line_id is None or charge.line_id in line_ids

    def _check_invoice(self, invoice: Invoice, lines: list[Any], applications: list[Any]) -> None:
        assert lines
        for name in ("subtotal", "discount", "total"):
            assert getattr(invoice, name) == sum(getattr(line, name) for line in lines)
        assert invoice.tax == sum(line.tax1_amount + line.tax2_amount for line in lines)
        assert invoice.total == invoice.subtotal - invoice.discount + invoice.tax
        key = {"Sale": "invoice_id", "Credit": "credit_id"}.get(invoice.invoice_type)
        applied = [row.amount for row in applications if key and getattr(row, key) == invoice.id]
        assert invoice.paid == (sum(applied) if key else invoice.total)
        assert 0 <= invoice.paid <= invoice.total
        if invoice.invoice_type == "Refund":
            [payment] = self.all(Payment, id=invoice.refund_payment_id)
            assert payment.amount == -invoice.total


@contextmanager
def refused(field: str, text: str = "") -> Iterator[None]:
    """The step must be refused, and this field blamed."""
    with pytest.raises(InvalidBody) as failure:
        yield
    assert list(failure.value.fields) == [field], failure.value.fields
    assert text in failure.value.fields[field][0]
