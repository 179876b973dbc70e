"""TechEmpower's rows: GET /db, /queries, /updates and /cached-queries."""

import asyncio
import random

from cachetools import LRUCache
from fastapi import APIRouter
from pydantic import BaseModel

from app.level import Database, Db, Level, Row, WorldRows
from app.requests import parse_count

ROWS = 10_000
MOST = 500
SELECT_ALL = 'SELECT id, random_number AS "randomNumber" FROM world ORDER BY id'


class World(BaseModel):
    id: int
    randomNumber: int


def random_id() -> int:
    return random.randrange(ROWS) + 1


def random_ids(count: int) -> list[int]:
    """All different, ascending."""
    return sorted(random.sample(range(1, ROWS + 1), count))


def other_number(old: int) -> int:
    """Not the old one: a number that stayed could not be told from one never written."""
    return 1 + (old + random.randrange(ROWS - 1)) % ROWS


def renumbered(world: Row) -> Row:
    return {"id": world["id"], "randomNumber": other_number(world["randomNumber"])}


class WorldCache:
    """Table world as it was when the first request asked for it."""

    def __init__(self) -> None:
        self._rows: LRUCache[int, Row] = LRUCache(ROWS)
        self._filling = asyncio.Lock()

    async def fill(self, database: Database) -> None:
        """Reads the table once. After a failure the next request tries again."""
        async with self._filling:
            if not self._rows:
                self._rows.update((row["id"], row) for row in await database.fetch(SELECT_ALL))

    async def read(self, database: Database, ids: list[int]) -> list[Row]:
        if not self._rows:
            await self.fill(database)
        return [self._rows[each] for each in ids]


def create_router(level: Level) -> APIRouter:
    router = APIRouter()
    answers = level.answers
    cache = WorldCache()

    @router.get("/db")
    async def read_world(worlds: WorldRows) -> World:
        return answers.one(World, await worlds.read_one(random_id()))

    @router.get("/queries")
    async def read_several(worlds: WorldRows, queries: str | None = None) -> list[World]:
        ids = [random_id() for _ in range(parse_count(queries, MOST, 1))]
        return answers.many(World, await worlds.read_several(ids))

    @router.get("/updates")
    async def update_several(worlds: WorldRows, queries: str | None = None) -> list[World]:
        ids = random_ids(parse_count(queries, MOST, 1))
        return answers.many(World, await worlds.update(ids, renumbered))

    @router.get("/cached-queries")
    async def read_cached(database: Db, count: str | None = None) -> list[World]:
        ids = [random_id() for _ in range(parse_count(count, MOST, 1))]
        return answers.many(World, await cache.read(database, ids))

    return router
