"""How the demo firm's invoices were paid: from trust, out of a recovery, by the client, or not yet.

Whether and when something is paid never depends on an amount, so that the payments can be counted, and
numbered by their days, before there are amounts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_UP, Decimal
from random import Random

from app.models.payments import CREDIT_CARD, TRUST
from app.services.demo.brief import Brief, Row
from app.services.demo.casework import Case, case_of
from app.services.demo.clients_money import pay_as_clients_do
from app.services.demo.ledger import Ledger, check_number
from app.services.demo.plan import LAST_DAY

TRANSFERRED_AFTER = dt.timedelta(days=6)
REPLENISHED_AFTER = dt.timedelta(days=14)
PAID_OUT_AFTER = dt.timedelta(days=21)
KEPT_FOR_CLIENT = Decimal(1_000)
"""Of a recovery, in dollars, whatever the costs."""


def settle(brief: Brief, matter: int, sales: Sequence[Row], ledger: Ledger) -> None:
    """Pay the matter's sales.

    Args:
        sales: in the order of their days; what is paid is set on them.
        ledger: where it is entered.
    """
    case = case_of(brief, matter)
    dice = brief.plan.chance.of("settlement", matter)
    if dice.random() < 0.06:
        fee = Decimal(dice.choice((150, 200, 250)))
        ledger.book(case.worked[0], CREDIT_CARD, fee, "CreditCard", notes="Consultation fee")
    if case.recovery:
        _from_recovery(ledger, case, sales)
    elif case.rate_type != "Contingency" and dice.random() < 0.3:
        covered = dice.randint(1, max(1, len(sales)))
        _from_retainer(ledger, dice, case, sales[:covered])
        pay_as_clients_do(ledger, dice, sales[covered:])
    else:
        pay_as_clients_do(ledger, dice, sales)


def _from_recovery(ledger: Ledger, case: Case, sales: Sequence[Row]) -> None:
    """What the other side pays is the client's; the firm takes its invoices out of it and passes on the rest."""
    recovery, last = case.recovery or Decimal(0), case.worked[1]
    ledger.book(last, TRUST, recovery, "Wire", notes=f"Settlement paid by {case.other}")
    taken = Decimal(0)
    for sale in sales:
        amount = min(sale["total"], recovery - taken - KEPT_FOR_CLIENT)
        day = sale["day"] + TRANSFERRED_AFTER
        if amount > 0 and day <= LAST_DAY:
            ledger.transfer(day, sale, amount)
            taken += amount
    if sales and (day := sales[-1]["day"] + PAID_OUT_AFTER) <= LAST_DAY:
        _pay_out(ledger, day, recovery - taken, case, "Client's share of the settlement")


def _from_retainer(ledger: Ledger, dice: Random, case: Case, sales: Sequence[Row]) -> None:
    """The client deposits what the first invoice takes, and then each time for the next one."""
    first, last = case.worked
    held = _rounded_up(sales[0]["total"], 500) + 500 if sales else Decimal(dice.choice((1_500, 2_500, 5_000)))
    ledger.book(first, TRUST, held, dice.choice(("Check", "Wire")), notes="Retainer")
    paid_out_from = last
    for position, sale in enumerate(sales):
        day = sale["day"] + TRANSFERRED_AFTER
        if day > LAST_DAY:
            return
        ledger.transfer(day, sale, sale["total"])
        held -= sale["total"]
        paid_out_from = max(last, day)
        if position + 1 < len(sales):
            more = _rounded_up(sales[position + 1]["total"], 100)
            ledger.book(sale["day"] + REPLENISHED_AFTER, TRUST, more, "Check", notes="Retainer replenished")
            held += more
    if case.closed and (day := paid_out_from + PAID_OUT_AFTER) <= LAST_DAY:
        _pay_out(ledger, day, held, case, "Unused retainer")


def _pay_out(ledger: Ledger, day: dt.date, amount: Decimal, case: Case, why: str) -> None:
    payee = case.client.company or f"{case.client.first_name} {case.client.last_name}"
    number = check_number(day)
    ledger.book(
        day, TRUST, -amount, "Check", payee=payee, notes=why, check_number=number, is_check_printed=True
    )


def _rounded_up(amount: Decimal, step: int) -> Decimal:
    return (amount / step).quantize(Decimal(1), ROUND_UP) * step
