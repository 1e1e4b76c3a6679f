"""Who is answering a telephone call right now, so that a request that comes twice at once is one turn."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("calls", sa.Column("holder", sa.String(length=200), nullable=True))
    op.add_column("calls", sa.Column("until", sa.DateTime(timezone=True), nullable=True))
