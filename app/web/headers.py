"""The headers that protect every page.

`form-action` is left out where a form ends at an app: browsers apply it to the redirects that follow, and the
app may well redirect once more, to an address that nobody can know here.
"""

from __future__ import annotations

from flask import Response, request

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
LEADS_TO_APPS = ("web.login", "web.check_login", "web.second_step", "web.check_code", "web.authorize")


def protect(response: Response) -> Response:
    """Keep the page out of frames, caches and referrers, and let it load nothing but its style."""
    policy = POLICY if request.endpoint in LEADS_TO_APPS else f"{POLICY}; form-action 'self'"
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    if request.endpoint != "web.static":
        response.headers["Cache-Control"] = "no-store"
    return response
