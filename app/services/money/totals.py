"""What lines and invoices come to, to the cent. Pure functions; no amount is ever a float.

Every line is rounded, and an invoice is the sum of its rounded lines: no cent appears or vanishes on the way.
Rounding is half-even, so that it favours neither side.
"""

from __future__ import annotations

import decimal
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
LARGEST = Decimal("999999999999.99")
"""The most that a column of money holds."""

_WIDE = decimal.Context(prec=60, rounding=decimal.ROUND_HALF_EVEN)
"""Wide enough for the product of any two columns, so that only `cents` rounds."""


@dataclass(frozen=True)
class Tax:
    """A tax on a line.

    Args:
        rate: in percent.
        is_compound: whether it is worked out on top of the other tax's amount.
    """

    rate: Decimal
    is_compound: bool = False


@dataclass(frozen=True)
class LineTotals:
    """What one line comes to; `total` is `subtotal - discount + tax1 + tax2`, to the cent."""

    subtotal: Decimal
    discount: Decimal
    tax1: Decimal
    tax2: Decimal

    @property
    def total(self) -> Decimal:
        return self.subtotal - self.discount + self.tax1 + self.tax2


@dataclass(frozen=True)
class InvoiceTotals:
    """What an invoice comes to: the sums over its lines."""

    subtotal: Decimal = ZERO
    discount: Decimal = ZERO
    tax: Decimal = ZERO
    total: Decimal = ZERO


def cents(amount: Decimal) -> Decimal:
    """The amount to the cent, a half to the even neighbour.

    >>> cents(Decimal("0.125")), cents(Decimal("0.135")), cents(Decimal("-0.001"))
    (Decimal('0.12'), Decimal('0.14'), Decimal('0.00'))
    """
    return amount.quantize(CENT, context=_WIDE) + ZERO  # + 0 makes -0.00 plain zero


def line_totals(
    quantity: Decimal,
    rate: Decimal,
    discount_percent: Decimal = ZERO,
    tax1: Tax | None = None,
    tax2: Tax | None = None,
) -> LineTotals:
    """What a line comes to.

    Args:
        quantity: hours, or pieces; negative for a line that takes something off.
        rate: the price of one.
        discount_percent: the invoice's, 10 for ten percent.
        tax1, tax2: where both are compound, the second is, on top of the first.

    >>> line_totals(Decimal(3), Decimal("33.33"), Decimal(10))
    LineTotals(subtotal=Decimal('99.99'), discount=Decimal('10.00'), tax1=Decimal('0.00'), tax2=Decimal('0.00'))

    A tax of 5 %, and one of 10 % on top of it:

    >>> line = line_totals(Decimal(1), Decimal(200), tax1=Tax(Decimal(5)), tax2=Tax(Decimal(10), True))
    >>> line.tax1, line.tax2, line.total
    (Decimal('10.00'), Decimal('21.00'), Decimal('231.00'))
    """
    subtotal = cents(_WIDE.multiply(quantity, rate))
    discount = _percent(subtotal, discount_percent)
    net = subtotal - discount
    if tax1 and tax1.is_compound and not (tax2 and tax2.is_compound):
        second = _tax(net, tax2)
        first = _tax(net + second, tax1)
    else:
        first = _tax(net, tax1)
        second = _tax(net + first if tax2 and tax2.is_compound else net, tax2)
    return LineTotals(subtotal, discount, first, second)


def invoice_totals(lines: Iterable[LineTotals]) -> InvoiceTotals:
    """What an invoice comes to.

    >>> third = line_totals(Decimal(1), Decimal("0.333"))
    >>> invoice_totals([third, third, third]).total
    Decimal('0.99')
    """
    rows = list(lines)
    return InvoiceTotals(
        sum((row.subtotal for row in rows), ZERO),
        sum((row.discount for row in rows), ZERO),
        sum((row.tax1 + row.tax2 for row in rows), ZERO),
        sum((row.total for row in rows), ZERO),
    )


def fits(*amounts: Decimal) -> bool:
    """Whether columns of money hold the amounts.

    >>> fits(Decimal("999999999999.99")), fits(Decimal(1), Decimal("-1e12"))
    (True, False)
    """
    return all(abs(amount) <= LARGEST for amount in amounts)


def _tax(amount: Decimal, tax: Tax | None) -> Decimal:
    return _percent(amount, tax.rate) if tax else ZERO


def _percent(amount: Decimal, rate: Decimal) -> Decimal:
    return cents(_WIDE.multiply(amount, rate).scaleb(-2, _WIDE))
