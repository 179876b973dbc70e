"""Rows of table world in the plain way: one statement after the other."""

from collections.abc import Sequence

from app.level import Database, Row
from app.routes.worlds import SELECT_WORLD

UPDATE_WORLD = "UPDATE world SET random_number = $2 WHERE id = $1"


async def read_worlds(database: Database, ids: Sequence[int]) -> list[Row]:
    async with database.acquire() as connection:
        return [await connection.fetchrow(SELECT_WORLD, each) for each in ids]


async def write_worlds(database: Database, worlds: Sequence[Row]) -> None:
    async with database.acquire() as connection:
        await connection.executemany(
            UPDATE_WORLD, [(world["id"], world["randomNumber"]) for world in worlds]
        )
