"""A firm at the Praxis door, for a module."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from tests.firms import Workplace, open_firm

OTHERS_WORDS = re.compile(
    r"\b(?<!bank )(?<!operating )(?<!trust )accounts?\b|\bmatters?\b|\btasks\b|\w_\w", re.I
)
"""What no sentence of this door says: nouns of the other doors, and names of columns."""


@dataclass
class Office:
    """A firm whose requests go to the Praxis door; answers are looked at in their envelope."""

    place: Workplace

    def send(self, method: str, path: str, body: Any = None, **kwargs: Any) -> Any:
        if body is not None:
            kwargs["json"] = body
        return self.place.request(method, f"/api/{path}", **kwargs)

    def ok(self, method: str, path: str, body: Any = None, status: int = 200, **kwargs: Any) -> Any:
        """The data of an answer that must have succeeded."""
        told = self.whole(method, path, body, status, **kwargs)
        assert told["success"] is True
        return told["data"]

    def whole(self, method: str, path: str, body: Any = None, status: int = 200, **kwargs: Any) -> Any:
        answer = self.send(method, path, body, **kwargs)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text[:500])
        return answer.get_json()

    def refused(self, status: int, method: str, path: str, body: Any = None, **kwargs: Any) -> str:
        """The sentence of an answer that must have failed, in the envelope of failures."""
        answer = self.send(method, path, body, **kwargs)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text[:500])
        told = answer.get_json()
        assert list(told) == ["error"]
        assert isinstance(told["error"], str)
        return str(told["error"])

    def make(self, path: str, **body: Any) -> Any:
        return self.ok("POST", path, body, 201)

    def client(self, last_name: str = "Doe") -> Any:
        """A new client, who is a person; its `clientId`."""
        return self.make("contacts", firstName="Jo", lastName=last_name)["clientId"]

    def case(self, **body: Any) -> Any:
        return self.make("cases", **{"title": "Doe v. Roe", "clientId": self.client(), **body})

    def worked(self, **body: Any) -> Any:
        """A case with two hours on it, at 200 an hour."""
        case = self.case(**body)
        self.make("time", caseId=case["id"], hours=1.5, rate=200, description="Brief")
        self.make("time", caseId=case["id"], hours=0.5, rate=200, description="Call")
        return case


@pytest.fixture(scope="module")
def office(app: Flask) -> Office:
    with app.extensions["database"].session() as session:
        return Office(open_firm(app, session))


@pytest.fixture
def bank(office: Office) -> Any:
    """An operating account of the firm."""
    body = {"name": "Operating", "type": "Operating"}
    return office.place.ok("POST", "/api/v2/bankaccounts", json=body)["id"]
