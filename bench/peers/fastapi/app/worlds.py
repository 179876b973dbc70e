"""Rows of table world, which each request reads and writes with one connection."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from app.level import Database, Row

SELECT_WORLD = 'SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1'


class StoredWorlds:
    def __init__(
        self,
        database: Database,
        *,
        read: Callable[[Any, Sequence[int]], Awaitable[Sequence[Row]]],
        write: Callable[[Any, Sequence[Row]], Awaitable[None]],
    ) -> None:
        """`read` and `write` are given a connection, and what to read or to write with it."""
        self._database = database
        self._read = read
        self._write = write

    async def read_one(self, id: int) -> Row:
        return await self._database.fetchrow(SELECT_WORLD, id)

    async def read_several(self, ids: Sequence[int]) -> Sequence[Row]:
        async with self._database.acquire() as connection:
            return await self._read(connection, ids)

    async def update(self, ids: Sequence[int], change: Callable[[Row], Row]) -> Sequence[Row]:
        async with self._database.acquire() as connection:
            worlds = [change(row) for row in await self._read(connection, ids)]
            await self._write(connection, worlds)
        return worlds
