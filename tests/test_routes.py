"""Every route says who may use it."""

from __future__ import annotations

from flask import Flask

from oauth.scopes import FULL, READ, allows

OPEN = {"public", "session"}
SIGN_IN = {"/api/auth/login", "/api/auth/register"}
"""Where one gets a token, and so has none yet."""


def test_every_route_declares_its_access(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        assert access, f"{rule.rule} does not say who may use it"
        if rule.rule in SIGN_IN:
            assert access == "public"
        elif rule.rule.startswith(("/api/", "/odata/")):
            assert access not in OPEN, f"{rule.rule} is open"
            assert allows(frozenset({FULL}), access)


def test_a_reading_scope_opens_no_writing_route(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", "")
        if access in OPEN:
            continue
        writes = bool((rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"})
        assert allows(frozenset({READ}), access) != writes, rule.rule
