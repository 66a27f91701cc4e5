"""What the lines of an invoice are to be: drafted from a body, and from the charges that it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import InvoiceLine
from app.models.invoices import FEE_LINE
from app.services.money.billed_charges import KIND_OF, AnyCharge, Bill, charges_of
from app.services.money.line_defaults import from_charges, from_item, shared
from app.services.money.line_sources import Sources, sources_of
from app.services.money.totals import LineTotals, Tax, fits, line_totals
from app.services.records import EMPTY, Values
from app.services.scoping import Actor, portions

TEXTS = ("item_id", "item_name", "description", "date", "billed_by", "task_code")
TAXES = ("tax1", "tax2")
TAX = ("name", "rate", "is_compound")
UNNAMED = "Tax"
LIMIT = Decimal(10) ** 8
"""What quantities and rates stay below."""


@dataclass(frozen=True)
class Draft:
    """A line as it is to be.

    Args:
        line: the line that it was, where the body says so by its id.
        chosen_id: the id that the client gives a new line.
    """

    values: Values
    totals: LineTotals
    charges: Sequence[AnyCharge]
    line: InvoiceLine | None
    chosen_id: str | None


def drafts_from_bodies(
    session: Session, actor: Actor, bill: Bill, bodies: Sequence[Values], discount: Decimal
) -> list[Draft]:
    """The lines that a body describes, in the order of their `row_index` where they have one.

    Raises:
        InvalidBody: names the line by its place in the body.
    """
    bodies = [{**body, "id": None} if body.get("id") == EMPTY else body for body in bodies]
    _check_ids(session, actor, bill, bodies)
    charges = list(charges_of(session, actor, bill, bodies))
    sources = sources_of(session, actor, [each for some in charges for each in some], bodies)
    drafts = [
        _draft(sources, bill, f"lines[{index}]", body, charges[index], discount)
        for index, body in enumerate(bodies)
    ]
    places = [
        position if body.get("row_index") is None else body["row_index"]
        for position, body in enumerate(bodies)
    ]
    return [drafts[index] for index in sorted(range(len(drafts)), key=places.__getitem__)]


def drafts_from_charges(
    session: Session, actor: Actor, bill: Bill, charges: Sequence[AnyCharge], discount: Decimal
) -> list[Draft]:
    """One line for each charge."""
    sources = sources_of(session, actor, charges)
    return [
        _draft(sources, bill, f"lines[{index}]", {}, [charge], discount)
        for index, charge in enumerate(charges)
    ]


def _check_ids(session: Session, actor: Actor, bill: Bill, bodies: Sequence[Values]) -> None:
    """A change names the lines that the invoice has; those of a new invoice may be given ids of their own."""
    given = {index: body["id"] for index, body in enumerate(bodies) if body.get("id")}
    if len(set(given.values())) < len(given):
        raise InvalidBody({"lines": ["The same line is there twice."]})
    if bill.lines:
        taken, problem = set(given.values()) - set(bill.lines), "This is not a line of this invoice."
    else:
        taken, problem = _in_use(session, actor, given.values()), "A line with this id exists."
    if taken:
        raise InvalidBody({f"lines[{index}].id": [problem] for index, key in given.items() if key in taken})


def _in_use(session: Session, actor: Actor, ids: Iterable[str]) -> set[str]:
    """Those of the ids that a line of the firm has or had."""
    known = select(InvoiceLine.id).where(InvoiceLine.firm_id == actor.firm_id)
    return {key for some in portions(ids) for key in session.scalars(known.where(InvoiceLine.id.in_(some)))}


def _draft(
    sources: Sources,
    bill: Bill,
    where: str,
    body: Values,
    charges: Sequence[AnyCharge],
    discount: Decimal,
) -> Draft:
    line = bill.lines.get(body.get("id") or "")
    _check_item(sources, line, body, where)
    values = _as_it_says(line, body) if line else _completed(sources, body, charges, where)
    values["kind"] = _kind(line, body, charges, where)
    if charges:
        values["matter_id"] = shared(charge.matter_id for charge in charges)
    else:
        values["matter_id"] = _matter(sources, bill, line, body, where)
    totals = _totals(values, body, discount, where)
    values |= {
        "subtotal": totals.subtotal,
        "discount": totals.discount,
        "tax1_amount": totals.tax1,
        "tax2_amount": totals.tax2,
        "total": totals.total,
        **{f"{tax}_percent": printed(values[f"{tax}_rate"]) for tax in TAXES},
    }
    return Draft(values, totals, charges, line, None if line else body.get("id"))


def _as_it_says(line: InvoiceLine, body: Values) -> Values:
    """A line that is there already: what its body leaves empty is empty, as in any replacement."""
    names = (*TEXTS, *(f"{tax}_{part}" for tax in TAXES for part in TAX))
    values = {name: body.get(name, getattr(line, name)) for name in names}
    for name in ("quantity", "rate"):
        values[name] = getattr(line, name) if body.get(name) is None else body[name]
    return _tidied(values)


def _completed(sources: Sources, body: Values, charges: Sequence[AnyCharge], where: str) -> Values:
    """A new line: what its body leaves empty comes from its charges, or else from its item."""
    usual = from_item(sources, body.get("item_id"))
    if charges:
        usual = from_charges(sources, charges, where)
    names = ("quantity", "rate", *TEXTS)
    values = {name: usual.get(name) if body.get(name) is None else body[name] for name in names}
    if values["rate"] is None:
        raise InvalidBody(
            {f"{where}.rate": ["Give a rate, or an item that has one, or what the line bills."]}
        )
    for tax in TAXES:
        source = usual if body.get(f"{tax}_rate") is None else body
        values |= {f"{tax}_{part}": source.get(f"{tax}_{part}") for part in TAX}
    return _tidied(values)


def _tidied(values: Values) -> Values:
    """A tax without a rate is no tax; one with a rate has a name to be shown by."""
    for tax in TAXES:
        taxed = values[f"{tax}_rate"] is not None
        values[f"{tax}_name"] = (values[f"{tax}_name"] or UNNAMED) if taxed else None
        values[f"{tax}_is_compound"] = taxed and bool(values[f"{tax}_is_compound"])
    return values


def _kind(line: InvoiceLine | None, body: Values, charges: Sequence[AnyCharge], where: str) -> str:
    """What the line charges for: what the charges on it are, else what it says itself, else a fee."""
    said: str | None = body.get("kind")
    if not charges:
        return said or (line.kind if line else FEE_LINE)
    kind = KIND_OF[type(charges[0])]
    if said not in (None, kind.line):
        raise InvalidBody({f"{where}.kind": [f"What the line bills is a {kind.noun}."]})
    return kind.line


def _check_item(sources: Sources, line: InvoiceLine | None, body: Values, where: str) -> None:
    wanted = body.get("item_id")
    if wanted is None or (line is not None and wanted == line.item_id):
        return
    item = sources.items.get(wanted)
    if item is None or item.deleted_at is not None:
        raise InvalidBody({f"{where}.item_id": ["There is no such item."]})


def _matter(sources: Sources, bill: Bill, line: InvoiceLine | None, body: Values, where: str) -> str | None:
    """The matter of a line that bills no charges: the invoice's, or one of the account's."""
    wanted: str | None = body.get("matter_id", _matter_so_far(bill, line))
    if wanted is None or wanted == bill.matter_id:
        return bill.matter_id
    if bill.matter_id is not None:
        raise InvalidBody({f"{where}.matter_id": ["The invoice is for another matter."]})
    if line is None or wanted != line.matter_id:
        matter = sources.matters.get(wanted)
        if (
            matter is None
            or matter.deleted_at is not None
            or matter.account_id not in (None, bill.account_id)
        ):
            raise InvalidBody({f"{where}.matter_id": ["The account has no such matter."]})
    return wanted


def _matter_so_far(bill: Bill, line: InvoiceLine | None) -> str | None:
    """A line for the invoice's matter goes along to another one; else it stays with its own."""
    if line is None or (bill.matter_id is not None and line.matter_id == bill.matter_before):
        return bill.matter_id
    return line.matter_id


