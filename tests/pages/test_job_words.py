"""What a person reads of a file with files inside, on its way and afterwards."""

from ingest import Job, Outcome, Progress
from ingest.document import NotRead
from pages.parts.job_words import job_outcome_line, job_progress_line, job_share, refusal_lines


def inner(name: str, status: str = "added", *not_read: NotRead) -> Outcome:
    assert status in {"added", "unchanged", "failed"}
    document_id, reason = (None, "This file is empty.") if status == "failed" else (name, None)
    return Outcome(name, status, document_id, None, 1, reason, 0.1, not_read)  # type: ignore[arg-type] # asserted


def line(outcome: Outcome) -> str:
    return job_outcome_line(Job(1, "5f3a", outcome.name, outcome.status, outcome=outcome))


def test_an_archive_says_how_many_of_its_files_are_in_and_names_the_others() -> None:
    files = (inner("a.zip/b.eml", "added", NotRead("attachment", "d*.dwg")), inner("a.zip/c.txt", "unchanged"))
    said = line(Outcome("a.zip", "added", None, None, None, None, 0.1, (NotRead("file", "e.dwg"),), files))
    assert said.endswith(
        "was opened. 1 file in it was added. 1 file in it was already there. "
        "1 file and 1 attachment were not read\\: e\\.dwg\\, d\\*\\.dwg\\."
    )


def test_of_very_many_that_were_not_read_some_are_named() -> None:
    lacks = tuple(NotRead("file", f"{number}") for number in range(9))
    said = line(Outcome("a.zip", "added", None, None, None, None, 0.1, lacks, (inner("a.zip/b"),)))
    assert said.endswith("9 files were not read\\: 0\\, 1\\, 2\\, 3\\, 4\\, and 4 more\\.")


def test_what_has_no_name_is_counted_and_not_named_by_nothing() -> None:
    lacks = (NotRead("picture"), NotRead("file", "e.dwg"), NotRead("picture"))
    said = line(Outcome("a.zip", "added", None, None, None, None, 0.1, lacks, (inner("a.zip/b"),)))
    assert said.endswith("2 pictures and 1 file were not read\\: e\\.dwg\\, 2 pictures\\.")


def test_each_file_inside_that_was_refused_has_its_reason() -> None:
    files = (
        inner("a.zip/b.eml", "added", NotRead("attachment", "d*.dwg")),
        inner("a.zip/b.eml/d*.dwg", "failed"),
        inner("a.zip/logo.png", "failed"),  # a logo: nobody misses it
        inner("a.zip/e.dwg", "failed"),
    )
    outcome = Outcome("a.zip", "added", None, None, None, None, 0.1, (NotRead("file", "e.dwg"),), files)
    said = refusal_lines(Job(1, "5f3a", "a.zip", "added", outcome=outcome))
    assert said == ["**b\\.eml\\/d\\*\\.dwg**: This file is empty\\.", "**e\\.dwg**: This file is empty\\."]


def test_a_message_says_what_it_has_and_what_was_in_it() -> None:
    message = Outcome("a.eml", "added", "5f3a", None, 2, None, 0.1, (), (inner("a.eml/b"), inner("a.eml/c")))
    assert line(message).endswith("was added: 2 passages. 2 files in it were added.")
    again = Outcome("a.eml", "unchanged", "5f3a", None, 2, None, 0.1, (), (inner("a.eml/b"),))
    assert line(again).endswith("is already there. 1 file in it was added.")
    same = Outcome("a.eml", "unchanged", "5f3a", None, 2, None, 0.1, (), (inner("a.eml/b", "unchanged"),))
    assert line(same).endswith("is already there; nothing was changed.")


def test_the_bar_fills_from_file_to_file() -> None:
    steps = [Progress("reading"), *(Progress("embedding", 1, 2, file=file, files=3) for file in (1, 2, 3))]
    jobs = [Job(1, "5f3a", "a.zip", "working", progress=step) for step in steps]
    shares = [job_share(job) for job in jobs]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] < 1
    assert "file 2 of 3, making it searchable" in job_progress_line(jobs[2])
