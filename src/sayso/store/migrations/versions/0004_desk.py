"""What people do with the record: corrections, reviews, cases, accounts; what they changed; and the overview."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


WEIGHTS = (
    *(("perpetrator", 5), ("killed", 4), ("kind", 3), ("where", 3), ("when", 3), ("victim", 2), ("wounded", 2)),
    *(("abducted", 2), ("arrested", 2), ("target", 1), ("weapon", 1), ("stage", 1), ("damage", 0.5), ("motive", 1)),
)


def upgrade() -> None:
    """Make the tables; every incident waits to be laid into the overview."""
    _make_accounts()
    _make_cases()
    _make_changes()
    _make_intakes()
    _make_overview()
    _make_overview_parts()
    _make_samples()
    _make_sources()
    _make_corrections()
    _make_columns()
    cases = " ".join(f"WHEN '{slot}' THEN {weight}" for slot, weight in WEIGHTS)
    op.execute(f"UPDATE claim SET priority = (1.05 - confidence) * CASE slot {cases} ELSE NULL END")
    op.execute(
        "INSERT INTO overview_due (key) SELECT i.key FROM incident i JOIN article a ON a.number = i.article"
        " WHERE a.current"
    )
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER change_no_{deed.lower()} BEFORE {deed} ON change"
                " BEGIN SELECT RAISE(ABORT, 'the log of changes is only added to'); END"
            )


def _make_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session",
        sa.Column("digest", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.name"], name=op.f("fk_session_account")),
        sa.PrimaryKeyConstraint("digest"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_session_account", "session", ["account"], unique=False)


def _make_cases() -> None:
    op.create_table(
        "case_file",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("assigned", sa.Text(), nullable=True),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "case_item",
        sa.Column("case", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("object", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case_file.number"], name=op.f("fk_case_item_case")),
        sa.PrimaryKeyConstraint("case", "subject", "object"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_item_object", "case_item", ["subject", "object"], unique=False)
    op.create_table(
        "case_visit",
        sa.Column("case", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case_file.number"], name=op.f("fk_case_visit_case")),
        sa.PrimaryKeyConstraint("case", "account"),
        sqlite_with_rowid=False,
    )


def _make_changes() -> None:
    op.create_table(
        "change",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_change_object", "change", ["subject", "object"], unique=False)


def _make_intakes() -> None:
    op.create_table(
        "intake",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "intake_item",
        sa.Column("intake", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["intake"], ["intake.number"], name=op.f("fk_intake_item_intake")),
        sa.PrimaryKeyConstraint("intake", "position"),
        sqlite_with_rowid=False,
    )


def _make_overview() -> None:
    op.create_table(
        "overview",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("edtf", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("where_prec", sa.Integer(), nullable=True),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("killed", sa.Integer(), nullable=False),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.Column("accounts", sa.JSON(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_overview_revision", "overview", ["revision"], unique=False)
    op.create_index("uq_overview_key", "overview", ["key"], unique=True)


def _make_overview_parts() -> None:
    op.create_table(
        "overview_due",
        sa.Column("key", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "overview_source",
        sa.Column("overview", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["overview"], ["overview.number"], name=op.f("fk_overview_source_overview")),
        sa.PrimaryKeyConstraint("overview", "source"),
        sqlite_with_rowid=False,
    )
    counted = ["source", "kind", "held", "confirmed", "disputed"]
    op.create_index("ix_overview_source_source", "overview_source", counted, unique=False)


def _make_samples() -> None:
    op.create_table(
        "sample",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("filter", sa.JSON(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "sample_item",
        sa.Column("sample", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("coded", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("matched", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("judge", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["sample"], ["sample.number"], name=op.f("fk_sample_item_sample")),
        sa.PrimaryKeyConstraint("sample", "position"),
        sqlite_with_rowid=False,
    )


def _make_sources() -> None:
    op.create_table(
        "source_rating",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revoked", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_source_rating_source", "source_rating", ["source"], unique=False)


def _make_corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("old", sa.Integer(), nullable=True),
        sa.Column("new", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revoked", sa.Text(), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article", "incident"], ["incident.article", "incident.id"], name=op.f("fk_correction_article_incident")
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_correction_article", "correction", ["article", "incident"], unique=False)
    op.create_table(
        "review",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("correction", sa.Integer(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("revoked", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article", "incident", "claim"],
            ["claim.article", "claim.incident", "claim.position"],
            name=op.f("fk_review_article_incident_claim"),
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_review_claim", "review", ["article", "incident", "claim"], unique=False)
    op.create_index("ix_review_reviewer", "review", ["reviewer", "at"], unique=False)


def _make_columns() -> None:
    op.add_column("article", sa.Column("withdrawn", sa.Text(), nullable=True))
    op.add_column("claim", sa.Column("retired", sa.Integer(), nullable=True))
    op.add_column("claim", sa.Column("priority", sa.Float(), nullable=True))
    op.create_index("ix_claim_priority", "claim", ["priority"], unique=False)
    op.create_index("ix_claim_slot_priority", "claim", ["slot", "priority"], unique=False)
    op.add_column("incident", sa.Column("retired", sa.Integer(), nullable=True))
    op.execute("DROP VIEW quote")  # it now leaves out what was taken out
    op.execute(
        "CREATE VIEW quote AS SELECT i.key AS incident, c.slot, c.id AS claim, c.name, c.standing, e.position,"
        ' e.start, e."end", substr(a.text, e.start + 1, e."end" - e.start) AS words, a.id AS article, a.version'
        " FROM evidence e JOIN claim c ON c.article = e.article AND c.incident = e.incident AND c.position = e.claim"
        " JOIN incident i ON i.article = e.article AND i.id = e.incident JOIN article a ON a.number = e.article"
        " WHERE c.retired IS NULL AND i.retired IS NULL"
    )
