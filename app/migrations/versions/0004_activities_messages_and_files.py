"""Activities messages and files"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activities",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("type", sa.String(length=5), nullable=False),
        sa.Column("subject", types.PlainText(), nullable=False),
        sa.Column("description", types.PlainText(), nullable=True),
        sa.Column("account_id", types.Guid(length=36), nullable=True),
        sa.Column("matter_id", types.Guid(length=36), nullable=True),
        sa.Column("contact_id", types.Guid(length=36), nullable=True),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("date", types.UtcDateTime(), nullable=True),
        sa.Column("location", types.PlainText(), nullable=True),
        sa.Column("is_all_day", sa.Boolean(), nullable=False),
        sa.Column("starts_at", types.UtcDateTime(), nullable=True),
        sa.Column("ends_at", types.UtcDateTime(), nullable=True),
        sa.Column("event_color", types.PlainText(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=True),
        sa.Column("priority", sa.String(length=6), nullable=True),
        sa.Column("due_date", types.UtcDateTime(), nullable=True),
        sa.Column("completed_at", types.UtcDateTime(), nullable=True),
        sa.Column("completed_by_user_id", types.Guid(length=36), nullable=True),
        sa.Column("completed_by_contact_id", types.Guid(length=36), nullable=True),
        sa.Column("call_direction", sa.String(length=8), nullable=True),
        sa.Column("duration", types.ExactDecimal(precision=12, scale=4), nullable=True),
        sa.Column("body_html", types.PlainText(), nullable=True),
        sa.Column("from_line", types.PlainText(), nullable=True),
        sa.Column("to_line", types.PlainText(), nullable=True),
        sa.Column("cc_line", types.PlainText(), nullable=True),
        sa.Column("bcc_line", types.PlainText(), nullable=True),
        sa.Column("external_message_id", types.PlainText(), nullable=True),
        sa.Column("external_thread_id", types.PlainText(), nullable=True),
        sa.Column("is_hours_logged_manually", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_activities_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "completed_by_contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_activities_firm_id_completed_by_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "completed_by_user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_activities_firm_id_completed_by_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_activities_firm_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_activities_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_activities_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_activities")),
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index(
            "ix_activities_account",
            ["firm_id", "account_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_activities_due_date",
            ["firm_id", "due_date"],
            unique=False,
            sqlite_where=sa.text("type = 'Task' AND deleted_at IS NULL"),
            postgresql_where=sa.text("type = 'Task' AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_activities_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_activities_matter",
            ["firm_id", "matter_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_activities_starts_at",
            ["firm_id", "starts_at"],
            unique=False,
            sqlite_where=sa.text("type = 'Event' AND deleted_at IS NULL"),
            postgresql_where=sa.text("type = 'Event' AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_activities_type",
            ["firm_id", "type", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_activities_updated_at",
            ["firm_id", "updated_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "messages",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("type", sa.String(length=6), nullable=False),
        sa.Column("sender_id", types.Guid(length=36), nullable=True),
        sa.Column("contact_id", types.Guid(length=36), nullable=True),
        sa.Column("account_id", types.Guid(length=36), nullable=True),
        sa.Column("matter_id", types.Guid(length=36), nullable=True),
        sa.Column("subject", types.PlainText(), nullable=True),
        sa.Column("body", types.PlainText(), nullable=True),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.Column("sent_by_contact", sa.Boolean(), nullable=False),
        sa.Column("conversation_id", types.Guid(length=36), nullable=False),
        sa.Column("external_conversation_id", types.PlainText(), nullable=True),
        sa.Column("firm_text_phone_number", types.PlainText(), nullable=True),
        sa.Column("firm_location_name", types.PlainText(), nullable=True),
        sa.Column("user_name", types.PlainText(), nullable=True),
        sa.Column("user_email", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_messages_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_messages_firm_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_messages_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "sender_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_messages_firm_id_sender_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_messages_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_messages")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_messages_conversation",
            ["firm_id", "conversation_id", "sent_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_messages_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_messages_updated_at",
            ["firm_id", "updated_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "email_addresses",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("activity_id", types.Guid(length=36), nullable=False),
        sa.Column("role", sa.String(length=4), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", types.PlainText(), nullable=False),
        sa.Column("display_name", types.PlainText(), nullable=True),
        sa.Column("mailbox", types.PlainText(), nullable=False),
        sa.Column("host", types.PlainText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "activity_id"],
            ["activities.firm_id", "activities.id"],
            name=op.f("fk_email_addresses_firm_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_email_addresses_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_email_addresses")),
    )
    with op.batch_alter_table("email_addresses", schema=None) as batch_op:
        batch_op.create_index(
            "ix_email_addresses_activity",
            ["firm_id", "activity_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_email_addresses_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "files",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("file_name", types.PlainText(), nullable=False),
        sa.Column("description", types.PlainText(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content_type", types.PlainText(), nullable=False),
        sa.Column("storage_key", sa.String(length=80), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=True),
        sa.Column("matter_id", types.Guid(length=36), nullable=True),
        sa.Column("activity_id", types.Guid(length=36), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_files_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "activity_id"],
            ["activities.firm_id", "activities.id"],
            name=op.f("fk_files_firm_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_files_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_files_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_files")),
    )
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.create_index(
            "ix_files_account",
            ["firm_id", "account_id"],
            unique=False,
            sqlite_where=sa.text("account_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("account_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_files_activity",
            ["firm_id", "activity_id"],
            unique=False,
            sqlite_where=sa.text("activity_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("activity_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_files_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_files_matter",
            ["firm_id", "matter_id"],
            unique=False,
            sqlite_where=sa.text("matter_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("matter_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_files_updated_at",
            ["firm_id", "updated_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "reminders",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("activity_id", types.Guid(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("notification_type", sa.String(length=5), nullable=False),
        sa.Column("time_type", sa.String(length=6), nullable=False),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "activity_id"],
            ["activities.firm_id", "activities.id"],
            name=op.f("fk_reminders_firm_id_activity_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_reminders_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_reminders")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reminders_activity",
            ["firm_id", "activity_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_reminders_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
