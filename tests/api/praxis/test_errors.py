"""Every failure of this door is one sentence, with the right status; its neighbours keep their words."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.addresses import PRAXIS
from app.api.resources import faces
from app.models import User
from tests.api.praxis.conftest import Office
from tests.firms import issue_token

BODY = {"content_type": "application/json"}


def test_the_door_is_known_by_every_path_that_it_has() -> None:
    assert {f"/api/{face.path}" for _, face in faces("praxis")} == set(PRAXIS)


@pytest.mark.parametrize(
    "path", ["cases", "CASES", "contacts", "Time", "time/stats", "deadlines/overdue", "invoices", "auth/me"]
)
def test_without_a_token(office: Office, path: str) -> None:
    answer = office.place.app.test_client().get(f"/api/{path}")
    assert answer.status_code == 401
    assert answer.get_json() == {
        "error": "This needs an access token: send the header Authorization: Bearer <token>."
    }
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "unknown, expired or revoked" in office.refused(401, "GET", path, token="mb_nope")


def test_too_little_scope(office: Office, session: Session) -> None:
    user = session.get_one(User, (office.place.firm_id, office.place.user_id))
    token = issue_token(session, user, str(office.place.client_id), "matters:read")
    session.commit()
    assert "'matters:write'" in office.refused(403, "POST", "cases", {"title": "X"}, token=token)
    assert "'invoices:write'" in office.refused(403, "POST", f"invoices/{user.id}/send", {}, token=token)
    assert "'timeentries:read'" in office.refused(403, "GET", "time/stats", token=token)
    office.ok("GET", "cases/stats", token=token)


@pytest.mark.parametrize("path", ["cases/x/y", "time/x/y/z", "auth", "auth/nope", "deadlines/a/complete/b"])
def test_an_address_that_is_none(office: Office, path: str) -> None:
    assert office.refused(404, "GET", path) == "There is nothing at this address."


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "cases"),
        ("DELETE", "time"),
        ("PATCH", "contacts/x"),
        ("GET", "auth/login"),
        ("PUT", "cases/stats/x"),
    ],
)
def test_a_method_that_is_none(office: Office, method: str, path: str) -> None:
    status = 404 if path == "cases/stats/x" else 405
    told = office.refused(status, method, path, {})
    assert ("/api/cases/{id}" in told) == (method in ("PUT", "DELETE") and status == 405)


def test_no_other_address_is_named_where_the_method_is_taken_at_none(office: Office) -> None:
    assert "{id}" not in office.refused(405, "DELETE", "auth/me")
    key = "0f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42"
    for method, path, is_named in (
        ("PUT", f"v2/matters/{key}", True),
        ("DELETE", f"project/{key}", True),
        ("PUT", f"v2/lookups/office/{key}", False),
        ("DELETE", f"v2/conflictchecks?id={key}", False),
    ):
        answer = office.send(method, path, {})
        assert answer.status_code == 405
        assert ("address of the list" in answer.get_json()["message"]) == is_named, path


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"title":"\\ud800"}', b'{"title":"a\\u0000"}', b"[" * 100_000],
)
def test_a_body_that_is_none(office: Office, body: bytes) -> None:
    for path in (
        "cases",
        "contacts",
        "time",
        "deadlines",
        "auth/login",
        "auth/register",
        "auth/change-password",
    ):
        assert office.refused(400, "POST", path, data=body, **BODY)


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("cases", {"title": " "}, "title: Must not be blank."),
        (
            "cases",
            {"title": "X", "status": "Lost"},
            "status: Must be one of: Open, Pending, Closed, Archived.",
        ),
        ("cases", {"title": "X", "caseNumber": 10**30}, "caseNumber: Must be between"),
        (
            "cases",
            {"title": "X", "clientId": "33333333-3333-4333-8333-333333333333"},
            "clientId: There is no such client.",
        ),
        ("time", {"hours": -1}, "caseId: Missing data for required field."),
        (
            "time",
            {"hours": 10**9, "caseId": "33333333-3333-4333-8333-333333333333"},
            "hours: Must be less than 10000.",
        ),
        ("deadlines", {"title": "X", "dueDate": "soon"}, "dueDate: Not a valid date and time"),
        ("contacts", {"email": "nobody", "lastName": "X"}, "email: Must be a valid email address."),
        ("invoices", {}, "clientId: Name the client"),
    ],
)
def test_a_wrong_body_says_which_field(office: Office, path: str, body: object, told: str) -> None:
    assert told in office.refused(400, "POST", path, body)


def test_a_body_that_is_too_large(office: Office) -> None:
    assert office.refused(413, "POST", "cases", data=b"x" * 10_000_001, **BODY) == "The body is too large."


def test_v1_keeps_its_words_and_its_paths(office: Office) -> None:
    for path in ("/api/timeentry", "/api/TimeEntry", "/api/invoice", "/api/Account"):
        assert office.place.get(path).status_code == 200
    assert "message" in office.place.get("/api/timeentries").get_json()
    assert "message" in office.place.get("/api/timeentry?$nope=1").get_json()
    assert "message" in office.place.get("/api/v2/invoices?$nope=1").get_json()


def test_the_door_in_any_letter_case(office: Office) -> None:
    case = office.case(title="Any case")
    assert office.ok("GET", f"Cases/{case['id'].upper()}") == case
    office.ok("GET", "DEADLINES/Overdue")
