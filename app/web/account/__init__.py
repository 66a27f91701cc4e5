"""The pages of one's own account: what is connected to it, and how one gets in."""

from __future__ import annotations

from app.web.account import (  # noqa: F401 - they add their routes to `web`
    apps,
    password,
    second_factor,
    sessions,
    tokens,
)
