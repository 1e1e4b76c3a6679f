"""Legal holds, receipts and notices. On both databases a receipt can be neither changed nor deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("event", sa.String(length=200), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("audience IN ('family', 'staff')", name=op.f("ck_notices_audience")),
        sa.CheckConstraint("route IN ('conversation', 'sms', 'email')", name=op.f("ck_notices_route")),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed', 'withdrawn')", name=op.f("ck_notices_state")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_notices_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "draft_id",
            "event",
            "audience",
            "recipient",
            "route",
            name=op.f("uq_notices_draft_id_event_audience_recipient_route"),
        ),
    )
    op.create_index("ix_notices_state_next_try", "notices", ["state", "next_try"], unique=False)
    op.create_index(op.f("ix_notices_created"), "notices", ["created"], unique=False)
    op.create_table(
        "news_addresses",
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.String(length=200), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("route IN ('sms', 'email')", name=op.f("ck_news_addresses_route")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_news_addresses_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "member_id", name=op.f("pk_news_addresses")),
    )
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("placed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by", sa.String(length=200), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("lifted", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(length=200), nullable=True),
        sa.Column("lifted_why_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_legal_holds_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index(op.f("ix_legal_holds_draft_id"), "legal_holds", ["draft_id"], unique=False)
    op.create_table(
        "deletion_receipts",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("record_class", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("reference_hash", sa.String(length=200), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion_receipts")),
    )
    for column in ("at", "subject", "reference_hash"):
        op.create_index(op.f(f"ix_deletion_receipts_{column}"), "deletion_receipts", [column], unique=False)
    op.execute("INSERT INTO service_leases (job) VALUES ('notices'), ('retention')")
    for statement in _SQLITE_TRIGGERS if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL_TRIGGERS:
        op.execute(statement)


_SQLITE_TRIGGERS = tuple(
    f"""CREATE TRIGGER deletion_receipts_keep_{event.lower()} BEFORE {event} ON deletion_receipts
        BEGIN SELECT RAISE(ABORT, 'deletion_receipts is append-only'); END"""
    for event in ("UPDATE", "DELETE")
)

_POSTGRESQL_TRIGGERS = (
    """CREATE TRIGGER deletion_receipts_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON deletion_receipts
       FOR EACH STATEMENT EXECUTE FUNCTION append_only()""",
)
