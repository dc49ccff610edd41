"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, the view that is searched, and its index."""
    _make_tables()
    _make_views()
    if op.get_bind().dialect.name == "sqlite":
        _make_search_index()


def _make_views() -> None:
    op.execute(
        "CREATE VIEW searchable AS SELECT a.number, a.title, a.text,"
        " (SELECT group_concat(n.name, ' | ') FROM name n WHERE n.article = a.number) AS names FROM article a"
    )
    op.execute(
        "CREATE VIEW quote AS SELECT i.key AS incident, c.slot, c.id AS claim, c.name, c.standing, e.position,"
        ' e.start, e."end", substr(a.text, e.start + 1, e."end" - e.start) AS words, a.id AS article, a.version'
        " FROM evidence e JOIN claim c ON c.article = e.article AND c.incident = e.incident AND c.position = e.claim"
        " JOIN incident i ON i.article = e.article AND i.id = e.incident JOIN article a ON a.number = e.article"
    )


def _make_search_index() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE article_search USING fts5 (title, text, names, content = 'searchable',"
        " content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2')"
    )


def _make_tables() -> None:
    op.create_table(
        "article",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("agency", sa.Text(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("dateline_place_start", sa.Integer(), nullable=True),
        sa.Column("dateline_place_end", sa.Integer(), nullable=True),
        sa.Column("dateline_day_start", sa.Integer(), nullable=True),
        sa.Column("dateline_day_end", sa.Integer(), nullable=True),
        sa.Column("dateline_end", sa.Integer(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("capitals", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("sayso_version", sa.Text(), nullable=False),
        sa.Column("ingested_at", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("offsets", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_article_published", "article", ["published"], unique=False)
    op.create_index(
        "uq_article_id_current",
        "article",
        ["id"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_index("uq_article_id_version", "article", ["id", "version"], unique=True)
    op.create_table(
        "failure",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("failed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("uq_failure_name_error", "failure", ["name", "error"], unique=True)
    op.create_table(
        "block",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.number"], name=op.f("fk_block_article")),
        sa.PrimaryKeyConstraint("article", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entity",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("armed", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article"], ["article.number"], name=op.f("fk_entity_article")),
        sa.PrimaryKeyConstraint("article", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incident",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article"], ["article.number"], name=op.f("fk_incident_article")),
        sa.PrimaryKeyConstraint("article", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_incident_earliest", "incident", ["earliest"], unique=False)
    op.create_index("ix_incident_kind_earliest", "incident", ["kind", "earliest"], unique=False)
    op.create_index("uq_incident_key", "incident", ["key"], unique=True)
    op.create_table(
        "place_mention",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["article.number"], name=op.f("fk_place_mention_article")),
        sa.PrimaryKeyConstraint("article", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "time_mention",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("edtf", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("clock", sa.Text(), nullable=True),
        sa.Column("relative_to", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article"], ["article.number"], name=op.f("fk_time_mention_article")),
        sa.PrimaryKeyConstraint("article", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("value_kind", sa.Text(), nullable=True),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("edtf", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("admin", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("precision", sa.Integer(), nullable=True),
        sa.Column("where_prec", sa.Integer(), nullable=True),
        sa.Column("gazetteer_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article", "entity"], ["entity.article", "entity.id"], name=op.f("fk_claim_article_entity")
        ),
        sa.ForeignKeyConstraint(
            ["article", "incident"], ["incident.article", "incident.id"], name=op.f("fk_claim_article_incident")
        ),
        sa.PrimaryKeyConstraint("article", "incident", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_slot_country", "claim", ["slot", "country"], unique=False)
    op.create_index("ix_claim_slot_key", "claim", ["slot", "key", "entity", "standing", "stance"], unique=False)
    op.create_table(
        "entity_member",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "entity"], ["entity.article", "entity.id"], name=op.f("fk_entity_member_article_entity")
        ),
        sa.ForeignKeyConstraint(
            ["article", "member"], ["entity.article", "entity.id"], name=op.f("fk_entity_member_article_member")
        ),
        sa.PrimaryKeyConstraint("article", "entity", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fact",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("other", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article", "entity"], ["entity.article", "entity.id"], name=op.f("fk_fact_article_entity")
        ),
        sa.ForeignKeyConstraint(
            ["article", "other"], ["entity.article", "entity.id"], name=op.f("fk_fact_article_other")
        ),
        sa.PrimaryKeyConstraint("article", "entity", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mention",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "entity"], ["entity.article", "entity.id"], name=op.f("fk_mention_article_entity")
        ),
        sa.PrimaryKeyConstraint("article", "entity", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "name",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "entity"], ["entity.article", "entity.id"], name=op.f("fk_name_article_entity")
        ),
        sa.PrimaryKeyConstraint("article", "entity", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_name_key", "name", ["key"], unique=False)
    op.create_table(
        "place_reading",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mention", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("admin", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("gazetteer_id", sa.Text(), nullable=True),
        sa.Column("precision", sa.Integer(), nullable=False),
        sa.Column("where_prec", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "mention"],
            ["place_mention.article", "place_mention.position"],
            name=op.f("fk_place_reading_article_mention"),
        ),
        sa.PrimaryKeyConstraint("article", "mention", "rank"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statement",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=True),
        sa.Column("source_end", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("speaker_id", sa.Text(), nullable=True),
        sa.Column("speaker_kind", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("said_edtf", sa.Text(), nullable=True),
        sa.Column("said_earliest", sa.Date(), nullable=True),
        sa.Column("said_latest", sa.Date(), nullable=True),
        sa.Column("said_basis", sa.Text(), nullable=True),
        sa.Column("said_clock", sa.Text(), nullable=True),
        sa.Column("said_at_start", sa.Integer(), nullable=True),
        sa.Column("said_at_end", sa.Integer(), nullable=True),
        sa.Column("channel_start", sa.Integer(), nullable=True),
        sa.Column("channel_end", sa.Integer(), nullable=True),
        sa.Column("within", sa.Text(), nullable=True),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "speaker_id"], ["entity.article", "entity.id"], name=op.f("fk_statement_article_speaker_id")
        ),
        sa.ForeignKeyConstraint(
            ["article", "within"],
            ["statement.article", "statement.id"],
            name=op.f("fk_statement_article_within"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["article"], ["article.number"], name=op.f("fk_statement_article")),
        sa.PrimaryKeyConstraint("article", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_statement_speaker_kind", "statement", ["speaker_kind"], unique=False)
    op.create_table(
        "claim_chain",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("claim", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "incident", "claim"],
            ["claim.article", "claim.incident", "claim.position"],
            name=op.f("fk_claim_chain_article_incident_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["article", "statement"],
            ["statement.article", "statement.id"],
            name=op.f("fk_claim_chain_article_statement"),
        ),
        sa.PrimaryKeyConstraint("article", "incident", "claim", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_chain_article_statement", "claim_chain", ["article", "statement"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("claim", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "incident", "claim"],
            ["claim.article", "claim.incident", "claim.position"],
            name=op.f("fk_evidence_article_incident_claim"),
        ),
        sa.PrimaryKeyConstraint("article", "incident", "claim", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statement_content",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("statement", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "statement"],
            ["statement.article", "statement.id"],
            name=op.f("fk_statement_content_article_statement"),
        ),
        sa.PrimaryKeyConstraint("article", "statement", "position"),
        sqlite_with_rowid=False,
    )
