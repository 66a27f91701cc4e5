"""Fifty uses of one code or refresh token at the same moment, over real connections."""

from __future__ import annotations

import http.client
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest

from tests.oauth.test_code_flow import works
from tests.oauth_steps import new_code, new_tokens, refresh

USES = 50


def post(address: str, form: dict[str, str], barrier: Barrier) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.connect()
    barrier.wait()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/oauth/token", urlencode(form), headers)
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    return answer.status, body


def all_at_once(address: str, oauth_app, form: dict[str, str]):
    form = {**form, "client_id": oauth_app.client_id, "client_secret": oauth_app.secret}
    barrier = Barrier(USES)
    with ThreadPoolExecutor(USES) as threads:
        return list(threads.map(lambda _: post(address, form, barrier), range(USES)))


def the_one_winner(answers) -> dict[str, str]:
    assert Counter(status for status, _ in answers) == {200: 1, 400: USES - 1}
    assert {body["error"] for status, body in answers if status == 400} == {"invalid_grant"}
    return next(body for status, body in answers if status == 200)


@pytest.mark.parametrize("grant_type", ["authorization_code", "refresh_token"])
def test_exactly_one_wins_and_its_tokens_work(app, client, server, firm, oauth_app, grant_type):
    if grant_type == "authorization_code":
        code = new_code(client, firm, oauth_app)
        form = {"code": code, "redirect_uri": oauth_app.redirect_uri}
    else:
        form = {"refresh_token": new_tokens(client, firm, oauth_app)["refresh_token"]}
    winner = the_one_winner(all_at_once(server, oauth_app, {"grant_type": grant_type, **form}))
    assert works(app, winner["access_token"])
    assert refresh(client, oauth_app, winner["refresh_token"]).status_code == 200
