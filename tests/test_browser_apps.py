"""Which pages in a browser may call the API, and what they may read of its answers."""

from __future__ import annotations

import pytest

from app.models import OAuthClient
from app.models.base import now
from tests.databases import on_one_database

ORIGIN = "https://grid.example.com"
PATHS = ["/api/v2/matters", "/api/project", "/odata/v4/Matters", "/odata/v4", "/odata/v4/$metadata"]
OTHERS = [
    "https://evil.example.com",
    "https://grid.example.com.evil.com",
    "https://grid.example.com:444",
    "http://grid.example.com",
    "https://grid.example",
    "https://grid.example.com/",
    "https://grid.example.com\x00",
    'https://grid.example.com", "',
    "https://%",
    "https://",
    "https://" + "x" * 5_000,
    "null",
    "*",
    "é",
    "",
]
ASKED = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization,if-match"}


@pytest.fixture(autouse=True)
def page_app(register_app):
    """A public app that runs in the browser."""
    return register_app(confidential=False, redirect_uris=[f"{ORIGIN}/cb", "http://localhost:5199/cb"])


def cors(answer):
    return {name: value for name, value in answer.headers if name.startswith("Access-Control")}


def names(text):
    return set(text.split(", "))


@pytest.mark.parametrize("origin", [ORIGIN, "http://localhost:5199"])
@pytest.mark.parametrize("path", [*PATHS, "/api/v2/nothing", "/API/V2/Matters"])
def test_a_preflight_is_answered_without_a_token(client, path, origin):
    answer = client.options(path, headers={"Origin": origin, **ASKED})
    assert (answer.status_code, answer.data, answer.headers["Vary"]) == (204, b"", "Origin")
    told = cors(answer)
    assert told.pop("Access-Control-Allow-Origin") == origin
    assert names(told.pop("Access-Control-Allow-Methods")) >= {"GET", "POST", "PUT", "PATCH", "DELETE"}
    headers = {
        "Authorization",
        "Content-Type",
        "Accept",
        "Idempotency-Key",
        "If-Match",
        "If-None-Match",
        "Prefer",
    }
    assert names(told.pop("Access-Control-Allow-Headers")) == {*headers, "OData-Version", "OData-MaxVersion"}
    assert told == {"Access-Control-Max-Age": "600"}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_reads_the_answer_and_its_headers(workplace, path):
    answer = workplace.get(path, headers={"Origin": ORIGIN})
    assert answer.status_code == 200
    assert "Origin" in answer.headers.getlist("Vary")
    told = cors(answer)
    assert told.pop("Access-Control-Allow-Origin") == ORIGIN
    exposed = names(told.pop("Access-Control-Expose-Headers"))
    assert exposed >= {"ETag", "Location", "OData-Version", "Preference-Applied", "Retry-After"}
    assert exposed >= {f"X-RateLimit-{name}" for name in ("Limit", "Remaining", "Reset")}
    assert told == {}, "no credentials"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v2/matters", 401),
        ("POST", "/odata/v4/Matters", 401),
        ("GET", "/api/v2/nothing", 404),
        ("PATCH", "/api/v2/matters", 405),
    ],
)
def test_errors_can_be_read_too(client, method, path, status):
    answer = client.open(path, method=method, headers={"Origin": ORIGIN})
    assert (answer.status_code, cors(answer)["Access-Control-Allow-Origin"]) == (status, ORIGIN)


@on_one_database
@pytest.mark.parametrize("method", ["OPTIONS", "GET", "POST"])
@pytest.mark.parametrize("path", ["/api/v2/matters", "/odata/v4/Matters"])
@pytest.mark.parametrize("origin", OTHERS)
def test_other_origins_are_told_nothing(client, method, path, origin):
    answer = client.open(path, method=method, headers={"Origin": origin, **ASKED})
    assert answer.status_code in (200, 401)
    assert cors(answer) == {}
    assert answer.headers["Vary"] == "Origin"


def test_confidential_and_deleted_apps_open_no_origin(client, register_app, session):
    register_app(redirect_uris=["https://backend.example.com/cb"])
    gone = register_app(confidential=False, redirect_uris=["https://gone.example.com/cb"])
    asked = {"Origin": "https://gone.example.com"}
    assert cors(client.options("/api/v2/matters", headers=asked))
    session.get_one(OAuthClient, gone.client_id).deleted_at = now()
    session.commit()
    assert cors(client.options("/api/v2/matters", headers=asked)) == {}
    assert cors(client.options("/api/v2/matters", headers={"Origin": "https://backend.example.com"})) == {}


def test_without_an_origin_nothing_is_looked_up_or_said(client, workplace, app, monkeypatch):
    monkeypatch.setattr("app.browser_apps.is_web_origin", None)
    answer = workplace.get("/api/v2/matters")
    assert (answer.status_code, cors(answer), answer.headers.get("Vary")) == (200, {}, None)
    assert cors(client.options("/api/v2/matters")) == {}


@pytest.mark.parametrize("path", ["/", "/login", "/health", "/swagger", "/odata/v4x", "/apis/x"])
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_nothing_beside_the_doors_is_opened(client, method, path):
    assert cors(client.open(path, method=method, headers={"Origin": ORIGIN})) == {}


def test_where_origins_cannot_be_looked_up_the_answer_comes_without(
    client, workplace, monkeypatch, caplog, app
):
    import sqlite3

    def failing(*given):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("app.browser_apps._look_up", failing)
    answer = workplace.get("/api/v2/matters", headers={"Origin": ORIGIN})
    assert (answer.status_code, cors(answer)) == (200, {})
    assert "cannot be looked up" in caplog.text
