"""Sending an invoice: it is printed once, and stays from then on as it was printed, with all that it bills.

The PDF is drawn from what is read first, and put away before the transaction that says so: it holds no lock
meanwhile. An invoice that changed in between is not sent.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.errors import Conflict
from app.models import Account, File, Firm, Invoice, InvoiceLine, Matter
from app.models.base import now
from app.services import files, records
from app.services.money.invoice_lines import lines_of
from app.services.money.printed import Printed, PrintedLine
from app.services.new_content import NewContent
from app.services.records import Values
from app.services.scoping import Actor

PDF = "application/pdf"


@dataclass(frozen=True)
class Letter:
    """What is to be printed, and how the invoice stood then."""

    printed: Printed
    version: dt.datetime


@dataclass(frozen=True)
class Kept:
    """A PDF in the file store that belongs to no record yet.

    Args:
        size: in bytes.
    """

    letter: Letter
    content: NewContent
    size: int


def prepare(session: Session, actor: Actor, invoice: Any) -> Letter | None:
    """Read what is to be printed; None where the invoice was sent before."""
    if invoice.sent_at is not None:
        return None
    firm = session.get_one(Firm, actor.firm_id)
    account = session.get_one(Account, (actor.firm_id, invoice.account_id))
    matter = session.get(Matter, (actor.firm_id, invoice.matter_id)) if invoice.matter_id else None
    city = " ".join(filter(None, (account.address_zip_code, account.address_city, account.address_state)))
    address = (account.address_street_1, account.address_street_2, city, account.address_country)
    printed = Printed(
        title=f"{'Invoice' if invoice.invoice_type == 'Sale' else invoice.invoice_type} {invoice.number}",
        firm=firm.name,
        client=account.display_name,
        address=[part for part in address if part],
        matter=matter.display_name if matter else None,
        issued=invoice.issue_date,
        due=invoice.due_date,
        order_number=invoice.po_number,
        currency=invoice.currency_code,
        lines=[_line(line) for line in lines_of(session, actor, invoice.id)],
        subtotal=invoice.subtotal,
        discount=invoice.discount,
        tax=invoice.tax,
        total=invoice.total,
        paid=invoice.paid,
        notes=invoice.customer_notes,
        terms=invoice.terms,
    )
    return Letter(printed, invoice.updated_at)


def keep(content: NewContent, letter: Letter) -> Kept:
    """Draw the PDF and put it away.

    Raises:
        StoreUnavailable: the store does not take it.
    """
    from app.services.money.invoice_pdf import (
        draw,
    )  # ReportLab takes a moment to load, and few processes print

    drawn = draw(letter.printed)
    content.put(io.BytesIO(drawn))
    return Kept(letter, content, len(drawn))


def send(session: Session, actor: Actor, invoice: Invoice, kept: Kept) -> None:
    """Issue the invoice with the PDF that was drawn; who comes second leaves it as the first one sent it.

    Args:
        invoice: held, and read under the lock of money.

    Raises:
        Conflict: it has changed since it was read.
    """
    if invoice.sent_at is not None:
        return
    if invoice.updated_at != kept.letter.version:
        raise Conflict("The invoice has just been changed; look at it and send it again.")
    kept.content.goes_with(session)
    title = kept.letter.printed.title
    values = {
        "file_name": f"{title}.pdf",
        "description": f"{title} as it was sent.",
        "content_type": PDF,
        "size": kept.size,
        "storage_key": kept.content.key,
        **_place(session, actor, invoice),
    }
    file = records.create(session, actor, File, files.RULES, values)
    invoice.sent_at, invoice.pdf_file_id = now(), file.id
    session.flush()


def _place(session: Session, actor: Actor, invoice: Invoice) -> Values:
    """Where the file belongs: to the matter, or else to the account, as far as they are still there."""
    matter = session.get(Matter, (actor.firm_id, invoice.matter_id)) if invoice.matter_id else None
    if matter is not None and matter.deleted_at is None:
        return {"matter_id": matter.id}
    account = session.get_one(Account, (actor.firm_id, invoice.account_id))
    return {"account_id": account.id} if account.deleted_at is None else {}


def _line(line: InvoiceLine) -> PrintedLine:
    text = ". ".join(part for part in (line.item_name, line.description) if part)
    return PrintedLine(line.date, text, line.billed_by, line.quantity, line.rate, line.subtotal)
