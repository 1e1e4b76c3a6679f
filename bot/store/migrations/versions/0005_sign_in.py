"""Who is signed in and on whose cases they work, who has been, sign-ins under way, and forms that came too late.

Nobody stays signed in over this step: what was kept of a session says too little.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_staff_sessions_expires"), table_name="staff_sessions")
    op.drop_table("staff_sessions")
    op.create_table(
        "staff_sessions",
        sa.Column("id_hash", sa.String(length=200), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("teams", sa.Text(), nullable=False),
        sa.Column("csrf", sa.String(length=200), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("provider_session", sa.String(length=200), nullable=True),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_staff_sessions")),
    )
    op.create_index(op.f("ix_staff_sessions_expires"), "staff_sessions", ["expires"])
    op.create_index(op.f("ix_staff_sessions_subject"), "staff_sessions", ["subject"])
    op.create_index(op.f("ix_staff_sessions_user"), "staff_sessions", ["user"])
    op.create_table(
        "staff_members",
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("teams", sa.Text(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_signed_in", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_staff_members")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("cookie_hash", sa.String(length=200), nullable=False),
        sa.Column("stage", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("cookie_hash", name=op.f("pk_sign_ins")),
    )
    op.create_index(op.f("ix_sign_ins_expires"), "sign_ins", ["expires"])
    op.create_table(
        "late_forms",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_forms")),
    )
    op.create_index(op.f("ix_late_forms_expires"), "late_forms", ["expires"])
