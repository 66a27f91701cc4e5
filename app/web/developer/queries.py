"""What an app can read with its scope, from the table of routes: nothing here has to be kept up to date."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app

from app.auth import EACH, PUBLIC, SESSION
from oauth.scopes import allows, parse

FIRST = "/api/v2/users/me"
"""The first question of a new app: it always has an answer."""
ONE = "?$top=1"


def first_query(scope: str) -> str | None:
    """A question that an app with this scope may ask; None for one that can only write."""
    paths = [*readable(scope, "/api/v2/"), *readable(scope, "/api/")]
    if FIRST in paths:
        return FIRST
    areas = {each.partition(":")[0] for each in parse(scope)}
    named = [path for path in paths if path.rpartition("/")[2] in areas]
    return f"{(named or paths)[0]}{ONE}" if paths else None


def readable(scope: str, door: str) -> Iterator[str]:
    """The addresses behind a door that a GET with this scope opens without knowing an id.

    Args:
        door: the beginning of the paths, such as `/api/v2/`.
    """
    granted = parse(scope)
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        access = getattr(current_app.view_functions[rule.endpoint], "access", PUBLIC)
        if rule.arguments or "GET" not in (rule.methods or ()) or access in (PUBLIC, SESSION, EACH):
            continue
        if rule.rule.startswith(door) and not rule.rule.endswith("$entity") and allows(granted, access):
            yield rule.rule
