"""Numbers, opt-outs and messages on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_numbers",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("door", sa.String(length=200), nullable=False),
        sa.Column("address_hash", sa.String(length=200), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("conversation_id", sa.String(length=200), nullable=True),
        sa.Column("state_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("written", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_channel_numbers_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_numbers")),
        sa.UniqueConstraint("door", "address_hash", name=op.f("uq_channel_numbers_door_address_hash")),
    )
    op.create_index(op.f("ix_channel_numbers_conversation_id"), "channel_numbers", ["conversation_id"], unique=False)
    op.create_table(
        "channel_inbound",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("shown", sa.String(length=200), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('pending', 'done', 'failed')", name=op.f("ck_channel_inbound_state")),
        sa.ForeignKeyConstraint(
            ["number_id"], ["channel_numbers.id"], name=op.f("fk_channel_inbound_number_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_inbound")),
    )
    op.create_index("ix_channel_inbound_number_id_state", "channel_inbound", ["number_id", "state"], unique=False)
    op.create_index("ix_channel_inbound_state_id", "channel_inbound", ["state", "id"], unique=False)
    op.create_table(
        "channel_brought",
        sa.Column("door", sa.String(length=200), nullable=False),
        sa.Column("id_hash", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("door", "id_hash", name=op.f("pk_channel_brought")),
    )
    op.create_index(op.f("ix_channel_brought_at"), "channel_brought", ["at"], unique=False)
    op.create_table(
        "channel_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("number_id", sa.String(length=200), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("body_hash", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("provider_hash", sa.String(length=200), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'unsure', 'sent', 'delivered', 'failed', 'withdrawn')",
            name=op.f("ck_channel_out_state"),
        ),
        sa.CheckConstraint("purpose IN ('reply', 'opt_out')", name=op.f("ck_channel_out_purpose")),
        sa.ForeignKeyConstraint(
            ["number_id"], ["channel_numbers.id"], name=op.f("fk_channel_out_number_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_out")),
        sa.UniqueConstraint("cause", "part", name=op.f("uq_channel_out_cause_part")),
        sa.UniqueConstraint("reference", name=op.f("uq_channel_out_reference")),
    )
    op.create_index("ix_channel_out_state_next_try", "channel_out", ["state", "next_try"], unique=False)
    op.create_index("ix_channel_out_number_id_created", "channel_out", ["number_id", "created"], unique=False)
    op.create_index(op.f("ix_channel_out_provider_hash"), "channel_out", ["provider_hash"], unique=False)
    op.create_table(
        "channel_suppressions",
        sa.Column("channel", sa.String(length=200), nullable=False),
        sa.Column("address_hash", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address_hash", name=op.f("pk_channel_suppressions")),
    )
    op.execute("INSERT INTO service_leases (job) VALUES ('missed_texts')")
