"""What a developer types about an app. It comes back as it was typed when something is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import request

from app.models import OAuthClient
from app.web import scope_choice
from app.web.developer.redirect_lines import Line, lines_of
from app.web.scope_choice import SOME, ScopeChoice
from oauth.scopes import FULL, READ, parse

ON_THIS_MACHINE = "http://127.0.0.1/callback"
"""What is suggested: it matches any port of the developer's own machine (RFC 8252 section 7.3)."""


@dataclass
class AppForm:
    """The fields of the form.

    Args:
        access: `full`, `read`, or `some` for what `parts` names.
        parts: the scopes that were ticked.
        logo: the picture that was chosen; None where none was.
    """

    name: str = ""
    homepage: str = ""
    redirect_uris: str = ON_THIS_MACHINE
    is_confidential: bool = True
    access: str = FULL
    parts: frozenset[str] = frozenset()
    requires_pkce: bool = True
    logo: bytes | None = None
    drops_logo: bool = False
    wrong: dict[str, list[str]] = field(default_factory=dict)
    """The sentences that go beside each field."""

    @property
    def lines(self) -> list[Line]:
        return lines_of(self.redirect_uris)

    @property
    def scope(self) -> str:
        return ScopeChoice(self.access, self.parts).scope

    def values(self) -> dict[str, Any]:
        """What can be changed, as `services.apps.change` takes it."""
        values = {
            "name": self.name,
            "homepage": self.homepage,
            "redirect_uris": [line.uri for line in self.lines],
            "scope": self.scope,
            "requires_pkce": self.requires_pkce,
        }
        if self.logo or self.drops_logo:
            values["logo"] = self.logo
        return values


def of_app(client: OAuthClient) -> AppForm:
    """The form of an app as it is registered."""
    scopes = parse(client.scope)
    access = FULL if FULL in scopes else READ if scopes == {READ} else SOME
    return AppForm(
        name=client.name,
        homepage=client.homepage or "",
        redirect_uris="\n".join(client.redirect_uris),
        is_confidential=client.is_confidential,
        access=access,
        parts=scopes,
        requires_pkce=client.requires_pkce,
    )


def of_request() -> AppForm:
    """The form that was sent."""
    sent, logo = request.form, request.files.get("logo")
    choice = scope_choice.of_request()
    return AppForm(
        name=sent.get("name", "").strip(),
        homepage=sent.get("homepage", "").strip(),
        redirect_uris=sent.get("redirect_uris", ""),
        is_confidential=sent.get("kind") != "public",
        access=choice.access,
        parts=choice.parts,
        requires_pkce="requires_pkce" in sent,
        logo=(logo.read() or None) if logo else None,
        drops_logo="drops_logo" in sent,
    )
