"""For each resource that can be written, a body for each door: the smallest that will do.

What a body points at is made on the way, at the same door where that door can make it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from tests.firms import Workplace

Body = dict[str, Any]
Sample = Callable[[Workplace], Body]

DAY = "2026-01-31T00:00:00Z"


def new(place: Workplace, path: str) -> Body:
    """A new record of the v2 door, as a reference."""
    return {"id": place.ok("POST", f"/api/v2/{path}", json=SAMPLES["v2", path](place))["id"]}


def v1_new(place: Workplace, path: str) -> Body:
    """A new record of the v1 door."""
    made: Body = place.ok("POST", f"/api/{path}", json=SAMPLES["v1", path](place))
    return made


def account(place: Workplace) -> Body:
    return {"company_name": "Acme", "primary_contact": {"first_name": "Jo", "last_name": "Doe"}}


def contact(place: Workplace) -> Body:
    """A new contact, as a reference. Contacts are made with their accounts."""
    return {"id": place.ok("POST", "/api/v2/accounts", json=account(place))["primary_contact"]["id"]}


def contact_alone(place: Workplace) -> Body:
    return {"account_ref": new(place, "accounts"), "last_name": "Roe"}


def user(place: Workplace) -> Body:
    return {"email": f"alan.{secrets.token_hex(6)}@example.com"}


def matter(place: Workplace) -> Body:
    return {"name": "Acme v. Bolt", "status": "Open", "account_ref": new(place, "accounts")}


def time_entry(place: Workplace) -> Body:
    return {
        "date": DAY,
        "hours": 1.5,
        "matter_ref": new(place, "matters"),
        "billed_by_user_ref": {"id": place.user_id},
    }


def expense(place: Workplace) -> Body:
    return {"qty": 2, "price": 12.5, "matter_ref": new(place, "matters")}


def flat_fee(place: Workplace) -> Body:
    return {
        "date": DAY,
        "qty": 1,
        "matter_ref": new(place, "matters"),
        "billed_by_user_ref": {"id": place.user_id},
        "item_ref": new(place, "items"),
    }


def item(place: Workplace) -> Body:
    return {"name": "Consultation", "rate": 250}


def expense_category(place: Workplace) -> Body:
    return {"name": "Filing fees"}


def bank_account(place: Workplace) -> Body:
    return {"name": "Operating", "type": "Operating"}


def invoice(place: Workplace) -> Body:
    entry = place.ok("POST", "/api/v2/timeentries", json={**time_entry(place), "rate": 200})
    return {"account_ref": entry["account_ref"], "matter_ref": entry["matter_ref"]}


def payment(place: Workplace) -> Body:
    return {
        "account_ref": new(place, "accounts"),
        "date": DAY,
        "total_amount": 100,
        "bank_account": new(place, "bankaccounts"),
    }


def activity(place: Workplace) -> Body:
    return {"subject": "Talk of the case"}


def email(place: Workplace) -> Body:
    return {"subject": "Your case", "body_text": "Dear Jo"}


def event(place: Workplace) -> Body:
    return {
        "subject": "Hearing",
        "is_all_day": False,
        "start_date_time": "2026-02-03T14:00:00Z",
        "end_date_time": "2026-02-03T15:00:00Z",
    }


def message(place: Workplace) -> Body:
    return {"body": "Please call back"}


def file(place: Workplace) -> Body:
    return {"file": (b"To whom it may concern", "letter.txt")}


def relationship(place: Workplace) -> Body:
    return {"contact_ref": contact(place), "matter_ref": new(place, "matters"), "name": "Judge"}


def adverse_party(place: Workplace) -> Body:
    return {"last_name": "Bolt", "matter_ref": new(place, "matters")}


def charge(place: Workplace) -> Body:
    return {"statute_number": "164.043", "matter_ref": new(place, "matters")}


def income(place: Workplace) -> Body:
    return {"amount": 1200.5, "period": "Monthly", "matter_ref": new(place, "matters")}


def litigation(place: Workplace) -> Body:
    return {"docket": "26CV00123", "matter_ref": new(place, "matters")}


def service(place: Workplace) -> Body:
    return {"title": "Advice", "matter_ref": new(place, "matters")}


def assignment(place: Workplace) -> Body:
    return {"user_ref": {"id": place.user_id}, "matter_ref": new(place, "matters")}


def custom_field(place: Workplace) -> Body:
    return {"label": f"Court {secrets.token_hex(4)}", "value_type": "TextBox"}


def v1_account(place: Workplace) -> Body:
    return {"name": "Acme", "primaryContact": {"firstName": "Jo", "lastName": "Doe"}}


def v1_project(place: Workplace) -> Body:
    return {"name": "Acme v. Bolt", "status": "Open", "accountGuid": v1_new(place, "account")["guid"]}


def v1_time_entry(place: Workplace) -> Body:
    case = v1_new(place, "project")
    return {
        "date": DAY,
        "hours": 1.5,
        "projectGuid": case["guid"],
        "accountGuid": case["accountGuid"],
        "userGuid": place.user_id,
    }


def v1_expense(place: Workplace) -> Body:
    case = v1_new(place, "project")
    return {
        "accountGuid": case["accountGuid"],
        "projectGuid": case["guid"],
        "isBillable": True,
        "isBilled": False,
        "date": DAY,
        "qty": 2,
        "amount": 12.5,
    }


def conflict_check(place: Workplace) -> Body:
    return {"names": ["Jo Doe"], "matter_ref": new(place, "matters")}


def v1_activity(place: Workplace) -> Body:
    return {
        "name": "Call the court",
        "type": "Task",
        "assignedToUsersGuids": [place.user_id],
        "isSendNotificationEmail": False,
    }


def v1_item(place: Workplace) -> Body:
    return {"name": "Consultation", "salePrice": 250}


def v1_sales_tax(place: Workplace) -> Body:
    return {"name": "State tax", "rate": 8.25, "isCompound": False}


def v1_relationship(place: Workplace) -> Body:
    case = v1_new(place, "project")
    person = place.ok("GET", f"/api/account/{case['accountGuid']}")["primaryContact"]
    return {"contactGuid": person["guid"], "projectGuid": case["guid"], "relationshipName": "Judge"}


def v1_invoice(place: Workplace) -> Body:
    return {
        "accountGuid": v1_new(place, "account")["guid"],
        "discountPercent": 0,
        "currencyCode": "USD",
        "date": DAY,
        "items": [{"name": "Consultation", "qty": 1, "price": 100}],
    }


def v1_payment(place: Workplace) -> Body:
    return {
        "accountGuid": v1_new(place, "account")["guid"],
        "bankAccountGuid": new(place, "bankaccounts")["id"],
        "currencyCode": "USD",
        "amount": 100,
        "date": DAY,
        "method": "Check",
    }


def praxis_case(place: Workplace) -> Body:
    return {"title": "Acme v. Bolt", "clientId": new(place, "accounts")["id"]}


def praxis_contact(place: Workplace) -> Body:
    return {"firstName": "Jo", "clientId": new(place, "accounts")["id"]}


def praxis_time_entry(place: Workplace) -> Body:
    return {"caseId": new(place, "matters")["id"], "hours": 1.5, "userId": place.user_id}


def praxis_deadline(place: Workplace) -> Body:
    return {"title": "Reply", "dueDate": DAY, "caseId": new(place, "matters")["id"]}


def praxis_invoice(place: Workplace) -> Body:
    return {"caseId": invoice(place)["matter_ref"]["id"]}


SAMPLES: dict[tuple[str, str], Sample] = {
    ("v2", "accounts"): account,
    ("v2", "contacts"): contact_alone,
    ("v2", "users"): user,
    ("v2", "matters"): matter,
    ("v2", "timeentries"): time_entry,
    ("v2", "expenses"): expense,
    ("v2", "flatfees"): flat_fee,
    ("v2", "items"): item,
    ("v2", "expensecategories"): expense_category,
    ("v2", "bankaccounts"): bank_account,
    ("v2", "invoices"): invoice,
    ("v2", "payments"): payment,
    ("v2", "calllogs"): activity,
    ("v2", "emails"): email,
    ("v2", "events"): event,
    ("v2", "notes"): activity,
    ("v2", "tasks"): activity,
    ("v2", "messages"): message,
    ("v2", "files"): file,
    ("v2", "relationships"): relationship,
    ("v2", "adverse_parties"): adverse_party,
    ("v2", "non_adverse_parties"): adverse_party,
    ("v2", "charges"): charge,
    ("v2", "incomes"): income,
    ("v2", "litigations"): litigation,
    ("v2", "services"): service,
    ("v2", "assignments"): assignment,
    ("v2", "conflictchecks"): conflict_check,
    ("v2", "customfields/assignment"): custom_field,
    ("v2", "customfields/charge"): custom_field,
    ("v2", "customfields/company"): custom_field,
    ("v2", "customfields/contact"): custom_field,
    ("v2", "customfields/income"): custom_field,
    ("v2", "customfields/litigation"): custom_field,
    ("v2", "customfields/matter"): custom_field,
    ("v2", "customfields/party"): custom_field,
    ("v2", "customfields/service"): custom_field,
    ("v1", "account"): v1_account,
    ("v1", "project"): v1_project,
    ("v1", "timeentry"): v1_time_entry,
    ("v1", "expense"): v1_expense,
    ("v1", "activity"): v1_activity,
    ("v1", "item"): v1_item,
    ("v1", "salestax"): v1_sales_tax,
    ("v1", "relationship"): v1_relationship,
    ("v1", "invoice"): v1_invoice,
    ("v1", "payment"): v1_payment,
    ("praxis", "cases"): praxis_case,
    ("praxis", "contacts"): praxis_contact,
    ("praxis", "time"): praxis_time_entry,
    ("praxis", "deadlines"): praxis_deadline,
    ("praxis", "invoices"): praxis_invoice,
}
