"""What lines and invoices come to: exact to the cent, whatever the numbers."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.money.line_defaults import amounts
from app.services.money.totals import Tax, cents, fits, invoice_totals, line_totals

D = Decimal
CENT = D("0.01")

quantities = st.decimals("-99999999.9999", "99999999.9999", places=4)
rates = st.decimals("0", "99999999.9999", places=4)
percents = st.decimals("0", "100", places=4)
taxes = st.none() | st.builds(Tax, st.decimals("0", "999.9999", places=4), st.booleans())
lines = st.tuples(quantities, rates, taxes, taxes)


@pytest.mark.parametrize(
    ("quantity", "rate", "discount", "tax1", "tax2", "expected"),
    [
        ("1.5", "200", "0", None, None, "300 0 0 0 300"),
        ("0.25", "350.50", "0", None, None, "87.62 0 0 0 87.62"),
        ("1", "100", "10", Tax(D("8.25")), None, "100 10 7.42 0 97.42"),
        ("1", "100", "0", Tax(D(5)), Tax(D("9.975")), "100 0 5 9.98 114.98"),
        ("1", "100", "0", Tax(D(5)), Tax(D("9.975"), True), "100 0 5 10.47 115.47"),
        ("1", "100", "0", Tax(D("9.975"), True), Tax(D(5)), "100 0 10.47 5 115.47"),
        ("1", "100", "0", Tax(D(10), True), Tax(D(10), True), "100 0 10 11 121"),
        ("1", "100", "0", Tax(D(10), True), None, "100 0 10 0 110"),
        ("-1", "100", "10", Tax(D(10)), None, "-100 -10 -9 0 -99"),
        ("1", "100", "100", Tax(D(10)), None, "100 100 0 0 0"),
    ],
)
def test_a_line_comes_to(
    quantity: str, rate: str, discount: str, tax1: Tax | None, tax2: Tax | None, expected: str
) -> None:
    line = line_totals(D(quantity), D(rate), D(discount), tax1, tax2)
    shown = [line.subtotal, line.discount, line.tax1, line.tax2, line.total]
    assert shown == [D(amount) for amount in expected.split()]


@given(st.decimals("-1e12", "1e12", places=6))
def test_rounding_is_to_the_nearest_cent_and_a_half_to_the_even_one(amount: Decimal) -> None:
    rounded = cents(amount)
    assert rounded == amount.quantize(CENT, ROUND_HALF_EVEN)
    assert rounded.as_tuple().exponent == -2
    assert cents(rounded) == rounded
    assert cents(-amount) == -rounded


@given(lines, percents)
def test_each_amount_is_the_exact_one_to_the_nearest_cent(
    line: tuple[Decimal, Decimal, Tax | None, Tax | None], discount: Decimal
) -> None:
    quantity, rate, tax1, tax2 = line
    found = line_totals(quantity, rate, discount, tax1, tax2)
    half = Fraction(1, 200)
    assert abs(Fraction(found.subtotal) - Fraction(quantity) * Fraction(rate)) <= half
    assert abs(Fraction(found.discount) - Fraction(found.subtotal) * Fraction(discount) / 100) <= half
    net = Fraction(found.subtotal - found.discount)
    amounts = (found.tax1, found.tax2)
    for tax, amount, other in ((tax1, *amounts), (tax2, *reversed(amounts))):
        bases = {net, net + Fraction(other)} if tax and tax.is_compound else {net}
        share = Fraction(tax.rate) / 100 if tax else Fraction(0)
        assert any(abs(Fraction(amount) - base * share) <= half for base in bases)
    assert found.total == found.subtotal - found.discount + found.tax1 + found.tax2


@given(st.lists(lines, max_size=20), percents)
def test_an_invoice_is_the_sum_of_its_lines_in_any_order(
    given: list[tuple[Decimal, Decimal, Tax | None, Tax | None]], discount: Decimal
) -> None:
    drafts = [line_totals(quantity, rate, discount, *taxes) for quantity, rate, *taxes in given]
    header = invoice_totals(drafts)
    assert header == invoice_totals(reversed(drafts))
    assert header.total == header.subtotal - header.discount + header.tax
    assert header.total == sum((line.total for line in drafts), D(0))


@given(st.lists(st.tuples(rates, rates), min_size=1, max_size=9))
def test_several_charges_on_a_line_lose_nothing(charges: list[tuple[Decimal, Decimal]]) -> None:
    totals = [cents(quantity * price) for quantity, price in charges]
    quantity, rate = amounts([(*charge, total) for charge, total in zip(charges, totals, strict=True)])
    assert cents(quantity * rate) == sum(totals)
    if quantity != 1:
        assert (quantity, {rate}) == (sum(each for each, _ in charges), {price for _, price in charges})


@pytest.mark.parametrize(
    ("amount", "does"), [("999999999999.99", True), ("-999999999999.99", True), ("1e12", False)]
)
def test_what_a_column_of_money_holds(amount: str, does: bool) -> None:
    assert fits(D(1), D(amount)) is does
