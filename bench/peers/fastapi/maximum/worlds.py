"""Rows of table world, read by queries that concurrent requests share."""

from collections.abc import Callable, Mapping, Sequence

from app.level import Database, Row
from maximum.gathered_reads import GatheredReads
from tuned.worlds import write_worlds

SELECT_WORLDS = 'SELECT id, random_number AS "randomNumber" FROM world WHERE id = ANY($1)'


class GatheredWorlds:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._reads = GatheredReads(self._fetch)

    async def _fetch(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {row["id"]: row for row in await self._database.fetch(SELECT_WORLDS, ids)}

    async def read_one(self, id: int) -> Row:
        [world] = await self._reads.read([id])
        return world

    async def read_several(self, ids: Sequence[int]) -> Sequence[Row]:
        return await self._reads.read(ids)

    async def update(self, ids: Sequence[int], change: Callable[[Row], Row]) -> Sequence[Row]:
        worlds = [change(row) for row in await self._reads.read(ids)]
        # Not borrowed before: those who wait for the shared query must not hold all connections, as it needs one.
        async with self._database.acquire() as connection:
            await write_worlds(connection, worlds)
        return worlds
