"""GET /cpu: work for the processor alone."""

from fastapi import APIRouter
from pydantic import BaseModel

from app.level import Level
from app.requests import parse_count

MOST_STARTS = 100_000
DEFAULT_STARTS = 1000


class Collatz(BaseModel):
    n: int
    start: int
    steps: int


def longest_collatz(n: int) -> Collatz:
    """Walks every start from 1 to n; the first of equals wins."""
    longest_start, most_steps = 1, 0
    for start in range(1, n + 1):
        value, steps = start, 0
        while value != 1:
            value = 3 * value + 1 if value & 1 else value >> 1
            steps += 1
        if steps > most_steps:
            longest_start, most_steps = start, steps
    return Collatz(n=n, start=longest_start, steps=most_steps)


def create_router(_level: Level) -> APIRouter:
    router = APIRouter()

    # Without `async`, as FastAPI advises for what would block the event loop: it runs in a thread.
    @router.get("/cpu")
    def cpu(n: str | None = None) -> Collatz:
        return longest_collatz(parse_count(n, MOST_STARTS, DEFAULT_STARTS))

    return router
