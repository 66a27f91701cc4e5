"""The pages on which an administrator makes webhooks, looks at deliveries and sends one again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models import Webhook, WebhookDelivery
from app.services.webhooks import history, signing
from app.services.webhooks.sending import Outcome
from tests.contract.samples import account
from tests.web.people import events, shown_once

FORM = {"url": "https://ledger.example.com/hook?token=x", "kinds": "all", "action": ["created", "deleted"]}


def make(ada, **typed):
    """A webhook made by the form: the address of its page, and what the page shows."""
    answer = ada.post("/firm/webhooks", {**FORM, **typed})
    assert answer.status_code == 303, answer.text
    return answer.location, ada.page(answer.location)


def kept(database, workplace):
    with database.session() as work:
        (webhook,) = work.scalars(select(Webhook).filter_by(firm_id=workplace.firm_id))
        return webhook


def test_one_that_an_app_made_tells_which(ada, workplace):
    made = workplace.ok("POST", "/api/v2/webhooks", json={"url": FORM["url"]})
    assert ", by the app Test app" in re.sub("<[^>]+>", "", ada.page(f"/firm/webhooks/{made['id']}"))


def deliver(app, workplace, *outcomes):
    """Make a change, and deliver what is due with these outcomes."""
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    return serve(app, workplace, *outcomes)


def serve(app, workplace, *outcomes):
    left = iter(outcomes)
    courier = replace(app.extensions["webhook_courier"], send=lambda *args: next(left))
    return sum(courier.serve(key) for key in courier.due() if key[0] == workplace.firm_id)


def test_making_one(app, ada, database, workplace):
    page, shown = make(ada, kinds="some", entity=["Matter", "Account"])
    (secret,) = shown_once(shown)
    assert secret.startswith("whsec_")
    assert shown_once(ada.page(page)) == []
    webhook = kept(database, workplace)
    assert (webhook.entities, webhook.actions) == (["Account", "Matter"], ["created", "deleted"])
    assert signing.opened(webhook.secret, str(app.secret_key)) == secret
    assert secret not in webhook.secret
    (event,) = events(database, workplace, "webhook.created")
    assert event.details == {"webhook": webhook.id, "host": "ledger.example.com"}
    listed = ada.page("/firm/webhooks")
    assert FORM["url"] in listed
    assert "Account, Matter: created, deleted" in listed
    assert "up to date" in listed


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"url": ""}, "An address has"),
        ({"url": "http://ledger.example.com/"}, "An address begins with https://."),
        ({"url": "https://127.1/"}, "It leads into a private network"),
        ({"url": "https://<b>.example/\0"}, "only those of ASCII"),
        ({"action": []}, "Choose at least one."),
        ({"action": ["exploded"]}, "There is no &#39;exploded&#39;"),
        ({"kinds": "some"}, "Choose at least one, or all."),
        ({"kinds": "some", "entity": ["Reminder"]}, "There is no &#39;Reminder&#39;"),
    ],
)
def test_what_will_not_do(ada, typed, text):
    answer = ada.post("/firm/webhooks", {**FORM, **typed})
    assert answer.status_code == 400
    assert text in answer.text
    assert "Nothing was saved yet" in answer.text


def test_changing_one(ada, app, database, workplace):
    page, _ = make(ada)
    assert "is changed" in ada.follow(ada.post(page, {**FORM, "url": "https://other.example/"}))
    assert kept(database, workplace).url == "https://other.example/"
    assert ada.post(page, {**FORM, "url": "no"}).status_code == 400
    assert "It is paused" in ada.follow(ada.post(f"{page}/pause", {"pause": "yes"}))
    assert deliver(app, workplace) == 0
    assert "2 behind" in ada.page(page)
    assert "Let it go on" in ada.page(page)
    assert "is changed" in ada.follow(ada.post(page, FORM))
    assert kept(database, workplace).is_paused, "saving the form does not let it go on"
    assert "It goes on" in ada.follow(ada.post(f"{page}/pause", {"pause": "no"}))
    assert serve(app, workplace, Outcome(204)) == 1
    assert len(events(database, workplace, "webhook.changed")) == 4


def test_a_new_secret(ada, app, database, workplace):
    page, shown = make(ada)
    new = shown_once(ada.follow(ada.post(f"{page}/secret", {"overlap": "0"})))
    assert new != shown_once(shown)
    webhook = kept(database, workplace)
    assert signing.opened(webhook.secret, str(app.secret_key)) == new[0]
    assert webhook.old_secret is None
    ada.post(f"{page}/secret", {"overlap": "24"})
    assert "signs until" in ada.page(page)
    for wrong in ("", "-1", "169", "x", "\u0662", "9" * 30):
        assert ada.post(f"{page}/secret", {"overlap": wrong}).status_code == 400
    assert len(events(database, workplace, "webhook.secret_rotated")) == 2


def test_deliveries(ada, app, database, workplace):
    page, _ = make(ada)
    deliver(app, workplace, Outcome(200, None, "fine <b>", 7))
    deliver(app, workplace, Outcome(None, "There was no answer."))
    shown = ada.page(page)
    assert "failing" in shown
    one = ada.page(f"{page}?state=failing")
    links = re.findall(rf'href="({page}/deliveries/[^"]+)"', one)
    assert len(links) == 1
    assert "There was no answer." in ada.page(links[0])
    assert "It is sent again" in ada.follow(ada.post(f"{links[0]}/send"))
    assert serve(app, workplace, Outcome(204)) == 1
    done = re.findall(rf'href="({page}/deliveries/[^"]+)"', ada.page(f"{page}?state=delivered"))
    assert len(done) == 2
    assert "fine &lt;b&gt;" in ada.page(done[1])
    ada.post(f"{done[1]}/send")
    assert "to be sent again" in ada.page(done[1])
    assert serve(app, workplace, Outcome(204)) == 1
    with database.session() as work:
        attempts = work.scalars(select(WebhookDelivery.attempts).filter_by(firm_id=workplace.firm_id))
        assert sorted(attempts) == [2, 2]
    for query in ("?before=x", "?before=" + "9" * 40, "?before=0", "?state=%00"):
        assert ada.get(page + query).status_code == 200


def test_pages_of_deliveries(ada, app, workplace, monkeypatch):
    monkeypatch.setattr(history, "ON_A_PAGE", 2)
    page, _ = make(ada)
    for _ in range(3):
        deliver(app, workplace, Outcome(204))
    first = ada.page(page)
    (older,) = re.findall(r'href="([^"]+)">Older', first)
    second = ada.page(older.replace("&amp;", "&"))
    links = [re.findall(rf'"{page}/deliveries/([^"]+)"', shown) for shown in (first, second)]
    assert [len(found) for found in links] == [2, 1]
    assert len({*links[0], *links[1]}) == 3


def test_paused_nothing_is_sent_again_but_what_has_arrived(ada, app, workplace):
    page, _ = make(ada)
    deliver(app, workplace, Outcome(500))
    (link,) = re.findall(rf'href="({page}/deliveries/[^"]+)"', ada.page(page))
    ada.post(f"{page}/pause", {"pause": "yes"})
    assert "The webhook is paused" in ada.follow(ada.post(f"{link}/send"))


def test_deleting_one(ada, app, database, workplace):
    page, _ = make(ada)
    deliver(app, workplace, Outcome(204))
    refused = ada.post(f"{page}/delete")
    assert (refused.status_code, "Tick this" in refused.text) == (400, True)
    assert "The webhook is deleted." in ada.follow(ada.post(f"{page}/delete", {"sure": "yes"}))
    assert ada.get(page).status_code == 404
    (event,) = events(database, workplace, "webhook.deleted")
    assert event.user_id == workplace.user_id


def test_each_firm_sees_its_own(ada, stranger, app, workplace):
    page, _ = make(ada)
    deliver(app, workplace, Outcome(204))
    (link,) = re.findall(rf'href="({page}/deliveries/[^"]+)"', ada.page(page))
    for address in (page, link):
        assert stranger.get(address).status_code == 404
    for form in (page, f"{page}/pause", f"{page}/secret", f"{page}/delete", f"{link}/send"):
        assert stranger.post(form, {**FORM, "sure": "yes", "overlap": "1"}).status_code == 404
    other, _ = make(stranger)
    assert stranger.get(link.replace(page, other)).status_code == 404
    assert FORM["url"] in ada.page("/firm/webhooks")


def test_a_firm_has_so_many(ada, monkeypatch):
    monkeypatch.setattr("app.services.webhooks.subscriptions.MOST", 1)
    make(ada)
    answer = ada.post("/firm/webhooks", FORM)
    assert (answer.status_code, "at most 1 webhooks" in answer.text) == (400, True)
