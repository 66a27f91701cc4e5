"""Fifty uses of one code or refresh token at the same moment, over real connections to several processes."""

from __future__ import annotations

import http.client
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
import requests

from oauth.lost_answers import TIMES
from tests.oauth.test_code_flow import works
from tests.oauth.test_devices import DEVICE_CODE, approve, begin
from tests.oauth_servers import several
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


def all_at_once(addresses: list[str], oauth_app, form: dict[str, str]):
    form = {**form, "client_id": oauth_app.client_id, "client_secret": oauth_app.secret}
    barrier = Barrier(USES)
    with ThreadPoolExecutor(USES) as threads:
        return list(threads.map(lambda n: post(addresses[n % len(addresses)], form, barrier), range(USES)))


def the_one_winner(answers) -> dict[str, str]:
    assert Counter(status for status, _ in answers) == {200: 1, 400: USES - 1}
    assert {body["error"] for status, body in answers if status == 400} == {"invalid_grant"}
    return next(body for status, body in answers if status == 200)


@pytest.mark.parametrize("grant_type", ["authorization_code", "refresh_token"])
def test_exactly_one_wins_and_its_tokens_work(app, client, servers, firm, oauth_app, grant_type):
    if grant_type == "authorization_code":
        code = new_code(client, firm, oauth_app)
        form = {"code": code, "redirect_uri": oauth_app.redirect_uri}
    else:
        form = {"refresh_token": new_tokens(client, firm, oauth_app)["refresh_token"]}
    winner = the_one_winner(all_at_once(servers, oauth_app, {"grant_type": grant_type, **form}))
    assert works(app, winner["access_token"])
    assert refresh(client, oauth_app, winner["refresh_token"]).status_code == 200


def test_parallel_uses_within_the_grace_window_leave_one_chain(app, client, settings, firm, oauth_app):
    token = new_tokens(client, firm, oauth_app)["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": token}
    with several(replace(settings, refresh_grace_period=60), processes=2) as addresses:
        answers = all_at_once(addresses, oauth_app, form)
    assert {status for status, _ in answers} == {200, 400}
    winners = [body for status, body in answers if status == 200]
    assert len(winners) <= 1 + TIMES
    assert sum(works(app, winner["access_token"]) for winner in winners) <= 1


def test_a_device_code_is_redeemed_once(app, client, servers, firm, register_app):
    device = register_app(grant_types=[DEVICE_CODE, "refresh_token"])
    codes = begin(client, device)
    approve(client, firm, codes["user_code"])
    form = {"grant_type": DEVICE_CODE, "device_code": codes["device_code"]}
    winner = the_one_winner(all_at_once(servers, device, form))
    assert works(app, winner["access_token"])


def test_revocation_counts_in_every_process(client, servers, firm, oauth_app):
    tokens = new_tokens(client, firm, oauth_app)
    header = {"Authorization": f"Bearer {tokens['access_token']}"}

    def statuses() -> set[int]:
        urls = [f"{server}/api/v2/users/me" for server in servers]
        return {requests.get(url, headers=header, timeout=30).status_code for url in urls}

    assert statuses() == {200}
    data = {"token": tokens["refresh_token"]}
    assert (
        requests.post(f"{servers[0]}/oauth/revoke", data, auth=oauth_app.basic, timeout=30).status_code == 200
    )
    assert statuses() == {401}
