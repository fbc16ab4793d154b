"""What is done for one job: a web page is fetched, the file is added, and what it replaces goes."""

from collections.abc import Callable, Iterator

from ingest.pipeline.add import add_stored
from ingest.pipeline.outcome import Outcome, Progress
from ingest.queue.jobs import Job, Jobs
from ingest.settings import Settings
from ingest.store.free_name import free_name
from ingest.store.library import Library
from ingest.web.fetch import Reach, web_page

Told = Callable[[Progress], None]


def fetch_page(job: Job, jobs: Jobs, library: Library, settings: Settings, reach: Reach, progress: Told) -> Job:
    """Fetch the web page of a job, if it is for one that is not here yet; the job with its file.

    `progress` is called every second, too, while nothing comes; an exception from it ends the fetching. Raises
    CannotRead where the page is refused, LibraryUnavailable where it cannot be kept.
    """
    if not job.address or job.file:
        return job
    here = 0

    def counted(pieces: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal here
        for piece in pieces:
            here += len(piece)
            yield piece

    with web_page(job.address, settings, reach, lambda: progress(Progress("fetching", here))) as page:
        written = library.files.write(counted(page.pieces))
        return jobs.fetched(job, page.name, page.address, written)


def add_file(job: Job, library: Library, settings: Settings, progress: Told) -> Outcome:
    """Add the file of a job to the library, as was decided where its name is taken, and to the job's collection."""
    name = job.name
    if job.clash == "keep":
        others = [each for each in library.documents() if each.id not in {job.file, *job.replaces}]
        name = free_name(name, [each.name for each in others])
    replacing = job.clash == "replace" or bool(job.replaces)
    outcome = add_stored(job.file, name, library, settings, progress, replacing=replacing, source=job.address)
    if job.clash == "replace" and outcome.reason is None:
        _remove_replaced(outcome, library)
    if job.collection and outcome.reason is None:
        added = [each.document_id for each in (outcome, *outcome.files) if each.document_id]
        library.shelf.put(job.collection, added)
    return outcome


def _remove_replaced(new: Outcome, library: Library) -> None:
    """Remove the other documents of this name, each with what was inside it."""
    documents = library.documents()
    kept = {new.document_id, *(file.document_id for file in new.files)}
    replaced = [document for document in documents if document.name == new.name and document.id not in kept]
    if any(document.files for document in replaced):
        replaced += [each for each in documents if each.name.startswith(f"{new.name}/") and each.id not in kept]
    for document in replaced:
        if document.name == new.name and new.document_id:
            library.shelf.take_over(document.id, new.document_id)
        library.remove(document.id)
