"""Alerts on their way to people: the outbox, how urgent each is, what the person who takes one writes; whether a family
may be contacted, and who asked for a call; one process at a time for a job."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("drafts", sa.Column("safe_contact", sa.String(length=200), server_default="unknown", nullable=False))
    op.add_column("drafts", sa.Column("safe_contact_at", sa.DateTime(timezone=True), nullable=True))
    # An alert that already waits counts as urgent: nobody knows any more whether it is.
    op.add_column(
        "safety_events", sa.Column("urgency", sa.String(length=200), server_default="immediate", nullable=False)
    )
    op.add_column("safety_events", sa.Column("note_sealed", sa.LargeBinary(), nullable=True))
    op.create_table(
        "alert_outbox",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed', 'withdrawn')", name=op.f("ck_alert_outbox_state")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["safety_events.id"], name=op.f("fk_alert_outbox_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_outbox")),
        sa.UniqueConstraint("event_id", "route", "number", name=op.f("uq_alert_outbox_event_id_route_number")),
    )
    op.create_index("ix_alert_outbox_state_next_try", "alert_outbox", ["state", "next_try"], unique=False)
    op.create_index(op.f("ix_alert_outbox_created"), "alert_outbox", ["created"], unique=False)
    op.create_table(
        "call_back_requests",
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_call_back_requests_draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_call_back_requests_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_call_back_requests")),
    )
    op.create_index(op.f("ix_call_back_requests_draft_id"), "call_back_requests", ["draft_id"], unique=False)
    op.create_table(
        "service_leases",
        sa.Column("job", sa.String(length=200), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_service_leases")),
    )
    op.execute("INSERT INTO service_leases (job) VALUES ('alerts')")
