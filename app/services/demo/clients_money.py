"""How the demo firm's clients pay: most in time, some late, in parts, too much, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from random import Random

from app.models.payments import OPERATING
from app.services.demo.brief import Row
from app.services.demo.ledger import Ledger
from app.services.demo.plan import LAST_DAY
from app.services.money.totals import cents

METHODS = (
    "Check",
    "Check",
    "Check",
    "PantherPaymentsCC",
    "PantherPaymentsCC",
    "PantherPaymentsECheck",
    "Wire",
)
CARD, CHECK = "PantherPaymentsCC", "Check"

TENTH, PART, TOO_MUCH = Decimal("0.1"), Decimal("0.4"), Decimal(50)

HABITS = (
    (0.76, "whole"),
    (0.83, "halves"),
    (0.88, "part"),
    (0.91, "credit"),
    (0.94, "too much"),
    (1.01, "not yet"),
)
"""How an invoice that is due is paid: the habit whose bound is the first above a draw."""


def pay_as_clients_do(ledger: Ledger, dice: Random, sales: Sequence[Row]) -> None:
    """Pay for sales, each by a habit of its own; a few clients send one payment for two at a time."""
    method = dice.choice(METHODS)
    if dice.random() < 0.08:
        for first in range(0, len(sales), 2):
            _pay_together(ledger, dice, sales[first : first + 2], method)
    else:
        for sale in sales:
            _pay(ledger, dice, sale, method)


def _pay(ledger: Ledger, dice: Random, sale: Row, method: str) -> None:
    draw = dice.random()
    habit = next(name for bound, name in HABITS if draw < bound)
    days = sorted(sale["day"] + dt.timedelta(days=dice.randint(3, 45)) for _ in range(2))
    if days[0] > LAST_DAY or habit == "not yet":
        return
    total = sale["total"]
    if habit == "whole":
        _receive(ledger, dice, days[0], total, sale, method)
    elif habit == "part":
        _receive(ledger, dice, days[0], cents(total * PART), sale, method)
    elif habit == "halves":
        half = cents(total / 2)
        _receive(ledger, dice, days[0], half, sale, method)
        if days[1] <= LAST_DAY:
            _receive(ledger, dice, days[1], total - half, sale, method)
    elif habit == "credit":
        less = cents(total * TENTH)
        credit = ledger.give_credit(days[0], less + dice.choice((0, 0, 25)), "Courtesy credit")
        ledger.apply(sale, less, credit=credit)
        if days[1] <= LAST_DAY:
            _receive(ledger, dice, days[1], total - less, sale, method)
    else:
        payment = _receive(ledger, dice, days[0], total, sale, method, extra=TOO_MUCH)
        if dice.random() < 0.5 and (day := days[0] + dt.timedelta(days=20)) <= LAST_DAY:
            ledger.give_back(day, payment, TOO_MUCH, "Refund of an overpayment")


def _pay_together(ledger: Ledger, dice: Random, sales: Sequence[Row], method: str) -> None:
    day = sales[-1]["day"] + dt.timedelta(days=dice.randint(5, 40))
    if day > LAST_DAY:
        return
    payment = _book(ledger, dice, day, sum((sale["total"] for sale in sales), Decimal(0)), method)
    for sale in sales:
        ledger.apply(sale, sale["total"], payment=payment)


def _receive(
    ledger: Ledger,
    dice: Random,
    day: dt.date,
    amount: Decimal,
    sale: Row,
    method: str,
    extra: Decimal = Decimal(0),
) -> Row:
    payment = _book(ledger, dice, day, amount + extra, method)
    ledger.apply(sale, amount, payment=payment)
    return payment


def _book(ledger: Ledger, dice: Random, day: dt.date, amount: Decimal, method: str) -> Row:
    """A payment into the operating account; some clients do not say for which matter it is."""
    more: Row = {}
    number = dice.randrange(100_000, 999_999)
    if method == CARD:
        fee = cents(amount * Decimal("2.9")) + 30
        more = {"transaction_id": f"ch_{number}", "authorization_number": f"A{number}", "fee_in_cents": fee}
    elif method == CHECK:
        more = {"check_number": number // 100}
    if dice.random() < 0.1:
        more["matter_id"] = None
    return ledger.book(day, OPERATING, amount, method, **more)
