"""The redirect URIs as a developer types them: one a line, each with what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

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
    return [Line(uri, problem_of_redirect_uri(uri)) for uri in uris if uri]
