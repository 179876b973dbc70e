"""The short ways of asyncpg's pool, for a database that is no pool."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from app.level import Connection, Row


class Borrowing:
    """Runs one statement with a connection from `acquire`, which a subclass has."""

    def acquire(self) -> AbstractAsyncContextManager[Connection]:
        raise NotImplementedError

    async def fetch(self, query: str, *values: Any) -> Sequence[Row]:
        async with self.acquire() as connection:
            return await connection.fetch(query, *values)

    async def fetchrow(self, query: str, *values: Any) -> Row | None:
        async with self.acquire() as connection:
            return await connection.fetchrow(query, *values)

    async def fetchval(self, query: str, *values: Any) -> Any:
        async with self.acquire() as connection:
            return await connection.fetchval(query, *values)
