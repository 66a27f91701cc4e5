"""The strict OData door: what can be read under `/odata/v4/`."""

from app.api.odata.routes import init_app

__all__ = ["init_app"]
