"""The first tables, and the triggers that keep the audit and the answers as they were written.

On both databases a change to an audit line, or its end, is refused, as is a change to what an answer says.
Answers may be deleted (a family may ask for that); the audit may not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_subject_seq", "audit", ["subject", "seq"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("seal", sa.String(length=200), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.String(length=200), nullable=False),
        sa.Column("questionnaire_version", sa.String(length=200), nullable=False),
        sa.Column("stage", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("state_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_message_id", sa.String(length=200), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("reference", name=op.f("uq_drafts_reference")),
    )
    op.create_index("ix_drafts_created_id", "drafts", ["created", "id"], unique=False)
    op.create_index("ix_drafts_status_created_id", "drafts", ["status", "created", "id"], unique=False)
    op.create_table(
        "resume_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resume_attempts")),
    )
    op.create_index(op.f("ix_resume_attempts_at"), "resume_attempts", ["at"], unique=False)
    op.create_index("ix_resume_attempts_kind_hash_at", "resume_attempts", ["kind", "hash", "at"], unique=False)
    op.create_table(
        "staff_sessions",
        sa.Column("id_hash", sa.String(length=200), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("csrf", sa.String(length=200), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_staff_sessions")),
    )
    op.create_index(op.f("ix_staff_sessions_expires"), "staff_sessions", ["expires"], unique=False)
    op.create_table(
        "allocations",
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers_hash", sa.String(length=200), nullable=False),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("questionnaire", sa.String(length=200), nullable=False),
        sa.Column("tables", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_allocations_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft_id", "seq", name=op.f("pk_allocations")),
    )
    op.create_table(
        "answers",
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=200), nullable=False),
        sa.Column("questionnaire_id", sa.String(length=200), nullable=False),
        sa.Column("questionnaire_version", sa.String(length=200), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("hard_level", sa.Integer(), nullable=True),
        sa.Column("hard_days", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_answers_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft_id", "seq", name=op.f("pk_answers")),
    )
    op.create_index("ix_answers_draft_id_question_id_seq", "answers", ["draft_id", "question_id", "seq"], unique=False)
    op.create_table(
        "applied_messages",
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_applied_messages_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "message_id", name=op.f("pk_applied_messages")),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.Column("shown_step", sa.String(length=200), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_conversations_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_conversations_token_hash")),
    )
    op.create_index(op.f("ix_conversations_draft_id"), "conversations", ["draft_id"], unique=False)
    op.create_table(
        "turn_leases",
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_turn_leases_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_turn_leases")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("conversation_id", sa.String(length=200), nullable=False),
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_hash", sa.String(length=200), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_messages_direction")),
        sa.CheckConstraint("state IN ('pending', 'applied', 'kept')", name=op.f("ck_messages_state")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_messages_conversation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_messages_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("conversation_id", "key_hash", name=op.f("uq_messages_conversation_id_key_hash")),
        sa.UniqueConstraint("draft_id", "seq", name=op.f("uq_messages_draft_id_seq")),
    )
    op.create_index("ix_messages_draft_id_state_seq", "messages", ["draft_id", "state", "seq"], unique=False)
    op.create_table(
        "replies",
        sa.Column("conversation_id", sa.String(length=200), nullable=False),
        sa.Column("key_hash", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.String(length=200), nullable=False),
        sa.Column("response_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_replies_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "key_hash", name=op.f("pk_replies")),
    )
    op.create_index(op.f("ix_replies_expires"), "replies", ["expires"], unique=False)
    op.create_table(
        "safety_events",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=200), nullable=False),
        sa.Column("rule_id", sa.String(length=200), nullable=False),
        sa.Column("text_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alert", sa.String(length=200), nullable=False),
        sa.Column("picked_up_by", sa.String(length=200), nullable=True),
        sa.Column("picked_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_safety_events_draft_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_safety_events_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_events")),
        sa.UniqueConstraint("message_id", "rule_id", name=op.f("uq_safety_events_message_id_rule_id")),
    )
    op.create_index("ix_safety_events_alert_at", "safety_events", ["alert", "at"], unique=False)
    op.create_index("ix_safety_events_draft_id_level", "safety_events", ["draft_id", "level"], unique=False)
    op.execute(
        sa.text("INSERT INTO audit_head (id, seq, hash, seal) VALUES (1, 0, :start, '')").bindparams(start="0" * 64)
    )
    for statement in _SQLITE_TRIGGERS if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL_TRIGGERS:
        op.execute(statement)


_ANSWER_COLUMNS = (
    "draft_id, seq, question_id, questionnaire_id, questionnaire_version, level, hard_level, hard_days, "
    "status, by, message_id, at"
)

_SQLITE_TRIGGERS = (
    """CREATE TRIGGER audit_keep_update BEFORE UPDATE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_keep_delete BEFORE DELETE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_head_keep_delete BEFORE DELETE ON audit_head
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    f"""CREATE TRIGGER answers_keep_update BEFORE UPDATE OF {_ANSWER_COLUMNS} ON answers
        BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END""",
)

_POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$""",
    """CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
       FOR EACH STATEMENT EXECUTE FUNCTION append_only()""",
    """CREATE TRIGGER audit_head_keep BEFORE DELETE OR TRUNCATE ON audit_head
       FOR EACH STATEMENT EXECUTE FUNCTION append_only()""",
    f"""CREATE TRIGGER answers_keep BEFORE UPDATE OF {_ANSWER_COLUMNS} ON answers
        FOR EACH STATEMENT EXECUTE FUNCTION append_only()""",
)
