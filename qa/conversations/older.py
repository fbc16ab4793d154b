"""Conversations as older versions kept them, each in a file: their formats brought up to today's fields."""

from typing import Any

from pydantic import TypeAdapter

from qa.conversations.turn import Conversation

# The last format of the files. What this version keeps has no files; the version of the database stands for it.
LAST_FORMAT = 3
_RANKS = {"retrieved_at": "retrieved_rank", "dense_at": "dense_rank", "lexical_at": "lexical_rank"}
_CONVERSATION = TypeAdapter(Conversation)


class NewerFormat(ValueError):
    """A file of a format that came after those that this version knows."""


def conversation_in(content: dict[str, Any]) -> Conversation:
    """The conversation of a file, as parsed from JSON. It changes `content`.

    Format 3 called `error` of a turn `sentence`, and `ocr_pages` of a document `pages_from_pictures`. Format 2 had
    other names for the ranks of a candidate. In format 1 the score of a hit was that of the cross-encoder, and how
    likely it was to answer had a field of its own.

    Raises:
        NewerFormat: Where the format is a later one.
        ValueError, LookupError, TypeError, AttributeError: Where it is not built as a conversation.
    """
    number = content["format"]
    if isinstance(number, int) and number > LAST_FORMAT:
        raise NewerFormat
    for turn in content["conversation"]["turns"]:
        hits = turn["answer"]["hits"] if turn["answer"] else ()
        for hit in hits:
            if number == 1:
                _take_confidence_for_score(hit)
            if number < LAST_FORMAT:
                _rename_ranks(hit)
            _rename_ocr_pages(hit)
        turn["error"] = turn.pop("sentence")
    return _CONVERSATION.validate_python(content["conversation"])


def _take_confidence_for_score(hit: dict[str, Any]) -> None:
    confidence = hit.pop("confidence", None)
    hit["cross_encoder"] = hit["score"]
    hit["score"] = hit["score"] if confidence is None else confidence


def _rename_ocr_pages(hit: dict[str, Any]) -> None:
    for candidate in (hit["candidate"], *hit.get("also", ())):
        document = candidate["document"]
        if "pages_from_pictures" in document:
            document["ocr_pages"] = document.pop("pages_from_pictures")


def _rename_ranks(hit: dict[str, Any]) -> None:
    for candidate in (hit["candidate"], *hit.get("also", ())):
        for old, new in _RANKS.items():
            if old in candidate:
                candidate[new] = candidate.pop(old)
