"""The ground floor: a file to sections, to passages, to vectors, to the library. It never imports `qa`."""

from ingest.document import Document, Passage, Section
from ingest.errors import CannotRead, PinpointError
from ingest.examples import example_documents, example_questions
from ingest.pipeline.add import Outcome, Progress, add
from ingest.queue.jobs import Job
from ingest.queue.worker import Worker
from ingest.reading.page_images.page_image import PagePicture, page_picture
from ingest.settings import Settings, load_settings
from ingest.store.library import Library

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
