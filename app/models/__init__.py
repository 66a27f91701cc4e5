"""The tables, by area. Importing this package registers them all with `Base.metadata`."""

from app.models.activity import TimeEntry
from app.models.base import Base, FirmRow
from app.models.billing import Item
from app.models.changes import Change
from app.models.identity import Counter, Firm, User
from app.models.matters import Account, Contact, Matter
from app.models.oauth import OAuthAccessToken, OAuthClient, OAuthCode, OAuthGrant, OAuthRefreshToken
from app.models.tags_and_links import Tag

MODELS: dict[str, type[FirmRow]] = {
    model.__name__: model for model in (User, Account, Contact, Matter, TimeEntry, Item, Tag)
}
"""Every kind of a firm's rows, by the name that links and changes use."""

__all__ = [
    "MODELS",
    "Account",
    "Base",
    "Change",
    "Contact",
    "Counter",
    "Firm",
    "FirmRow",
    "Item",
    "Matter",
    "OAuthAccessToken",
    "OAuthClient",
    "OAuthCode",
    "OAuthGrant",
    "OAuthRefreshToken",
    "Tag",
    "TimeEntry",
    "User",
]
