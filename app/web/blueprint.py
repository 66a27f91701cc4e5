"""The one blueprint that all pages belong to."""

from __future__ import annotations

from flask import Blueprint

from app.web.headers import protect

web = Blueprint(
    "web", __name__, template_folder="templates", static_folder="static", static_url_path="/assets"
)
web.after_request(protect)
