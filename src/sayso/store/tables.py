"""The tables, as the newest migration leaves them; `docs/store.md` tells what each holds.

Everything an article gives hangs on `article.number` and bears the ids that are unique within the article, so that a
reading is written and had back without looking up keys. Words are kept as offsets into `article.text` only. Columns
marked as derived repeat what stands elsewhere, for filters and for people who write SQL; nothing is rebuilt from them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def _key(name: str, type: Any = Integer) -> Column[Any]:
    return Column(name, type, primary_key=True, autoincrement=False, nullable=False)


def _text(name: str, **more: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **more)


def _maybe(name: str, type: Any = Text) -> Column[Any]:
    return Column(name, type, nullable=True)


def _span(prefix: str = "", nullable: bool = False) -> tuple[Column[int], Column[int]]:
    """Return the columns of a span: code points of `article.text`, from `start` up to but not including `end`."""
    return Column(f"{prefix}start", Integer, nullable=nullable), Column(f"{prefix}end", Integer, nullable=nullable)


def _when(prefix: str = "", nullable: bool = True) -> tuple[Column[Any], ...]:
    return (
        Column(f"{prefix}edtf", Text, nullable=nullable),
        _maybe(f"{prefix}earliest", Date),
        _maybe(f"{prefix}latest", Date),
        Column(f"{prefix}basis", Text, nullable=nullable),
        _maybe(f"{prefix}clock"),
    )


def _to(parent: str, *columns: str, deferred: bool = False) -> ForeignKeyConstraint:
    """Return the foreign key from `columns` to the primary key of `parent`."""
    keys = {
        "article": ("number",),
        "incident": ("article", "id"),
        "claim": ("article", "incident", "position"),
        "place_mention": ("article", "position"),
    }.get(parent, ("article", "id"))
    later: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"} if deferred else {}
    return ForeignKeyConstraint(columns, [f"{parent}.{key}" for key in keys], **later)


def _part(name: str, *columns: Any) -> Table:
    """Return a table of something in an article, its rows kept in the order of its key, each article's together."""
    return Table(name, metadata, _key("article"), *columns, sqlite_with_rowid=False, info={"part": True})


def parts() -> list[Table]:
    """Return the tables whose rows make up a reading, besides `article`: parents before children."""
    return [table for table in metadata.sorted_tables if table.info.get("part")]


