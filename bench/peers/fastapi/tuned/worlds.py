"""Rows of table world with few round trips."""

from collections.abc import Sequence

from asyncpg import Connection, DeadlockDetectedError

from app.level import Row
from app.worlds import SELECT_WORLD

UPDATE_WORLDS = """UPDATE world SET random_number = new.number
    FROM unnest($1::int[], $2::int[]) AS new (id, number) WHERE world.id = new.id"""
MOST_TRIES = 5


async def read_worlds(connection: Connection, ids: Sequence[int]) -> Sequence[Row]:
    """Each row by a statement of its own; all are sent before the first answer is read."""
    return await connection.fetchmany(SELECT_WORLD, [(each,) for each in ids])


async def write_worlds(connection: Connection, worlds: Sequence[Row]) -> None:
    """All rows by one statement. PostgreSQL gives one up when two wait for each other: it is tried again."""
    ids = [world["id"] for world in worlds]
    numbers = [world["randomNumber"] for world in worlds]
    for tries in range(1, MOST_TRIES + 1):
        try:
            await connection.execute(UPDATE_WORLDS, ids, numbers)
            return
        except DeadlockDetectedError:
            if tries == MOST_TRIES:
                raise
