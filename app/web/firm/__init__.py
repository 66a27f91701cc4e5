"""The pages of a firm's administrators: people, apps, what they were let do, webhooks, and what has
happened."""

from __future__ import annotations

from app.web.firm import (  # noqa: F401 - they add their routes to `web`
    apps,
    audit,
    grants,
    new_user,
    premium,
    roles,
    user,
    user_sight,
    users,
    webhook,
    webhook_delivery,
    webhooks,
)
