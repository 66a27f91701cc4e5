"""The demo firm's money adds up, its references agree, and its own fields and codes are valid."""

# ruff: noqa: S608 - the names of the tables are written here

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.models import (
    MODELS,
    Activity,
    CustomField,
    CustomFieldValue,
    Expense,
    Invoice,
    InvoiceLine,
    Payment,
    TimeEntry,
    tags_and_links,
)
from app.models.custom_fields import COMPANY, CONTACT, MATTER
from app.services import demo, numbering, utbms
from app.services.custom_fields import options_in
from app.services.custom_values import COLUMNS
from app.services.demo.invoices import TAXES
from app.services.money.totals import line_totals

SIZE = demo.Size(accounts=60, matters=240, time_entries=4_000)
TINY = [(1, 1, 0), (1, 1, 1), (1, 2, 3), (2, 1, 50), (3, 30, 0)]
PASSWORD = "a password for the demo"

SUMS = {
    "an invoice comes to the sum of its lines": """
        SELECT i.id FROM invoices i LEFT JOIN (
            SELECT invoice_id, sum(subtotal) AS subtotal, sum(discount) AS discount,
                   sum(tax1_amount + tax2_amount) AS tax, sum(total) AS total
            FROM invoice_lines WHERE firm_id = :firm GROUP BY invoice_id
        ) l ON l.invoice_id = i.id
        WHERE i.firm_id = :firm AND (l.total IS NULL OR l.total <> i.total OR l.subtotal <> i.subtotal
            OR l.discount <> i.discount OR l.tax <> i.tax OR i.total <> i.subtotal - i.discount + i.tax)""",
    "a sale is paid by what was applied to it": """
        SELECT i.id FROM invoices i WHERE i.firm_id = :firm AND i.invoice_type = 'Sale' AND i.paid <>
            (SELECT coalesce(sum(amount), 0) FROM invoice_payments p
             WHERE p.firm_id = :firm AND p.invoice_id = i.id)""",
    "a credit note has paid what was applied from it": """
        SELECT i.id FROM invoices i WHERE i.firm_id = :firm AND i.invoice_type = 'Credit' AND i.paid <>
            (SELECT coalesce(sum(amount), 0) FROM invoice_payments p
             WHERE p.firm_id = :firm AND p.credit_id = i.id)""",
    "a refund is paid out by a payment of as much": """
        SELECT i.id FROM invoices i LEFT JOIN payments p ON p.firm_id = :firm AND p.id = i.refund_payment_id
        WHERE i.firm_id = :firm AND i.invoice_type = 'Refund'
            AND (i.paid <> i.total OR p.amount IS NULL OR p.amount <> -i.total)""",
    "a payment has applied what its applications say": """
        SELECT p.id FROM payments p WHERE p.firm_id = :firm AND p.applied <>
            (SELECT coalesce(sum(amount), 0) FROM invoice_payments a
             WHERE a.firm_id = :firm AND a.payment_id = p.id)""",
    "a payment has given back what its refunds say": """
        SELECT p.id FROM payments p WHERE p.firm_id = :firm AND p.refunded <>
            (SELECT coalesce(-sum(amount), 0) FROM payments r
             WHERE r.firm_id = :firm AND r.refund_of_id = p.id)""",
    "a transfer brings what was withdrawn": """
        SELECT d.id FROM payments d JOIN payments w ON w.firm_id = :firm AND w.id = d.transfer_of_id
        WHERE d.firm_id = :firm AND (d.amount <> -w.amount OR d.date < w.date OR d.number < w.number)""",
    "no trust ledger is ever below zero": """
        SELECT id FROM (
            SELECT p.id, sum(p.amount) OVER (
                PARTITION BY p.bank_account_id, p.account_id, p.matter_id ORDER BY p.date, p.number
            ) AS held
            FROM payments p JOIN bank_accounts b ON b.firm_id = :firm AND b.id = p.bank_account_id
            WHERE p.firm_id = :firm AND b.type = 'Trust'
        ) AS ledgers WHERE held < 0""",
    "only the firm's own money is applied": """
        SELECT p.id FROM payments p JOIN bank_accounts b ON b.firm_id = :firm AND b.id = p.bank_account_id
        WHERE p.firm_id = :firm AND p.applied <> 0 AND b.type <> 'Operating'""",
}
CHARGES = {
    f"{table}: what is billed is on a line of its matter's invoice, and the rest is not": f"""
        SELECT c.id FROM {table} c
        LEFT JOIN invoice_lines l ON l.firm_id = :firm AND l.id = c.line_id
        LEFT JOIN invoices i ON i.firm_id = :firm AND i.id = l.invoice_id
        WHERE c.firm_id = :firm AND (c.is_billed <> (c.line_id IS NOT NULL) OR (c.is_billed AND (
            NOT c.is_billable OR l.kind <> '{kind}' OR l.subtotal <> c.total OR l.date <> c.date
            OR l.matter_id <> c.matter_id OR i.matter_id <> c.matter_id OR i.account_id <> c.account_id
            OR i.invoice_type <> 'Sale' OR i.issue_date <= c.date)))"""
    for table, kind in (("time_entries", "TimeEntry"), ("expenses", "Expense"), ("flat_fees", "FlatFee"))
} | {
    "a line of a sale bills one charge": """
        SELECT l.id FROM invoice_lines l JOIN invoices i ON i.firm_id = :firm AND i.id = l.invoice_id
        LEFT JOIN (
            SELECT line_id, count(*) AS number FROM (
                SELECT line_id FROM time_entries WHERE firm_id = :firm UNION ALL
                SELECT line_id FROM expenses WHERE firm_id = :firm UNION ALL
                SELECT line_id FROM flat_fees WHERE firm_id = :firm
            ) AS charges GROUP BY line_id
        ) c ON c.line_id = l.id
        WHERE l.firm_id = :firm AND i.invoice_type = 'Sale' AND coalesce(c.number, 0) <> 1"""
}
BELONGING = {
    f"{table} are for the account of their matter": f"""
        SELECT r.id FROM {table} r JOIN matters m ON m.firm_id = :firm AND m.id = r.matter_id
        WHERE r.firm_id = :firm AND r.account_id <> m.account_id"""
    for table in ("time_entries", "expenses", "flat_fees", "invoices", "payments", "activities", "messages")
} | {
    "what is applied stays within the account and the matter, and comes after the invoice": """
        SELECT a.id FROM invoice_payments a
        JOIN invoices i ON i.firm_id = :firm AND i.id = a.invoice_id
        LEFT JOIN payments p ON p.firm_id = :firm AND p.id = a.payment_id
        LEFT JOIN invoices c ON c.firm_id = :firm AND c.id = a.credit_id
        WHERE a.firm_id = :firm AND (i.invoice_type <> 'Sale' OR c.invoice_type <> 'Credit'
            OR i.account_id <> coalesce(p.account_id, c.account_id)
            OR i.matter_id <> coalesce(p.matter_id, c.matter_id, i.matter_id)
            OR i.issue_date > coalesce(p.date, c.issue_date))""",
    "the others in a matter are contacts of its account": """
        SELECT r.id FROM relationships r JOIN matters m ON m.firm_id = :firm AND m.id = r.matter_id
        JOIN contacts c ON c.firm_id = :firm AND c.id = r.contact_id
        WHERE r.firm_id = :firm AND c.account_id <> m.account_id""",
    "those who take part in an activity are contacts of its account": """
        SELECT a.id FROM activities a JOIN activity_contacts j ON j.firm_id = :firm AND j.activity_id = a.id
        JOIN contacts c ON c.firm_id = :firm AND c.id = j.contact_id
        WHERE a.firm_id = :firm AND c.account_id <> a.account_id""",
}
CHECKS = SUMS | CHARGES | BELONGING


