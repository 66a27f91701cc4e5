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
RESET = str(1_767_960_080)
"""A minute after the ten seconds began that noon is in."""


@pytest.fixture(scope="module")
def limited_app(app: Flask, settings):
    """The application with five requests a minute, over the same database."""
    limited = create_app(dataclasses.replace(settings, rate_limit=5))
    yield limited
    limited.extensions["database"].dispose()


@pytest.fixture
def at(monkeypatch):
    """Sets the clock to so many seconds after noon."""
    return lambda seconds: monkeypatch.setattr("app.rate_limits.time", lambda: NOON + seconds)


@pytest.fixture
def place(limited_app, session, at) -> Workplace:
    """A firm, and a clock that stands still."""
    at(0)
    return open_firm(limited_app, session)


def told(answer):
    return tuple(answer.headers.get(f"X-RateLimit-{name}") for name in ("Limit", "Remaining", "Reset"))


def spend(place, how_many=5):
    return [place.get("/api/v2/users/me") for _ in range(how_many)]


def test_headers_count_down(place):
    assert [told(answer) for answer in spend(place, 6)] == [
        ("5", str(left), RESET) for left in (4, 3, 2, 1, 0, 0)
    ]


def test_the_hyphenated_headers_say_the_same(place):
    """LegalServer's names for them, beside ours."""
    for answer in spend(place, 6):
        hyphenated = [answer.headers[f"x-rate-limit-{name}"] for name in ("limit", "remaining", "reset")]
        assert tuple(hyphenated) == told(answer)


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
    assert answer.headers["Retry-After"] == "60"
    assert told(answer) == ("5", "0", RESET)
    assert read(answer.get_json()) == "Too Many Requests: wait 60 seconds, then go on."


def test_the_minute_slides_by_tens_of_seconds(place, at):
    """The default limit is so many requests per minute "checked every ten seconds"."""
    spend(place, 2)
    at(35)
    assert told(spend(place, 3)[-1]) == ("5", "0", RESET)
    at(59)
    refused = place.get("/api/v2/users/me")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    at(60)  # the first two are over a minute old, the other three are not
    assert [answer.status_code for answer in spend(place, 3)] == [200, 200, 429]
    assert told(place.get("/api/v2/users/me")) == ("5", "0", str(1_767_960_110))
    at(90)
    assert told(place.get("/api/v2/users/me")) == ("5", "2", str(1_767_960_140))


def test_there_is_no_edge_over_which_twice_the_limit_fits(place, at):
    at(39)  # the last second of a minute of the clock
    spend(place)
    at(40)
    assert place.get("/api/v2/users/me").status_code == 429


def test_who_knocks_on_while_it_is_closed_is_let_in_when_it_opens(place, at):
    spend(place)
    for seconds in (5, 15, 25, 35, 45, 55):
        at(seconds)
        assert {answer.status_code for answer in spend(place, 3)} == {429}
    at(60)
    assert place.get("/api/v2/users/me").status_code == 200


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


def test_what_fails_counts_too(place):
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
    too_large = batch(place, 6)
    assert (too_large.status_code, too_large.headers["Retry-After"]) == (429, "60")


def test_off_means_no_headers(workplace):
    assert told(workplace.get("/api/v2/users/me")) == (None, None, None)


def test_counting_takes_microseconds(limited_app):
    limits = limited_app.extensions["rate_limits"]
    rounds = 2_000
    best = min(timeit(lambda: limits.count("client/user", None), number=rounds) for _ in range(5))
    assert best / rounds < 50e-6, "10 µs on a machine that does nothing else"
