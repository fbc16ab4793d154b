"""What a folder holds and what is known of it, compared: what is to be done. Pure functions: nothing is written.

State belongs to bytes, not to names. A path whose bytes are known already, under whatever name, shares what is known of
them: so a renamed file is the same document, and the same bytes twice are one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ingest.following.scan import Stamp

State = Literal["waiting", "in", "refused", "removed", "vanished"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file of a followed folder.

    Args:
        path: Its path in the folder.
        stamp: Its size and time when it was taken in.
        hash: The SHA-256 of its bytes then; empty where nobody knows whether these bytes are in the library.
        state: "waiting" for its job, "in" the library, "refused", "removed" by a person and left out until it changes,
            or "vanished" from the folder.
        documents: What is in the library because of it: its own document first, then those of the files inside
            it. While it waits or where it is refused, those of what it was before.
        job: The number of its job.
        reason: The sentence why it was refused.
    """

    path: str
    stamp: Stamp
    hash: str
    state: State
    documents: tuple[str, ...] = ()
    job: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What is known of a path becomes something else; `after` is None where it is forgotten."""

    before: Known | None
    after: Known | None


@dataclass(frozen=True, slots=True)
class New:
    """A file whose bytes go to the queue; `before` is what is known of its path."""

    path: str
    stamp: Stamp
    before: Known | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: changes of what is known, in their order, and files for the queue, the small ones first."""

    changes: tuple[Change, ...] = ()
    new: tuple[New, ...] = ()


def reconcile(
    there: Mapping[str, Stamp],
    gone: Iterable[str],
    known: Mapping[str, Known],
    elsewhere: Iterable[Known],
    content: Callable[[str, Stamp], str | None],
) -> Plan:
    """Compare a folder with what is known of it.

    Args:
        there: The files of the folder that are quiet.
        gone: The paths that are known and certainly not there.
        known: What is known, by path.
        elsewhere: What is known of the files of other folders.
        content: Finds the hash of a file; None where it cannot be read now. Asked only where bytes may be known.
    """
    of_bytes = _by_bytes([*elsewhere, *known.values()])
    sizes = {each.stamp.size for each in of_bytes.values()}
    changes, new = list[Change](), list[New]()
    for path, stamp in there.items():
        before = known.get(path)
        if before and before.stamp == stamp and before.state != "vanished":
            continue
        same = before is not None and before.stamp == stamp and before.hash
        found = before.hash if same and before else content(path, stamp) if stamp.size in sizes else ""
        if found is None:
            continue
        after = _after(path, stamp, found, before, of_bytes)
        if after:
            changes.append(Change(before, after))
        else:
            new.append(New(path, stamp, before))
    paths_of_new = {each.path for each in new}
    now = {path: each for path, each in known.items() if path not in paths_of_new} | {
        change.after.path: change.after for change in changes if change.after
    }
    changes += _departures(gone, known, now, elsewhere)
    return Plan(tuple(changes), tuple(sorted(new, key=lambda each: (each.stamp.size, each.path))))


def _by_bytes(known: Iterable[Known]) -> dict[str, Known]:
    """What is known of bytes; where several paths have them, the one of which most is known."""
    order = {"in": 0, "vanished": 1, "waiting": 2, "removed": 3, "refused": 4}
    found: dict[str, Known] = {}
    for each in sorted(known, key=lambda each: order[each.state]):
        if each.hash:
            found.setdefault(each.hash, each)
    return found


def _after(path: str, stamp: Stamp, found: str, before: Known | None, of_bytes: Mapping[str, Known]) -> Known | None:
    """What is known of a path whose bytes have the hash `found`; None where the bytes are new."""
    if before and found and found == before.hash:
        return replace(before, stamp=stamp, state="in" if before.state == "vanished" else before.state)
    source = of_bytes.get(found)
    if source is None:
        return None
    state: State = "in" if source.state == "vanished" else source.state
    documents = source.documents
    if state in {"waiting", "refused"} and before:  # what it was before stays until the new bytes are in
        documents = tuple(dict.fromkeys([*documents, *before.documents]))
    return Known(path, stamp, found, state, documents, source.job, source.reason)


def _departures(
    gone: Iterable[str], known: Mapping[str, Known], now: Mapping[str, Known], elsewhere: Iterable[Known]
) -> list[Change]:
    """Files that are gone: forgotten where another path has their bytes or nothing of them is in, else vanished."""
    left = set(gone)
    present = {each.hash for each in elsewhere if each.state != "vanished"}
    present |= {each.hash for path, each in now.items() if path not in left and each.state != "vanished"}
    changes = []
    for path in sorted(left):
        before = known.get(path)
        if before is None:
            continue
        if (before.hash and before.hash in present) or not before.documents:
            changes.append(Change(before, None))
        elif before.state != "vanished":
            changes.append(Change(before, _vanished(before)))
    return changes


def _vanished(before: Known) -> Known:
    """What is left of a file that was in the library. Bytes that did not come in are not known any more."""
    came_in = before.state == "in"
    return replace(before, state="vanished", hash=before.hash if came_in else "", job=None, reason=None)


def superseded(changes: Iterable[Change], known: Mapping[str, Known], elsewhere: Iterable[Known]) -> dict[str, Known]:
    """The documents that nobody needs after these changes, each with what has come in its place.

    A document is needed where any path has it, also one that has vanished: there a person decides.
    """
    made = list(changes)
    now = changed(made, known)
    needed = {document for each in (*now.values(), *elsewhere) for document in each.documents}
    return {
        document: change.after
        for change in made
        if change.before and change.after and change.after.state in {"in", "removed"}
        for document in change.before.documents
        if document not in needed
    }


def changed(changes: Iterable[Change], known: Mapping[str, Known]) -> dict[str, Known]:
    """What is known after these changes, by path."""
    now = dict(known)
    for change in changes:
        if change.after:
            now[change.after.path] = change.after
        elif change.before:
            now.pop(change.before.path, None)
    return now


def is_in(known: Known) -> bool:
    """Whether what is known of a path is in the library, its file there or vanished."""
    return known.state in {"in", "vanished"}
