"""A firm with a record of every kind, straight into the tables: what is shown of them is then known."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.models import MODELS
from app.models.base import FirmRow, new_id
from app.models.tags_and_links import account_tags, activity_assignees, activity_contacts, activity_tags
from tests.firms import Workplace

DAY = dt.datetime(2026, 4, 30, 14, 5, tzinfo=dt.UTC)
CENTS = Decimal("100.00")


class Practice:
    """The ids of the records, by what they are."""

    def __init__(self, session: Session, place: Workplace) -> None:
        self.session = session
        self.firm_id = place.firm_id
        self.user = place.user_id
        self.ids: dict[str, str] = {}
        self.add_clients()
        self.add_price_list()
        self.add_invoices()
        self.add_payments()
        self.add_activities()
        self.add_charges()
        self.add_lists()
        session.commit()

    def add(self, name: str, model: str, /, **columns: Any) -> str:
        row: FirmRow = MODELS[model](firm_id=self.firm_id, id=new_id(), **columns)
        self.session.add(row)
        self.session.flush()
        self.ids[name] = row.id
        return row.id

    def add_clients(self) -> None:
        account = self.add(
            "account", "Account", number=7, legacy_id=7, display_name="Acme", company_name="Acme"
        )
        contact = self.add(
            "contact", "Contact", account_id=account, is_primary=True, display_name="Jo Doe", first_name="Jo"
        )
        matter = self.add(
            "matter", "Matter", account_id=account, number=9, legacy_id=9, name="Acme v. Bolt", status="Open"
        )
        court = self.add("court", "CustomField", object_type="Matter", name="Court", value_type="TextBox")
        self.add(
            "value", "CustomFieldValue", custom_field_id=court, matter_id=matter, value_string="Southern"
        )
        self.add("relationship", "Relationship", contact_id=contact, matter_id=matter, name="Judge")
        self.client = {"account_id": account, "matter_id": matter}

    def add_price_list(self) -> None:
        tax = self.add("tax", "SalesTax", name="VAT", rate=Decimal("8.25"))
        self.add("item", "Item", name="Advice", rate=CENTS, tax1_id=tax)
        self.add("category", "ExpenseCategory", name="Filing", code="F")
        self.add("bank", "BankAccount", type="Operating", name="Main")

    def add_invoices(self) -> None:
        dated: dict[str, Any] = {"issue_date": DAY, "subtotal": CENTS, "total": CENTS, **self.client}
        self.add("credit", "Invoice", number=1, invoice_type="Credit", paid=40, **dated)
        invoice = self.add("invoice", "Invoice", number=2, due_date=DAY, paid=CENTS, **dated)
        tax = {"tax1_name": "VAT", "tax1_rate": Decimal("8.25"), "tax1_amount": 0, "tax2_amount": 0}
        sums = {"quantity": 1, "rate": CENTS, "subtotal": CENTS, "discount": 0, "total": CENTS}
        place = {"invoice_id": invoice, "row_index": 0, "kind": "TimeEntry"}
        self.add("line", "InvoiceLine", item_name="Advice", **place, **sums, **tax)

    def add_payments(self) -> None:
        received = {"number": 3, "date": DAY, "amount": CENTS, "applied": 60, "method": "CreditCard"}
        payment = self.add("payment", "Payment", bank_account_id=self.ids["bank"], **received, **self.client)
        invoice, credit = self.ids["invoice"], self.ids["credit"]
        self.add("paid", "InvoicePayment", invoice_id=invoice, payment_id=payment, amount=60)
        self.add("credited", "InvoicePayment", invoice_id=invoice, credit_id=credit, amount=40)

    def add_activities(self) -> None:
        email = self.add(
            "email", "Activity", type="Email", subject="Hi", date=DAY, to_line="a@b.c", **self.client
        )
        self.add(
            "call", "Activity", type="Call", subject="Rang", date=DAY, call_direction="Inbound", duration=5
        )
        task = self.add(
            "task", "Activity", type="Task", subject="File", status="InProgress", due_date=DAY, **self.client
        )
        address = {"position": 0, "address": "a@b.c", "mailbox": "a", "host": "b.c"}
        self.add("to", "EmailAddress", activity_id=email, role="To", **address)
        self.add("from", "EmailAddress", activity_id=email, role="From", display_name="Ada", **address)
        hours = {"notification_type": "Popup", "time_type": "Hour", "time": 2}
        self.add("reminder", "Reminder", activity_id=task, position=0, **hours)
        stored = {"size": 1, "content_type": "application/pdf", "storage_key": new_id()}
        self.add("file", "File", activity_id=email, file_name="a.pdf", **stored)

    def add_charges(self) -> None:
        common = {"date": DAY, "total": CENTS, "billed_by_user_id": self.user, "description": "Draft"}
        charged: dict[str, Any] = {**common, **self.client}
        task = {"task_code": "L110", "task_name": "Fact finding", "activity_id": self.ids["task"]}
        billed = {"is_billed": True, "line_id": self.ids["line"], "item_id": self.ids["item"]}
        self.add("time", "TimeEntry", hours=1, rate=CENTS, **task, **billed, **charged)
        one = {"quantity": 1, "price": CENTS}
        self.add("expense", "Expense", expense_category_id=self.ids["category"], **one, **charged)
        self.add("fee", "FlatFee", item_id=self.ids["item"], **one, **charged)

    def add_lists(self) -> None:
        tag = self.add("tag", "Tag", tag_for="Account", name="vip")
        for table, owner, member in (
            (account_tags, "account", tag),
            (activity_tags, "email", tag),
            (activity_assignees, "email", self.user),
            (activity_contacts, "email", self.ids["contact"]),
        ):
            firm, one, other = table.c.keys()
            row = {firm: self.firm_id, one: self.ids[owner], other: member}
            self.session.execute(insert(table), row)
