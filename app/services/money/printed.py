"""What stands on a printed invoice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class PrintedLine:
    """One line; the amount is before discount and taxes."""

    date: dt.datetime | None
    text: str
    by: str | None
    quantity: Decimal
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Printed:
    """Everything that stands on the paper."""

    title: str
    firm: str
    client: str
    address: Sequence[str]
    matter: str | None
    issued: dt.datetime
    due: dt.datetime | None
    order_number: str | None
    currency: str
    lines: Sequence[PrintedLine]
    subtotal: Decimal
    discount: Decimal
    tax: Decimal
    total: Decimal
    paid: Decimal
    notes: str | None
    terms: str | None
