"""The tables of the database as the newest migration leaves them, for SQLAlchemy's expressions."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

METADATA = MetaData()

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("name_searched", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)

TURNS = Table(
    "turns",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("conversation", Integer, ForeignKey("conversations.number", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

# A full-text index. A row is deleted with the turn of its number.
TURN_TEXTS = Table("turn_texts", METADATA, Column("rowid", Integer, primary_key=True), Column("text", Text))

JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("passage_id", Text, nullable=False),
    Column("up", Integer, nullable=False),
    Column("given_at", Text, nullable=False),
    Column("body", Text, nullable=False),
)
