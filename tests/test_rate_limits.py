"""How often an app may call: counted by app and user, told in headers, refused in each door's words."""

from __future__ import annotations

import dataclasses
from timeit import timeit

import pytest
from flask import Flask

from app.factory import create_app
from app.models import OAuthClient, User
from tests.firms import Workplace, issue_token, open_firm

NOON = 1_767_960_020.0
RESET = str(1_767_960_060)


@pytest.fixture(scope="module")
def limited_app(app: Flask, settings):
    """The application with five requests a minute, over the same database."""
    limited = create_app(dataclasses.replace(settings, rate_limit=5))
    yield limited
    limited.extensions["database"].dispose()


@pytest.fixture
def place(limited_app, session, monkeypatch) -> Workplace:
    """A firm, and a clock that stands still."""
    monkeypatch.setattr("app.rate_limits.time", lambda: NOON)
    return open_firm(limited_app, session)


def told(answer):
    return tuple(answer.headers.get(f"X-RateLimit-{name}") for name in ("Limit", "Remaining", "Reset"))


def spend(place, how_many=5):
    return [place.get("/api/v2/users/me") for _ in range(how_many)]


def test_headers_count_down(place):
    assert [told(answer) for answer in spend(place, 6)] == [
        ("5", str(left), RESET) for left in (4, 3, 2, 1, 0, 0)
    ]


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("/api/v2/users/me", lambda body: body["message"]),
        ("/api/project", lambda body: body["message"]),
        ("/odata/v4/Matters", lambda body: body["error"]["message"]),
    ],
)
def test_the_sixth_is_refused_in_the_words_of_its_door(place, path, read):
    assert {answer.status_code for answer in spend(place)} == {200}
    answer = place.get(path)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "40"
    assert told(answer) == ("5", "0", RESET)
    assert read(answer.get_json()) == "That was too often; wait 40 seconds, then go on."


def test_the_next_minute_begins_anew(place, monkeypatch):
    spend(place, 7)
    monkeypatch.setattr("app.rate_limits.time", lambda: NOON + 40)
    assert told(place.get("/api/v2/users/me")) == ("5", "4", str(1_767_960_120))


def test_another_app_and_another_user_have_their_own(place, session, limited_app):
    spend(place)
    user = session.get_one(User, (place.firm_id, place.user_id))
    other = OAuthClient(client_id=f"other-{place.firm_id}", name="Other", redirect_uris=[], scope="full")
    session.add(other)
    session.flush()
    token = issue_token(session, user, other.client_id, "full")
    session.commit()
    assert place.request("GET", "/api/v2/users/me", token=token).status_code == 200
    assert open_firm(limited_app, session).get("/api/v2/users/me").status_code == 200
    assert place.get("/api/v2/users/me").status_code == 429


def test_an_app_may_have_a_limit_of_its_own(place, session):
    session.get_one(OAuthClient, place.client_id).requests_per_minute = 7
    session.commit()
    answers = spend(place, 8)
    assert told(answers[0])[0] == "7"
    assert [answer.status_code for answer in answers] == [200] * 7 + [429]


def test_refused_requests_count_too(place):
    for _ in range(5):
        assert place.get("/api/v2/nothing-here").status_code == 404
        assert place.get("/api/v2/matters/x?id=x").status_code in (400, 404)
    assert place.request("GET", "/api/v2/users/me", token="unknown").headers.get("X-RateLimit-Limit") is None


def batch(place, how_many):
    requests = [{"id": str(index), "method": "GET", "url": "Matters"} for index in range(how_many)]
    return place.request("POST", "/odata/v4/$batch", json={"requests": requests})


def test_a_batch_costs_what_is_in_it(place):
    answer = batch(place, 3)
    assert answer.status_code == 200
    assert told(answer) == ("5", "2", RESET)
    parts = answer.get_json()["responses"]
    assert [part["status"] for part in parts] == [200] * 3
    assert not any("X-RateLimit-Limit" in part.get("headers", {}) for part in parts)


def test_a_batch_that_is_too_much_does_nothing(place):
    spend(place, 3)
    assert batch(place, 3).status_code == 429


def test_off_means_no_headers(workplace):
    assert told(workplace.get("/api/v2/users/me")) == (None, None, None)


def test_counting_takes_microseconds(limited_app):
    limits = limited_app.extensions["rate_limits"]
    rounds = 2_000
    best = min(timeit(lambda: limits.count("client/user", None), number=rounds) for _ in range(5))
    assert best / rounds < 50e-6, "10 µs on a machine that does nothing else"
