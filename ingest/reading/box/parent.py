"""End this process when the process that started it ends, however that ends."""

import ctypes
import os
import signal
import sys
import threading

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, pipe: int | None) -> bool:
    """End this process as soon as its parent has ended.

    Args:
        parent: The id of the parent process.
        pipe: A pipe whose other end only the parent has; None on Linux, where the system sends a signal.

    Returns:
        Whether the system can do this.
    """
    if pipe is not None:
        threading.Thread(target=_wait_for_end, args=(pipe,), daemon=True).start()
        return True
    if sys.platform != "linux":
        return False
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        return False
    # The parent may have ended before the signal was asked for.
    if os.getppid() != parent:
        os._exit(1)
    return True


def _wait_for_end(pipe: int) -> None:
    os.read(pipe, 1)  # nothing is ever written: this returns when the parent's end is closed
    os._exit(1)
