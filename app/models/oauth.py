"""What users let apps do, and the codes and tokens that prove it.

Every code, token and secret is kept as a SHA-256 digest: a copy of the database opens nothing. A revocation
is one column of the grant, so all that was issued under it dies at once, in every process.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.models.base import Base, new_id, now, refers
from app.models.types import Guid, PlainText, UtcDateTime


class OAuthGrant(Base):
    """One authorization by a user, and the family of tokens that descends from it.

    A personal access token is such a family too: without an app, and with a single token.
    """

    __tablename__ = "oauth_grants"

    firm_id: Mapped[int]
    id: Mapped[str] = mapped_column(Guid, default=new_id)
    user_id: Mapped[str] = mapped_column(Guid)
    client_id: Mapped[str | None] = mapped_column(PlainText, ForeignKey("oauth_clients.client_id"))
    """The app; null for a personal access token."""
    kind: Mapped[str] = mapped_column(String(20), default="authorization_code")
    """How it came about: `authorization_code`, `device_code`, `client_credentials` or `personal`."""
    name: Mapped[str | None] = mapped_column(PlainText)
    """What the user calls a personal access token."""
    scope: Mapped[str] = mapped_column(PlainText)
    resource: Mapped[str | None] = mapped_column(PlainText)
    """The resource indicator that the app sent (RFC 8707)."""
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    last_used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When a token of it was last seen, to within a few minutes."""
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_for: Mapped[str | None] = mapped_column(PlainText)
    """The digest whose replay revoked the grant; null when a person did."""

    __table_args__ = (
        PrimaryKeyConstraint("firm_id", "id"),
        refers("user_id", "users"),
        Index("ix_oauth_grants_user", "firm_id", "user_id", "client_id"),
        Index("ix_oauth_grants_client", "client_id"),
        {"sqlite_with_rowid": False},
    )


class Credential:
    """Something random that was handed out under a grant, found by its digest."""

    __tablename__: str

    hash: Mapped[str] = mapped_column(PlainText, primary_key=True)
    firm_id: Mapped[int]
    grant_id: Mapped[str] = mapped_column(Guid)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 - SQLAlchemy calls it on the class
        return (
            ForeignKeyConstraint(["firm_id", "grant_id"], ["oauth_grants.firm_id", "oauth_grants.id"]),
            Index(f"ix_{cls.__tablename__}_grant", "firm_id", "grant_id"),
            Index(f"ix_{cls.__tablename__}_expires_at", "expires_at"),
            {"sqlite_with_rowid": False},
        )


class SpentOnce:
    """A credential that works a single time (`oauth.spending` decides who was first)."""

    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    refusals: Mapped[int] = mapped_column(default=0)
    """How many further uses were refused; one that was surely parallel counts for several."""


class OAuthCode(SpentOnce, Credential, Base):
    """An authorization code, bound to the redirect URI and the PKCE challenge that it was asked with."""

    __tablename__ = "oauth_codes"

    redirect_uri: Mapped[str | None] = mapped_column(PlainText)
    """As the app sent it; null when it left the parameter out."""
    code_challenge: Mapped[str | None] = mapped_column(PlainText)


class OAuthAccessToken(Credential, Base):
    """A bearer token for the API; its scope may be narrower than the grant's."""

    __tablename__ = "oauth_access_tokens"

    scope: Mapped[str] = mapped_column(PlainText)


class OAuthRefreshToken(SpentOnce, Credential, Base):
    """A token that buys the next pair of tokens, with the grant's whole scope."""

    __tablename__ = "oauth_refresh_tokens"

    parent_hash: Mapped[str | None] = mapped_column(PlainText, index=True)
    """The refresh token that it was bought with; null for the first of a family."""


class OAuthDeviceCode(Base):
    """A device without a browser asks for access, and polls until a user has typed its short code elsewhere
    (RFC 8628)."""

    __tablename__ = "oauth_device_codes"

    hash: Mapped[str] = mapped_column(PlainText, primary_key=True)
    user_code_hash: Mapped[str] = mapped_column(PlainText, unique=True)
    client_id: Mapped[str] = mapped_column(PlainText, ForeignKey("oauth_clients.client_id"))
    scope: Mapped[str] = mapped_column(PlainText)
    resource: Mapped[str | None] = mapped_column(PlainText)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    interval: Mapped[int] = mapped_column(default=5)
    """Seconds that the device has to wait between two polls; it grows when the device hurries."""
    polled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    firm_id: Mapped[int | None]
    user_id: Mapped[str | None] = mapped_column(Guid)
    """Who decided, with the firm; null while nobody has."""
    is_approved: Mapped[bool | None]
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
