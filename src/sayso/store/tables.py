"""The tables, as the newest migration leaves them; `docs/store.md` tells what each holds.

Everything an article gives hangs on `article.number` and bears the ids that are unique within the article, so that a
reading is written and had back without looking up keys. Words are kept as offsets into `article.text` only. Columns
marked as derived repeat what stands elsewhere, for filters and for people who write SQL; nothing is rebuilt from them.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from sayso.store.desk_tables import account as account
from sayso.store.desk_tables import case_file as case_file
from sayso.store.desk_tables import case_item as case_item
from sayso.store.desk_tables import case_visit as case_visit
from sayso.store.desk_tables import change as change
from sayso.store.desk_tables import correction as correction
from sayso.store.desk_tables import intake as intake
from sayso.store.desk_tables import intake_item as intake_item
from sayso.store.desk_tables import overview as overview
from sayso.store.desk_tables import overview_due as overview_due
from sayso.store.desk_tables import overview_source as overview_source
from sayso.store.desk_tables import review as review
from sayso.store.desk_tables import sample as sample
from sayso.store.desk_tables import sample_item as sample_item
from sayso.store.desk_tables import session as session
from sayso.store.desk_tables import source_rating as source_rating
from sayso.store.table_parts import key, maybe, part, span, to, when, words
from sayso.store.table_parts import metadata as metadata
from sayso.store.table_parts import parts as parts

article = Table(
    "article",
    metadata,
    Column("number", Integer, primary_key=True),
    words("id"),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    words("fingerprint"),
    words("sha256"),
    words("name"),
    maybe("title"),
    maybe("url"),
    maybe("outlet"),
    maybe("agency"),
    Column("authors", JSON, nullable=False),
    *span("dateline_place_", nullable=True),
    *span("dateline_day_", nullable=True),
    maybe("dateline_end", Integer),
    maybe("published", Date),
    words("published_by"),
    maybe("language"),
    Column("capitals", Boolean, nullable=False),
    Column("notes", JSON, nullable=False),
    words("sayso_version"),
    words("ingested_at"),
    words("text"),
    Column("offsets", JSON, nullable=False),
    maybe("withdrawn"),  # when it was taken out; none: it counts. Then no version of it is current
    maybe("linked"),  # what linked it with other articles; none yet: it waits
    Index("uq_article_id_version", "id", "version", unique=True),
    Index("uq_article_id_current", "id", unique=True, sqlite_where=text("current"), postgresql_where=text("current")),
    Index("ix_article_published", "published"),
    Index(
        "ix_article_waiting", "current", sqlite_where=text("linked IS NULL"), postgresql_where=text("linked IS NULL")
    ),
)
block = part(
    "block",
    key("position"),
    *span(),
    words("role"),
    to("article", "article"),
)
entity = part(
    "entity",
    key("id", Text),
    Column("position", Integer, nullable=False),
    words("kind"),
    words("name"),
    Column("armed", Boolean, nullable=False),
    maybe("number", Integer),
    to("article", "article"),
)
entity_member = part(
    "entity_member",
    key("entity", Text),
    key("position"),
    words("member"),
    to("entity", "article", "entity"),
    to("entity", "article", "member"),
)
name = part(
    "name",
    key("entity", Text),
    key("position"),
    words("name"),
    words("key"),  # derived: folded, for finding
    to("entity", "article", "entity"),
    Index("ix_name_key", "key"),
)
mention = part(
    "mention",
    key("entity", Text),
    key("position"),
    *span(),
    Column("head", Integer, nullable=False),
    words("form"),
    to("entity", "article", "entity"),
)
fact = part(
    "fact",
    key("entity", Text),
    key("position"),
    words("name"),
    words("value"),
    *span(),
    maybe("other"),
    to("entity", "article", "entity"),
    to("entity", "article", "other"),
)
time_mention = part(
    "time_mention",
    key("position"),
    *span(),
    words("type"),
    words("value"),
    *when(),
    maybe("relative_to"),
    maybe("counted_from"),
    to("article", "article"),
)
place_mention = part(
    "place_mention",
    key("position"),
    *span(),
    words("use"),
    to("article", "article"),
)
place_reading = part(
    "place_reading",
    key("mention"),
    key("rank"),
    Column("names", JSON, nullable=False),
    words("type"),
    maybe("country"),
    maybe("admin"),
    maybe("latitude", Float),
    maybe("longitude", Float),
    maybe("gazetteer_id"),
    Column("precision", Integer, nullable=False),
    Column("where_prec", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    to("place_mention", "article", "mention"),
)
statement = part(
    "statement",
    key("id", Text),
    Column("position", Integer, nullable=False),
    *span("source_", nullable=True),
    maybe("speaker"),
    maybe("speaker_id"),
    words("speaker_kind"),
    maybe("on_behalf_of"),
    *span("cue_", nullable=True),
    words("act"),
    words("stance"),
    words("certainty"),
    *when("said_"),
    *span("said_at_", nullable=True),
    *span("channel_", nullable=True),
    maybe("within"),
    words("where"),
    Column("direct", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    to("article", "article"),
    to("entity", "article", "speaker_id"),
    to("statement", "article", "within", deferred=True),
    Index("ix_statement_speaker_kind", "speaker_kind"),
)
statement_content = part(
    "statement_content",
    key("statement", Text),
    key("position"),
    *span(),
    to("statement", "article", "statement"),
)
incident = part(
    "incident",
    key("id", Text),
    Column("position", Integer, nullable=False),
    words("key"),
    words("kind"),
    words("stage"),
    Column("background", Boolean, nullable=False),
    maybe("earliest", Date),  # derived, as are the three below: of the most precise time and place claimed
    maybe("latest", Date),
    maybe("country"),
    maybe("place"),
    maybe("retired", Integer),  # the correction that says there was no such incident; none: it stands
    to("article", "article"),
    Index("uq_incident_key", "key", unique=True),
    Index("ix_incident_earliest", "earliest"),
    Index("ix_incident_kind_earliest", "kind", "earliest"),
)
claim = part(
    "claim",
    key("incident", Text),
    key("position"),
    words("id"),
    words("slot"),
    words("type"),
    Column("value", JSON, nullable=False),
    words("stance"),
    words("certainty"),
    maybe("standing"),
    Column("confidence", Float, nullable=False),
    words("maker"),
    maybe("retired", Integer),  # the correction that took the claim out; none: it stands
    maybe("priority", Float),  # derived: how much it matters that somebody looks at it; none: it asks for no look
    maybe("name"),  # derived, as are all below: the value's parts that filters and people ask for
    maybe("key"),
    maybe("value_kind"),
    maybe("entity"),
    maybe("number", Integer),
    maybe("effect"),
    maybe("low", Integer),
    maybe("high", Integer),
    maybe("edtf"),
    maybe("earliest", Date),
    maybe("latest", Date),
    maybe("country"),
    maybe("admin"),
    maybe("latitude", Float),
    maybe("longitude", Float),
    maybe("precision", Integer),
    maybe("where_prec", Integer),
    maybe("gazetteer_id"),
    to("incident", "article", "incident"),
    to("entity", "article", "entity"),
    Index("ix_claim_slot_country", "slot", "country"),
    Index("ix_claim_slot_key", "slot", "key", "entity", "standing", "stance"),
    Index("ix_claim_priority", "priority"),
    Index("ix_claim_slot_priority", "slot", "priority"),
)
evidence = part(
    "evidence",
    key("incident", Text),
    key("claim"),
    key("position"),
    *span(),
    to("claim", "article", "incident", "claim"),
)
claim_chain = part(
    "claim_chain",
    key("incident", Text),
    key("claim"),
    key("position"),
    words("statement"),
    to("claim", "article", "incident", "claim"),
    to("statement", "article", "statement"),
    Index("ix_claim_chain_article_statement", "article", "statement"),
)
sketch = Table(
    "sketch",
    metadata,
    Column("number", Integer, primary_key=True),
    words("subject"),
    words("key"),
    Column("report", Integer, nullable=False),
    words("body"),
    to("article", "report"),
    Index("uq_sketch_key", "key", unique=True),
    Index("ix_sketch_report", "report"),
)
sketch_key = Table(
    "sketch_key",
    metadata,
    key("value", BigInteger),
    key("sketch"),
    sqlite_with_rowid=False,
)
copy_signature = Table(
    "copy_signature",
    metadata,
    key("report"),
    Column("hashes", LargeBinary, nullable=False),
    Column("length", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    to("article", "report"),
)
copy_band = Table(
    "copy_band",
    metadata,
    key("value", BigInteger),
    key("report"),
    sqlite_with_rowid=False,
)
cluster_member = Table(
    "cluster_member",
    metadata,
    key("subject", Text),
    key("key", Text),
    words("cluster"),
    Index("ix_cluster_member_subject_cluster", "subject", "cluster"),
    sqlite_with_rowid=False,
)
judgement = Table(
    "judgement",
    metadata,
    Column("number", Integer, primary_key=True),
    words("subject"),
    words("left"),
    words("right"),
    words("verdict"),
    maybe("score", Float),
    words("reason"),
    words("author"),
    Column("by_rule", Boolean, nullable=False),
    words("at"),
    maybe("revoked"),
    maybe("revoked_by"),
    Index("ix_judgement_left", "by_rule", "subject", "left", "right"),
    Index("ix_judgement_right", "by_rule", "subject", "right"),
)
failure = Table(
    "failure",
    metadata,
    Column("number", Integer, primary_key=True),
    words("name"),
    words("error"),
    words("failed_at"),
    Index("uq_failure_name_error", "name", "error", unique=True),
)
