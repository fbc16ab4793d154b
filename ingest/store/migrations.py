"""The numbered steps that bring a library's database from any older version to this one.

To change the tables, add a step at the end. A step that was in a release is never changed.
"""

from collections.abc import Callable

from sqlalchemy import Connection, text

from ingest.store.tables import METADATA


def _first_tables(connection: Connection) -> None:
    METADATA.create_all(connection)
    # The full-text index of conversations, a row a conversation: its name, questions and passages.
    connection.execute(
        text("CREATE VIRTUAL TABLE conversation_texts USING fts5(conversation UNINDEXED, content, tokenize='trigram')")
    )


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first_tables,)