article = Table(
    "article",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("id"),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    _text("fingerprint"),
    _text("sha256"),
    _text("name"),
    _maybe("title"),
    _maybe("url"),
    _maybe("outlet"),
    _maybe("agency"),
    Column("authors", JSON, nullable=False),
    *_span("dateline_place_", nullable=True),
    *_span("dateline_day_", nullable=True),
    _maybe("dateline_end", Integer),
    _maybe("published", Date),
    _text("published_by"),
    _maybe("language"),
    Column("capitals", Boolean, nullable=False),
    Column("notes", JSON, nullable=False),
    _text("sayso_version"),
    _text("ingested_at"),
    _text("text"),
    Column("offsets", JSON, nullable=False),
    _maybe("withdrawn"),  # when it was taken out; none: it counts. Then no version of it is current
    _maybe("linked"),  # what linked it with other articles; none yet: it waits
    Index("uq_article_id_version", "id", "version", unique=True),
    Index("uq_article_id_current", "id", unique=True, sqlite_where=text("current"), postgresql_where=text("current")),
    Index("ix_article_published", "published"),
    Index(
        "ix_article_waiting", "current", sqlite_where=text("linked IS NULL"), postgresql_where=text("linked IS NULL")
    ),
)
block = _part(
    "block",
    _key("position"),
    *_span(),
    _text("role"),
    _to("article", "article"),
)
entity = _part(
    "entity",
    _key("id", Text),
    Column("position", Integer, nullable=False),
    _text("kind"),
    _text("name"),
    Column("armed", Boolean, nullable=False),
    _maybe("number", Integer),
    _to("article", "article"),
)
entity_member = _part(
    "entity_member",
    _key("entity", Text),
    _key("position"),
    _text("member"),
    _to("entity", "article", "entity"),
    _to("entity", "article", "member"),
)
name = _part(
    "name",
    _key("entity", Text),
    _key("position"),
    _text("name"),
    _text("key"),  # derived: folded, for finding
    _to("entity", "article", "entity"),
    Index("ix_name_key", "key"),
)
mention = _part(
    "mention",
    _key("entity", Text),
    _key("position"),
    *_span(),
    Column("head", Integer, nullable=False),
    _text("form"),
    _to("entity", "article", "entity"),
)
fact = _part(
    "fact",
    _key("entity", Text),
    _key("position"),
    _text("name"),
    _text("value"),
    *_span(),
    _maybe("other"),
    _to("entity", "article", "entity"),
    _to("entity", "article", "other"),
)
time_mention = _part(
    "time_mention",
    _key("position"),
    *_span(),
    _text("type"),
    _text("value"),
    *_when(),
    _maybe("relative_to"),
    _maybe("counted_from"),
    _to("article", "article"),
)
place_mention = _part(
    "place_mention",
    _key("position"),
    *_span(),
    _text("use"),
    _to("article", "article"),
)
place_reading = _part(
    "place_reading",
    _key("mention"),
    _key("rank"),
    Column("names", JSON, nullable=False),
    _text("type"),
    _maybe("country"),
    _maybe("admin"),
    _maybe("latitude", Float),
    _maybe("longitude", Float),
    _maybe("gazetteer_id"),
    Column("precision", Integer, nullable=False),
    Column("where_prec", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    _to("place_mention", "article", "mention"),
)
statement = _part(
    "statement",
    _key("id", Text),
    Column("position", Integer, nullable=False),
    *_span("source_", nullable=True),
    _maybe("speaker"),
    _maybe("speaker_id"),
    _text("speaker_kind"),
    _maybe("on_behalf_of"),
    *_span("cue_", nullable=True),
    _text("act"),
    _text("stance"),
    _text("certainty"),
    *_when("said_"),
    *_span("said_at_", nullable=True),
    *_span("channel_", nullable=True),
    _maybe("within"),
    _text("where"),
    Column("direct", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    _to("article", "article"),
    _to("entity", "article", "speaker_id"),
    _to("statement", "article", "within", deferred=True),
    Index("ix_statement_speaker_kind", "speaker_kind"),
)
statement_content = _part(
    "statement_content",
    _key("statement", Text),
    _key("position"),
    *_span(),
    _to("statement", "article", "statement"),
)
incident = _part(
    "incident",
    _key("id", Text),
    Column("position", Integer, nullable=False),
    _text("key"),
    _text("kind"),
    _text("stage"),
    Column("background", Boolean, nullable=False),
    _maybe("earliest", Date),  # derived, as are the three below: of the most precise time and place claimed
    _maybe("latest", Date),
    _maybe("country"),
    _maybe("place"),
    _maybe("retired", Integer),  # the correction that says there was no such incident; none: it stands
    _to("article", "article"),
    Index("uq_incident_key", "key", unique=True),
    Index("ix_incident_earliest", "earliest"),
    Index("ix_incident_kind_earliest", "kind", "earliest"),
)
claim = _part(
    "claim",
    _key("incident", Text),
    _key("position"),
    _text("id"),
    _text("slot"),
    _text("type"),
    Column("value", JSON, nullable=False),
    _text("stance"),
    _text("certainty"),
    _maybe("standing"),
    Column("confidence", Float, nullable=False),
    _text("maker"),
    _maybe("retired", Integer),  # the correction that took the claim out; none: it stands
    _maybe("priority", Float),  # derived: how much it matters that somebody looks at it; none: it asks for no look
    _maybe("name"),  # derived, as are all below: the value's parts that filters and people ask for
    _maybe("key"),
    _maybe("value_kind"),
    _maybe("entity"),
    _maybe("number", Integer),
    _maybe("effect"),
    _maybe("low", Integer),
    _maybe("high", Integer),
    _maybe("edtf"),
    _maybe("earliest", Date),
    _maybe("latest", Date),
    _maybe("country"),
    _maybe("admin"),
    _maybe("latitude", Float),
    _maybe("longitude", Float),
    _maybe("precision", Integer),
    _maybe("where_prec", Integer),
    _maybe("gazetteer_id"),
    _to("incident", "article", "incident"),
    _to("entity", "article", "entity"),
    Index("ix_claim_slot_country", "slot", "country"),
    Index("ix_claim_slot_key", "slot", "key", "entity", "standing", "stance"),
    Index("ix_claim_priority", "priority"),
)
evidence = _part(
    "evidence",
    _key("incident", Text),
    _key("claim"),
    _key("position"),
    *_span(),
    _to("claim", "article", "incident", "claim"),
)
claim_chain = _part(
    "claim_chain",
    _key("incident", Text),
    _key("claim"),
    _key("position"),
    _text("statement"),
    _to("claim", "article", "incident", "claim"),
    _to("statement", "article", "statement"),
    Index("ix_claim_chain_article_statement", "article", "statement"),
)
sketch = Table(
    "sketch",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("subject"),
    _text("key"),
    Column("report", Integer, nullable=False),
    _text("body"),
    _to("article", "report"),
    Index("uq_sketch_key", "key", unique=True),
    Index("ix_sketch_report", "report"),
)
sketch_key = Table(
    "sketch_key",
    metadata,
    _key("value", BigInteger),
    _key("sketch"),
    sqlite_with_rowid=False,
)
copy_signature = Table(
    "copy_signature",
    metadata,
    _key("report"),
    Column("hashes", LargeBinary, nullable=False),
    Column("length", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    _to("article", "report"),
)
copy_band = Table(
    "copy_band",
    metadata,
    _key("value", BigInteger),
    _key("report"),
    sqlite_with_rowid=False,
)
cluster_member = Table(
    "cluster_member",
    metadata,
    _key("subject", Text),
    _key("key", Text),
    _text("cluster"),
    Index("ix_cluster_member_subject_cluster", "subject", "cluster"),
    sqlite_with_rowid=False,
)
judgement = Table(
    "judgement",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("subject"),
    _text("left"),
    _text("right"),
    _text("verdict"),
    _maybe("score", Float),
    _text("reason"),
    _text("author"),
    Column("by_rule", Boolean, nullable=False),
    _text("at"),
    _maybe("revoked"),
    _maybe("revoked_by"),
    Index("ix_judgement_left", "by_rule", "subject", "left", "right"),
    Index("ix_judgement_right", "by_rule", "subject", "right"),
)
change = Table(
    "change",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("at"),
    _text("author"),
    _text("action"),
    _text("subject"),
    _text("object"),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    _text("reason"),
    _text("previous"),
    _text("digest"),
    Index("ix_change_object", "subject", "object"),
)
correction = Table(
    "correction",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", Integer, nullable=False),
    _text("incident"),
    _text("slot"),
    _text("action"),
    _maybe("old", Integer),
    _maybe("new", Integer),
    _text("reason"),
    _text("author"),
    _text("at"),
    _maybe("revoked"),
    _maybe("revoked_by"),
    _to("incident", "article", "incident"),
    Index("ix_correction_article", "article", "incident"),
)
review = Table(
    "review",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", Integer, nullable=False),
    _text("incident"),
    Column("claim", Integer, nullable=False),
    _text("reviewer"),
    _text("verdict"),
    Column("value", JSON(none_as_null=True)),
    _text("reason"),
    _maybe("correction", Integer),
    _text("at"),
    _maybe("revoked"),
    _to("claim", "article", "incident", "claim"),
    Index("ix_review_claim", "article", "incident", "claim"),
    Index("ix_review_reviewer", "reviewer", "at"),
)
sample = Table(
    "sample",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("subject"),
    Column("size", Integer, nullable=False),
    Column("population", Integer, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("filter", JSON, nullable=False),
    _text("author"),
    _text("at"),
)
sample_item = Table(
    "sample_item",
    metadata,
    _key("sample"),
    _key("position"),
    _text("object"),
    Column("coded", JSON(none_as_null=True)),  # what the judge read, before seeing what sayso did
    Column("matched", JSON(none_as_null=True)),  # what was right, wrong and missed
    _maybe("judge"),
    _maybe("at"),
    ForeignKeyConstraint(["sample"], ["sample.number"]),
    sqlite_with_rowid=False,
)
account = Table(
    "account",
    metadata,
    _key("name", Text),
    _text("role"),
    _text("password"),
    _text("made"),
    _maybe("disabled"),
    sqlite_with_rowid=False,
)
session = Table(
    "session",
    metadata,
    _key("digest", Text),
    _text("account"),
    _text("token"),
    _text("made"),
    _text("expires"),
    ForeignKeyConstraint(["account"], ["account.name"]),
    Index("ix_session_account", "account"),
    sqlite_with_rowid=False,
)
case_file = Table(
    "case_file",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("title"),
    _text("note"),
    _text("owner"),
    _maybe("assigned"),
    _text("made"),
    _maybe("closed"),
)
case_item = Table(
    "case_item",
    metadata,
    _key("case"),
    _key("subject", Text),
    _key("object", Text),
    _text("note"),
    _text("author"),
    _text("at"),
    ForeignKeyConstraint(["case"], ["case_file.number"]),
    Index("ix_case_item_object", "subject", "object"),
    sqlite_with_rowid=False,
)
case_visit = Table(
    "case_visit",
    metadata,
    _key("case"),
    _key("account", Text),
    _text("at"),
    ForeignKeyConstraint(["case"], ["case_file.number"]),
    sqlite_with_rowid=False,
)
source_rating = Table(
    "source_rating",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("source"),
    _text("code"),
    _text("reason"),
    _text("author"),
    _text("at"),
    _maybe("revoked"),
    Index("ix_source_rating_source", "source"),
)
intake = Table(
    "intake",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("what"),
    _text("kind"),
    _maybe("published", Date),
    _text("state"),
    Column("done", Integer, nullable=False),
    Column("stored", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    _text("author"),
    _text("at"),
    _maybe("ended"),
    _maybe("error"),
)
intake_item = Table(
    "intake_item",
    metadata,
    _key("intake"),
    _key("position"),
    _text("name"),
    _text("outcome"),
    _maybe("article"),
    _maybe("error"),
    ForeignKeyConstraint(["intake"], ["intake.number"]),
    sqlite_with_rowid=False,
)
overview = Table(
    "overview",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("key"),
    Column("revision", Integer, nullable=False),
    Column("gone", Boolean, nullable=False),
    _text("kind"),
    _text("stage"),
    Column("background", Boolean, nullable=False),
    _maybe("edtf"),
    _maybe("earliest", Date),
    _maybe("latest", Date),
    _maybe("published", Date),
    _maybe("place"),
    _maybe("country"),
    _maybe("latitude", Float),
    _maybe("longitude", Float),
    _maybe("where_prec", Integer),
    Column("disputed", Boolean, nullable=False),
    Column("reviewed", Boolean, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("killed", Integer, nullable=False),  # the most that anybody gives, for sorting
    Column("facets", JSON, nullable=False),
    Column("accounts", JSON, nullable=False),  # [article number, incident key] of each account
    Column("body", JSON, nullable=False),  # what a line of the list shows
    Index("uq_overview_key", "key", unique=True),
    Index("ix_overview_revision", "revision"),
)
overview_source = Table(
    "overview_source",
    metadata,
    _key("overview"),
    _key("source", Text),
    _text("kind"),
    Column("held", Integer, nullable=False),
    Column("confirmed", Integer, nullable=False),
    Column("disputed", Integer, nullable=False),
    ForeignKeyConstraint(["overview"], ["overview.number"]),
    Index("ix_overview_source_source", "source", "kind", "held", "confirmed", "disputed"),  # all that is counted
    sqlite_with_rowid=False,
)
overview_due = Table(
    "overview_due",
    metadata,
    _key("key", Text),
    sqlite_with_rowid=False,
)
failure = Table(
    "failure",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("name"),
    _text("error"),
    _text("failed_at"),
    Index("uq_failure_name_error", "name", "error", unique=True),
)
