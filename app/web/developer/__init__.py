"""The developer portal: registering an app, seeing how it does, and trying it."""

from __future__ import annotations

from app.web.developer import (  # noqa: F401 - they add their routes to `web`
    app_page,
    apps_page,
    deletion,
    downloads,
    editing,
    programs,
    registering,
    rotating,
    swagger,
    trying,
)
