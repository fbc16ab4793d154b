"""The tables of the database as the newest migration leaves them, for SQLAlchemy's expressions."""

from sqlalchemy import JSON, Column, Connection, Float, ForeignKey, Integer, LargeBinary, MetaData, Table, Text, select

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
    Column("owner", Integer),  # the person's id; none of what was asked without sign-in
    Column("shared", Text, unique=True),  # what a link has that shows it to the others; none where nobody shares it
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
    Column("owner", Integer, nullable=False, default=0),  # the person's id; 0 where there is no sign-in
)

# A file on its way into the library. `name`, `reason` and `outcome` are JSON, which keeps any text at all.
JOBS = Table(
    "jobs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("name", JSON, nullable=False),
    Column("status", Text, nullable=False),
    Column("clash", Text),
    Column("reason", JSON(none_as_null=True)),
    Column("outcome", JSON(none_as_null=True)),
    Column("put_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("collection", Integer),  # where the document goes; one that is gone by then is passed over
    Column("address", Text),  # of a web page, whose `file` is empty until it is fetched
    Column("followed", Integer, nullable=False, default=0),  # 1 where the file comes from a followed folder
    Column("replaces", JSON(none_as_null=True)),  # the ids of the documents that go when this one is in
)

# A file that a document stands on, with the document's metadata. The row goes only when a person removes the document.
KEPT_FILES = Table(
    "kept_files",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("name", JSON, nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("pages", Integer),
    Column("passages", Integer, nullable=False),
    Column("ocr_pages", Integer, nullable=False),
    Column("not_read", JSON),
    Column("files", Integer, nullable=False, default=0),
    Column("dated", Text),
    Column("language", Text),
    Column("source", Text),  # the address of a web page
)

# Named groups of documents. A document may be in several, and in the trash it stays in them.
COLLECTIONS = Table(
    "collections",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False, unique=True),
    Column("made_at", Text, nullable=False),
)

DOCUMENT_COLLECTIONS = Table(
    "document_collections",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("collection", Integer, ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True),
)

DOCUMENT_TAGS = Table(
    "document_tags",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("tag", Text, nullable=False),
    Column("tag_folded", Text, primary_key=True),
)

# A folder of this machine that is followed. `collections` is None where its sub-folders are none, else the collection
# of each sub-folder. `emptied` says that a person knows it to be empty.
FOLLOWED_FOLDERS = Table(
    "followed_folders",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("path", JSON, nullable=False, unique=True),
    Column("collections", JSON(none_as_null=True)),
    Column("by_setting", Integer, nullable=False),
    Column("emptied", Integer, nullable=False, default=0),
    Column("added_at", Text, nullable=False),
)

# A file of a followed folder, as it was when it was last taken in (see `ingest/following/reconcile.py`).
FOLLOWED_FILES = Table(
    "followed_files",
    METADATA,
    Column("folder", Integer, ForeignKey("followed_folders.id", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True),  # as JSON, which keeps any name
    Column("size", Integer, nullable=False),
    Column("mtime_ns", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("documents", JSON, nullable=False),
    Column("job", Integer),
    Column("reason", JSON(none_as_null=True)),
)

# Where the passages of a document stand on its pages, packed (see `passage_places.py`).
PASSAGE_PLACES = Table(
    "passage_places",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("places", LargeBinary, nullable=False),
)

# What the library's folder says of itself: its format, its store, its model.
FACTS = Table("facts", METADATA, Column("key", Text, primary_key=True), Column("value", JSON, nullable=False))

# A row for each document in the trash, whose passages, vectors and file stay where they are.
TRASH = Table(
    "trash",
    METADATA,
    Column("document_id", Text, primary_key=True),
    Column("removed_at", Text, nullable=False),
)


PEOPLE = Table(
    "people",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text),  # its argon2 hash; none where the person signs in elsewhere
    Column("subject", Text, unique=True),  # who the person is for an OpenID provider, once they came from there
    Column("made_at", Text, nullable=False),
)

SIGN_INS = Table(
    "sign_ins",
    METADATA,
    Column("token_hash", Text, primary_key=True),
    Column("person", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("ends_at", Text, nullable=False),
)

TRIES = Table(
    "tries",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Float, nullable=False),
)

RECORD = Table(
    "record",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),  # the name, which stays when the person is removed
    Column("action", Text, nullable=False),
    Column("what", JSON, nullable=False),
    Column("address", Text, nullable=False),
)


def is_kept(connection: Connection, file_hash: str) -> bool:
    """Whether a document stands on this file, whatever the store says."""
    return connection.execute(select(KEPT_FILES.c.hash).where(KEPT_FILES.c.hash == file_hash)).first() is not None


def files_of_jobs(connection: Connection) -> list[str]:
    """The hashes of the files of jobs that are not done. A web page that is still to be fetched has none."""
    wanted = select(JOBS.c.file).where(JOBS.c.status != "done", JOBS.c.file != "")
    return list(connection.execute(wanted).scalars())


def a_job_needs(connection: Connection, file_hash: str) -> bool:
    """Whether a job that is not done names this file."""
    naming = select(JOBS.c.id).where(JOBS.c.file == file_hash, JOBS.c.status != "done").limit(1)
    return connection.execute(naming).first() is not None
