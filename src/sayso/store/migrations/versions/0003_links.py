"""What links articles: sketches and their keys, signatures of copies, clusters, judgements."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; the articles that are stored wait to be linked."""
    op.add_column("article", sa.Column("linked", sa.Text(), nullable=True))
    waiting = sa.text("linked IS NULL")
    op.create_index("ix_article_waiting", "article", ["current"], sqlite_where=waiting, postgresql_where=waiting)
    _make_sketches()
    _make_copies()
    _make_judgements()


def _make_sketches() -> None:
    op.create_table(
        "sketch",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["article.number"], name=op.f("fk_sketch_report")),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("uq_sketch_key", "sketch", ["key"], unique=True)
    op.create_index("ix_sketch_report", "sketch", ["report"])
    op.create_table(
        "sketch_key",
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sketch", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("value", "sketch"),
        sqlite_with_rowid=False,
    )


def _make_copies() -> None:
    op.create_table(
        "copy_signature",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["article.number"], name=op.f("fk_copy_signature_report")),
        sa.PrimaryKeyConstraint("report"),
    )
    op.create_table(
        "copy_band",
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("value", "report"),
        sqlite_with_rowid=False,
    )


def _make_judgements() -> None:
    op.create_table(
        "cluster_member",
        sa.Column("subject", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cluster_member_subject_cluster", "cluster_member", ["subject", "cluster"])
    op.create_table(
        "judgement",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("left", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_rule", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revoked", sa.Text(), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_judgement_left", "judgement", ["by_rule", "subject", "left", "right"])
    op.create_index("ix_judgement_right", "judgement", ["by_rule", "subject", "right"])
