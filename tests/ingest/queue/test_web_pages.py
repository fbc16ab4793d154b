"""A web page on its way into the library: fetched by the worker, in the background, and kept with its address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import CannotRead, Job, Library, Settings, Worker
from ingest.backup.restore import restore_backup
from ingest.backup.write import write_backup
from ingest.queue.jobs import Jobs
from ingest.web.connection import NOT_PUBLIC
from ingest.web.fetch import OFF
from tests.conftest import settings_in, until
from tests.ingest.web.server import Server, serving


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path, web_pages=True)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def over(worker: Worker) -> list[Job]:
    until(lambda: all(job.over for job in worker.jobs()))
    return worker.jobs()


def files_in(settings: Settings) -> set[str]:
    return {path.name for path in (settings.library / "files").iterdir()}


def test_a_page_becomes_a_document_with_its_address_and_goes_where_it_is_to_go(
    library: Library, settings: Settings, server: Server
) -> None:
    collection = library.shelf.make("Offices")
    worker = Worker(library, settings, server.reach)
    worker.put_page(f" {server.address}/moved ", collection.id)
    (job,) = over(worker)
    (document,) = library.documents()
    assert (job.status, job.name, job.file) == ("added", "127.0.0.1 hours.html", document.id)
    assert (document.name, document.source) == ("127.0.0.1 hours.html", f"{server.address}/hours.html")
    assert document.id in library.shelf.now().members[collection.id]
    assert files_in(settings) == {document.id}
    library.close()
    with Library(settings) as again:
        assert again.documents() == [document]


def test_a_page_that_is_refused_says_why_and_can_be_tried_again(
    library: Library, settings: Settings, server: Server
) -> None:
    worker = Worker(library, settings, server.reach)
    worker.put_page(f"{server.address}/gone")
    (job,) = over(worker)
    assert (job.status, job.name) == ("failed", f"{server.address}/gone")
    assert job.reason == "There is no web page at this address."
    asked = len(server.asked)
    worker.retry(job.id)
    until(lambda: len(server.asked) > asked)
    assert over(worker)[0].status == "failed"
    worker.dismiss(job.id)
    assert (worker.jobs(), files_in(settings)) == ([], set())


def test_a_page_that_does_not_come_is_cancelled_and_leaves_nothing(
    library: Library, settings: Settings, server: Server
) -> None:
    worker = Worker(library, settings, server.reach)
    worker.put_page(f"{server.address}/slow")
    until(lambda: any(job.progress and job.progress.stage == "fetching" for job in worker.jobs()))
    worker.cancel(worker.jobs()[0].id)
    until(lambda: [job.status for job in worker.jobs()] == ["cancelled"])
    assert Jobs(library).all() == []
    assert not server.released.is_set()
    assert (library.documents(), files_in(settings)) == ([], set())


def test_a_restart_fetches_what_the_last_run_left(library: Library, settings: Settings, server: Server) -> None:
    left = Jobs(library)
    left.put_page(f"{server.address}/hours.html")
    left.claim()
    assert [job.status for job in over(Worker(library, settings, server.reach))] == ["added"]


def test_a_page_that_waits_is_in_a_backup(library: Library, settings: Settings, tmp_path: Path) -> None:
    address = "https://example.org/tides?" + "a" * 300
    shown = Jobs(library).put_page(address).name
    assert (len(shown), shown[:151]) == (151, address[:150] + "…")
    write_backup(library, tmp_path / "backup.zip")
    other = settings_in(tmp_path / "other")
    restore_backup(tmp_path / "backup.zip", other)
    with Library(other) as restored:
        assert [(job.address, job.file) for job in Jobs(restored).all()] == [(address, "")]


def test_what_leads_to_this_machine_is_refused_without_the_seam_of_the_tests(
    library: Library, settings: Settings
) -> None:
    worker = Worker(library, settings)
    worker.put_page("http://127.0.0.1/")
    assert [(job.status, job.reason) for job in over(worker)] == [("failed", NOT_PUBLIC)]


def test_no_address_is_kept_that_is_none_or_that_may_not_be_fetched(
    library: Library, settings: Settings, server: Server
) -> None:
    with pytest.raises(CannotRead, match="not an address of a web page"):
        Worker(library, settings, server.reach).put_page("javascript:alert(1)")
    off = settings.model_copy(update={"web_pages": False})
    asked = len(server.asked)
    with pytest.raises(CannotRead) as refused:
        Worker(library, off, server.reach).put_page(f"{server.address}/hours.html")
    assert str(refused.value) == OFF
    assert (Jobs(library).all(), len(server.asked)) == ([], asked)


def test_a_page_that_waits_when_it_is_no_longer_allowed_is_refused(
    library: Library, settings: Settings, server: Server
) -> None:
    Jobs(library).put_page(f"{server.address}/hours.html")
    asked = len(server.asked)
    off = settings.model_copy(update={"web_pages": False})
    assert [(job.status, job.reason) for job in over(Worker(library, off, server.reach))] == [("failed", OFF)]
    assert len(server.asked) == asked
