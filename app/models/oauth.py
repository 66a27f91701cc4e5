"""Apps, what users let them do, and the codes and tokens that prove it.

Every code, token and secret is kept as a SHA-256 digest: a copy of the database opens nothing. A revocation
is one column of the grant, so all that was issued under it dies at once, in every process.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.models.base import Base, new_id, now, refers
from app.models.types import Guid, PlainText, UtcDateTime


class OAuthClient(Base):
    """An app that a developer registered; the users of any firm may approve it."""

    __tablename__ = "oauth_clients"

    client_id: Mapped[str] = mapped_column(PlainText, primary_key=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), index=True)
    """The developer's firm, which owns the registration."""
    name: Mapped[str] = mapped_column(PlainText)
    secret_hash: Mapped[str | None] = mapped_column(PlainText)
    is_confidential: Mapped[bool] = mapped_column(default=True)
    redirect_uris: Mapped[list[str]] = mapped_column(JSON)
    scope: Mapped[str] = mapped_column(PlainText)
    requires_pkce: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)


class OAuthGrant(Base):
    """One authorization by a user, and the family of tokens that descends from it."""

    __tablename__ = "oauth_grants"

    firm_id: Mapped[int]
    id: Mapped[str] = mapped_column(Guid, default=new_id)
    user_id: Mapped[str] = mapped_column(Guid)
    client_id: Mapped[str] = mapped_column(PlainText, ForeignKey("oauth_clients.client_id"))
    scope: Mapped[str] = mapped_column(PlainText)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_for: Mapped[str | None] = mapped_column(PlainText)
    """The digest whose replay revoked the grant; null when a person did."""

    __table_args__ = (
        PrimaryKeyConstraint("firm_id", "id"),
        refers("user_id", "users"),
        Index("ix_oauth_grants_user", "firm_id", "user_id", "client_id"),
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
