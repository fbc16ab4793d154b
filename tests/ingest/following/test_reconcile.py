"""What a folder holds and what is known of it, compared: whatever happened there, the library comes after it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from ingest.following.reconcile import Change, Known, Plan, changed, reconcile, superseded
from ingest.following.scan import Stamp
from tests.conftest import tries

PATHS = ("a.txt", "b.txt", "c.txt", "sub/a.txt", "sub/d.txt")
TEXTS = ("one", "two", "six", "three", "")  # some have the same size


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Office:
    """A folder, a queue and a library of nothing but names and hashes."""

    folder: dict[str, tuple[str, int]] = field(default_factory=dict)  # path: text and time
    known: dict[str, Known] = field(default_factory=dict)
    library: set[str] = field(default_factory=set)
    queue: dict[int, str] = field(default_factory=dict)
    clock: int = 0
    jobs: int = 0

    def write(self, path: str, text: str) -> None:
        self.clock += 1
        self.folder[path] = text, self.clock

    def delete(self, path: str) -> None:
        self.folder.pop(path, None)

    def move(self, path: str, other: str) -> None:
        if path in self.folder:
            self.folder[other] = self.folder.pop(path)

    def swap(self, path: str, other: str) -> None:
        if path in self.folder and other in self.folder:
            self.folder[path], self.folder[other] = self.folder[other], self.folder[path]

    def look(self) -> bool:
        """One look, all of it done; whether there was anything to do."""
        plan = self.plan()
        self.change(plan.changes)
        for new in plan.new:
            self.jobs += 1
            text = self.folder[new.path][0]
            self.queue[self.jobs] = text
            documents = new.before.documents if new.before else ()
            self.known[new.path] = Known(new.path, new.stamp, hash_of(text), "waiting", documents, self.jobs)
        return bool(plan.changes or plan.new)

    def plan(self) -> Plan:
        there = {path: Stamp(len(text), time) for path, (text, time) in self.folder.items()}
        busy = {path for path, each in self.known.items() if each.job in self.queue}
        quiet = {path: stamp for path, stamp in there.items() if path not in busy}
        gone = set(self.known) - set(there) - busy
        return reconcile(quiet, gone, self.known, (), lambda path, _: hash_of(self.folder[path][0]))

    def work(self) -> None:
        """The queue takes in the file that waits longest."""
        if self.queue:
            job = min(self.queue)
            found = hash_of(self.queue.pop(job))
            self.library.add(found)
            waiting = [each for each in self.known.values() if each.job == job]
            self.change(Change(each, replace(each, state="in", documents=(found,), job=None)) for each in waiting)

    def change(self, changes: Iterable[Change]) -> None:
        made = list(changes)
        self.library -= set(superseded(made, self.known, ()))
        self.known = changed(made, self.known)

    def comes_to_rest(self) -> None:
        for _ in range(20):
            while self.queue:
                self.work()
            if not self.look():
                return
        raise AssertionError("there is always something to do")


STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(PATHS), st.sampled_from(TEXTS)),
    st.tuples(st.just("delete"), st.sampled_from(PATHS)),
    st.tuples(st.just("move"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
    st.tuples(st.just("swap"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
    st.tuples(st.just("look")),
    st.tuples(st.just("work")),
)


@given(st.lists(STEPS, max_size=30))
@examples(max_examples=tries(1000))
def test_whatever_happens_in_a_folder_the_library_holds_what_it_holds_and_what_has_vanished(
    steps: list[tuple[str, ...]],
) -> None:
    office = Office()
    for name, *arguments in steps:
        getattr(office, name)(*arguments)
    office.comes_to_rest()
    there = {hash_of(text) for text, _ in office.folder.values()}
    vanished = {path for path, each in office.known.items() if each.state == "vanished"}
    assert {path for path, each in office.known.items() if each.state == "in"} == set(office.folder)
    assert vanished.isdisjoint(office.folder)
    offered = {document for path in vanished for document in office.known[path].documents}
    assert office.library == there | offered
    assert not any(each.hash in there for path, each in office.known.items() if path in vanished)


def known(path: str, text: str, state: str = "in") -> Known:
    return Known(path, Stamp(len(text), 1), hash_of(text), state, (hash_of(text),))  # type: ignore[arg-type]


def plan_for(folder: dict[str, tuple[str, int]], *of_it: Known, gone: tuple[str, ...] = ()) -> Plan:
    there = {path: Stamp(len(text), time) for path, (text, time) in folder.items()}
    return reconcile(there, gone, {each.path: each for each in of_it}, (), lambda path, _: hash_of(folder[path][0]))


def test_nothing_is_done_where_nothing_has_changed() -> None:
    assert plan_for({"a.txt": ("one", 1)}, known("a.txt", "one")) == Plan()


def test_a_file_that_was_only_touched_is_not_taken_in_again() -> None:
    before = known("a.txt", "one")
    plan = plan_for({"a.txt": ("one", 9)}, before)
    assert plan == Plan((Change(before, replace(before, stamp=Stamp(3, 9))),))


def test_a_renamed_file_is_the_same_document() -> None:
    before = known("a.txt", "one")
    plan = plan_for({"b.txt": ("one", 1)}, before, gone=("a.txt",))
    assert plan == Plan((Change(None, replace(before, path="b.txt")), Change(before, None)))


def test_a_vanished_file_stays_until_somebody_decides_and_is_back_when_it_comes_back() -> None:
    before = known("a.txt", "one")
    (change,) = plan_for({}, before, gone=("a.txt",)).changes
    assert change.after == replace(before, state="vanished")
    assert superseded([change], {"a.txt": before}, ()) == {}
    assert plan_for({}, change.after, gone=("a.txt",)) == Plan()
    (back,) = plan_for({"a.txt": ("one", 1)}, change.after).changes
    assert back.after == before


def test_a_copy_is_the_same_document_which_goes_only_with_its_last_path() -> None:
    first, copy = known("a.txt", "one"), known("b.txt", "one")
    assert plan_for({"b.txt": ("one", 1)}, first, copy, gone=("a.txt",)).changes == (Change(first, None),)
    (new,) = plan_for({"a.txt": ("four", 2), "b.txt": ("one", 1)}, first, copy).new
    assert new.before == first
    done = Change(first, known("a.txt", "four"))
    assert superseded([done], {"a.txt": first, "b.txt": copy}, ()) == {}
    assert list(superseded([done], {"a.txt": first}, ())) == [hash_of("one")]


def test_what_was_refused_or_removed_is_not_tried_again_under_another_name() -> None:
    for state in ("refused", "removed"):
        before = replace(known("a.txt", "one", state), documents=())
        plan = plan_for({"b.txt": ("one", 5)}, before, gone=("a.txt",))
        assert plan.new == ()
        assert [change.after.state for change in plan.changes if change.after] == [state]


def test_bytes_that_were_refused_are_not_thought_to_be_in_when_they_come_back() -> None:
    before = replace(known("a.txt", "four", "refused"), documents=(hash_of("one"),), reason="This file is damaged.")
    (change,) = plan_for({}, before, gone=("a.txt",)).changes
    assert change.after
    assert (change.after.state, change.after.documents) == ("vanished", (hash_of("one"),))
    (new,) = plan_for({"a.txt": ("four", 1)}, change.after).new
    assert new.before == change.after


def test_what_a_file_was_before_goes_also_where_its_new_bytes_are_already_on_the_way_for_another() -> None:
    office = Office()
    office.write("b.txt", "two")
    office.comes_to_rest()
    office.write("a.txt", "one")
    office.look()
    office.write("b.txt", "one")
    office.look()
    assert office.library == {hash_of("two")}
    office.comes_to_rest()
    assert office.library == {hash_of("one")}


def test_the_small_files_come_first() -> None:
    plan = plan_for({"a.txt": ("three", 1), "b.txt": ("one", 1), "c.txt": ("four", 1)})
    assert [new.path for new in plan.new] == ["b.txt", "c.txt", "a.txt"]
