"""Numbers that a firm gives out, and what happens when many ask at once."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.models import Account, Invoice, Matter, Payment
from app.models.base import FirmRow
from app.services import numbering
from tests.contract.samples import account
from tests.firms import Workplace
from tests.parallel import in_threads
from tests.services.books import refused
from tests.services.records_of_a_firm import Desk


def test_a_series_counts_from_one_and_by_as_many_as_are_taken(workplace: Workplace, session: Session) -> None:
    taken = [numbering.take(session, workplace.firm_id, "tickets", how_many) for how_many in (1, 1, 3, 0, 1)]
    session.rollback()
    assert taken == [1, 2, 5, 5, 6]


def test_what_is_rolled_back_is_given_out_again(workplace: Workplace, session: Session) -> None:
    first = numbering.take(session, workplace.firm_id, "tickets")
    session.rollback()
    again = numbering.take(session, workplace.firm_id, "tickets")
    session.rollback()
    assert first == again == 1


def test_numbers_that_clients_took_ahead_are_passed_over(workplace: Workplace) -> None:
    for number in (2, 3, 5):
        workplace.ok("POST", "/api/v2/accounts", json={**account(workplace), "number": number})
    given = [workplace.ok("POST", "/api/v2/accounts", json=account(workplace))["number"] for _ in range(3)]
    assert given == [1, 4, 6]


def test_of_many_who_want_one_number_one_gets_it(workplace: Workplace) -> None:
    body = {**account(workplace), "number": 7}
    answers = in_threads(lambda index: workplace.request("POST", "/api/v2/accounts", json=body), 10)
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 9


def test_of_many_who_make_one_tag_all_get_it(workplace: Workplace) -> None:
    body = {"name": "A", "status": "Open", "tags": ["urgent"]}
    answers = in_threads(lambda index: workplace.request("POST", "/api/v2/matters", json=body), 10)
    assert [answer.status_code for answer in answers] == [200] * 10
    assert [tag["name"] for tag in workplace.ok("GET", "/api/v2/tags/matter")] == ["urgent"]


@pytest.mark.parametrize("number", [0, -5])
@pytest.mark.parametrize("model", [Account, Matter, Invoice, Payment])
def test_numbers_begin_with_one_at_every_door(desk: Desk, model: type[FirmRow], number: int) -> None:
    with refused("number", "greater than or equal to 1"):
        numbering.number_for(desk.session, desk, model(firm_id=desk.firm_id), number)
