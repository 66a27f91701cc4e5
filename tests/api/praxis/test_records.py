"""Every endpoint for records of the Praxis document, with its envelope."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.praxis.conftest import Office

NOBODY = "00000000-0000-4000-8000-000000000000"


def test_a_case_lives_and_dies(office: Office) -> None:
    client = office.client("Lovelace")
    made = office.make("cases", title="Doe v. Roe", clientId=client, practiceArea="Family Law")
    assert made["status"] == "Open"
    assert made["client"] == {"id": client, "name": "Lovelace, Jo"}
    assert made["createdAt"].endswith("Z")
    assert office.ok("GET", f"cases/{made['id']}") == made
    assert made in office.ok("GET", "cases")
    changed = office.ok("PUT", f"cases/{made['id']}", {"status": "Closed", "practiceArea": None})
    assert (changed["status"], changed["practiceArea"]) == ("Closed", None)
    assert (changed["title"], changed["clientId"]) == ("Doe v. Roe", client)
    assert office.ok("PUT", f"cases/{made['id']}", changed) == changed
    assert office.ok("DELETE", f"cases/{made['id']}") == changed
    assert "There is no case with the id" in office.refused(404, "GET", f"cases/{made['id']}")


def test_a_case_is_closed_when_it_says_so_until_it_goes_on(office: Office) -> None:
    case = office.case()
    path = f"cases/{case['id']}"
    assert case["closedAt"] is None
    closed = office.ok("PUT", path, {"status": "Closed"})
    assert closed["closedAt"] is not None
    assert office.ok("PUT", path, {"title": "Roe v. Doe"})["closedAt"] == closed["closedAt"]
    assert office.ok("PUT", path, {"status": "Archived"})["closedAt"] == closed["closedAt"]
    office.ok("PUT", path, {"status": "Closed"})
    assert office.ok("PUT", path, {"status": "Open"})["closedAt"] is None
    long_ago = "2020-02-03T00:00:00Z"
    assert office.ok("PUT", path, {"status": "Closed", "closedAt": long_ago})["closedAt"] == long_ago
    assert office.case(status="Closed")["closedAt"] is not None


def test_a_case_is_a_matter_at_the_other_doors(office: Office) -> None:
    case = office.case(title="Estate of Roe", practiceArea="Probate", tags=["urgent"])
    matter = office.place.ok("GET", f"/api/v2/matters/{case['id']}")
    assert (matter["name"], matter["number"]) == ("Estate of Roe", case["caseNumber"])
    office.place.ok("PUT", f"/api/v2/matters?id={case['id']}", json=matter)
    assert office.ok("GET", f"cases/{case['id']}")["practiceArea"] == "Probate"
    entity = office.place.ok("GET", f"/odata/v4/Matters({case['id']})")
    assert entity["practice_area"] == "Probate"


def test_a_contact_without_a_client_becomes_one(office: Office) -> None:
    made = office.make("contacts", firstName="Ada", lastName="King", email="ada@example.com", phone="1")
    assert (made["name"], made["isPrimary"]) == ("Ada King", True)
    assert made["client"]["name"] == "King, Ada"
    assert office.ok("GET", f"contacts/{made['id']}") == made
    assert made in office.ok("GET", "contacts", query_string={"search": "KING", "clientId": made["clientId"]})
    changed = office.ok("PUT", f"contacts/{made['id']}", {"lastName": "Lovelace"})
    assert (changed["client"]["name"], changed["email"]) == ("Lovelace, Ada", "ada@example.com")
    assert office.ok("DELETE", f"contacts/{made['id']}") == changed
    assert office.place.get(f"/api/v2/accounts/{made['clientId']}").status_code == 404


def test_contacts_of_one_client(office: Office) -> None:
    first = office.make("contacts", firstName="Ada", company="Engines Ltd.")
    client = first["clientId"]
    assert first["client"]["name"] == first["company"] == "Engines Ltd."
    second = office.make("contacts", firstName="Bob", clientId=client, mobile="2")
    assert (second["isPrimary"], second["company"]) == (False, "Engines Ltd.")
    renamed = office.ok("PUT", f"contacts/{first['id']}", {"company": "Looms Ltd."})
    assert renamed["client"]["name"] == "Looms Ltd."
    assert "primary contact" in office.refused(400, "PUT", f"contacts/{second['id']}", {"company": "X"})
    other = office.client()
    assert "stays with its client" in office.refused(
        400, "PUT", f"contacts/{second['id']}", {"clientId": other}
    )
    changed = office.ok("PUT", f"contacts/{second['id']}", {"notes": "Calls back."})
    assert (changed["mobile"], changed["notes"]) == ("2", "Calls back.")
    office.ok("DELETE", f"contacts/{first['id']}")
    assert office.ok("GET", f"contacts/{second['id']}")["isPrimary"] is True
    office.ok("DELETE", f"contacts/{second['id']}")
    account = office.place.ok("GET", f"/api/v2/accounts/{client}")
    assert account["display_name"] == "Looms Ltd."


def test_a_client_with_cases_is_not_deleted_with_its_contact(office: Office) -> None:
    made = office.make("contacts", lastName="Doe")
    office.case(clientId=made["clientId"])
    assert "cases" in office.refused(400, "DELETE", f"contacts/{made['id']}")


@pytest.mark.parametrize("body", [{}, {"email": "jo@example.com"}, {"firstName": " "}])
def test_a_contact_has_a_name(office: Office, body: dict[str, Any]) -> None:
    assert "lastName: A contact needs a name" in office.refused(400, "POST", "contacts", body)


def test_the_id_of_a_contact_may_be_chosen_but_not_taken(office: Office) -> None:
    key = "22222222-2222-4222-8222-222222222222"
    assert office.make("contacts", id=key, lastName="Doe")["id"] == key
    assert "exists" in office.refused(400, "POST", "contacts", {"id": key, "lastName": "Roe"})


def test_a_time_entry_lives_and_dies(office: Office) -> None:
    case = office.case()
    made = office.make("time", caseId=case["id"], hours=1.25, rate=200, notes="For us.")
    assert (made["amount"], made["userId"]) == (250, office.place.user_id)
    assert made["user"]["name"] == "Ada Lovelace"
    assert (made["status"], made["isBilled"]) == ("Billable", False)
    assert office.ok("GET", f"time/{made['id']}") == made
    assert office.ok("GET", "time", query_string={"caseId": case["id"]}) == [made]
    changed = office.ok("PUT", f"time/{made['id']}", {"hours": 2})
    assert (changed["amount"], changed["rate"], changed["notes"]) == (400, 200, "For us.")
    assert office.ok("DELETE", f"time/{made['id']}") == changed
    office.refused(404, "GET", f"time/{made['id']}")


def test_a_time_entry_is_marked_as_billed(office: Office) -> None:
    case = office.worked()
    first, second = office.ok("GET", "time", query_string={"caseId": case["id"]})
    billed = office.ok("POST", f"time/{first['id']}/bill")
    assert (billed["status"], billed["isBilled"], billed["invoiceId"]) == ("Billed", True, None)
    assert office.ok("POST", f"time/{first['id']}/bill") == billed
    invoice = office.make("invoices", caseId=case["id"])
    assert invoice["total"] == second["amount"]
    pro_bono = office.make("time", caseId=case["id"], hours=1, isBillable=False)
    assert "not billable" in office.refused(409, "POST", f"time/{pro_bono['id']}/bill")


def test_a_deadline_lives_and_dies(office: Office) -> None:
    case = office.case()
    made = office.make("deadlines", title="Reply", dueDate="2026-01-31", caseId=case["id"])
    assert (made["status"], made["priority"], made["isOverdue"]) == ("NotCompleted", "Medium", True)
    assert made["daysOverdue"] > 200
    assert office.ok("GET", f"deadlines/{made['id']}") == made
    assert office.ok("GET", "deadlines", query_string={"caseId": case["id"]}) == [made]
    changed = office.ok("PUT", f"deadlines/{made['id']}", {"title": "Answer"})
    assert (changed["title"], changed["dueDate"]) == ("Answer", "2026-01-31T00:00:00Z")
    done = office.ok("POST", f"deadlines/{made['id']}/complete")
    assert (done["status"], done["isOverdue"], done["daysOverdue"]) == ("Completed", False, None)
    assert done["completedByUserId"] == office.place.user_id
    assert done["completedAt"]
    assert office.ok("POST", f"deadlines/{made['id']}/complete") == done
    assert office.ok("DELETE", f"deadlines/{made['id']}") == done
    office.refused(404, "POST", f"deadlines/{made['id']}/complete")


def test_only_dated_tasks_are_deadlines(office: Office) -> None:
    task = office.place.ok("POST", "/api/v2/tasks", json={"subject": "Some day"})
    dated = office.place.ok("POST", "/api/v2/tasks", json={"subject": "Soon", "due_date": "2099-01-31"})
    call = office.place.ok("POST", "/api/v2/calllogs", json={"subject": "Call"})
    shown = [each["id"] for each in office.ok("GET", "deadlines", query_string={"limit": "1000"})]
    assert dated["id"] in shown
    for other in (task, call):
        assert other["id"] not in shown
        for method in ("GET", "PUT", "DELETE"):
            office.refused(404, method, f"deadlines/{other['id']}", {"title": "Mine"})
    assert "dueDate" in office.refused(400, "POST", "deadlines", {"title": "Some day"})
    assert "dueDate" in office.refused(400, "PUT", f"deadlines/{dated['id']}", {"dueDate": None})


@pytest.mark.parametrize("path", ["cases", "contacts", "time", "deadlines", "invoices"])
def test_what_is_not_there_and_what_is_no_id(office: Office, path: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        office.refused(404, method, f"{path}/{NOBODY}", {})
        assert "Not a valid GUID" in office.refused(400, method, f"{path}/seven", {})
