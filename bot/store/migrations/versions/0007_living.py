"""Payments, spending and reviews. On both databases a row can only be added; it goes together with its whole draft."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CODE = sa.String(length=200)
_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    _table(
        "plan_years",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("rules", _CODE, nullable=False),
        *_who(),
    )
    _table(
        "line_checks",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("check", _CODE, nullable=False),
        sa.Column("tick", _CODE, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        *_who(),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("tick IN ('seen', 'left_out', 'taken_back')", name="ck_line_checks_tick"),
    )
    _table(
        "line_starts",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        *_who(),
        key=("draft_id", "year", "line"),
    )
    _table(
        "payment_schedules",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("rhythm", _CODE, nullable=False),
        sa.Column("change_from", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("cause", _CODE, nullable=False),
        *_who(),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
    )
    _table(
        "payments",
        sa.Column("schedule", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("managed_by", _CODE, nullable=False),
        sa.Column("stream", _CODE, nullable=False),
        sa.Column("pay_on", sa.Date(), nullable=False),
        sa.Column("covers_from", sa.Date(), nullable=False),
        sa.Column("covers_to", sa.Date(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("agreed_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("pence > 0", name="ck_payments_pence"),
        key=("draft_id", "schedule", "number"),
        of=("payment_schedules", ("draft_id", "schedule"), ("draft_id", "seq")),
    )
    op.create_index("ix_payments_pay_on", "payments", ["pay_on"])
    _table(
        "payments_made",
        sa.Column("schedule", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        *_who(),
        key=("draft_id", "schedule", "number"),
        of=("payments", ("draft_id", "schedule", "number"), ("draft_id", "schedule", "number")),
    )
    _table(
        "spendings",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("source", _CODE, nullable=False),
        sa.Column("takes_back", sa.Integer(), nullable=True),
        *_who(),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
    )
    _table(
        "unspent_decisions",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("rule", _CODE, nullable=False),
        sa.Column("decision", _CODE, nullable=False),
        *_who(),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("decision IN ('keep', 'pay_back', 'discuss')", name="ck_unspent_decisions_decision"),
    )
    _table(
        "reviews",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("cause", _CODE, nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        *_who(),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('first', 'yearly', 'quick', 'other')", name="ck_reviews_kind"),
    )
    _table(
        "review_steps",
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", _CODE, nullable=False),
        sa.Column("outcome", _CODE, nullable=False),
        *_who(),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("step IN ('told', 'outcome')", name="ck_review_steps_step"),
        key=("draft_id", "review", "number"),
        of=("reviews", ("draft_id", "review"), ("draft_id", "seq")),
    )
    _table(
        "review_words",
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("about", _CODE, nullable=False),
        sa.Column("voice", _CODE, nullable=False),
        sa.Column("choice", _CODE, nullable=False),
        *_who(),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("voice IN ('child', 'family', 'professional')", name="ck_review_words_voice"),
        key=("draft_id", "review", "seq"),
        of=("reviews", ("draft_id", "review"), ("draft_id", "seq")),
    )
    op.execute("INSERT INTO service_leases (job) VALUES ('reviews')")


def _who() -> tuple[sa.Column[str], sa.Column[datetime]]:
    return sa.Column("by", _CODE, nullable=False), sa.Column("at", _WHEN, nullable=False)


def _table(
    name: str,
    *parts: sa.Column[Any] | sa.CheckConstraint,
    key: tuple[str, ...] = ("draft_id", "seq"),
    of: tuple[str, tuple[str, ...], tuple[str, ...]] = ("drafts", ("draft_id",), ("id",)),
) -> None:
    table, columns, theirs = of
    op.create_table(
        name,
        sa.Column("draft_id", _CODE, nullable=False),
        *parts,
        sa.ForeignKeyConstraint(
            columns, [f"{table}.{column}" for column in theirs], name=f"fk_{name}_draft_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"),
    )
    triggers = _sqlite_triggers if op.get_bind().dialect.name == "sqlite" else _postgresql_triggers
    for statement in triggers(name):
        op.execute(statement)


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
