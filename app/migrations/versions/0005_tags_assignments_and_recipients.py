"""Tags assignments and recipients"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("tag_for", sa.String(length=10), nullable=False),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_tags_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_tags")),
    )
    with op.batch_alter_table("tags", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tags_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index("uq_tags_name", ["firm_id", "tag_for", "name"], unique=True)

    op.create_table(
        "account_assignees",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_account_assignees_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_account_assignees_firm_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_account_assignees_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "account_id", "user_id", name=op.f("pk_account_assignees")),
    )
    with op.batch_alter_table("account_assignees", schema=None) as batch_op:
        batch_op.create_index(
            "ix_account_assignees_user_id", ["firm_id", "user_id", "account_id"], unique=False
        )

    op.create_table(
        "account_followers",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_account_followers_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_account_followers_firm_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_account_followers_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "account_id", "user_id", name=op.f("pk_account_followers")),
    )
    with op.batch_alter_table("account_followers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_account_followers_user_id", ["firm_id", "user_id", "account_id"], unique=False
        )

    op.create_table(
        "account_tags",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("tag_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_account_tags_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "tag_id"], ["tags.firm_id", "tags.id"], name=op.f("fk_account_tags_firm_id_tag_id")
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_account_tags_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "account_id", "tag_id", name=op.f("pk_account_tags")),
    )
    with op.batch_alter_table("account_tags", schema=None) as batch_op:
        batch_op.create_index("ix_account_tags_tag_id", ["firm_id", "tag_id", "account_id"], unique=False)

    op.create_table(
        "account_recipients",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("contact_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_account_recipients_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_account_recipients_firm_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_account_recipients_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "account_id", "contact_id", name=op.f("pk_account_recipients")),
    )
    with op.batch_alter_table("account_recipients", schema=None) as batch_op:
        batch_op.create_index(
            "ix_account_recipients_contact_id", ["firm_id", "contact_id", "account_id"], unique=False
        )

    op.create_table(
        "matter_assignees",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_matter_assignees_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_matter_assignees_firm_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_matter_assignees_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "matter_id", "user_id", name=op.f("pk_matter_assignees")),
    )
    with op.batch_alter_table("matter_assignees", schema=None) as batch_op:
        batch_op.create_index(
            "ix_matter_assignees_user_id", ["firm_id", "user_id", "matter_id"], unique=False
        )

    op.create_table(
        "matter_followers",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_matter_followers_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_matter_followers_firm_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_matter_followers_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "matter_id", "user_id", name=op.f("pk_matter_followers")),
    )
    with op.batch_alter_table("matter_followers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_matter_followers_user_id", ["firm_id", "user_id", "matter_id"], unique=False
        )

    op.create_table(
        "matter_recipients",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("contact_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_matter_recipients_firm_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_matter_recipients_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_matter_recipients_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "matter_id", "contact_id", name=op.f("pk_matter_recipients")),
    )
    with op.batch_alter_table("matter_recipients", schema=None) as batch_op:
        batch_op.create_index(
            "ix_matter_recipients_contact_id", ["firm_id", "contact_id", "matter_id"], unique=False
        )

    op.create_table(
        "matter_tags",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("tag_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_matter_tags_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "tag_id"], ["tags.firm_id", "tags.id"], name=op.f("fk_matter_tags_firm_id_tag_id")
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_matter_tags_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "matter_id", "tag_id", name=op.f("pk_matter_tags")),
    )
    with op.batch_alter_table("matter_tags", schema=None) as batch_op:
        batch_op.create_index("ix_matter_tags_tag_id", ["firm_id", "tag_id", "matter_id"], unique=False)

    op.create_table(
        "activity_assignees",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "activity_id"],
            ["activities.firm_id", "activities.id"],
            name=op.f("fk_activity_assignees_firm_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_activity_assignees_firm_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_activity_assignees_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "activity_id", "user_id", name=op.f("pk_activity_assignees")),
    )
    with op.batch_alter_table("activity_assignees", schema=None) as batch_op:
        batch_op.create_index(
            "ix_activity_assignees_user_id", ["firm_id", "user_id", "activity_id"], unique=False
        )

    op.create_table(
        "activity_contacts",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", types.Guid(length=36), nullable=False),
        sa.Column("contact_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "activity_id"],
            ["activities.firm_id", "activities.id"],
            name=op.f("fk_activity_contacts_firm_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_activity_contacts_firm_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_activity_contacts_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "activity_id", "contact_id", name=op.f("pk_activity_contacts")),
    )
    with op.batch_alter_table("activity_contacts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_activity_contacts_contact_id", ["firm_id", "contact_id", "activity_id"], unique=False
        )

    op.create_table(
        "activity_tags",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", types.Guid(length=36), nullable=False),
        sa.Column("tag_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "activity_id"],
            ["activities.firm_id", "activities.id"],
            name=op.f("fk_activity_tags_firm_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "tag_id"], ["tags.firm_id", "tags.id"], name=op.f("fk_activity_tags_firm_id_tag_id")
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_activity_tags_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "activity_id", "tag_id", name=op.f("pk_activity_tags")),
    )
    with op.batch_alter_table("activity_tags", schema=None) as batch_op:
        batch_op.create_index("ix_activity_tags_tag_id", ["firm_id", "tag_id", "activity_id"], unique=False)
