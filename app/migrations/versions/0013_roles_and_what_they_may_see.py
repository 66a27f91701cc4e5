"""Roles and what they may see"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roles",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("rights", types.PlainText(), nullable=False),
        sa.Column("restrictions", types.PlainText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_roles_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_roles")),
    )
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.create_index(
            "ix_roles_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_roles_name",
            ["firm_id", "name"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "matter_exclusions",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_matter_exclusions_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_matter_exclusions_firm_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_matter_exclusions_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "matter_id", "user_id", name=op.f("pk_matter_exclusions")),
    )
    with op.batch_alter_table("matter_exclusions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_matter_exclusions_user_id", ["firm_id", "user_id", "matter_id"], unique=False
        )

    with op.batch_alter_table("firms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("not_enabled", types.PlainText(), nullable=True))

    with op.batch_alter_table("matters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("office_id", types.Guid(length=36), nullable=True))
        batch_op.add_column(sa.Column("program_id", types.Guid(length=36), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_matters_firm_id_program_id"),
            "lookup_values",
            ["firm_id", "program_id"],
            ["firm_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_matters_firm_id_office_id"),
            "lookup_values",
            ["firm_id", "office_id"],
            ["firm_id", "id"],
        )

    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("restrictions", types.PlainText(), nullable=True))
        batch_op.add_column(sa.Column("office_id", types.Guid(length=36), nullable=True))
        batch_op.add_column(sa.Column("program_id", types.Guid(length=36), nullable=True))
        batch_op.alter_column(
            "role", existing_type=sa.VARCHAR(length=20), type_=sa.String(length=40), existing_nullable=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_users_firm_id_program_id"),
            "lookup_values",
            ["firm_id", "program_id"],
            ["firm_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_users_firm_id_office_id"),
            "lookup_values",
            ["firm_id", "office_id"],
            ["firm_id", "id"],
        )
