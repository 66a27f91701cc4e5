"""What an app may be registered with, in sentences that its developer can act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from app.errors import InvalidBody
from app.models import User
from app.services.scopes import CATALOGUE
from oauth.redirects import check_redirect_uri
from oauth.scopes import parse

LONGEST_NAME = 100
LONGEST_HOMEPAGE = 500
MOST_REDIRECT_URIS = 20
LARGEST_LOGO = 64_000

Texts = dict[str, list[str]]
Rule = Callable[[Any], list[str]]


def check(
    values: Mapping[str, Any], *, needs_redirect: bool = True, allows_dotless_schemes: bool = False
) -> None:
    """Refuse values that cannot be registered; only those that are there are looked at.

    Args:
        values: any of name, redirect_uris, scope, homepage and logo.
        needs_redirect: whether the app uses the authorization endpoint.
        allows_dotless_schemes: what the operator says to redirect URIs such as `myapp:/callback`.

    Raises:
        InvalidBody: with every problem of every field.
    """
    wrong: Texts = {}
    of_uris = partial(_redirect_uris, allows_dotless_schemes=allows_dotless_schemes)
    rules: dict[str, Rule] = {**PROBLEMS, "redirect_uris": of_uris}
    for name, problems in rules.items():
        if name in values and (found := problems(values[name])):
            wrong[name] = found
    if needs_redirect and "redirect_uris" in values and not values["redirect_uris"]:
        wrong["redirect_uris"] = ["An app has at least one redirect URI."]
    if wrong:
        raise InvalidBody(wrong)


def check_service_account(firm_id: int | None, confidential: bool, acts_as: User) -> None:
    """Refuse an account that would act for another firm, or without a secret to prove itself with.

    Raises:
        InvalidBody: it cannot be made.
    """
    if not confidential:
        raise InvalidBody({"confidential": ["A service account needs a secret."]})
    if acts_as.firm_id != firm_id or not acts_as.is_active or acts_as.deleted_at is not None:
        raise InvalidBody({"acts_as": ["A service account acts as an active user of its own firm."]})


def problem_of_redirect_uri(uri: str, *, allows_dotless_schemes: bool = False) -> str | None:
    """What is wrong with a redirect URI, in one sentence; None for one that can be registered."""
    try:
        check_redirect_uri(uri, allows_dotless_schemes=allows_dotless_schemes)
    except ValueError as error:
        return str(error)
    return None


def logo_type(logo: bytes) -> str | None:
    """The media type of a picture by its first bytes; None for anything that is not shown as a logo.

    SVG is none of them: it can carry scripts.
    """
    if logo.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if logo.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if logo[:4] == b"RIFF" and logo[8:12] == b"WEBP":
        return "image/webp"
    return None


def _name(name: str) -> list[str]:
    if name.strip() and len(name) <= LONGEST_NAME and name.isprintable():
        return []
    return [f"An app has a name of 1 to {LONGEST_NAME} printable characters."]


def _redirect_uris(uris: Sequence[str], allows_dotless_schemes: bool) -> list[str]:
    if len(uris) > MOST_REDIRECT_URIS:
        return [f"An app has at most {MOST_REDIRECT_URIS} redirect URIs."]
    problems = (problem_of_redirect_uri(uri, allows_dotless_schemes=allows_dotless_schemes) for uri in uris)
    return [problem for problem in problems if problem]


def _scope(scope: str) -> list[str]:
    if parse(scope) and CATALOGUE.knows(scope):
        return []
    return ["An app is registered for known scopes, and at least one."]


def _homepage(homepage: str | None) -> list[str]:
    if not homepage or _is_web_address(homepage):
        return []
    return [f"A homepage is an http or https address of at most {LONGEST_HOMEPAGE} characters."]


def _is_web_address(text: str) -> bool:
    if len(text) > LONGEST_HOMEPAGE or not all("!" <= character <= "~" for character in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _logo(logo: bytes | None) -> list[str]:
    if not logo:
        return []
    if len(logo) > LARGEST_LOGO:
        return [f"A logo has at most {LARGEST_LOGO // 1_000} kB."]
    return [] if logo_type(logo) else ["A logo is a PNG, JPEG or WebP picture."]


PROBLEMS: dict[str, Rule] = {
    "name": _name,
    "scope": _scope,
    "homepage": _homepage,
    "logo": _logo,
}
