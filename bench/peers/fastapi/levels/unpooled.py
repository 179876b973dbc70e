"""The quick start before it has a pool: each request opens a connection and closes it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import asyncpg

from app.borrowing import Borrowing
from app.main import create_app
from quickstart import quick_start


class ConnectingDatabase(Borrowing):
    def __init__(self, url: str) -> None:
        self._url = url

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(self._url)
        try:
            yield connection
        finally:
            await connection.close()


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[ConnectingDatabase]:
    yield ConnectingDatabase(url)


app = create_app(replace(quick_start, open_database=open_database))
