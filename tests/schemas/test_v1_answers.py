"""What v1 shows of a firm with a record of every kind, and that it loads back as it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, g
from marshmallow import fields
from sqlalchemy.orm import Session

from app.api.reading import Source
from app.api.resources import Face, Resource
from app.auth import Caller
from app.models import MODELS
from odata.options import Options
from schemas import v1
from schemas.base import Shape
from schemas.fields import VARIES
from tests.firms import Workplace
from tests.schemas.one_of_each import Practice

SHOWN: list[tuple[type[Shape], str]] = [
    (v1.AccountDTO_Export, "Account"),
    (v1.ActivityDTO, "Activity"),
    (v1.ContactDTO, "Contact"),
    (v1.CustomFieldDTO, "CustomField"),
    (v1.ExpenseDTO, "Expense"),
    (v1.PaymentDTO, "Payment"),
    (v1.ProjectDTO, "Matter"),
    (v1.RelationshipDTO, "Relationship"),
    (v1.SaleDocumentDTO, "Invoice"),
    (v1.TimeEntryDTO, "TimeEntry"),
    (v1.UserDTO, "User"),
]
WRITTEN: list[tuple[type[Shape], str]] = [
    (v1.AccountDTO_Detail, "Account"),
    (v1.ActivityDTO_Detail, "Activity"),
    (v1.ExpenseDTO_Detail, "Expense"),
    (v1.ItemDTO, "Item"),
    (v1.PaymentDTO_Detail, "Payment"),
    (v1.ProjectDTO_Detail, "Matter"),
    (v1.RelationshipDTO_Detail, "Relationship"),
    (v1.SaleDocumentDTO_Detail, "Invoice"),
    (v1.SalesTaxDTO, "SalesTax"),
    (v1.TimeEntryDTO_Detail, "TimeEntry"),
]


TOGETHER = 6
"""By how many properties a list is sorted at once."""


class Door:
    """Reads as the v1 door does."""

    def __init__(self, practice: Practice) -> None:
        self.caller = Caller(practice.firm_id, practice.user, None, "member", frozenset())
        self.ids = practice.ids

    def rows(self, shape: type[Shape], model: str, order: str | None = None) -> list[dict[str, Any]]:
        source = Source(Resource(MODELS[model], "x", "record", ()), Face("v1", model, shape, shape), shape)
        return source.list(self.caller, Options(orderby=order), {})[0]

    def one(self, shape: type[Shape], model: str, name: str) -> dict[str, Any]:
        return next(row for row in self.rows(shape, model) if row["guid"] == self.ids[name])


@pytest.fixture
def door(app: Flask, workplace: Workplace, session: Session) -> Iterator[Door]:
    practice = Practice(session, workplace)
    with app.test_request_context(), app.extensions["database"].reading() as g.reader:
        yield Door(practice)


@pytest.mark.parametrize(
    ("shape", "model"), SHOWN + WRITTEN, ids=lambda each: getattr(each, "__name__", each)
)
def test_every_shape_shows_its_records(door: Door, shape: type[Shape], model: str) -> None:
    rows = door.rows(shape, model)
    assert rows
    assert all(list(row) == [field.data_key for field in shape().fields.values()] for row in rows)


@pytest.mark.parametrize(("shape", "model"), WRITTEN, ids=lambda each: getattr(each, "__name__", each))
def test_what_is_shown_loads_back(door: Door, session: Session, shape: type[Shape], model: str) -> None:
    for shown in door.rows(shape, model):
        row = session.get_one(MODELS[model], (door.caller.firm_id, shown["guid"]))
        loaded = shape().load(shown)
        columns = {name: value for name, value in loaded.items() if name in row.__table__.c}
        assert columns == {name: getattr(row, name) for name in columns}


@pytest.mark.parametrize(("shape", "model"), SHOWN, ids=lambda each: getattr(each, "__name__", each))
def test_lists_can_be_sorted_by_every_plain_property(door: Door, shape: type[Shape], model: str) -> None:
    known = len(door.rows(shape, model))
    plain = (
        field
        for field in shape().fields.values()
        if field.value is VARIES and not isinstance(field, fields.Nested | fields.List)  # type: ignore[attr-defined]
    )
    keys = [f"{field.data_key} desc" for field in plain]
    for few in (keys[start : start + TOGETHER] for start in range(0, len(keys), TOGETHER)):
        assert len(door.rows(shape, model, ",".join(few))) == known


def test_an_invoice_shows_what_paid_it(door: Door) -> None:
    shown = door.one(v1.SaleDocumentDTO_Detail, "Invoice", "invoice")
    credit, payment = sorted(shown["saleDocumentPayments"], key=lambda applied: applied["amount"])
    assert (payment["amount"], payment["payment"]["guid"], payment["credit"]) == (
        60,
        door.ids["payment"],
        None,
    )
    assert (credit["amount"], credit["payment"], credit["credit"]["creditAvailable"]) == (40, None, 60)
    assert credit["credit"]["creditForSaleDocument"]["name"] == "Credit 1"
    assert (shown["numOfPayments"], shown["amountDue"], shown["status"], shown["credit"]) == (
        2,
        0,
        "Paid",
        None,
    )
    assert shown["tenant"]["name"].startswith("Firm ")
    assert shown["isMultiMatterInvoice"] is False


def test_an_invoice_of_the_type_credit_shows_what_became_of_it(door: Door) -> None:
    credit = door.one(v1.SaleDocumentDTO_Detail, "Invoice", "credit")["credit"]
    assert [credit[f"credit{sum_}"] for sum_ in ("Amount", "Applied", "Available")] == [100, 40, 60]
    assert [paid["saleDocument"]["guid"] for paid in credit["saleDocumentPayments"]] == [door.ids["invoice"]]


def test_a_line_of_an_invoice_names_what_it_bills(door: Door) -> None:
    line = door.one(v1.SaleDocumentDTO_Detail, "Invoice", "invoice")["items"][0]
    assert line["timeEntriesGuids"] == door.ids["time"]
    assert line["timeEntries"] == [{"guid": door.ids["time"], "name": "Draft"}]
    assert (line["expensesGuids"], line["expenses"], line["type"]) == (None, [], "TimeEntryItem")
    assert line["tax1Data"] == {"id": None, "name": "VAT", "rate": 8.25, "isCompound": False, "amount": 0}
    assert line["tax2Data"] is None


def test_an_activity_has_the_properties_of_its_type_alone(door: Door) -> None:
    groups = {
        name: [
            kind
            for kind in ("email", "call", "note")
            if door.one(v1.ActivityDTO_Detail, "Activity", name)[f"{kind}Properties"]
        ]
        for name in ("email", "call", "task")
    }
    assert groups == {"email": ["email"], "call": ["call"], "task": []}


def test_an_email_shows_its_addresses_one_by_one(door: Door) -> None:
    email = door.one(v1.ActivityDTO_Detail, "Activity", "email")["emailProperties"]
    address = {"displayName": None, "user": "a", "host": "b.c", "address": "a@b.c"}
    assert (email["to"], email["toAddressCollection"], email["ccAddressCollection"]) == (
        "a@b.c",
        [address],
        [],
    )
    assert email["fromAddress"] == {**address, "displayName": "Ada"}
    assert (email["fromAddressEmail"], email["fromAddressDisplayName"]) == ("a@b.c", "Ada")


def test_a_project_shows_what_it_comes_to(door: Door) -> None:
    project = door.one(v1.ProjectDTO_Detail, "Matter", "matter")
    sums = ("billable", "invoicesDue", "paid", "operatingPaid", "ccPaid", "trustBalance")
    assert [project[name] for name in sums] == [200, 0, 100, 100, 0, 0]
    assert (project["operatingUnappliedCredit"], project["operatingBalance"]) == (100, 100)
    assert project["customFieldValues"][0]["customField"]["objectType"] == "Project"
