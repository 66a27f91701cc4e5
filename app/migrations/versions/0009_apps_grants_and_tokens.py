"""Apps grants and tokens"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "initial_access_tokens",
        sa.Column("hash", types.PlainText(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.Column("used_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_initial_access_tokens_firm_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_initial_access_tokens")),
    )
    with op.batch_alter_table("initial_access_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initial_access_tokens_firm_id"), ["firm_id"], unique=False)

    op.create_table(
        "oauth_clients",
        sa.Column("client_id", types.PlainText(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("developer_id", types.Guid(length=36), nullable=True),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("homepage", types.PlainText(), nullable=True),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_uri", types.PlainText(), nullable=True),
        sa.Column("secret_hash", types.PlainText(), nullable=True),
        sa.Column("previous_secret_hash", types.PlainText(), nullable=True),
        sa.Column("previous_secret_until", types.UtcDateTime(), nullable=True),
        sa.Column("registration_token_hash", types.PlainText(), nullable=True),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("auth_method", types.PlainText(), nullable=True),
        sa.Column("redirect_uris", sa.JSON(), nullable=False),
        sa.Column("grant_types", sa.JSON(), nullable=False),
        sa.Column("scope", types.PlainText(), nullable=False),
        sa.Column("requires_pkce", sa.Boolean(), nullable=False),
        sa.Column("acts_as_id", types.Guid(length=36), nullable=True),
        sa.Column("requests_per_minute", sa.Integer(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_oauth_clients_firm_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_oauth_clients")),
    )
    with op.batch_alter_table("oauth_clients", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_oauth_clients_firm_id"), ["firm_id"], unique=False)

    op.create_table(
        "access_requests",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("client_id", types.PlainText(), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.Column("reason", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", types.Guid(length=36), nullable=True),
        sa.Column("is_approved", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["oauth_clients.client_id"], name=op.f("fk_access_requests_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_access_requests_firm_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "client_id", name=op.f("pk_access_requests")),
    )
    with op.batch_alter_table("access_requests", schema=None) as batch_op:
        batch_op.create_index("ix_access_requests_client_id", ["client_id"], unique=False)

    op.create_table(
        "oauth_device_codes",
        sa.Column("hash", types.PlainText(), nullable=False),
        sa.Column("user_code_hash", types.PlainText(), nullable=False),
        sa.Column("client_id", types.PlainText(), nullable=False),
        sa.Column("scope", types.PlainText(), nullable=False),
        sa.Column("resource", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("polled_at", types.UtcDateTime(), nullable=True),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("user_id", types.Guid(length=36), nullable=True),
        sa.Column("is_approved", sa.Boolean(), nullable=True),
        sa.Column("used_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["oauth_clients.client_id"], name=op.f("fk_oauth_device_codes_client_id")
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_oauth_device_codes")),
        sa.UniqueConstraint("user_code_hash", name=op.f("uq_oauth_device_codes_user_code_hash")),
    )
    with op.batch_alter_table("oauth_device_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_oauth_device_codes_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "oauth_grants",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.Column("client_id", types.PlainText(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", types.PlainText(), nullable=True),
        sa.Column("scope", types.PlainText(), nullable=False),
        sa.Column("resource", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("last_used_at", types.UtcDateTime(), nullable=True),
        sa.Column("revoked_at", types.UtcDateTime(), nullable=True),
        sa.Column("revoked_for", types.PlainText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["oauth_clients.client_id"], name=op.f("fk_oauth_grants_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_oauth_grants_firm_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_oauth_grants")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("oauth_grants", schema=None) as batch_op:
        batch_op.create_index("ix_oauth_grants_client", ["client_id"], unique=False)
        batch_op.create_index("ix_oauth_grants_user", ["firm_id", "user_id", "client_id"], unique=False)

    op.create_table(
        "oauth_access_tokens",
        sa.Column("scope", types.PlainText(), nullable=False),
        sa.Column("hash", types.PlainText(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "grant_id"],
            ["oauth_grants.firm_id", "oauth_grants.id"],
            name=op.f("fk_oauth_access_tokens_firm_id_grant_id"),
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_oauth_access_tokens")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("oauth_access_tokens", schema=None) as batch_op:
        batch_op.create_index("ix_oauth_access_tokens_expires_at", ["expires_at"], unique=False)
        batch_op.create_index("ix_oauth_access_tokens_grant", ["firm_id", "grant_id"], unique=False)

    op.create_table(
        "oauth_codes",
        sa.Column("redirect_uri", types.PlainText(), nullable=True),
        sa.Column("code_challenge", types.PlainText(), nullable=True),
        sa.Column("used_at", types.UtcDateTime(), nullable=True),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("hash", types.PlainText(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "grant_id"],
            ["oauth_grants.firm_id", "oauth_grants.id"],
            name=op.f("fk_oauth_codes_firm_id_grant_id"),
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_oauth_codes")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("oauth_codes", schema=None) as batch_op:
        batch_op.create_index("ix_oauth_codes_expires_at", ["expires_at"], unique=False)
        batch_op.create_index("ix_oauth_codes_grant", ["firm_id", "grant_id"], unique=False)

    op.create_table(
        "oauth_refresh_tokens",
        sa.Column("parent_hash", types.PlainText(), nullable=True),
        sa.Column("used_at", types.UtcDateTime(), nullable=True),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("hash", types.PlainText(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "grant_id"],
            ["oauth_grants.firm_id", "oauth_grants.id"],
            name=op.f("fk_oauth_refresh_tokens_firm_id_grant_id"),
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_oauth_refresh_tokens")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("oauth_refresh_tokens", schema=None) as batch_op:
        batch_op.create_index("ix_oauth_refresh_tokens_expires_at", ["expires_at"], unique=False)
        batch_op.create_index("ix_oauth_refresh_tokens_grant", ["firm_id", "grant_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_oauth_refresh_tokens_parent_hash"), ["parent_hash"], unique=False
        )
