"""The address of the page: made from the session, and read into it. Only this file touches `st.query_params`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args
from urllib.parse import urlsplit

import streamlit as st

from ingest import Document, Filter, Shelved
from ingest.store.filter import type_labels
from pages.parts.opened import Pinpoint
from pages.parts.session import Pending, Session, Viewed, current, save
from pages.server.lost import LOST
from pages.server.rules import rules
from qa import DEFAULTS, Conversation, Mode, Options

LEAST_CANDIDATES, MOST_CANDIDATES, MOST_PASSAGES = 10, 300, 20
_MOST_VALUES = 20  # collections that an address may name
_DIGITS = 10  # of a number in the address; no document has so many passages
LONGEST_WORDS = 200  # characters of a search in a document
_ID_SHOWN = 12  # characters of a document's id that are part of the address


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document on its page, all numbers from 1; the address says it.

    Args:
        passage: The passage that was asked for.
        page: The page that was turned to, or the part of a document without pages.
        words: What is searched for.
        match: Which match of the search is shown.
    """

    passage: int | None = None
    page: int | None = None
    words: str = ""
    match: int = 1


def read_address(app: Pinpoint, held: Sequence[Document]) -> None:
    """Take up what the address says: a conversation, or a question and how it is to be asked."""
    session, link = current(), st.query_params.get("shared", "")
    named = link or st.query_params.get("conversation", "")
    if not session.arrived:
        found, by_link = _found(app, named, link)
        question = st.query_params.get("q", "").strip()
        session = replace(
            session,
            arrived=True,
            options=_options(held),
            conversation=found,
            by_link=by_link,
            scroll_to_last=found is not None,
            unknown="page" if LOST in st.query_params else "conversation" if named and found is None else "",
            viewed=_viewed(found),
            pending=Pending(question) if question and not found else session.pending,
        )
    elif named and named not in {session.named, session.left}:
        found, by_link = _found(app, named, link)
        if found:
            session = replace(session, conversation=found, by_link=by_link, pending=None, scroll_to_last=True)
        session = replace(session, unknown="" if found else "conversation")
    save(session)


def _found(app: Pinpoint, named: str, link: str) -> tuple[Conversation | None, bool]:
    """The conversation of this id or link, and whether it is only seen by the link, since it is somebody else's."""
    found = app.conversations.find_shared(link) if link else app.conversations.find(named)
    return found, bool(link and found and app.conversations.find(found.id) is None)


def read_filter(shelved: Shelved) -> None:
    """Take up the filter of the address, as far as there are such collections and tags."""
    session = current()
    if session.filter_read:
        return
    said = st.query_params
    names = [name for name in dict.fromkeys(said.get_all("collection")) if name.strip()][:_MOST_VALUES]
    found = [collection.name for name in names if (collection := shelved.named(name))]
    tags = {tag.casefold(): tag for tag in shelved.tags}
    read = Filter(
        tuple(dict.fromkeys(found)),
        tuple(label for label in type_labels() if label in said.get_all("type")),
        tuple(tags[tag.casefold()] for tag in dict.fromkeys(said.get_all("tag")) if tag.casefold() in tags),
        _read_day("since"),
        _read_day("until"),
    )
    session = replace(session, filter=read, filter_read=True)
    if len(found) < len(names):
        session = replace(session, notice="The address names a collection that is not here. It may have been renamed.")
    save(session)


def write_filter() -> None:
    """Let the address of a page that has no other parameters say how its documents are filtered."""
    st.query_params.from_dict(_filter_parameters(current().filter))


def _filter_parameters(chosen: Filter) -> dict[str, str | list[str]]:
    """What the address says of a filter.

    >>> _filter_parameters(Filter(("Contracts",), since=date(2024, 1, 1)))
    {'collection': ['Contracts'], 'since': '2024-01-01'}
    """
    lists = {"collection": chosen.collections, "type": chosen.types, "tag": chosen.tags}
    days = {"since": chosen.since, "until": chosen.until}
    return {name: list(values) for name, values in lists.items() if values} | {
        name: day.isoformat() for name, day in days.items() if day
    }


def _read_day(name: str) -> date | None:
    try:
        return date.fromisoformat(st.query_params.get(name, ""))
    except ValueError:
        return None


