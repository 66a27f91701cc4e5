"""The secret that signs session cookies: the operator's, or outside production one made for this instance."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from app.config import DEVELOPMENT_SECRET, Settings


def secret_of(settings: Settings) -> str:
    """The secret. One that stands in the source would let anybody forge the session of a demo's user."""
    if settings.secret_key != DEVELOPMENT_SECRET:
        return settings.secret_key
    path = Path(settings.instance_path) / "secret_key"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"secret_key.{secrets.token_hex(4)}")
    if not path.exists():
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)  # of several processes that start at once, the first one's counts
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()
