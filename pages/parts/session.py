"""What one person has on the screen: one frozen object a browser window. Nothing else touches `st.session_state`.

To change something, save a changed copy: `save(replace(current(), notice=None))`. A copy is saved whole or not at all,
also where Streamlit stops the script to begin a new run. The values of widgets are Streamlit's own, under their keys.
"""

from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from ingest import Filter
from qa import Answering, Conversation, Options, Turn

_KEY = "session"


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that is to be answered.

    Args:
        question: As it was typed.
        alone: Whether it must not be asked together with the question before it.
        after: The question that it follows, where that is known.
        mend: Whether typing errors are corrected.
    """

    question: str
    alone: bool = False
    after: str | None = None
    mend: bool = True


@dataclass(frozen=True, slots=True)
class Viewed:
    """What the viewer beside the answer shows.

    Args:
        card: The key of the card whose document it is: the conversation's id, the place of the turn, the rank.
        page: The page that was turned to, where it is not the passage's own.
        zoom: How large a page is, in hundredths of the viewer's width.
        words: What is searched for in the document.
        match: The place of the match that is shown, from 0, among all that were found.
        earlier: How many more passages before the one that is shown were asked for.
        later: How many more passages after it.
    """

    card: str
    page: int | None = None
    zoom: int = 100
    words: str = ""
    match: int = 0
    earlier: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """What is on the screen of one browser window.

    Args:
        person: The number of whoever has signed in; None where nobody signs in.
        arrived: Whether the Ask page has read the address.
        conversation: The one on the Ask page; None until something is asked.
        by_link: Whether it is somebody else's, who shares it by a link.
        unknown: What the address names that is not there: a conversation, or a page of the app.
        left: What the address says of the conversation that was left for a new one, while the address still names it.
        pending: The question that is being answered.
        answering: The work on it, once it has begun, which goes on while the page is drawn anew.
        options: How questions are asked, and of which documents.
        filter: Which documents are listed and asked.
        filter_read: Whether the address has been read for it.
        filter_panel: How often the widgets of the filter were replaced by new ones.
        picked: The ids of the documents that are selected in the list.
        undo: The ids of the documents that were removed last, until something else is done.
        panel: How often the widgets of the options were replaced by new ones.
        panel_options: The options that it shows.
        scroll_to_last: Whether the last question is to be brought to the top of the window.
        all_turns_of: The id of the conversation of which all turns are shown.
        viewed: What the viewer shows; None where it is closed.
        asked_while_adding: The keys of the turns that were asked while files were being added.
        was_adding: Whether files were being added when the Ask page was last drawn.
        documents_page: What the Documents page was last drawn from.
        uploads: How often files were taken from the upload fields, which are empty again then.
        confirming: The ids of what somebody wants to delete, until that is confirmed or given up.
        notice: The sentence on what went wrong, until it is shown.
        done: The sentence on what was done, until it is shown.
    """

    person: int | None = None
    arrived: bool = False
    conversation: Conversation | None = None
    by_link: bool = False
    unknown: Literal["", "conversation", "page"] = ""
    left: str | None = None
    pending: Pending | None = None
    answering: Answering | None = None
    options: Options = Options()  # noqa: RUF009 - it is frozen
    filter: Filter = Filter()  # noqa: RUF009 - it is frozen
    filter_read: bool = False
    filter_panel: int = 0
    picked: frozenset[str] = frozenset()
    undo: tuple[str, ...] = ()
    panel: int = 0
    panel_options: Options | None = None
    scroll_to_last: bool = False
    all_turns_of: str | None = None
    viewed: Viewed | None = None
    asked_while_adding: frozenset[str] = frozenset()
    was_adding: bool = False
    documents_page: tuple[tuple[tuple[int, str], ...], int] | None = None
    uploads: int = 0
    confirming: tuple[str, ...] = ()
    notice: str | None = None
    done: str | None = None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns of the conversation, none of a new one."""
        return self.conversation.turns if self.conversation else ()

    @property
    def named(self) -> str | None:
        """What the address says of the conversation: its id, or what its link has."""
        if self.conversation is None:
            return None
        return self.conversation.shared if self.by_link else self.conversation.id

    @property
    def empty(self) -> bool:
        """Whether nothing was asked yet, nor is being asked."""
        return not self.turns and self.pending is None


def current() -> Session:
    """The session of the window that the script runs for."""
    session: Session = st.session_state.get(_KEY) or Session()
    return session


def save(session: Session) -> None:
    """Let this be the session from now on."""
    st.session_state[_KEY] = session


def begin_as(person: int | None) -> None:
    """Let this be a window of this person: nothing that somebody else had on the screen stays."""
    if current().person != person:
        for key in list(st.session_state):
            del st.session_state[key]
        save(Session(person))


def widget_value(key: str) -> Any:  # noqa: ANN401 - each widget has a type of its own
    """The value of the widget with this key; None where it is not on the page."""
    return st.session_state.get(key)


def begin_widget(key: str, value: int) -> None:
    """Let the widget with this key begin with a value; it keeps the one that it has."""
    st.session_state.setdefault(key, value)


def set_widget(key: str, value: int | bool | str | None) -> None:
    """Give the widget with this key another value, in a callback or else before it is drawn."""
    st.session_state[key] = value
