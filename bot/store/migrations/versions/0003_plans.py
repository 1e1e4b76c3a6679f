"""Plans that were sent, people who take part in one, and who talks in a conversation.

On both databases a sent version cannot be changed. It can only be deleted together with its whole draft, when a family
asks for that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("member", sa.String(length=200), server_default="m1", nullable=False))
    op.create_table(
        "plan_members",
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_plan_members_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft_id", "member_id", name=op.f("pk_plan_members")),
    )
    op.create_table(
        "plan_versions",
        sa.Column("draft_id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=200), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("total_pence", sa.BigInteger(), nullable=False),
        sa.Column("guide_pence", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("questionnaire", sa.String(length=200), nullable=False),
        sa.Column("tables", sa.Text(), nullable=False),
        sa.Column("script", sa.String(length=200), nullable=False),
        sa.Column("rules", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_plan_versions_draft_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "version", name=op.f("pk_plan_versions")),
    )
    for statement in _SQLITE_TRIGGERS if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL_TRIGGERS:
        op.execute(statement)


# When a draft is deleted, the database deletes its versions after it: the draft is no longer there then.
_SQLITE_TRIGGERS = (
    """CREATE TRIGGER plan_versions_keep_update BEFORE UPDATE ON plan_versions
       BEGIN SELECT RAISE(ABORT, 'plan_versions is append-only'); END""",
    """CREATE TRIGGER plan_versions_keep_delete BEFORE DELETE ON plan_versions
       WHEN EXISTS (SELECT 1 FROM drafts WHERE drafts.id = OLD.draft_id)
       BEGIN SELECT RAISE(ABORT, 'plan_versions is append-only'); END""",
)

_POSTGRESQL_TRIGGERS = (
    """CREATE TRIGGER plan_versions_keep BEFORE UPDATE OR TRUNCATE ON plan_versions
       FOR EACH STATEMENT EXECUTE FUNCTION append_only()""",
    """CREATE FUNCTION goes_with_its_draft() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF EXISTS (SELECT 1 FROM drafts WHERE drafts.id = OLD.draft_id) THEN
           RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
         END IF;
         RETURN OLD;
       END $$""",
    """CREATE TRIGGER plan_versions_keep_delete BEFORE DELETE ON plan_versions
       FOR EACH ROW EXECUTE FUNCTION goes_with_its_draft()""",
)
