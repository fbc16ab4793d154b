"""What a person reads of a file on its way into the library."""

from ingest import Job
from ingest.reading.not_read import not_read_sentence
from pages.parts.in_words import count, duration
from pages.parts.plain import plain_markdown

_READING_SHARE = 0.3  # of a file's bar; the rest fills with its passages


def job_progress_line(job: Job) -> str:
    """What is being done with a file, and how long that will take, as Markdown."""
    left = f", {duration(job.seconds_left)} left" if job.seconds_left is not None else ""
    return f"**{plain_markdown(job.name)}**: {_job_step(job)}{left}."


def job_share(job: Job) -> float:
    """How much of the work on a file is done, from 0 to 1."""
    step = job.progress
    if step is None or not step.total:
        return 0.0
    done = step.done / step.total
    return _READING_SHARE * done if step.stage == "reading" else _READING_SHARE + (1 - _READING_SHARE) * done


def job_outcome_line(job: Job) -> str:
    """How it went with a file, or what has to be decided, as Markdown."""
    name = f"**{plain_markdown(job.name)}**"
    if job.status == "failed":
        return f":material/error: {name} was not added. {plain_markdown(job.reason or '')}"
    if job.status == "asking":
        return f":material/help: Another document is called {name}. Replace it with the new file, or keep both?"
    if job.status == "unchanged":
        return f":material/check: {name} is already there; nothing was changed."
    if job.outcome is None:
        return name
    lacks = plain_markdown(not_read_sentence(job.outcome.not_read))
    return f":material/check_circle: {name} was added: {count(job.outcome.passages or 0, 'passage')}. {lacks}".rstrip()


def _job_step(job: Job) -> str:
    step = job.progress
    if job.status == "waiting":
        return "waiting"
    if step is None:
        return "starting"
    if step.stage == "reading" and not step.total:
        return "reading the text"
    if step.stage == "reading":
        slow = " (reading a scan takes a while)" if step.ocr_pages else ""
        return f"reading page {min(step.done + 1, step.total):,} of {step.total:,}{slow}"
    return f"making it searchable, {step.done:,} of {count(step.total, 'passage')}"
