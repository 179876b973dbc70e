"""How uvicorn serves a level. What is not named here is its default."""

import importlib.util
import os
import sys
from typing import Any

# No more than the processes of `tuned` may hold connections.
MOST_TUNED_PROCESSES = 4
# A second process would answer from rows of its own and not hear of what the first one writes.
PROCESSES_OF_MAX = 1


def cores() -> int:
    """The cores that this process may use, which may be fewer than there are."""
    return len(os.sched_getaffinity(0))


def tuned_processes() -> int:
    return min(cores(), MOST_TUNED_PROCESSES)


def require(*modules: str) -> None:
    """Ends this process where one is missing: uvicorn would do without, slowly, or start workers again and again."""
    missing = [each for each in modules if importlib.util.find_spec(each) is None]
    if missing:
        sys.exit(f"{' and '.join(missing)} must be installed: run sh build.sh tuned.")


def tuned_serving(processes: int) -> dict[str, Any]:
    require("uvloop", "httptools")
    return {
        "workers": processes,
        "loop": "uvloop",
        "http": "httptools",
        "access_log": False,
        "log_level": "warning",
        "proxy_headers": False,
    }


def serving_of(level: str) -> dict[str, Any]:
    if level == "workers":
        return {"workers": cores()}
    if level == "tuned":
        return tuned_serving(tuned_processes())
    if level == "max":
        return tuned_serving(PROCESSES_OF_MAX)
    return {}
