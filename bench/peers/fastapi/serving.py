"""How uvicorn serves a level. What is not named here is its default."""

import os
from typing import Any

# No more than the processes of `tuned` may hold connections.
MOST_TUNED_PROCESSES = 4


def cores() -> int:
    """The cores that this process may use, which may be fewer than there are."""
    return len(os.sched_getaffinity(0))


def tuned_processes() -> int:
    return min(cores(), MOST_TUNED_PROCESSES)


def serving_of(level: str) -> dict[str, Any]:
    if level == "workers":
        return {"workers": cores()}
    if level == "tuned":
        return {
            "workers": tuned_processes(),
            "loop": "uvloop",
            "http": "httptools",
            "access_log": False,
            "log_level": "warning",
            "proxy_headers": False,
        }
    return {}
