"""Decisions: proposals, what was decided about each line, signatures, letters, the family's answer, contingency.

On both databases a row is never changed, and is deleted only together with its whole draft.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_CODE = sa.String(length=200)
_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("draft_id", _CODE, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("outcome", _CODE, nullable=False),
        sa.Column("final_pence", sa.BigInteger(), nullable=True),
        sa.Column("guide_pence", sa.BigInteger(), nullable=True),
        sa.Column("contingency_pence", sa.BigInteger(), nullable=False),
        sa.Column("route", _CODE, nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("bound", _CODE, nullable=False),
        sa.Column("policy", _CODE, nullable=False),
        sa.Column("proposed_by", _CODE, nullable=False),
        sa.Column("proposed_role", _CODE, nullable=False),
        sa.Column("amount_by", _CODE, nullable=False),
        sa.Column("panel", sa.Text(), nullable=False),
        sa.Column("look_again", sa.Integer(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("outcome IN ('agree', 'agree_in_part', 'refuse_for_now')", name="ck_decisions_outcome"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_decisions_draft_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft_id", "seq", name="pk_decisions"),
    )
    op.create_table(
        "decision_lines",
        sa.Column("draft_id", _CODE, nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("verdict", _CODE, nullable=False),
        sa.Column("asked_pence", sa.BigInteger(), nullable=True),
        sa.Column("agreed_pence", sa.BigInteger(), nullable=False),
        sa.Column("one_off", sa.Boolean(), nullable=False),
        sa.Column("stream", _CODE, nullable=False),
        sa.Column("legal_basis", _CODE, nullable=False),
        sa.Column("managed_by", _CODE, nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("verdict IN ('agreed', 'changed', 'not_now')", name="ck_decision_lines_verdict"),
        _of_decision("decision_lines"),
        sa.PrimaryKeyConstraint("draft_id", "decision", "line_id", name="pk_decision_lines"),
    )
    op.create_table(
        "decision_steps",
        sa.Column("draft_id", _CODE, nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("user", _CODE, nullable=False),
        sa.Column("role", _CODE, nullable=False),
        sa.Column("step", _CODE, nullable=False),
        sa.Column("bound", _CODE, nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "step IN ('voted_for', 'voted_against', 'signed', 'sent_back', 'withdrawn')", name="ck_decision_steps_step"
        ),
        _of_decision("decision_steps"),
        sa.PrimaryKeyConstraint("draft_id", "decision", "number", name="pk_decision_steps"),
    )
    op.create_table(
        "decision_letters",
        sa.Column("draft_id", _CODE, nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("reader", _CODE, nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("question_by", sa.Date(), nullable=False),
        sa.Column("fingerprint", _CODE, nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        _of_decision("decision_letters"),
        sa.PrimaryKeyConstraint("draft_id", "decision", "reader", name="pk_decision_letters"),
    )
    op.create_table(
        "family_answers",
        sa.Column("draft_id", _CODE, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("member", _CODE, nullable=False),
        sa.Column("role", _CODE, nullable=False),
        sa.Column("bound", _CODE, nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('read', 'agreed', 'look_again')", name="ck_family_answers_kind"),
        _of_decision("family_answers"),
        sa.PrimaryKeyConstraint("draft_id", "seq", name="pk_family_answers"),
    )
    op.create_table(
        "contingency_requests",
        sa.Column("draft_id", _CODE, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("by", _CODE, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("cause", _CODE, nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("pence > 0", name="ck_contingency_requests_pence"),
        _of_decision("contingency_requests"),
        sa.PrimaryKeyConstraint("draft_id", "seq", name="pk_contingency_requests"),
    )
    op.create_table(
        "contingency_answers",
        sa.Column("draft_id", _CODE, nullable=False),
        sa.Column("request", sa.Integer(), nullable=False),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("by", _CODE, nullable=False),
        sa.Column("role", _CODE, nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("left_pence", sa.BigInteger(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("left_pence >= 0", name="ck_contingency_answers_left_pence"),
        sa.ForeignKeyConstraint(
            ["draft_id", "request"],
            ["contingency_requests.draft_id", "contingency_requests.seq"],
            name="fk_contingency_answers_draft_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft_id", "request", name="pk_contingency_answers"),
    )
    triggers = _sqlite_triggers if op.get_bind().dialect.name == "sqlite" else _postgresql_triggers
    for table in _KEPT:
        for statement in triggers(table):
            op.execute(statement)


def _of_decision(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["draft_id", "decision"],
        ["decisions.draft_id", "decisions.seq"],
        name=f"fk_{table}_draft_id",
        ondelete="CASCADE",
    )


_KEPT = (
    "decisions",
    "decision_lines",
    "decision_steps",
    "decision_letters",
    "family_answers",
    "contingency_requests",
    "contingency_answers",
)


def _sqlite_triggers(table: str) -> tuple[str, ...]:
    return (
        f"""CREATE TRIGGER {table}_keep_update BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",
        f"""CREATE TRIGGER {table}_keep_delete BEFORE DELETE ON {table}
            WHEN EXISTS (SELECT 1 FROM drafts WHERE drafts.id = OLD.draft_id)
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""",  # noqa: S608 - our own table names
    )


def _postgresql_triggers(table: str) -> tuple[str, ...]:
    return (
        f"""CREATE TRIGGER {table}_keep BEFORE UPDATE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION append_only()""",
        f"""CREATE TRIGGER {table}_keep_delete BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION goes_with_its_draft()""",
    )
