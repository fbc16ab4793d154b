"""The ground floor: a file to sections, to passages, to vectors, to the library. It never imports `qa`."""

from ingest.add import Outcome, Progress, add
from ingest.document import Document, Passage, Section
from ingest.errors import CannotRead, PinpointError
from ingest.examples import example_documents, example_questions
from ingest.jobs import Job
from ingest.library import Library
from ingest.pictures import PagePicture, page_picture
from ingest.settings import Settings, load_settings
from ingest.worker import Worker

__all__ = [
    "CannotRead",
    "Document",
    "Job",
    "Library",
    "Outcome",
    "PagePicture",
    "Passage",
    "PinpointError",
    "Progress",
    "Section",
    "Settings",
    "Worker",
    "add",
    "example_documents",
    "example_questions",
    "load_settings",
    "page_picture",
]