def _totals(values: Values, body: Values, discount: Decimal, where: str) -> LineTotals:
    if (body.get("rate") or 0) < 0:
        raise InvalidBody({f"{where}.rate": ["Must not be negative; a reduction has a negative quantity."]})
    for name in ("quantity", "rate"):
        if abs(values[name]) >= LIMIT:
            raise InvalidBody({f"{where}.{name}": [f"Must be less than {LIMIT}."]})
    for tax in TAXES:
        if (values[f"{tax}_rate"] or 0) < 0:
            raise InvalidBody({f"{where}.{tax}_rate": ["Must not be negative."]})
    taxes = (_tax(values, tax) for tax in TAXES)
    totals = line_totals(values["quantity"], values["rate"], discount, *taxes)
    if not fits(totals.subtotal, totals.discount, totals.tax1, totals.tax2, totals.total):
        raise InvalidBody({f"{where}.quantity": ["The line comes to more than can be stored."]})
    return totals


def _tax(values: Values, tax: str) -> Tax | None:
    rate = values[f"{tax}_rate"]
    return None if rate is None else Tax(rate, values[f"{tax}_is_compound"])


def printed(rate: Decimal | None) -> str | None:
    """A rate in percent as it is printed.

    >>> printed(Decimal("8.2500")), printed(Decimal("20.0000")), printed(None)
    ('8.25', '20', None)
    """
    if rate is None:
        return None
    text = f"{rate:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
