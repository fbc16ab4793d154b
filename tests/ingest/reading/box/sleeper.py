"""A child process in the box that says which process it is and then waits for ever."""

import os
import threading

from ingest.reading.box.enter import enter


def prepare(_said: object) -> None:
    """Nothing is needed before it is forked."""


def main() -> None:
    """Answer with the environment, the open descriptors and the id of this process, then wait."""
    before = sorted(os.environ)
    boxed = enter()
    boxed.answer.write(f"{os.getpid()} {' '.join(before)}\n".encode())
    boxed.answer.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