def write_address() -> None:
    """Let the address say what is on the page, so that it can be opened again and passed on."""
    session = current()
    st.query_params.from_dict(parameters(session))
    save(replace(session, left=None))


def parameters(session: Session) -> dict[str, str | list[str]]:
    """What the address says of a session: only what is not as it is by default.

    >>> parameters(Session(options=Options(mode="lexical"), pending=Pending("When?")))
    {'by': 'lexical', 'q': 'When?'}
    """
    options, said = session.options, _filter_parameters(session.filter)
    if options.documents:
        said["document"] = [document_id[:_ID_SHOWN] for document_id in options.documents]
    if options.mode != DEFAULTS.mode:
        said["by"] = options.mode
    if options.candidates != DEFAULTS.candidates:
        said["candidates"] = str(options.candidates)
    if options.top != DEFAULTS.top:
        said["passages"] = str(options.top)
    if session.conversation and session.turns:
        said["shared" if session.by_link else "conversation"] = session.named or ""
    if session.viewed and session.conversation and session.viewed.card.startswith(f"{session.conversation.id}-"):
        said["open"] = session.viewed.card.removeprefix(f"{session.conversation.id}-")
    if session.pending or session.turns:
        said["q"] = session.pending.question if session.pending else session.turns[-1].question
    return said


def to_conversation(conversation_id: str) -> dict[str, str]:
    """The parameters of a link to a conversation on the Ask page."""
    return {"conversation": conversation_id}


def to_shared(shared: str) -> str:
    """The address that shows a shared conversation, from where the browser is now."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{rules().base}/?shared={shared}"


def to_document(document_id: str, passage: int | None = None) -> dict[str, str]:
    """The parameters of a link to a document's page, to the passage of this ordinal where one is given."""
    return {"id": document_id} | ({} if passage is None else {"passage": str(passage + 1)})


def document_in_address() -> str:
    """The id of the document whose page is asked for; empty where none is named."""
    return st.query_params.get("id", "")


def place_in_address(passages: int, parts: int) -> Place:
    """The place in a document that is asked for: of so many passages, and of so many pages or parts."""
    return Place(
        _whole("passage", passages), _whole("page", parts), st.query_params.get("find", "")[:LONGEST_WORDS].strip(),
        _whole("match", 10**_DIGITS) or 1,
    )  # fmt: skip


def write_place(document_id: str, place: Place) -> None:
    """Let the address say which place of a document is shown."""
    said = {"passage": place.passage, "page": place.page, "find": place.words, "match": place.match}
    usual = {"match": 1}
    st.query_params.from_dict({"id": document_id} | {k: str(v) for k, v in said.items() if v and v != usual.get(k)})


def _whole(name: str, most: int) -> int | None:
    """A number of the address from 1 to `most`; None where there is none."""
    typed = st.query_params.get(name, "")
    number = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < _DIGITS else 0
    return number if 0 < number <= most else None


def _viewed(found: Conversation | None) -> Viewed | None:
    """What the address says is open in the viewer: the place of the turn and the rank of the card."""
    said = st.query_params.get("open", "")
    return Viewed(f"{found.id}-{said}") if found and said else None


def _options(held: Sequence[Document]) -> Options:
    """How the address says that questions are asked, as far as that can be chosen."""
    starts = tuple(start for start in st.query_params.get_all("document") if len(start) >= _ID_SHOWN)
    ids = tuple(document.id for document in held if starts and document.id.startswith(starts))
    by = st.query_params.get("by", "")
    return Options(
        by if by in get_args(Mode) else DEFAULTS.mode,  # type: ignore[arg-type]
        _number("candidates", DEFAULTS.candidates, LEAST_CANDIDATES, MOST_CANDIDATES),
        _number("passages", DEFAULTS.top, 1, MOST_PASSAGES),
        ids or None,
    )


def _number(name: str, default: int, least: int, most: int) -> int:
    """A number of the address, in steps of `least`."""
    said = st.query_params.get(name, "")
    if not (said.isascii() and said.isdigit() and len(said) < 9):
        return default
    return min(max(int(said) // least * least, least), most)
