"""The apps that developers register, and what firms say about them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, new_id, now, refers
from app.models.types import Guid, PlainText, UtcDateTime


class OAuthClient(Base):
    """An app that a developer registered, by hand or by the registration endpoint (RFC 7591)."""

    __tablename__ = "oauth_clients"

    client_id: Mapped[str] = mapped_column(PlainText, primary_key=True)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firms.id"), index=True)
    """The developer's firm, which owns the registration; null where an app registered itself."""
    developer_id: Mapped[str | None] = mapped_column(Guid)
    """The user who registered it; null where the command line or the app itself did."""
    name: Mapped[str] = mapped_column(PlainText)
    homepage: Mapped[str | None] = mapped_column(PlainText)
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    """A small picture, as uploaded; its media type is read from its first bytes."""
    logo_uri: Mapped[str | None] = mapped_column(PlainText)
    """Where an app that registered itself says its logo is; it is kept and told, never loaded."""
    secret_hash: Mapped[str | None] = mapped_column(PlainText)
    previous_secret_hash: Mapped[str | None] = mapped_column(PlainText)
    """The secret before the last rotation; it still works until the moment below."""
    previous_secret_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    registration_token_hash: Mapped[str | None] = mapped_column(PlainText)
    """Of the token with which an app manages its own registration (RFC 7592)."""
    is_confidential: Mapped[bool] = mapped_column(default=True)
    auth_method: Mapped[str | None] = mapped_column(PlainText)
    """How an app that registered itself said it would send its secret. Every way is accepted of every app."""
    redirect_uris: Mapped[list[str]] = mapped_column(JSON)
    grant_types: Mapped[list[str]] = mapped_column(
        JSON, default=lambda: ["authorization_code", "refresh_token"]
    )
    scope: Mapped[str] = mapped_column(PlainText)
    requires_pkce: Mapped[bool] = mapped_column(default=True)
    acts_as_id: Mapped[str | None] = mapped_column(Guid)
    """For a service account (client credentials): the user of its own firm as whom it acts."""
    requests_per_minute: Mapped[int | None]
    """How often the app may call on behalf of one user; the setting's number when null."""
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class AccessRequest(Base):
    """A request that a firm let an app in, and what its administrator decided; one row a firm and app."""

    __tablename__ = "access_requests"

    firm_id: Mapped[int]
    client_id: Mapped[str] = mapped_column(PlainText, ForeignKey("oauth_clients.client_id"))
    user_id: Mapped[str] = mapped_column(Guid)
    """Who asked first."""
    reason: Mapped[str | None] = mapped_column(PlainText)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[str | None] = mapped_column(Guid)
    is_approved: Mapped[bool | None]
    """Null while nobody has decided."""

    __table_args__ = (
        PrimaryKeyConstraint("firm_id", "client_id"),
        refers("user_id", "users"),
        Index("ix_access_requests_client_id", "client_id"),
    )


class InitialAccessToken(Base):
    """What an operator hands to somebody who may register one app (RFC 7591 section 3)."""

    __tablename__ = "initial_access_tokens"

    hash: Mapped[str] = mapped_column(PlainText, primary_key=True)
    id: Mapped[str] = mapped_column(Guid, default=new_id)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firms.id"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
