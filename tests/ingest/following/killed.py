"""The app without its pages, to be killed: it follows a folder and answers a question after the other.

`python -m tests.ingest.following.killed LIBRARY FOLDER` says how it is, a JSON line each, on standard output: how many
files are in the library, on the way, refused and vanished; how many questions were answered, and the slowest one's
seconds.
"""

import json
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from ingest import BadQuestion, Follower, Library, Settings, Worker
from ingest.following import follower as follower_module
from qa import Asker

QUESTIONS = ("Which room is painted blue?", "Who has the key of room 7?", "When is the lift checked?")


class Questions:
    """Asks without end, in a thread of its own."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self.asked, self.slowest = 0, 0.0
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        self._asker.warm_up()
        while True:
            started = time.perf_counter()
            with suppress(BadQuestion):  # there is no document yet
                self._asker.ask(QUESTIONS[self.asked % len(QUESTIONS)])
                self.asked += 1
                self.slowest = max(self.slowest, time.perf_counter() - started)
            threading.Event().wait(3.0)


def main() -> None:
    """Follow and answer until somebody kills the process."""
    follower_module._QUIET_SECONDS = 0.5
    settings = Settings(library=Path(sys.argv[1]), folders=sys.argv[2], folders_seconds=5, free_megabytes=0)
    library = Library(settings)
    follower = Follower(library, settings, Worker(library, settings))
    questions = Questions(Asker(library, settings))
    while True:
        for state in follower.folders():
            if state.looked_at:
                said: dict[str, object] = {"held": state.held, "waiting": state.waiting}
                said |= {
                    "refused": len(state.refused),
                    "vanished": len(state.vanished),
                    "asked": questions.asked,
                    "looked_at": str(state.looked_at),
                }
                print(json.dumps(said | {"slowest": round(questions.slowest, 2)}), flush=True)
        threading.Event().wait(0.2)


if __name__ == "__main__":
    main()
