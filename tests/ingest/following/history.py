"""A day of a followed folder: files come, change, are renamed and deleted while the app is killed again and again."""

import json
import random
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from ingest import Document, Follower, Library, Settings, Worker
from tests.conftest import until
from tests.ingest.following.office import hashes
from tests.started import start

PATIENCE = 3600.0  # seconds


@dataclass
class Day:
    """What is to happen: so many files are copied in, changed, renamed, deleted; so often the app is killed.

    The first kill comes in the middle of the copying, and before the first change more than half of the files are in.
    """

    home: Path
    copied: int
    changed: int
    renamed: int
    deleted: int
    kills: int
    seed: int = 1
    asked: int = 0
    slowest: float = 0.0
    killed_at: list[dict[str, object]] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """The folder that is followed."""
        return self.home / "papers"

    def runs(self) -> None:
        """Let all of it happen while the app works and is killed."""
        chance = random.Random(self.seed)
        self.folder.mkdir()
        works = [*self._copies(), *self._changes(chance)]
        kills = {self.copied // 2, (self.copied + len(works)) // 2}
        while len(kills) < self.kills:
            kills.add(chance.randrange(len(works)))
        app = App(self.home / "library", self.folder)
        for number, work in enumerate(works):
            if number == self.copied:
                app.has_in(self.copied * 6 // 10)
            work()
            if number in kills:
                app.has_in(app.said.get("held", 0) + self.copied // 10)
                self._ends(app)
                app = App(self.home / "library", self.folder)
        app.forgets()
        until(app.rests, PATIENCE)
        self._ends(app)

    def _ends(self, app: "App") -> None:
        said = app.kill()
        self.killed_at.append(said)
        self.asked += int(str(said.get("asked", 0)))
        self.slowest = max(self.slowest, float(str(said.get("slowest", 0))))

    def _copies(self) -> list[Callable[[], None]]:
        store = self.home / "store"
        for number in range(self.copied):
            path = store / f"house {number % 10}" / f"room {number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text_of(number, "blue"), encoding="utf-8")

        def copy(path: Path) -> Callable[[], None]:
            target = self.folder / path.relative_to(store)

            def work() -> None:
                target.parent.mkdir(exist_ok=True)
                shutil.copyfile(path, target)

            return work

        return [copy(path) for path in sorted(store.rglob("*.txt"))]

    def _changes(self, chance: random.Random) -> list[Callable[[], None]]:
        """Changes, renamings and deletions of different files, in any order."""
        numbers = chance.sample(range(self.copied), self.changed + self.renamed + self.deleted)
        changed, rest = numbers[: self.changed], numbers[self.changed :]

        def path_of(number: int) -> Path:
            return self.folder / f"house {number % 10}" / f"room {number}.txt"

        def change(number: int) -> Callable[[], None]:
            return lambda: void(path_of(number).write_text(text_of(number, "red"), encoding="utf-8"))

        def rename(number: int) -> Callable[[], None]:
            return lambda: void(
                path_of(number).rename(self.folder / f"house {(number + 1) % 10}" / f"hall {number}.txt")
            )

        works = [change(number) for number in changed]
        works += [rename(number) for number in rest[: self.renamed]]
        works += [path_of(number).unlink for number in rest[self.renamed :]]
        chance.shuffle(works)
        return works


class App:
    """The app's process; what it said last is in `said`."""

    def __init__(self, library: Path, folder: Path) -> None:
        """Start it, and listen to what it says."""
        self._process = start("tests.ingest.following.killed", str(library), str(folder))
        self.said: dict[str, int] = {}
        self._calm: list[dict[str, int]] = []
        threading.Thread(target=self._hear, daemon=True).start()

    def rests(self) -> bool:
        """Whether nothing was on the way for three looks."""
        if self._process.poll() is not None:
            raise AssertionError("the app ended by itself")
        return len({each["looked_at"] for each in self._calm}) >= 3

    def has_in(self, files: int) -> None:
        """Wait until so many files are in, or there is nothing more to take in."""
        until(lambda: self.said.get("held", 0) >= files or self.rests(), PATIENCE)

    def forgets(self) -> None:
        """Something has happened: what was calm before does not count."""
        self._calm = []

    def kill(self) -> dict[str, object]:
        """End it as `kill -9` or a power cut does. What it had said."""
        self._process.kill()
        self._process.wait()
        return dict(self.said)

    def _hear(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            if not line.endswith("\n"):
                return
            said = json.loads(line)
            same = {key: said[key] for key in ("held", "waiting", "vanished")}
            calm = not said["waiting"] and all(same.items() <= each.items() for each in self._calm)
            self._calm = [*self._calm, said] if calm else []
            self.said = said


@dataclass(frozen=True)
class End:
    """How the library is at the end, beside the folder."""

    files: int
    documents: int
    vanished: int
    missing: int
    too_many: int
    wrongly_named: int
    incomplete: int

    @classmethod
    def of(cls, day: Day) -> Self:
        """Open the library as the next start does; remove what has vanished, as a person would, and compare."""
        settings = Settings(library=day.home / "library", folders=str(day.folder), free_megabytes=0)
        with Library(settings) as library:
            follower = Follower(library, settings, Worker(library, settings))
            until(lambda: bool(follower.folders()) and follower.folders()[0].looked_at is not None)
            state = follower.folders()[0]
            follower.remove(state.folder.id, state.vanished)
            follower.close()
            held, wanted = library.documents(), hashes(day.folder)
            names = {f"papers/{path.relative_to(day.folder)}" for path in day.folder.rglob("*.txt")}
            ids = {document.id for document in held}
            return cls(
                len(names),
                len(held),
                len(state.vanished),
                len(wanted - ids),
                len(ids - wanted) + len(held) - len(ids),
                len({document.name for document in held} ^ names),
                sum(not _is_whole(library, document) for document in held),
            )


def _is_whole(library: Library, document: Document) -> bool:
    return [each.ordinal for each in library.passages([document])] == list(range(document.passages))


def text_of(number: int, colour: str) -> str:
    """A text of a passage or two, no two alike."""
    rule = f"Room {number} is painted {colour}, and the key of room {number} hangs on hook {number + 300}. "
    return rule + "The caretaker writes down what was found there and tells the office. " * (1 + number % 9)


def void(_: object) -> None:
    """Nothing."""
