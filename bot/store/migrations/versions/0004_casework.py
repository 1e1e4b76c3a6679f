"""The case, comments, professionals' own answers and moderation."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("lead", sa.String(length=200), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_cases_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_team"), "cases", ["team"])
    op.create_index(op.f("ix_cases_lead"), "cases", ["lead"])
    _comments()
    _returns()
    _moderation()


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=True),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("asks", sa.String(length=200), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_by", sa.String(length=200), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.String(length=200), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_comments_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("draft_id", "seq", name=op.f("uq_comments_draft_id_seq")),
        sa.UniqueConstraint("draft_id", "request_key", name=op.f("uq_comments_draft_id_request_key")),
    )


def _returns() -> None:
    """Questions as the family read them, and what came of them, are only ever added to."""
    op.create_table(
        "plan_returns",
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_plan_returns_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft_id", "seq", name=op.f("pk_plan_returns")),
        sa.UniqueConstraint("draft_id", "request_key", name=op.f("uq_plan_returns_draft_id_request_key")),
    )
    op.create_table(
        "returned_questions",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("return_seq", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.String(length=200), nullable=True),
        sa.Column("section", sa.String(length=200), nullable=False),
        sa.Column("wants_change", sa.Boolean(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_returned_questions_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_questions")),
    )
    op.create_index(op.f("ix_returned_questions_draft_id"), "returned_questions", ["draft_id"])
    op.create_table(
        "return_events",
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("return_seq", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_return_events_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "seq", name=op.f("pk_return_events")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in ("plan_returns", "returned_questions", "return_events"):
        for statement in _only_added_sqlite(table) if sqlite else _only_added_postgresql(table):
            op.execute(statement)


def _moderation() -> None:
    """Professionals' own answers, agreed levels and the amount from them, routes, and the register."""

    def of_a_draft(table: str, *columns: sa.Column[object]) -> None:
        op.create_table(
            table,
            sa.Column("draft_id", sa.String(length=200), nullable=False),
            sa.Column("seq", sa.Integer(), nullable=False),
            *columns,
            sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f(f"fk_{table}_draft_id"), ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("draft_id", "seq", name=op.f(f"pk_{table}")),
        )

    of_a_draft(
        "professional_answers",
        sa.Column("question_id", sa.String(length=200), nullable=False),
        sa.Column("questionnaire", sa.String(length=200), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("hard_level", sa.Integer(), nullable=True),
        sa.Column("hard_days", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("rests_on_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    of_a_draft(
        "agreed_levels",
        sa.Column("question_id", sa.String(length=200), nullable=False),
        sa.Column("questionnaire", sa.String(length=200), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    of_a_draft(
        "moderated_allocations",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("answers_hash", sa.String(length=200), nullable=False),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=True),
        sa.Column("family_amount_pence", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("questionnaire", sa.String(length=200), nullable=False),
        sa.Column("tables", sa.Text(), nullable=False),
    )
    of_a_draft(
        "budget_routes",
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("policy", sa.String(length=200), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "register_entries",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("draft_id", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("replaces", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_register_entries_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entries")),
        sa.UniqueConstraint("replaces", name=op.f("uq_register_entries_replaces")),
    )
    op.create_index(op.f("ix_register_entries_draft_id"), "register_entries", ["draft_id"])
    op.create_index(op.f("ix_register_entries_at"), "register_entries", ["at"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in (
        "professional_answers",
        "agreed_levels",
        "moderated_allocations",
        "budget_routes",
        "register_entries",
    ):
        for statement in _only_added_sqlite(table) if sqlite else _only_added_postgresql(table):
            op.execute(statement)


def _only_added_sqlite(table: str) -> tuple[str, ...]:
    """Rows are added, and go with their draft alone; a line of the register that is about no draft stays."""
    general = "OLD.draft_id IS NULL OR " if table == "register_entries" else ""
    return (
        f"""CREATE TRIGGER {table}_keep_update BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
        f"""CREATE TRIGGER {table}_keep_delete BEFORE DELETE ON {table}
            WHEN {general}EXISTS (SELECT 1 FROM drafts WHERE drafts.id = OLD.draft_id)
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",  # noqa: S608 - the names are our own
    )


def _only_added_postgresql(table: str) -> tuple[str, ...]:
    statements = [
        f"""CREATE TRIGGER {table}_keep BEFORE UPDATE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION append_only()""",
        f"""CREATE TRIGGER {table}_keep_delete BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION goes_with_its_draft()""",
    ]
    if table == "register_entries":
        statements.append(
            """CREATE TRIGGER register_entries_keep_general BEFORE DELETE ON register_entries
               FOR EACH ROW WHEN (OLD.draft_id IS NULL) EXECUTE FUNCTION append_only()"""
        )
    return tuple(statements)
