"""The tables of a library's database."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

# What a library's database is as a whole: one row. `version` is the number of the last migration.
SCHEMA = Table("schema", METADATA, Column("version", Integer, nullable=False))

# A file on its way into the library. `file` is the SHA-256 of its bytes, the name that they are kept under.
JOBS = Table(
    "jobs",
    METADATA,
    Column("id", String, primary_key=True),  # sorts by arrival
    Column("name", Text, nullable=False),
    Column("file", String, nullable=False),
    Column("status", String, nullable=False, index=True),  # see `ingest.queue.jobs.Status`
    Column("clash", String),  # "ask", "keep" or "replace"; None where no other document has the name
    Column("reason", Text),  # the sentence of a failed one
    Column("outcome", Text),  # JSON; of one that is done
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

# A conversation and its turns. A turn is kept as JSON: it is written once and read as a whole.
CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False, index=True),
)
TURNS = Table(
    "turns",
    METADATA,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("rank", Integer, primary_key=True),  # from 1
    Column("turn", LargeBinary, nullable=False),  # JSON in UTF-8; surrogates as they are
)

# What people say of a passage that a question found; the last judgement of each pair counts.
JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("question", Text, primary_key=True),
    Column("passage_id", String, primary_key=True),
    Column("passage", LargeBinary, nullable=False),  # JSON in UTF-8; surrogates as they are
    Column("document", Text, nullable=False),  # its name
    Column("relevant", Boolean, nullable=False),
    Column("judged_at", DateTime(timezone=True), nullable=False),
)
