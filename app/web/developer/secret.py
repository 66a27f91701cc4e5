"""An app's secret, which is shown once."""

from app.web.sealed import ShownOnce

SHOWN_SECRET = ShownOnce("new_secret")
