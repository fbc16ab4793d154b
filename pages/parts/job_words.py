"""What a person reads of a file on its way into the library."""

from ingest import Job
from ingest.pipeline.outcome import Outcome, Progress, files_sentence, refused_inside
from ingest.reading.not_read import names_of, not_read_sentence
from ingest.units import MEGABYTE
from pages.parts.in_words import count, duration
from pages.parts.plain import plain_markdown

_READING_SHARE = 0.3  # of a file's bar; the rest fills with its passages
_MOST_NAMED = 5  # files in an archive that were not read
_MOST_REASONS = 50


def job_progress_line(job: Job) -> str:
    """What is being done with a file, and how long that will take, as Markdown."""
    left = f", {duration(job.seconds_left)} left" if job.seconds_left is not None else ""
    return f"**{plain_markdown(job.name)}**: {_job_step(job)}{left}."


def job_share(job: Job) -> float:
    """How much of the work on a file is done, from 0 to 1."""
    step = job.progress
    if step is None or step.stage == "fetching":
        return 0.0
    done = step.done / step.total if step.total else 0.0
    share = _READING_SHARE * done if step.stage == "reading" else _READING_SHARE + (1 - _READING_SHARE) * done
    return (step.file - 1 + share) / step.files if step.files else share


def job_outcome_line(job: Job) -> str:
    """How it went with a file, or what has to be decided, as Markdown."""
    name = f"**{plain_markdown(job.name)}**"
    if job.status == "failed":
        return f":material/error: {name} was not added. {plain_markdown(job.reason or '')}"
    if job.status == "cancelled":
        return f":material/cancel: {name} was cancelled. Nothing of it is in the library."
    if job.status == "asking":
        return f":material/help: Another document is called {name}. Replace it with the new file, or keep both?"
    if job.outcome is None:
        return name
    is_archive, has_new = job.outcome.document_id is None, any(each.status == "added" for each in job.outcome.files)
    if job.status == "unchanged" and not is_archive and not has_new:
        return f":material/check: {name} is already there; nothing was changed."
    return f":material/check_circle: {name} {_well_words(job.outcome)}"


def refusal_lines(job: Job) -> list[str]:
    """Why files inside a file were not read, a line each, as Markdown."""
    refused = refused_inside(job.outcome) if job.outcome else []
    lines = [
        f"**{plain_markdown(each.name.removeprefix(f'{job.name}/'))}**: {plain_markdown(each.reason or '')}"
        for each in refused[:_MOST_REASONS]
    ]
    rest = len(refused) - _MOST_REASONS
    return [*lines, f"And {count(rest, 'more file')}."] if rest > 0 else lines


def _well_words(outcome: Outcome) -> str:
    """What was added of a file and of the files inside it, and what was not read."""
    files, not_read = files_sentence(outcome), outcome.all_not_read
    lacks = not_read_sentence(not_read)
    if outcome.document_id is None:  # an archive, of which no page names later what was not read
        own = "was opened"
        named = names_of(not_read)
        more = [f"and {len(named) - _MOST_NAMED:,} more"] if len(named) > _MOST_NAMED else []
        names = ", ".join([*named[:_MOST_NAMED], *more])
        lacks = f"{lacks[:-1]}: {names}." if not_read else ""
    elif outcome.status == "unchanged":
        own = "is already there"
    else:
        own = f"was added: {count(outcome.passages or 0, 'passage')}"
    return " ".join(filter(None, [f"{own}.", files, plain_markdown(lacks), plain_markdown(outcome.note)]))


def _job_step(job: Job) -> str:
    step = job.progress
    if job.status == "cancelling":
        return "cancelling…"
    if job.status == "waiting":
        return "waiting"
    if step is None:
        return "starting"
    return f"file {step.file:,} of {step.files:,}, {_stage(step)}" if step.files else _stage(step)


def _stage(step: Progress) -> str:
    if step.stage == "fetching":
        return f"fetching the web page, {step.done / MEGABYTE:.1f} MB so far" if step.done else "fetching the web page"
    if step.stage == "reading" and not step.total:
        return "reading the text"
    if step.stage == "reading":
        slow = " (reading a scan takes a while)" if step.ocr_pages else ""
        return f"reading page {min(step.done + 1, step.total):,} of {step.total:,}{slow}"
    return f"making it searchable, {step.done:,} of {count(step.total, 'passage')}"
