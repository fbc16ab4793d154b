"""The app as a person starts it: a process of its own on a port and a library of its own."""

import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Self

from tests.started import start

SECONDS_TO_START = 120


class RunningApp:
    """A started app. `stop` ends exactly this process; what it wrote is in `log`.

    It is forked from a process that has imported its libraries, where that is possible.
    """

    _anew = False

    def __init__(self, folder: Path, *arguments: str, module: str = "streamlit", **variables: str) -> None:
        """Start it on the library in this folder and wait until it answers; with these arguments and variables.

        `module` is what runs it, in the place of Streamlit.
        """
        self.url = f"http://localhost:{_free_port()}"
        self.log = folder / "app.log"
        self.library = folder / "library"
        command = ["run", "app.py", "--server.headless", "true", "--server.port", self.url.rpartition(":")[2]]
        variables = {"PINPOINT_LIBRARY": str(self.library), **variables}
        with self.log.open("ab") as log:
            self._process = start(module, *command, *arguments, environment=variables, log=log, anew=self._anew)
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def memory(self) -> int:
        """The bytes of memory that the process has (`VmRSS` of Linux), without its children."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024

    def kill(self) -> None:
        """End it as `kill -9` or a power cut does."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it as a person does with Ctrl+C or the machine does; by force where it does not listen."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=10):
                    return
            except OSError:
                assert self._process.poll() is None, f"the app ended:\n{self.log.read_text(errors='replace')}"
                assert time.monotonic() < deadline, f"no answer after {SECONDS_TO_START} seconds"
                time.sleep(0.1)


class AppStartedAnew(RunningApp):
    """An app whose process is started as a person starts it, with all that it imports."""

    _anew = True


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
