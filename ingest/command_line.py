"""How a program of the command line begins and ends."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn

from ingest.logs import keep_logs_clean


def run_command(main: Callable[[], int]) -> NoReturn:
    """Run a program and end with its exit code; with 1 and no word where nobody reads on, as after `| head`."""
    keep_logs_clean()
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains at its end
        status = 1
    sys.exit(status)
