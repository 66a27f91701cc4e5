"""`$batch` in JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.api.odata_writes.batches import ask, run, statuses
from tests.api.odata_writes.steps import ROOT, account, make, matter, read, send
from tests.api.odata_writes.test_who_may import token
from tests.firms import Workplace
from tests.parallel import in_threads

ITEM = {"name": "Advice", "rate": 5}


def names(place: Workplace, path: str = "Items") -> list[str]:
    return sorted(item["name"] for item in read(place, path)["value"])


def test_reads_and_writes_in_order(workplace: Workplace) -> None:
    responses = run(
        workplace,
        ask("a", "get", "Items/$count"),
        ask("b", "POST", "Items", ITEM),
        ask("c", "get", f"{ROOT}/Items?$select=name"),
        ask("d", "Get", f"http://localhost{ROOT}/Items/$count"),
        ask("e", "get", "$metadata"),
    )
    assert statuses(responses) == {"a": 200, "b": 201, "c": 200, "d": 200, "e": 200}
    assert [responses[0]["body"], responses[3]["body"]] == ["0", "1"]
    assert responses[1]["body"]["name"] == "Advice"
    assert responses[1]["headers"]["etag"]
    assert [item["name"] for item in responses[2]["body"]["value"]] == ["Advice"]
    assert "<edmx:Edmx" in responses[4]["body"]


def test_an_error_stops_the_batch(workplace: Workplace) -> None:
    requests = (ask("1", "post", "Items", {}), ask("2", "post", "Items", ITEM))
    responses = run(workplace, *requests)
    assert statuses(responses) == {"1": 400}
    assert {each["target"] for each in responses[0]["body"]["error"]["details"]} == {"name", "rate"}
    assert names(workplace) == []
    assert statuses(run(workplace, *requests, goes_on=True)) == {"1": 400, "2": 201}


def test_later_requests_speak_of_what_earlier_ones_made(workplace: Workplace) -> None:
    responses = run(
        workplace,
        ask("acc", "post", "Accounts", {"company_name": "Acme"}),
        ask("m1", "post", "Matters", {"name": "a", "account@odata.bind": "$acc"}, dependsOn=["acc"]),
        ask(
            "m2",
            "post",
            "Matters",
            {"name": "b", "account_id": "$acc/id", "notes": "$acc"},
            dependsOn=["acc"],
        ),
        ask("m3", "patch", "$m1", {"notes": "n"}, headers={"If-Match": "$m1"}, dependsOn=["m1"]),
        ask("all", "get", "$acc/matters?$select=name,notes&$orderby=name", dependsOn=["acc"]),
        ask("gone", "delete", "$m2", dependsOn=["m2"]),
    )
    assert statuses(responses) == {"acc": 201, "m1": 201, "m2": 201, "m3": 204, "all": 200, "gone": 204}
    found = [(each["name"], each["notes"]) for each in responses[4]["body"]["value"]]
    assert found == [("a", "n"), ("b", "$acc")]


def test_a_group_is_one_transaction(workplace: Workplace) -> None:
    group = {"atomicityGroup": "g"}
    responses = run(
        workplace,
        ask("1", "post", "Accounts?$select=company_name", {"company_name": "Acme"}, **group),
        ask("2", "post", "Matters", {"name": "a", "account": {"@id": "$1"}}, dependsOn=["1"], **group),
        ask("3", "patch", "$2", {"notes": "n"}, headers={"If-Match": "$2"}, dependsOn=["2"], **group),
        ask("4", "get", "$2", dependsOn=["g"]),
    )
    assert statuses(responses) == {"1": 201, "2": 201, "3": 204, "4": 200}
    assert {response.get("atomicityGroup") for response in responses[:3]} == {"g"}
    assert responses[0]["body"]["company_name"] == "Acme"
    assert responses[3]["body"]["notes"] == "n"
    assert responses[2]["headers"]["etag"] == responses[3]["headers"]["etag"]


@pytest.mark.parametrize("name", ["g", "changes-0"])
def test_a_failure_undoes_its_whole_group(workplace: Workplace, name: str) -> None:
    key = make(workplace, "Items", {"name": "kept", "rate": 1})["id"]
    group = {"atomicityGroup": name}
    responses = run(
        workplace,
        ask("before", "post", "Items", {"name": "before", "rate": 1}),
        ask("1", "post", "Items", {"name": "in", "rate": 1}, **group),
        ask("2", "delete", f"Items({key})", **group),
        ask("3", "patch", f"Items({key})", {"rate": -1}, headers={"If-Match": "*"}, **group),
        ask("4", "post", "Items", {"name": "later", "rate": 1}, **group),
        ask("after", "post", "Items", {"name": "after", "rate": 1}),
        ask("5", "patch", "$1", {"name": "x"}, dependsOn=[name]),
        goes_on=True,
    )
    assert statuses(responses) == {
        "before": 201,
        "1": 424,
        "2": 424,
        "3": 412,
        "4": 424,
        "after": 201,
        "5": 424,
    }
    assert names(workplace) == ["after", "before", "kept"]


def test_a_group_leaves_one_run_of_changes(workplace: Workplace, session: Session) -> None:
    from sqlalchemy import select

    from app.models import Change

    group = {"atomicityGroup": "g"}
    run(
        workplace,
        ask("1", "post", "Items", ITEM, **group),
        ask("2", "patch", "$1", {"name": "b"}, **group),
        ask("3", "post", "Items", ITEM, **group),
    )
    changes = session.scalars(select(Change).where(Change.firm_id == workplace.firm_id)).all()
    of_items = [change for change in changes if change.entity == "Item"]
    assert [change.action for change in of_items] == ["created", "created"]
    assert abs(of_items[0].number - of_items[1].number) == 1
    assert {change.client_id for change in of_items} == {workplace.client_id}


def test_money_in_a_group(workplace: Workplace) -> None:
    case = matter(workplace)
    bank = make(workplace, "BankAccounts", {"name": "M", "type": "Operating"})["id"]
    client = read(workplace, f"Matters({case})")["account_id"]
    group = {"atomicityGroup": "g"}
    responses = run(
        workplace,
        ask("e", "post", "Expenses", {"matter_id": case, "quantity": 1, "price": 100}, **group),
        ask("i", "post", "Invoices", {"matter_id": case}, **group),
        ask(
            "p",
            "post",
            "Payments",
            {
                "account_id": client,
                "date": "2026-01-31T00:00:00Z",
                "amount": 100,
                "bank_account_id": bank,
                "applications": [{"invoice@odata.bind": "$i", "amount": 100}],
            },
            **group,
        ),
    )
    assert statuses(responses) == {"e": 201, "i": 201, "p": 201}
    assert responses[1]["body"]["outstanding"] == 0


@pytest.mark.parametrize(
    "part", [ask("2", "get", "Items"), ask("2", "get", "$1"), ask("2", "post", "Users", {})]
)
def test_a_group_takes_only_changes(workplace: Workplace, part: dict[str, Any]) -> None:
    responses = run(
        workplace, ask("1", "post", "Items", ITEM, atomicityGroup="g"), {**part, "atomicityGroup": "g"}
    )
    assert statuses(responses) in ({"1": 424, "2": 400}, {"1": 424, "2": 405})
    assert names(workplace) == []


def test_scopes_count_for_each_request(workplace: Workplace, session: Session) -> None:
    reads = token(session, workplace, "read")
    requests = (ask("1", "get", "Items"), ask("2", "post", "Items", ITEM), ask("3", "get", "Items"))
    assert statuses(run(workplace, *requests, goes_on=True, token=reads)) == {"1": 200, "2": 403, "3": 200}


def test_requests_do_not_bring_their_own_token(workplace: Workplace, other_workplace: Workplace) -> None:
    theirs = account(other_workplace)
    headers = {"Authorization": f"Bearer {other_workplace.token}", "authorization": "x"}
    assert statuses(run(workplace, ask("1", "get", f"Accounts({theirs})", headers=headers))) == {"1": 404}


@pytest.mark.parametrize(
    "url",
    ["/api/v2/items", "//evil.example/odata/v4/Items", "http://evil.example/odata/v4/Items", "/odata/v4"],
)
def test_a_batch_stays_within_the_service(workplace: Workplace, url: str) -> None:
    assert statuses(run(workplace, ask("1", "get", url))) == {"1": 400}


@pytest.mark.parametrize(
    "url", ["../../api/v2/items", "Nope", "Items(\u00e9)", "%00", "$9", "Items?\u2603=1", "Items/../x"]
)
def test_odd_addresses(workplace: Workplace, url: str) -> None:
    assert statuses(run(workplace, ask("1", "get", url)))["1"] in (200, 400, 404, 501)


def test_no_batch_in_a_batch(workplace: Workplace) -> None:
    inner = {"requests": [ask("1", "post", "Items", ITEM)]}
    for url in ("$batch", "%24batch", f"{ROOT}/$batch"):
        assert statuses(run(workplace, ask("1", "post", url, inner))) == {"1": 400}
    assert names(workplace) == []


def test_how_many_there_may_be(workplace: Workplace, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(app.extensions["settings"], odata_max_batch=3)
    monkeypatch.setitem(app.extensions, "settings", settings)
    requests = [ask(str(index), "post", "Items", ITEM) for index in range(4)]
    answer = send(workplace, "POST", "$batch", {"requests": requests})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "limit_exceeded")
    assert names(workplace) == []
    assert len(run(workplace, *requests[:3])) == 3


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"requests": {}},
        {"requests": [1]},
        {"requests": [{}]},
        {"requests": [{"id": 1, "method": "get", "url": "Items"}]},
        {"requests": [{"id": "1", "method": "brew", "url": "Items"}]},
        {"requests": [{"id": "1", "method": "get"}]},
        {"requests": [ask("1", "get", "Items"), ask("1", "get", "Items")]},
        {"requests": [ask("1", "get", "Items", dependsOn=["2"]), ask("2", "get", "Items")]},
        {"requests": [ask("1", "get", "Items", dependsOn="1")]},
        {"requests": [ask("1", "get", "Items", headers={"a b": "c"})]},
        {"requests": [ask("1", "get", "Items", headers={"Prefer": "a\r\nX: b"})]},
        {"requests": [ask("1", "get", "Items", headers={"Prefer": "\u2603"})]},
        {"requests": [ask("1", "get", "Items", headers={"Prefer": 1})]},
        {"requests": [ask("1", "get", "Items", nope=1)]},
        {"requests": [ask("1", "post", "Items", {"name": "\ud800"})]},
        {"requests": [ask("1", "post", "Items", ITEM, atomicityGroup=5)]},
        {
            "requests": [
                ask("1", "post", "Items", ITEM, atomicityGroup="g"),
                ask("2", "get", "Items"),
                ask("3", "post", "Items", ITEM, atomicityGroup="g"),
            ]
        },
    ],
    ids=range(18),
)
def test_what_is_no_batch(workplace: Workplace, body: Any) -> None:
    answer = send(workplace, "POST", "$batch", body)
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"]
    assert names(workplace) == []


def test_an_empty_batch(workplace: Workplace) -> None:
    assert run(workplace) == []


def test_numbers_go_through_as_they_are(workplace: Workplace) -> None:
    body = b'{"requests":[{"id":"1","method":"post","url":"Items","body":{"name":"a","rate":1234567.0001}}]}'
    answer = workplace.request("POST", f"{ROOT}/$batch", data=body, content_type="application/json")
    assert answer.get_json()["responses"][0]["body"]["rate"] == 1234567.0001
    for number in ("9" * 300, "1e400", "1e-400"):
        item = f'{{"name": "a", "rate": {number}}}'
        body = f'{{"requests": [{{"id": "1", "method": "post", "url": "Items", "body": {item}}}]}}'
        answer = workplace.request("POST", f"{ROOT}/$batch", data=body, content_type="application/json")
        assert answer.status_code == 200
        assert answer.get_json()["responses"][0]["status"] in (201, 400)


def test_versions_go_from_the_batch_to_its_requests(workplace: Workplace) -> None:
    requests = [ask("1", "get", "Items"), ask("2", "get", "Items", headers={"OData-MaxVersion": "4.01"})]
    headers = {"OData-MaxVersion": "4.0", "OData-Version": "4.0"}
    answer = send(workplace, "POST", "$batch", {"requests": requests}, headers=headers)
    found = [response["headers"]["odata-version"] for response in answer.get_json()["responses"]]
    assert (answer.headers["OData-Version"], found) == ("4.0", ["4.0", "4.01"])


def test_that_the_rest_was_carried_out_is_said(workplace: Workplace) -> None:
    for wish, said in (("odata.continue-on-error", "continue-on-error"), ("continue-on-error=false", None)):
        answer = send(workplace, "POST", "$batch", {"requests": []}, headers={"Prefer": wish})
        assert answer.headers.get("Preference-Applied") == said


def test_other_forms_are_refused(workplace: Workplace) -> None:
    answer = workplace.request("POST", f"{ROOT}/$batch", data="x", content_type="text/plain")
    assert answer.status_code == 415
    assert workplace.get(f"{ROOT}/$batch").status_code in (404, 405, 501)


def test_groups_at_the_same_time(workplace: Workplace) -> None:
    """Each group makes an account, and matters in it; the firm's numbers stay without gaps and doubles."""

    def work(index: int) -> set[int]:
        group = {"atomicityGroup": "g"}
        responses = run(
            workplace,
            ask("n", "get", "Accounts/$count"),
            ask("a", "post", "Accounts", {"company_name": f"A{index}"}, **group),
            ask("m", "post", "Matters", {"name": "m", "account@odata.bind": "$a"}, **group),
            ask("x", "post", "Matters", {"name": "x", "account@odata.bind": "$a"}, **group),
            ask("r", "get", "$a/matters/$count"),
        )
        return {response["status"] for response in responses}

    assert set().union(*in_threads(work, 8)) <= {200, 201}
    numbers = sorted(each["number"] for each in read(workplace, "Matters")["value"])
    assert numbers == list(range(1, 17))
