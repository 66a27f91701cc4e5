"""Changing the password."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.oauth_steps import fields, log_in, opens
from tests.web.people import PASSWORD, Portal, connect, events

NEW = "another horse, another battery"


def change(somebody, old=PASSWORD, new=NEW, again=None):
    data = {"old": old, "password": new, "again": new if again is None else again}
    return somebody.post("/account/password", data)


def signs_in(app, somebody, password):
    return (
        log_in(app.test_client(), SimpleNamespace(email=somebody.email, password=password)).status_code == 303
    )


def test_new_password_counts_and_other_browsers_are_out(app, database, workplace, bob, ledger):
    elsewhere, token = Portal(app, bob.email), connect(database, bob, ledger, "full")
    assert "is changed" in bob.follow(change(bob))
    assert signs_in(app, bob, NEW)
    assert not signs_in(app, bob, PASSWORD)
    assert elsewhere.get("/account").status_code == 303
    assert bob.get("/account").status_code == 200
    assert opens(app.test_client(), token)
    assert len(events(database, workplace, "password.changed")) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "wrong"}, "This is not your present password."),
        ({"old": ""}, "This is not your present password."),
        ({"old": "\0" * 2_000}, "This is not your present password."),
        ({"new": "short"}, "A password has 12"),
        ({"new": "aaaaaaaaaaaaaaaa"}, "repeats a few characters"),
        ({"new": PASSWORD}, "choose another"),
        ({"again": "something else"}, "not the same"),
    ],
)
def test_what_is_wrong_is_said_and_no_password_comes_back(app, bob, typed, sentence):
    answer = change(bob, **typed)
    assert answer.status_code == 400
    assert sentence in answer.text
    for password in (PASSWORD, NEW, *typed.values()):
        assert not password or f'value="{password}"' not in answer.text
    assert signs_in(app, bob, PASSWORD)


def test_wrong_ones_are_kept_in_the_audit_trail_with_their_address(database, workplace, bob):
    change(bob, old="wrong")
    change(bob, new="short")
    (event,) = events(database, workplace, "proof.refused")
    assert (event.address, event.details) == ("127.0.0.1", {"page": "/account/password"})


def test_guessing_the_old_one_is_slowed(client_with, workplace):
    client = client_with(limit_guesses=True)
    log_in(client, workplace)
    token = fields(client.get("/account/password").text)
    statuses = [
        client.post(
            "/account/password", data={**token, "old": f"guess {n}", "password": NEW, "again": NEW}
        ).status_code
        for n in range(5)
    ]
    assert statuses == [400] * 5
    slowed = client.post("/account/password", data={**token, "old": PASSWORD, "password": NEW, "again": NEW})
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) > 0


def test_typing_the_new_one_wrong_does_not_forgive_guesses(client_with, workplace):
    client = client_with(limit_guesses=True)
    log_in(client, workplace)
    token = fields(client.get("/account/password").text)
    for _ in range(4):
        client.post("/account/password", data={**token, "old": "guess", "password": NEW, "again": NEW})
        client.post("/account/password", data={**token, "old": "guess", "password": NEW, "again": ""})
    client.post("/account/password", data={**token, "old": "guess", "password": NEW, "again": NEW})
    assert (
        client.post(
            "/account/password", data={**token, "old": "guess", "password": NEW, "again": NEW}
        ).status_code
        == 429
    )
