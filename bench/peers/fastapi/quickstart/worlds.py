"""Rows of table world in the plain way: one statement after the other."""

from collections.abc import Sequence

from app.level import Connection, Row
from app.worlds import SELECT_WORLD

UPDATE_WORLD = "UPDATE world SET random_number = $2 WHERE id = $1"


async def read_worlds(connection: Connection, ids: Sequence[int]) -> list[Row]:
    return [await connection.fetchrow(SELECT_WORLD, each) for each in ids]


async def write_worlds(connection: Connection, worlds: Sequence[Row]) -> None:
    await connection.executemany(
        UPDATE_WORLD, [(world["id"], world["randomNumber"]) for world in worlds]
    )
