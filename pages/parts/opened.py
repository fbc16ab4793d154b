"""The parts of the app, opened once a process; each page has them behind gates that know who is looking."""

import gc
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import streamlit as st

from ingest import (
    EVERYBODY,
    Action,
    BackupKeeper,
    BackupRestorer,
    Follower,
    Gate,
    Library,
    People,
    Person,
    PinpointError,
    PlaceFinder,
    Record,
    Settings,
    SignIns,
    Worker,
    answer_requests,
    load_settings,
    may,
)
from pages.parts.visitor import network_address, note_window, token
from pages.server.rules import rules
from qa import Asker, Conversations, Judgements, load_models

_FREEZE_SECONDS = 0.2
_PARTS = (
    "library",
    "worker",
    "asker",
    "conversations",
    "judgements",
    "backups",
    "restorer",
    "people",
    "record",
    "places",
    "follower",
)


@dataclass(frozen=True)
class Pinpoint:
    """The open library; what adds documents to it and what answers questions; what people said; who they are.

    `person` is who is looking. On a page, each part is behind a gate: what the person may not do raises NotAllowed.
    """

    settings: Settings
    library: Library
    worker: Worker
    asker: Asker
    conversations: Conversations
    judgements: Judgements
    backups: BackupKeeper
    restorer: BackupRestorer
    people: People
    record: Record
    sign_ins: SignIns
    places: PlaceFinder
    follower: Follower
    person: Person | None = EVERYBODY

    def may(self, part: str, name: str) -> bool:
        """Whether whoever is looking may do this, so that the page offers only what they may."""
        return may(self.person.role if self.person else None, part, name)


def pinpoint() -> Pinpoint:
    """The parts of the app for whoever is looking. Raises PinpointError where they cannot be opened."""
    opened = _open()
    theirs = behind_gates(opened, _who(opened.sign_ins, token()), network_address())
    note_window(theirs.person)
    return theirs


def sign_ins() -> SignIns:
    """The sign-ins, for the layers around the server."""
    return _open().sign_ins


def backup_for(shown: str, address: str) -> Path | None:
    """The newest backup, for whoever shows this token of a sign-in. Raises NotAllowed where they may not have it."""
    opened = _open()
    return behind_gates(opened, _who(opened.sign_ins, shown), address).backups.download()


def behind_gates(opened: Pinpoint, who: Callable[[], Person | None], address: str) -> Pinpoint:
    """The parts as somebody may use them, who is looked up anew whenever something is used.

    Args:
        opened: The parts themselves.
        who: Who is asking, at this moment.
        address: The network address, for the record.
    """
    person = who()
    theirs = {
        "conversations": opened.conversations.of(person.id if person else 0),
        "judgements": opened.judgements.of(person.id if person else 0),
    }

    def gate(part: str) -> Any:  # noqa: ANN401 - any part
        real = theirs[part] if part in theirs else getattr(opened, part)
        return Gate(
            part, real, who, opened.record, _names(opened), lambda: address, frozenset({"files", "trash", "shelf"})
        )

    return replace(opened, person=person, **{part: cast("Any", gate(part)) for part in _PARTS})


def _who(sign_ins: SignIns, shown: str) -> Callable[[], Person | None]:
    return (lambda: sign_ins.person(shown)) if rules().sign_in else (lambda: EVERYBODY)


def _names(opened: Pinpoint) -> Callable[[Action, tuple[Any, ...]], str]:
    """For the record: the name of a document, a file or a person that something is about to be done to."""

    def named(action: Action, arguments: tuple[Any, ...]) -> str:
        first = arguments[0] if arguments else None
        match action.what:
            case "name":
                return str(first)
            case "document":
                document = opened.library.document(str(first))
                return document.name if document else ""
            case "trash" | "documents":
                wanted = {first} if isinstance(first, str) else set(first or ())
                removed = [each.document for each in opened.library.trash.documents()]
                there = removed if action.what == "trash" else opened.library.documents()
                return ", ".join(document.name for document in there if document.id in wanted)
            case "job":
                return next((job.name for job in opened.worker.jobs() if job.id == first), "")
            case "person":
                person = opened.people.find(first) if isinstance(first, int) else None
                return person.name if person else ""
            case _:
                return _name_on_shelf(opened, action, arguments)

    return named


def _name_on_shelf(opened: Pinpoint, action: Action, arguments: tuple[Any, ...]) -> str:
    """The name of a collection or a tag; empty where the action is on neither."""
    if action.what == "tag":
        return str(arguments[1])
    collections = opened.library.shelf.now().collections if action.what == "collection" else ()
    return next((each.name for each in collections if each.id == arguments[0]), "")


def _warm_up(settings: Settings, asker: Future[Asker]) -> None:
    """Load what the first question needs, and keep it out of Streamlit's garbage collection.

    The models are loaded while the library is opened.

    Streamlit looks through all objects whenever a page or a part of it was drawn. With the models and their libraries
    that is half a million: 0.4 s in which no other thread runs. Beside an open page that is drawn every second, loading
    took minutes on a busy machine, and files were added many times more slowly. What is frozen is not looked through;
    what comes later still is.
    """
    loaded = threading.Event()
    threading.Thread(target=_freeze_until, args=[loaded], name="freeze", daemon=True).start()
    try:
        with suppress(PinpointError):  # the first question will say why
            load_models(settings)
        if asker.exception() is None:  # otherwise the page says why there is none
            asker.result().warm_up()
    finally:
        loaded.set()
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _freeze_until(loaded: threading.Event) -> None:
    """Keep what is being loaded out of the collection from the beginning."""
    while not loaded.wait(_FREEZE_SECONDS):
        gc.freeze()


@st.cache_resource(show_spinner="Opening the library…")
def _open() -> Pinpoint:
    settings, asker = load_settings(), Future[Asker]()
    # What the pages, the store and the models' libraries import in common: where two threads import modules that import
    # one another, Python breaks one of them off.
    for module in ("altair", "chromadb", "pandas"):
        import_module(module)
    threading.Thread(target=_warm_up, args=[settings, asker], name="warm-up", daemon=True).start()
    try:
        parts = _opened(settings)
    except BaseException as error:
        asker.set_exception(error)
        raise
    asker.set_result(parts.asker)
    return parts


def _opened(settings: Settings) -> Pinpoint:
    library = Library(settings)
    try:
        conversations, judgements = Conversations(library.database), Judgements(library.database)
        record = Record(library.database, settings.record_days)
        sign_ins = SignIns(library.database, record, settings.sign_in_days)
        if rules().sign_in:
            sign_ins.people.claim()
    except PinpointError:
        library.close()  # so that the next try can open it
        raise
    library.database.reserve.keep()
    threading.Thread(target=answer_requests, args=[library], name="backups", daemon=True).start()
    worker = Worker(library, settings)
    return Pinpoint(
        settings,
        library,
        worker,
        Asker(library, settings),
        conversations,
        judgements,
        BackupKeeper(library),
        BackupRestorer(settings),
        sign_ins.people,
        record,
        sign_ins,
        PlaceFinder(library, settings),
        Follower(library, settings, worker),
    )
