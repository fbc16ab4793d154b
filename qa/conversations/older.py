"""Conversations as older versions kept them: fields that have another name today."""

from typing import Any

# Format 2 and older.
_RANKS = {"retrieved_at": "retrieved_rank", "dense_at": "dense_rank", "lexical_at": "lexical_rank"}


def with_ranks(conversation: dict[str, Any]) -> dict[str, Any]:
    """A conversation of format 2 or older, as parsed from JSON, with the ranks of its candidates under today's names.

    Raises LookupError, TypeError or AttributeError where it is not built as a conversation.
    """
    for turn in conversation["turns"]:
        for hit in turn["answer"]["hits"] if turn["answer"] else ():
            for candidate in (hit["candidate"], *hit.get("also", ())):
                for old, new in _RANKS.items():
                    if old in candidate:
                        candidate[new] = candidate.pop(old)
    return conversation
