"""The numbered steps from an empty database to today's tables. A step that was released is never changed.

To change the tables, add a step at the end, and tell `tables.py` the same.
"""

from sqlalchemy import Connection

# What is kept of a conversation: a row for it and a row for each turn. `name` and `body` are JSON, which keeps any text
# at all. `turn_texts` is searched: its rows have the numbers of the turns, its text is folded by the caller, and its
# tokens are three characters long, so that parts of words are found. It does not know where a token stands.
_CONVERSATIONS = (
    """
    CREATE TABLE conversations (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        name_searched TEXT NOT NULL,
        started_at TEXT NOT NULL,
        changed_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE turns (
        number INTEGER PRIMARY KEY,
        conversation INTEGER NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (conversation, ordinal)
    )
    """,
    """
    CREATE VIRTUAL TABLE turn_texts
    USING fts5 (text, tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0)
    """,
    """
    CREATE TRIGGER turn_texts_deleted AFTER DELETE ON turns
    BEGIN
        DELETE FROM turn_texts WHERE rowid = old.number;
    END
    """,
)
# One row for what a person said last of a passage for a question; `body` is JSON: the passage and its document's name.
_JUDGEMENTS = (
    """
    CREATE TABLE judgements (
        number INTEGER PRIMARY KEY,
        question TEXT NOT NULL,
        passage_id TEXT NOT NULL,
        up INTEGER NOT NULL CHECK (up IN (0, 1)),
        given_at TEXT NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (question, passage_id)
    )
    """,
)

# A row for each file on its way in. An id is never given twice, so that a button of an old page means no other job.
_JOBS = (
    """
    CREATE TABLE jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        file TEXT NOT NULL,
        name TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('waiting', 'working', 'asking', 'failed', 'done')),
        clash TEXT CHECK (clash IN ('keep', 'replace')),
        reason TEXT,
        outcome TEXT,
        put_at TEXT NOT NULL,
        changed_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX jobs_by_status ON jobs (status, id)",
    "CREATE INDEX jobs_by_file ON jobs (file)",
)

# A row for each file that a document stands on, with all that is known of the document, so that it can be made anew.
# And what the library's folder says of itself. `name` and `value` are JSON.
_KEPT_FILES = (
    """
    CREATE TABLE kept_files (
        hash TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        added_at TEXT NOT NULL,
        type TEXT NOT NULL,
        pages INTEGER,
        passages INTEGER NOT NULL,
        ocr_pages INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE facts (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    )
    """,
)

# A row for each document in the trash. Its passages, vectors and file stay where they are.
_TRASH = (
    """
    CREATE TABLE trash (
        document_id TEXT PRIMARY KEY,
        removed_at TEXT NOT NULL
    )
    """,
)

# Who may sign in, who has, who tried in vain, and what was done. Conversations and judgements get their person: a
# judgement is one person's, so the table is made anew with another key. An id of a person is never given twice.
_PEOPLE = (
    """
    CREATE TABLE people (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        name_folded TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'owner')),
        password TEXT,
        subject TEXT UNIQUE,
        made_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE sign_ins (
        token_hash TEXT PRIMARY KEY,
        person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        ends_at TEXT NOT NULL
    )
    """,
    "CREATE TABLE tries (key TEXT PRIMARY KEY, failures INTEGER NOT NULL, last_at REAL NOT NULL)",
    """
    CREATE TABLE record (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        person TEXT NOT NULL,
        action TEXT NOT NULL,
        what TEXT NOT NULL,
        address TEXT NOT NULL
    )
    """,
    "ALTER TABLE conversations ADD COLUMN owner INTEGER",
    "ALTER TABLE conversations ADD COLUMN shared TEXT",
    "CREATE UNIQUE INDEX conversations_by_shared ON conversations (shared)",
    "CREATE INDEX conversations_by_owner ON conversations (owner)",
    "ALTER TABLE judgements RENAME TO judgements_before",
    """
    CREATE TABLE judgements (
        number INTEGER PRIMARY KEY,
        question TEXT NOT NULL,
        passage_id TEXT NOT NULL,
        up INTEGER NOT NULL CHECK (up IN (0, 1)),
        given_at TEXT NOT NULL,
        body TEXT NOT NULL,
        owner INTEGER NOT NULL DEFAULT 0,
        UNIQUE (owner, question, passage_id)
    )
    """,
    """
    INSERT INTO judgements (number, question, passage_id, up, given_at, body)
    SELECT number, question, passage_id, up, given_at, body FROM judgements_before
    """,
    "DROP TABLE judgements_before",
)

# What is in a file and was not read.
_NOT_READ = ("ALTER TABLE kept_files ADD COLUMN not_read TEXT",)

# Where the passages of a document stand on its pages, packed.
_PASSAGE_PLACES = ("CREATE TABLE passage_places (document_id TEXT PRIMARY KEY, places BLOB NOT NULL)",)

# How many files inside a file were handed over to become documents of their own.
_FILES_INSIDE = ("ALTER TABLE kept_files ADD COLUMN files INTEGER NOT NULL DEFAULT 0",)

# Named groups of documents, their tags, and the day that a document is of. A job says into which collection its file
# goes.
_SHELVES = (
    """
    CREATE TABLE collections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        name_folded TEXT NOT NULL UNIQUE,
        made_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE document_collections (
        document_id TEXT NOT NULL,
        collection INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
        PRIMARY KEY (document_id, collection)
    )
    """,
    "CREATE INDEX document_collections_by_collection ON document_collections (collection)",
    """
    CREATE TABLE document_tags (
        document_id TEXT NOT NULL,
        tag TEXT NOT NULL,
        tag_folded TEXT NOT NULL,
        PRIMARY KEY (document_id, tag_folded)
    )
    """,
    "ALTER TABLE kept_files ADD COLUMN dated TEXT",
    "ALTER TABLE kept_files ADD COLUMN language TEXT",
    "ALTER TABLE jobs ADD COLUMN collection INTEGER",
)

# The address of a web page: of one that is to be fetched, and of the document that was made of it.
_WEB_PAGES = (
    "ALTER TABLE jobs ADD COLUMN address TEXT",
    "ALTER TABLE kept_files ADD COLUMN source TEXT",
)

# Folders of this machine that are followed, and what is known of each file in them. `path`, `documents`, `collections`
# and `reason` are JSON. A job says whether it came from such a folder, and which documents it takes the place of.
_FOLLOWED = (
    """
    CREATE TABLE followed_folders (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE,
        collections TEXT,
        by_setting INTEGER NOT NULL CHECK (by_setting IN (0, 1)),
        emptied INTEGER NOT NULL DEFAULT 0 CHECK (emptied IN (0, 1)),
        added_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE followed_files (
        folder INTEGER NOT NULL REFERENCES followed_folders (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        hash TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'in', 'refused', 'removed', 'vanished')),
        documents TEXT NOT NULL,
        job INTEGER,
        reason TEXT,
        PRIMARY KEY (folder, path)
    )
    """,
    "ALTER TABLE jobs ADD COLUMN followed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE jobs ADD COLUMN replaces TEXT",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (*_CONVERSATIONS, *_JUDGEMENTS),
    *(_JOBS, _KEPT_FILES, _TRASH, _PEOPLE, _NOT_READ, _PASSAGE_PLACES, _FILES_INSIDE, _SHELVES, _WEB_PAGES, _FOLLOWED),
)


def version_of(connection: Connection) -> int:
    """How many migrations a database has had."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(connection: Connection, version: int) -> None:
    """Take a database that has had `version` migrations through the next one, in the transaction of `connection`."""
    for statement in MIGRATIONS[version]:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {version + 1}")
