"""One run of the code flow with PKCE, done by the server in the app's place so that its developer can watch.

Nothing is pretended: the browser goes to the consent page, and the tokens are asked for at the token endpoint,
with what an app would send. The tokens never reach the page, and are given back at the end.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Response, url_for

from app.addresses import issuer
from app.models import OAuthClient
from app.web import sealed
from app.web.developer.addresses import absolute
from app.web.developer.queries import first_query
from app.web.own_calls import call
from oauth.credentials import new_credential

NAME = "trial"
LONGEST_ANSWER = 4_000
MASKED = ("access_token", "refresh_token")


@dataclass(frozen=True)
class Trial:
    """What has to be remembered while the browser is at the consent page.

    Args:
        secret: the app's; empty for a public app.
    """

    client_id: str
    verifier: str
    state: str
    secret: str


@dataclass(frozen=True)
class Step:
    """A request of the app and its answer, as text."""

    title: str
    request: str
    answer: str
    worked: bool


def redirect_uri(client_id: str) -> str:
    """Where the browser comes back to: a page of this server."""
    return absolute("web.finish_trial", client_id=client_id)


def begin(client: OAuthClient, secret: str) -> str:
    """Begin a run; the address of the authorization request, to which the browser goes next."""
    trial = Trial(client.client_id, new_credential(), secrets.token_urlsafe(16), secret)
    sealed.hand_on(NAME, asdict(trial))
    return f"{url_for('web.authorize')}?{urlencode(authorization_parameters(client, trial))}"


def take(client_id: str, state: str) -> Trial | None:
    """The run that the browser comes back from; None where it was not begun here, or is over."""
    found = sealed.take(NAME)
    trial = Trial(**found) if found else None
    if trial is None or trial.client_id != client_id:
        return None
    return trial if secrets.compare_digest(trial.state.encode(), state.encode()) else None


def authorization_parameters(client: OAuthClient, trial: Trial) -> dict[str, str]:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(trial.verifier.encode()).digest())
    return {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": redirect_uri(client.client_id),
        "scope": client.scope,
        "state": trial.state,
        "code_challenge": challenge.decode().rstrip("="),
        "code_challenge_method": "S256",
        "prompt": "consent",
    }


def run(client: OAuthClient, trial: Trial, came_back: dict[str, str]) -> list[Step]:
    """Do the rest of what an app does, until something does not work.

    Args:
        came_back: the parameters with which the browser came back.
    """
    asked = "\n".join(_lines(authorization_parameters(client, trial)))
    steps = [
        Step(
            "The user is sent to approve",
            f"GET {issuer()}/oauth/authorize\n{asked}",
            f"GET {redirect_uri(client.client_id)}\n" + "\n".join(_lines(came_back)),
            "code" in came_back,
        )
    ]
    if "code" not in came_back:
        return steps
    tokens = _fetch_tokens(client, trial, came_back["code"], steps)
    if tokens:
        _ask(client, tokens["access_token"], steps)
        _give_back(client, trial, tokens.get("refresh_token", tokens["access_token"]), steps)
    return steps


def _fetch_tokens(client: OAuthClient, trial: Trial, code: str, steps: list[Step]) -> Any:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri(client.client_id),
        "code_verifier": trial.verifier,
    }
    answer = _post("/oauth/token", form, trial, "The code buys tokens", steps)
    return answer.get_json() if answer.status_code == 200 else None


def _ask(client: OAuthClient, access_token: str, steps: list[Step]) -> None:
    query = first_query(client.scope)
    if query is None:
        return
    answer = call("GET", query, headers={"Authorization": f"Bearer {access_token}"})
    shown = f"GET {issuer()}{query}\nAuthorization: Bearer {_masked(access_token)}"
    steps.append(Step("The access token opens the API", shown, _shown(answer), answer.status_code == 200))


def _give_back(client: OAuthClient, trial: Trial, refresh_token: str, steps: list[Step]) -> None:
    _post("/oauth/revoke", {"token": refresh_token}, trial, "The tokens are given back", steps)


def _post(path: str, form: dict[str, str], trial: Trial, title: str, steps: list[Step]) -> Response:
    """Post as the app: a confidential one proves itself by HTTP Basic, a public one gives its name."""
    headers, proof = {}, ""
    if trial.secret:
        pair = base64.b64encode(f"{trial.client_id}:{trial.secret}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
        proof = "\nAuthorization: Basic (client id and secret)"
    else:
        form = {**form, "client_id": trial.client_id}
    answer = call("POST", path, form=form, headers=headers)
    shown = {name: _masked(value) if name == "token" else value for name, value in form.items()}
    text = f"POST {issuer()}{path}{proof}\n" + "\n".join(_lines(shown))
    steps.append(Step(title, text, _shown(answer), answer.status_code == 200))
    return answer


def _lines(parameters: dict[str, str]) -> list[str]:
    return [f"  {name}={value}" for name, value in parameters.items()]


def _shown(answer: Response) -> str:
    """The status and the body, with the tokens masked."""
    text = answer.get_data(as_text=True)
    body = answer.get_json(silent=True)
    if isinstance(body, dict):
        body |= {name: _masked(body[name]) for name in MASKED if name in body}
    if body is not None:
        text = orjson.dumps(body, option=orjson.OPT_INDENT_2).decode()
    cut = text if len(text) <= LONGEST_ANSWER else f"{text[:LONGEST_ANSWER]}\n…"
    return f"HTTP {answer.status}\n{cut}".rstrip()


def _masked(token: str) -> str:
    return f"{token[:4]}… ({len(token)} characters)"
