"""The day from which a time is counted: "two days after" what."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; times that are stored have none until their articles are read again."""
    op.add_column("time_mention", sa.Column("counted_from", sa.Text(), nullable=True))
