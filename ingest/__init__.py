"""Documents: from a file to sections, passages, vectors and the library. This package never imports `qa`.

The names below are imported when they are first used. So `import ingest` takes no time and imports no large library. A
child process that reads one file needs none of the models.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING

# Nothing leaves this machine. ONNX Runtime (from 1.29) and the Hugging Face libraries would tell their makers of their
# use, and ONNX Runtime would keep a number for this machine. They look at these variables when they are imported.
os.environ.update({"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1"})

if TYPE_CHECKING:
    from ingest.backup.keeper import BackupKeeper
    from ingest.backup.requests import answer_requests
    from ingest.backup.restorer import BackupRestorer
    from ingest.document import Document, Passage, Place, Section
    from ingest.embedding.embed import embed
    from ingest.errors import BadPerson, BadQuestion, CannotRead, CannotSignIn, NotAllowed, PinpointError
    from ingest.examples import example_documents, example_questions
    from ingest.following.follower import Follower
    from ingest.following.looking import FolderState
    from ingest.people.gate import Gate
    from ingest.people.people import People
    from ingest.people.person import EVERYBODY, Person
    from ingest.people.record import Entry, Record
    from ingest.people.roles import ROLES, WHAT_ROLES_MAY, Action, may
    from ingest.people.sign_ins import SignIns
    from ingest.pipeline.add import add
    from ingest.pipeline.outcome import Outcome, Progress
    from ingest.pipeline.passage_places import PlaceFinder
    from ingest.queue.jobs import Job
    from ingest.queue.worker import Worker
    from ingest.reading.box.layers import Layer, box_layers
    from ingest.reading.page_images.page_image import PageImage, page_image
    from ingest.reading.read import Reading, read
    from ingest.reading.split import split
    from ingest.settings import Settings, load_settings
    from ingest.store.database import Database
    from ingest.store.filter import Filter, type_label
    from ingest.store.library import Library
    from ingest.store.shelf import NAME_CHARACTERS, TAG_CHARACTERS, Named, Shelved
    from ingest.store.trash import Removed
else:
    _MODULES = {
        "BadPerson": "ingest.errors",
        "CannotSignIn": "ingest.errors",
        "NotAllowed": "ingest.errors",
        "Gate": "ingest.people.gate",
        "People": "ingest.people.people",
        "EVERYBODY": "ingest.people.person",
        "Person": "ingest.people.person",
        "Entry": "ingest.people.record",
        "Record": "ingest.people.record",
        "ROLES": "ingest.people.roles",
        "WHAT_ROLES_MAY": "ingest.people.roles",
        "Action": "ingest.people.roles",
        "may": "ingest.people.roles",
        "SignIns": "ingest.people.sign_ins",
        "BackupKeeper": "ingest.backup.keeper",
        "BackupRestorer": "ingest.backup.restorer",
        "CannotRead": "ingest.errors",
        "Database": "ingest.store.database",
        "Document": "ingest.document",
        "Filter": "ingest.store.filter",
        "FolderState": "ingest.following.looking",
        "Follower": "ingest.following.follower",
        "type_label": "ingest.store.filter",
        "Named": "ingest.store.shelf",
        "Shelved": "ingest.store.shelf",
        "NAME_CHARACTERS": "ingest.store.shelf",
        "TAG_CHARACTERS": "ingest.store.shelf",
        "BadQuestion": "ingest.errors",
        "Job": "ingest.queue.jobs",
        "Layer": "ingest.reading.box.layers",
        "Library": "ingest.store.library",
        "Outcome": "ingest.pipeline.outcome",
        "PageImage": "ingest.reading.page_images.page_image",
        "Passage": "ingest.document",
        "Place": "ingest.document",
        "PlaceFinder": "ingest.pipeline.passage_places",
        "PinpointError": "ingest.errors",
        "Progress": "ingest.pipeline.outcome",
        "Reading": "ingest.reading.read",
        "Removed": "ingest.store.trash",
        "Section": "ingest.document",
        "Settings": "ingest.settings",
        "Worker": "ingest.queue.worker",
        "add": "ingest.pipeline.add",
        "answer_requests": "ingest.backup.requests",
        "box_layers": "ingest.reading.box.layers",
        "embed": "ingest.embedding.embed",
        "example_documents": "ingest.examples",
        "example_questions": "ingest.examples",
        "load_settings": "ingest.settings",
        "page_image": "ingest.reading.page_images.page_image",
        "read": "ingest.reading.read",
        "split": "ingest.reading.split",
    }

    def __getattr__(name: str) -> object:
        """Import a name when it is first used (PEP 562)."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name]), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


__all__ = [
    "EVERYBODY",
    "NAME_CHARACTERS",
    "ROLES",
    "TAG_CHARACTERS",
    "WHAT_ROLES_MAY",
    "Action",
    "BackupKeeper",
    "BackupRestorer",
    "BadPerson",
    "BadQuestion",
    "CannotRead",
    "CannotSignIn",
    "Database",
    "Document",
    "Entry",
    "Filter",
    "FolderState",
    "Follower",
    "Gate",
    "Job",
    "Layer",
    "Library",
    "Named",
    "NotAllowed",
    "Outcome",
    "PageImage",
    "Passage",
    "People",
    "Person",
    "PinpointError",
    "Place",
    "PlaceFinder",
    "Progress",
    "Reading",
    "Record",
    "Removed",
    "Section",
    "Settings",
    "Shelved",
    "SignIns",
    "Worker",
    "add",
    "answer_requests",
    "box_layers",
    "embed",
    "example_documents",
    "example_questions",
    "load_settings",
    "may",
    "page_image",
    "read",
    "split",
    "type_label",
]
