"""The ground floor: a file to sections, to passages, to vectors, to the library. It never imports `qa`."""

from ingest.add import Outcome, Progress, add
from ingest.document import Document, Passage, Section
from ingest.errors import PinpointError
from ingest.examples import example_documents, example_questions
from ingest.library import Library
from ingest.settings import Settings, load_settings
from ingest.worker import Job, Worker

__all__ = [
    "Document",
    "Job",
    "Library",
    "Outcome",
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
]
