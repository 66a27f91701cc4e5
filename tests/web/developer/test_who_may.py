"""An app is its developer's and the administrator's of the firm; for everybody else there is none."""

from __future__ import annotations

import pytest

PAGES = [
    "",
    "/edit",
    "/delete",
    "/programs",
    "/programs/connect.py",
    "/matterbase.postman_collection.json",
    "/matterbase.postman_environment.json",
    "/try/callback",
]
FORMS = ["/edit", "/delete", "/secret", "/try", "/swagger"]


@pytest.mark.parametrize("page", PAGES)
def test_only_the_developer_and_the_administrator_see_an_app(
    page, ledger, developer, administrator, coworker, stranger
):
    path = f"/developer/apps/{ledger.client_id}{page}"
    seen = 400 if page == "/try/callback" else 200
    assert developer.get(path).status_code == seen
    assert administrator.get(path).status_code == seen
    assert coworker.get(path).status_code == 404
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_only_they_change_it(form, ledger, coworker, stranger, developer):
    path = f"/developer/apps/{ledger.client_id}{form}"
    for somebody in (coworker, stranger):
        assert somebody.post(path, {"name": "Mine now"}).status_code == 404
    assert '<h1 class="name">Ledger</h1>' in developer.page(f"/developer/apps/{ledger.client_id}")


@pytest.mark.parametrize("page", ["/developer", "/developer/apps/new", "/developer/apps/x?y=1"])
def test_whoever_is_not_signed_in_does_so_and_comes_back(page, visitor):
    answer = visitor.get(page)
    assert answer.status_code == 303
    assert answer.location.startswith("/login?next=/developer")


@pytest.mark.parametrize("form", FORMS)
def test_a_form_needs_its_token(form, ledger, developer, visitor):
    path = f"/developer/apps/{ledger.client_id}{form}"
    assert developer.browser.post(path, data={"csrf_token": "guessed"}).status_code == 400
    assert visitor.post(path).location == "/login?next=/developer"
    assert developer.get(f"/developer/apps/{ledger.client_id}").status_code == 200


def test_registering_needs_the_forms_token(developer):
    assert developer.browser.post("/developer/apps/new", data={"name": "Ledger"}).status_code == 400
    assert "From nothing to the first answer" in developer.page("/developer")


def test_an_app_that_does_not_exist_is_not_found(developer):
    for client_id in ("unknown", "%00", "%ff", "a" * 5_000):
        assert developer.get(f"/developer/apps/{client_id}").status_code == 404


def test_the_list_shows_a_developer_the_own_apps_and_an_administrator_all(
    ledger, developer, administrator, coworker, stranger
):
    assert ledger.client_id in developer.page("/developer")
    assert ledger.client_id in administrator.page("/developer")
    assert ledger.client_id not in coworker.page("/developer")
    assert ledger.client_id not in stranger.page("/developer")
