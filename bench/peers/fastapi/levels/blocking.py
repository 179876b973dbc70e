"""The quick start with a bad habit: a driver that blocks, called in async functions, so that all requests wait."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg
import psycopg
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from app.borrowing import Borrowing
from app.level import Row
from app.main import create_app
from quickstart import quick_start


class BlockingConnection:
    """psycopg behind the names of asyncpg. No method of it ever lets another request go on."""

    def __init__(self, connection: psycopg.Connection[dict[str, Any]]) -> None:
        self._connection = connection

    def _execute(self, query: str, values: Sequence[Any]) -> psycopg.Cursor[dict[str, Any]]:
        try:
            return self._connection.execute(query, values)
        except psycopg.errors.UniqueViolation as error:
            raise asyncpg.UniqueViolationError(str(error)) from None

    async def fetch(self, query: str, *values: Any) -> Sequence[Row]:
        return self._execute(query, values).fetchall()

    async def fetchrow(self, query: str, *values: Any) -> Row | None:
        return self._execute(query, values).fetchone()

    async def fetchval(self, query: str, *values: Any) -> Any:
        row = self._execute(query, values).fetchone()
        return row and next(iter(row.values()))

    async def executemany(self, command: str, values: Sequence[Sequence[Any]]) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(command, values)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        with self._connection.transaction():
            yield


class BlockingDatabase(Borrowing):
    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[BlockingConnection]:
        with self._pool.connection() as connection:
            yield BlockingConnection(connection)


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[BlockingDatabase]:
    kwargs = {"autocommit": True, "row_factory": dict_row, "cursor_factory": psycopg.RawCursor}
    # One is as many as a thread that blocks can use at a time.
    with ConnectionPool(url, min_size=1, max_size=1, kwargs=kwargs) as pool:
        yield BlockingDatabase(pool)


app = create_app(replace(quick_start, open_database=open_database))
