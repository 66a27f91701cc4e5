"""Choosing scopes on a form: everything, reading, or some areas (`parts/scopes.html` draws it)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from app.services.scopes import AREAS, CATALOGUE
from oauth.scopes import FULL, READ, listed

SOME = "some"


@dataclass(frozen=True)
class ScopeChoice:
    """What was ticked.

    Args:
        access: `full`, `read`, or `some` for what `parts` names.
        parts: the scopes of the areas.
    """

    access: str = READ
    parts: frozenset[str] = frozenset()

    @property
    def scope(self) -> str:
        """The scopes as a space-separated list; empty where no area was chosen."""
        return listed(self.parts & set(CATALOGUE.scopes)) if self.access == SOME else self.access


def of_request() -> ScopeChoice:
    """What the form that was sent says."""
    access = request.form.get("access", "")
    return ScopeChoice(access if access in (FULL, READ) else SOME, frozenset(request.form.getlist("part")))


def areas() -> list[tuple[str, str]]:
    """The areas, and what each holds."""
    return list(AREAS.items())
