"""A collection and an environment for Postman and newman (Collection Format 2.1).

The requests are those that the app's scope allows, and each checks its answer. All that is the app's own, and
every token, is a variable of the environment.
"""

from __future__ import annotations

from typing import Any

from app.addresses import is_praxis
from app.models import OAuthClient
from app.web.developer.queries import readable

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
DOORS = (
    ("API v2", "/api/v2/", "?$top=3"),
    ("API v1", "/api/", "?$top=3"),
    ("Praxis", "/api/", "?limit=3"),
    ("OData", "/odata/v4/", "?$top=3&$count=true"),
)
"""The name of a folder, the beginning of its paths, and what a list is asked for."""
NOT_LISTS = ("/me", "/Me", "/$metadata", "/v4/")
ASKS_MORE = {"/api/customfield": "&objectType=Project"}
"""What a list is refused without."""
ANSWERED = ['pm.test("answers 200", () => pm.response.to.have.status(200));']
KEEP_TOKENS = [
    *ANSWERED,
    "const tokens = pm.response.json();",
    'pm.environment.set("access_token", tokens.access_token);',
    'pm.environment.set("refresh_token", tokens.refresh_token);',
]
SKIP_WITHOUT_TOKEN = ['if (!pm.environment.get("refresh_token")) pm.execution.skipRequest();']
"""The first tokens come by Authorization, or are typed into the environment."""


def collection(client: OAuthClient, base: str) -> dict[str, Any]:
    """The collection.

    Args:
        base: this server's address.
    """
    folders = [{"name": name, "item": _lists(client, name, start, query)} for name, start, query in DOORS]
    return {
        "info": {
            "name": f"Matterbase: {client.name}",
            "description": "Choose the environment that comes with it, then get a token with Authorization.",
            "schema": SCHEMA,
        },
        "auth": {"type": "oauth2", "oauth2": _authorization(client)},
        "item": [*(folder for folder in folders if folder["item"]), _tokens(client)],
        "variable": [{"key": "base_url", "value": base}, {"key": "client_id", "value": client.client_id}],
    }


def environment(client: OAuthClient, base: str, redirect_uri: str) -> dict[str, Any]:
    """The environment; its secrets are empty, to be filled in.

    Args:
        redirect_uri: the one of the app's that Postman is to use.
    """
    plain = {"base_url": base, "client_id": client.client_id, "redirect_uri": redirect_uri}
    secret = ("client_secret", "access_token", "refresh_token")
    values = [
        {"key": key, "value": value, "type": "default", "enabled": True} for key, value in plain.items()
    ]
    values += [{"key": key, "value": "", "type": "secret", "enabled": True} for key in secret]
    return {
        "name": f"Matterbase: {client.name}",
        "values": values,
        "_postman_variable_scope": "environment",
    }


def _authorization(client: OAuthClient) -> list[dict[str, str]]:
    settings = {
        "grant_type": "authorization_code_with_pkce",
        "challengeAlgorithm": "S256",
        "authUrl": "{{base_url}}/oauth/authorize",
        "accessTokenUrl": "{{base_url}}/oauth/token",
        "refreshTokenUrl": "{{base_url}}/oauth/token",
        "clientId": "{{client_id}}",
        "clientSecret": "{{client_secret}}",
        "redirect_uri": "{{redirect_uri}}",
        "scope": client.scope,
        "client_authentication": "header" if client.is_confidential else "body",
        "addTokenTo": "header",
        "accessToken": "{{access_token}}",
    }
    return [{"key": key, "value": value, "type": "string"} for key, value in settings.items()]


def _lists(client: OAuthClient, door: str, start: str, query: str) -> list[dict[str, Any]]:
    """The lists behind a door. Their totals are left out: a run is to stay far below the limit of a minute."""
    return [
        _request("GET", _address(path, query), path.removeprefix(start) or "the service document")
        for path in readable(client.scope, start)
        if not path.endswith("/$count") and (start != "/api/" or _is_of(door, path))
    ]


def _is_of(door: str, path: str) -> bool:
    """Two doors share the beginning of their paths, and with API v2 a third."""
    return "/v2/" not in path and is_praxis(path) == (door == "Praxis")


def _address(path: str, query: str) -> str:
    return path if path.endswith(NOT_LISTS) else path + query + ASKS_MORE.get(path, "")


def _tokens(client: OAuthClient) -> dict[str, Any]:
    """Refreshing spends the refresh token that was sent, so the new one is kept at once."""
    form = {"grant_type": "refresh_token", "refresh_token": "{{refresh_token}}"}
    refresh = _request("POST", "/oauth/token", "Refresh the token")
    refresh["request"]["body"] = {"mode": "urlencoded", "urlencoded": _fields(client, form)}
    refresh["request"]["auth"] = _proof(client)
    refresh["event"] = [_script("prerequest", SKIP_WITHOUT_TOKEN), _script("test", KEEP_TOKENS)]
    return {"name": "Tokens", "item": [refresh]}


def _fields(client: OAuthClient, form: dict[str, str]) -> list[dict[str, str]]:
    named = form if client.is_confidential else {**form, "client_id": "{{client_id}}"}
    return [{"key": key, "value": value} for key, value in named.items()]


def _proof(client: OAuthClient) -> dict[str, Any]:
    if not client.is_confidential:
        return {"type": "noauth"}
    pair = {"username": "{{client_id}}", "password": "{{client_secret}}"}
    return {"type": "basic", "basic": [{"key": key, "value": value} for key, value in pair.items()]}


def _request(method: str, address: str, name: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    url: dict[str, Any] = {
        "raw": f"{{{{base_url}}}}{address}",
        "host": ["{{base_url}}"],
        "path": path.removeprefix("/").split("/"),
    }
    if query:
        pairs = (pair.partition("=") for pair in query.split("&"))
        url["query"] = [{"key": key, "value": value} for key, _, value in pairs]
    return {
        "name": name,
        "request": {"method": method, "header": [], "url": url},
        "event": [_script("test", ANSWERED)],
    }


def _script(moment: str, lines: list[str]) -> dict[str, Any]:
    return {"listen": moment, "script": {"type": "text/javascript", "exec": lines}}
