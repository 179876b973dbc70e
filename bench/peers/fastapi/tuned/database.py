"""A small pool that is full from the start and spends no round trip on a connection that is given back."""

from contextlib import AbstractAsyncContextManager
from typing import Any

import asyncpg

# Of all processes together.
MOST_CONNECTIONS = 4


async def keep(_connection: Any) -> None:
    """asyncpg asks the database to forget a session's state. No statement of this app leaves any."""


def open_database(url: str, processes: int) -> AbstractAsyncContextManager[Any]:
    """The pool of one of so many processes."""
    size = MOST_CONNECTIONS // processes
    return asyncpg.create_pool(
        url,
        min_size=size,
        max_size=size,
        max_inactive_connection_lifetime=0,
        reset=keep,
    )