@pytest.fixture(scope="module")
def firm(app: Flask) -> Iterator[demo.DemoFirm]:
    """One for all tests, which only look."""
    with app.extensions["database"].session() as session:
        firm = demo.make_demo_firm(session, SIZE, PASSWORD)
        session.commit()
        yield firm


def offenders(session: Session, firm: demo.DemoFirm, statement: str) -> list[str]:
    return [str(key) for key in session.scalars(text(statement), {"firm": firm.id})]


def rows(session: Session, firm: demo.DemoFirm, model: type, **conditions: object) -> list:
    return list(session.scalars(select(model).filter_by(firm_id=firm.id, **conditions)))


@pytest.mark.parametrize("check", CHECKS)
def test_it_adds_up(session: Session, firm: demo.DemoFirm, check: str) -> None:
    assert offenders(session, firm, CHECKS[check]) == []


@pytest.mark.parametrize("size", TINY)
def test_the_smallest_firms_add_up_too(session: Session, size: tuple[int, int, int]) -> None:
    firm = demo.make_demo_firm(session, demo.Size(*size), PASSWORD)
    assert {check: found for check in CHECKS if (found := offenders(session, firm, CHECKS[check]))} == {}
    assert len(rows(session, firm, TimeEntry)) == size[2]


def test_there_is_some_of_everything(session: Session, firm: demo.DemoFirm) -> None:
    counts = {
        name: session.scalar(select(func.count()).where(model.firm_id == firm.id))
        for name, model in MODELS.items()
    }
    by_hand = ("File", "Role", "ConflictCheck")
    assert [name for name, count in counts.items() if not count and name not in by_hand] == []
    for name in ("activity_tags", "activity_assignees", "activity_contacts", "account_recipients"):
        table = getattr(tags_and_links, name)
        assert session.scalar(select(func.count()).where(table.c.firm_id == firm.id)), name


