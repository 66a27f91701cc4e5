"""The redirect URIs as a developer types them: one a line, each with what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from app.config import Settings
from app.services.app_rules import problem_of_redirect_uri


@dataclass(frozen=True)
class Line:
    """A redirect URI as it was typed.

    Args:
        problem: what is wrong with it, in one sentence; None where it can be registered.
    """

    uri: str
    problem: str | None


def lines_of(text: str) -> list[Line]:
    """Every line that is not empty, each once."""
    uris = dict.fromkeys(line.strip() for line in text.splitlines())
    allows = allows_dotless_schemes()
    return [Line(uri, problem_of_redirect_uri(uri, allows_dotless_schemes=allows)) for uri in uris if uri]


def allows_dotless_schemes() -> bool:
    """Whether the operator lets apps have redirect URIs such as `myapp:/callback`."""
    settings: Settings = current_app.extensions["settings"]
    return settings.dotless_redirect_schemes
