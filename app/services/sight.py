"""Which matters somebody sees, and with them all that is on them.

Whoever lacks the right to all cases is held to their own office, program or matters, where their role or they
themselves are restricted so, and kept from matters that exclude them (docs/decisions/0017). A record that belongs
to a matter is seen with it. To which tables that applies follows from their foreign keys, so that a new one is
held without a word here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    Alias,
    Boolean,
    ColumnElement,
    FromClause,
    Table,
    bindparam,
    literal,
    or_,
    select,
)

from app.models import Base, ConflictCheck, Expense, FlatFee, Invoice, InvoiceLine, Matter, TimeEntry
from app.models.invoices import EXPENSE_LINE, FEE_LINE, TIME_LINE
from app.models.roles import ASSIGNMENT, OFFICE, PROGRAM
from app.models.tags_and_links import matter_assignees, matter_exclusions
from app.models.types import Guid

MATTERS = cast(Table, Matter.__table__)
INVOICES = cast(Table, Invoice.__table__)
LINES = cast(Table, InvoiceLine.__table__)
CHECKS = cast(Table, ConflictCheck.__table__)
CHARGE_LINES = (TIME_LINE, EXPENSE_LINE, FEE_LINE)
CHARGES = tuple(cast(Table, model.__table__) for model in (TimeEntry, Expense, FlatFee))
MENTIONS = {
    "time_entries": ("activity_id", "line_id"),
    "expenses": ("line_id",),
    "flat_fees": ("line_id",),
    "invoices": ("refund_payment_id",),
}
"""References of rows to what they do not belong to: those are not hidden with it, only the reference is."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How far somebody sees who has no right to all cases.

    Args:
        restrictions: words of `app.models.roles.RESTRICTIONS`.
    """

    user_id: str
    office_id: str | None
    program_id: str | None
    restrictions: frozenset[str]

    def values(self) -> dict[str, Any]:
        """What the parameters of `BOUND` stand for."""
        return {
            "sight_user": self.user_id,
            "sight_office": self.office_id,
            "sight_program": self.program_id,
            "any_office": OFFICE not in self.restrictions,
            "any_program": PROGRAM not in self.restrictions,
            "any_assignment": ASSIGNMENT not in self.restrictions,
        }


class Terms(NamedTuple):
    """The same in SQL."""

    sight_user: ColumnElement[Any]
    sight_office: ColumnElement[Any]
    sight_program: ColumnElement[Any]
    any_office: ColumnElement[Any]
    any_program: ColumnElement[Any]
    any_assignment: ColumnElement[Any]


TYPES = {name: Boolean() if name.startswith("any_") else Guid() for name in Terms._fields}
BOUND = Terms(**{name: bindparam(name, type_=kind) for name, kind in TYPES.items()})
"""For statements that serve everybody who is restricted, each with their own values."""


def terms_of(sight: Sight) -> Terms:
    return Terms(**{name: literal(value, TYPES[name]) for name, value in sight.values().items()})


def in_sight(rows: FromClause, terms: Terms) -> list[ColumnElement[bool]]:
    """The conditions on the rows of a table (or its alias); none where they have to do with no matter."""
    table = cast(Table, rows.element if isinstance(rows, Alias) else rows)
    if table is MATTERS:
        return _of_matters(rows, terms)
    found = [_belongs(rows, column, target, terms) for column, target in ways(table)]
    if table is CHECKS:  # what it told somebody may be on any matter
        found.append(rows.c.created_by_id == terms.sight_user)
    if table is LINES:
        found.append(~_has_let_go(rows))
    return [*found, *_bills_what_is_seen(rows, terms)] if table is INVOICES else found


@cache
def held_tables() -> frozenset[Table]:
    """The tables whose rows are seen with a matter: whatever refers to it, or to something that does."""
    held = {MATTERS}
    while more := {
        table
        for table in Base.metadata.tables.values()
        if table not in held and held & _referred(table).keys()
    }:
        held |= more
    return frozenset(held)


@cache
def ways(table: Table) -> tuple[tuple[str, Table], ...]:
    """The columns by which a table's rows belong to what is seen or not, and what they refer to."""
    mentions = MENTIONS.get(table.name, ())
    return tuple(
        (column, target)
        for target, columns in _referred(table).items()
        for column in columns
        if target in held_tables() and target is not table and column not in mentions
    )


def _referred(table: Table) -> dict[Table, list[str]]:
    found: dict[Table, list[str]] = {}
    for key in table.foreign_key_constraints:
        found.setdefault(key.referred_table, []).append(key.column_keys[-1])
    return found


def _of_matters(matter: FromClause, terms: Terms) -> list[ColumnElement[bool]]:
    excluded = matter_exclusions.alias()
    assigned = matter_assignees.alias()
    return [
        ~_joined(excluded, matter, terms.sight_user),
        or_(terms.any_office, matter.c.office_id == terms.sight_office),
        or_(terms.any_program, matter.c.program_id == terms.sight_program),
        or_(terms.any_assignment, _joined(assigned, matter, terms.sight_user)),
    ]


def _joined(joining: FromClause, matter: FromClause, user: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a table of links joins a user with a matter."""
    return (
        select(literal(1))
        .where(
            joining.c.firm_id == matter.c.firm_id,
            joining.c.matter_id == matter.c.id,
            joining.c.user_id == user,
        )
        .correlate_except(joining)
        .exists()
    )


def _belongs(rows: FromClause, column: str, target: Table, terms: Terms) -> ColumnElement[bool]:
    """Whether what a column refers to is in sight, or it refers to nothing."""
    owner = target.alias()
    is_seen = (
        select(literal(1))
        .where(owner.c.firm_id == rows.c.firm_id, owner.c.id == rows.c[column], *in_sight(owner, terms))
        .correlate_except(owner)
        .exists()
    )
    return or_(rows.c[column].is_(None), is_seen) if rows.c[column].nullable else is_seen


def _bills_what_is_seen(invoice: FromClause, terms: Terms) -> list[ColumnElement[bool]]:
    """An invoice for several matters is seen by those who see them all: its total is a sum over them.

    Where it was deleted, its lines were with it, so all count that it ever had.
    """
    line = LINES.alias()
    of_invoice = (
        line.c.firm_id == invoice.c.firm_id,
        line.c.invoice_id == invoice.c.id,
        or_(line.c.deleted_at.is_(None), invoice.c.deleted_at.is_not(None)),
    )
    hidden = [
        select(literal(1))
        .where(*of_invoice, or_(~_belongs(line, "matter_id", MATTERS, terms), _has_let_go(line)))
        .correlate_except(line)
    ]
    for table in CHARGES:
        charge = table.alias()
        of_line = (charge.c.firm_id == line.c.firm_id, charge.c.line_id == line.c.id)
        billed = select(literal(1)).where(
            *of_invoice, *of_line, ~_belongs(charge, "matter_id", MATTERS, terms)
        )
        hidden.append(billed.correlate_except(line, charge))
    return [~statement.exists() for statement in hidden]


def _has_let_go(line: FromClause) -> ColumnElement[bool]:
    """Whether a line was deleted that had charges of several matters: nobody knows any more which they were."""
    is_for_charges = or_(*(line.c.kind == kind for kind in CHARGE_LINES))
    return line.c.deleted_at.is_not(None) & line.c.matter_id.is_(None) & is_for_charges