@pytest.mark.parametrize(("model", "day"), [(Invoice, "issue_date"), (Payment, "date")])
def test_numbers_follow_the_days_and_go_on_where_the_demo_ends(
    session: Session, firm: demo.DemoFirm, model: type, day: str
) -> None:
    in_order = (
        select(model.number).where(model.firm_id == firm.id).order_by(getattr(model, day), model.number)
    )
    numbers = list(session.scalars(in_order))
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbering.take(session, firm.id, model.__name__) == len(numbers) + 1


def test_lines_are_what_the_rules_make_of_them(session: Session, firm: demo.DemoFirm) -> None:
    percents = {invoice.id: invoice.discount_percent for invoice in rows(session, firm, Invoice)}
    lines: list[InvoiceLine] = rows(session, firm, InvoiceLine)
    assert (
        {bool(line.discount) for line in lines} == {bool(line.tax1_rate) for line in lines} == {True, False}
    )
    for line in lines:
        taxes = TAXES if line.tax1_rate else ()
        comes_to = line_totals(line.quantity, line.rate, percents[line.invoice_id], *taxes)
        assert (line.subtotal, line.discount, line.tax1_amount, line.tax2_amount, line.total) == (
            comes_to.subtotal,
            comes_to.discount,
            comes_to.tax1,
            comes_to.tax2,
            comes_to.total,
        )


def test_invoices_are_paid_in_part_in_whole_and_not_at_all(session: Session, firm: demo.DemoFirm) -> None:
    sales: list[Invoice] = rows(session, firm, Invoice, invoice_type="Sale")
    paid = [sale for sale in sales if sale.paid == sale.total]
    assert len(sales) / 2 < len(paid) < len(sales)
    assert any(not sale.paid for sale in sales)
    assert any(0 < sale.paid < sale.total for sale in sales)
    assert {invoice.invoice_type for invoice in rows(session, firm, Invoice)} == {
        "Sale",
        "Credit",
        "Refund",
    }
    assert any(
        payment.amount > payment.applied + payment.refunded > 0 for payment in rows(session, firm, Payment)
    )


def test_own_fields_are_of_all_types_and_their_values_are_valid(
    session: Session, firm: demo.DemoFirm
) -> None:
    fields: dict[str, CustomField] = {field.id: field for field in rows(session, firm, CustomField)}
    owners = {COMPANY: "account_id", CONTACT: "contact_id", MATTER: "matter_id"}
    assert {field.value_type for field in fields.values()} == set(COLUMNS)
    used = set()
    for value in rows(session, firm, CustomFieldValue):
        field = fields[value.custom_field_id]
        used.add(field.value_type)
        column = COLUMNS[field.value_type]
        assert getattr(value, column) not in (None, False)
        assert not any(getattr(value, other) for other in set(COLUMNS.values()) - {column})
        assert [name for name in owners.values() if getattr(value, name)] == [owners[field.object_type]]
        if field.value_type == "DropDownList":
            assert value.value_string in options_in(field.dropdown_list_values)
    assert used == set(COLUMNS)


def test_task_codes_are_those_of_the_code_sets(session: Session, firm: demo.DemoFirm) -> None:
    for model, kinds in ((TimeEntry, utbms.OF_TIME), (Expense, utbms.OF_EXPENSES)):
        codes = {(row.task_code, row.task_name) for row in rows(session, firm, model) if row.task_code}
        assert codes
        for code, name in codes:
            found = utbms.find(code)
            assert found is not None
            assert (found.kind in kinds, found.name) == (True, name)


def test_activities_have_what_their_kind_asks_for(session: Session, firm: demo.DemoFirm) -> None:
    activities: list[Activity] = rows(session, firm, Activity)
    assert {activity.type for activity in activities} == {"Task", "Event", "Call", "Note", "Email"}
    for activity in activities:
        assert "{" not in activity.subject + (activity.description or "")
        if activity.type == "Event":
            assert activity.starts_at < activity.ends_at
        elif activity.type == "Task":
            assert (activity.status == "Completed") == (activity.completed_at is not None)
        elif activity.type == "Email":
            assert activity.from_line
            assert activity.to_line
        assert (activity.date is not None) == (activity.type in ("Call", "Note", "Email"))
