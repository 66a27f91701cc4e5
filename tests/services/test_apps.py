"""Registering apps; what the developer of an app may do with it, and nobody else."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from app.errors import Forbidden, InvalidBody, NotFound
from app.models import OAuthAccessToken, OAuthClient, OAuthGrant
from app.services import app_use, apps, audit
from oauth.credentials import digest
from tests.firms import issue_token
from tests.services.people_of_a_firm import administrator_of, colleague, events_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


@pytest.fixture
def ada(session, workplace):
    return administrator_of(session, workplace)


@pytest.fixture
def app_of_ada(session, ada):
    row, _ = apps.register(
        session, firm_id=ada.firm_id, name="Ledger", redirect_uris=["https://a.example/cb"], developer=ada
    )
    return row


def test_confidential_app_is_shown_its_secret_once(session, firm):
    row, secret = apps.register(
        session, firm_id=firm.firm_id, name=" Ledger ", redirect_uris=["https://a.example/cb"]
    )
    assert row.name == "Ledger"
    assert row.scope == "full"
    assert row.requires_pkce
    assert len(secret) == 43
    assert secret not in (row.secret_hash, row.client_id)


def test_public_app_has_no_secret(session, firm):
    row, secret = apps.register(
        session, firm_id=firm.firm_id, name="App", redirect_uris=["com.example.app:/cb"], confidential=False
    )
    assert (secret, row.secret_hash) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"redirect_uris": []}, "redirect_uris"),
        ({"redirect_uris": ["http://evil.example/cb"]}, "redirect_uris"),
        ({"scope": ""}, "scope"),
        ({"scope": "full everything"}, "scope"),
    ],
)
def test_wrong_registration_is_refused(session, firm, wrong, field):
    options = {"name": "App", "redirect_uris": ["https://a.example/cb"], **wrong}
    with pytest.raises(InvalidBody) as refused:
        apps.register(session, firm_id=firm.firm_id, **options)
    assert list(refused.value.fields) == [field]


def test_developer_sees_own_apps_and_the_administrator_all(session, workplace, ada, app_of_ada):
    grace = colleague(session, workplace)
    assert app_of_ada in apps.of_developer(session, ada)
    assert apps.of_developer(session, grace) == []
    assert app_of_ada in apps.of_firm(session, ada)
    with pytest.raises(Forbidden):
        apps.of_firm(session, grace)


@pytest.mark.parametrize("whose", ["a colleague's", "another firm's", "nobody's", "\0"])
def test_somebody_elses_app_does_not_exist(session, workplace, other_workplace, app_of_ada, whose):
    user = colleague(session, workplace if whose == "a colleague's" else other_workplace)
    if whose == "another firm's":
        user = administrator_of(session, other_workplace)
    client_id = {"nobody's": "none", "\0": "\0"}.get(whose, app_of_ada.client_id)
    acts = (apps.find, apps.change, apps.rotate_secret, apps.delete)
    for act in acts:
        with pytest.raises(NotFound):
            act(session, user, client_id)


def test_what_may_be_changed(session, ada, app_of_ada):
    values = {
        "name": " New name ",
        "homepage": "https://a.example/",
        "logo": PNG,
        "redirect_uris": ["https://b.example/cb", "com.example.app:/cb"],
        "scope": "read",
        "requires_pkce": False,
    }
    changed = apps.change(session, ada, app_of_ada.client_id, address="192.0.2.1", **values)
    session.expire_all()
    kept = {name: getattr(changed, name) for name in values}
    assert kept == {**values, "name": "New name"}
    assert apps.change(session, ada, app_of_ada.client_id, logo=b"", homepage="").logo is None
    assert changed.homepage is None
    assert events_of(session, ada) == ["app.changed", "app.changed", "app.registered"]
    apps.change(session, ada, app_of_ada.client_id, name="New name")
    assert len(events_of(session, ada)) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"homepage": "javascript:alert(1)"},
        {"homepage": "https://"},
        {"homepage": "https://[::1"},
        {"homepage": "https://a.example/" + "x" * 500},
        {"homepage": "https://é.example/"},
        {"logo": b"<svg xmlns='http://www.w3.org/2000/svg'/>"},
        {"logo": b"GIF89a"},
        {"logo": PNG + b"\0" * 64_000},
        {"redirect_uris": []},
        {"redirect_uris": ["https://a.example/cb"] * 21},
        {"redirect_uris": ["http://a.example/cb"]},
        {"scope": "everything"},
    ],
    ids=lambda wrong: "-".join(f"{name}:{str(value)[:20]}" for name, value in wrong.items()),
)
def test_what_will_not_do_is_refused_by_field(session, ada, app_of_ada, wrong):
    with pytest.raises(InvalidBody) as refused:
        apps.change(session, ada, app_of_ada.client_id, **wrong)
    assert list(refused.value.fields) == list(wrong)


def test_other_properties_are_no_business_of_the_developer(session, ada, app_of_ada):
    with pytest.raises(TypeError):
        apps.change(session, ada, app_of_ada.client_id, requests_per_minute=10**6)


def test_rotation_leaves_the_old_secret_for_a_while(session, ada, app_of_ada):
    before = app_of_ada.secret_hash
    secret = apps.rotate_secret(session, ada, app_of_ada.client_id)
    assert app_of_ada.secret_hash == digest(secret)
    assert app_of_ada.previous_secret_hash == before
    until = app_of_ada.previous_secret_until
    assert 23 < (until - app_of_ada.created_at).total_seconds() / 3_600 < 25
    apps.rotate_secret(session, ada, app_of_ada.client_id, overlap=0)
    assert (app_of_ada.previous_secret_hash, app_of_ada.previous_secret_until) == (None, None)
    assert events_of(session, ada).count("app.secret_rotated") == 2


@pytest.mark.parametrize("overlap", [-1, 721])
def test_overlap_has_its_bounds(session, ada, app_of_ada, overlap):
    with pytest.raises(InvalidBody):
        apps.rotate_secret(session, ada, app_of_ada.client_id, overlap=overlap)


def test_public_app_has_no_secret_to_rotate(session, ada):
    options = {"redirect_uris": ["com.example.app:/cb"], "confidential": False, "developer": ada}
    row, _ = apps.register(session, firm_id=ada.firm_id, name="App", **options)
    with pytest.raises(InvalidBody):
        apps.rotate_secret(session, ada, row.client_id)


def test_deleted_app_is_gone_with_all_that_it_was_given(session, ada, other_workplace, app_of_ada):
    far_away = administrator_of(session, other_workplace)
    issue_token(session, far_away, app_of_ada.client_id, "full")
    session.flush()
    assert app_use.use(session, app_of_ada) == app_use.Use(1, 1, 1)
    assert apps.delete(session, ada, app_of_ada.client_id) == 1
    session.expire_all()
    row = session.get_one(OAuthClient, app_of_ada.client_id)
    assert row.deleted_at is not None
    assert row.secret_hash is None
    assert apps.of_developer(session, ada) == []
    grants = session.query(OAuthGrant).filter_by(client_id=row.client_id).all()
    assert [grant.revoked_at is None for grant in grants] == [False]
    with pytest.raises(NotFound):
        apps.find(session, ada, row.client_id)


def test_use_counts_people_once(session, ada, other_workplace, app_of_ada):
    for user in (ada, ada, administrator_of(session, other_workplace)):
        issue_token(session, user, app_of_ada.client_id, "read")
    session.flush()
    assert app_use.use(session, app_of_ada) == app_use.Use(3, 2, 2)


def test_what_has_expired_is_no_use(session, ada, other_workplace, app_of_ada):
    for user in (ada, administrator_of(session, other_workplace)):
        issue_token(session, user, app_of_ada.client_id, "read")
    session.flush()
    of_app = select(OAuthGrant.id).where(
        OAuthGrant.client_id == app_of_ada.client_id, OAuthGrant.firm_id == ada.firm_id
    )
    tokens = update(OAuthAccessToken).where(OAuthAccessToken.grant_id.in_(of_app))
    session.execute(tokens.values(expires_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)))
    assert app_use.use(session, app_of_ada) == app_use.Use(1, 1, 1)


def test_developer_reads_what_went_wrong_but_not_for_whom(session, ada, app_of_ada):
    audit.record(session, "app.changed", client_id=app_of_ada.client_id, firm_id=ada.firm_id)
    told = {"error": "invalid_request", "redirect_uri": "https://c.example/"}
    audit.record(session, "grant.refused", client_id=app_of_ada.client_id, user_id=ada.id, **told)
    session.flush()
    [error] = app_use.last_errors(session, app_of_ada)
    assert (error.action, error.details) == ("grant.refused", told)
    assert not hasattr(error, "user_id")


def test_service_account_is_for_administrators_and_their_own_firm(session, workplace, other_workplace, ada):
    grace = colleague(session, workplace)
    options = {"firm_id": ada.firm_id, "name": "Nightly", "redirect_uris": [], "grant_types": ()}
    row, secret = apps.register(session, acts_as=grace, developer=ada, **options)
    assert (row.grant_types, row.acts_as_id) == (["client_credentials"], grace.id)
    assert secret is not None
    with pytest.raises(Forbidden):
        apps.register(session, acts_as=ada, developer=grace, **options)
    stranger = administrator_of(session, other_workplace)
    for wrong in ({"acts_as": stranger}, {"acts_as": grace, "confidential": False}):
        with pytest.raises(InvalidBody):
            apps.register(session, developer=ada, **{**options, **wrong})
