"""Addresses of this server's pages, as an app is registered with them."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from app.addresses import issuer


def absolute(endpoint: str, **values: Any) -> str:
    """The whole address of a page, below the issuer."""
    return issuer() + url_for(endpoint, **values).removeprefix(request.script_root)
