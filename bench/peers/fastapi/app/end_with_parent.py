"""No worker stays behind when its parent is killed."""

import ctypes
import os
import signal
from multiprocessing import parent_process

PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Linux ends this process when its parent ends, however that happens; elsewhere nothing is asked for.

    The parent is named by who started this process: asked for here, it may be gone already.
    """
    prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)
    if prctl is None:
        return
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # It may have ended before it could be asked for.
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def end_as_worker() -> None:
    """As `end_with_parent`, where this process is one of uvicorn's workers."""
    starter = parent_process()
    if starter is not None and starter.pid is not None:
        end_with_parent(starter.pid)
