"""Users that stay in this process until they are written or make room for others; one read for all who ask at once.

Whoever has the answer of a write gets no older row afterwards. A read holds its place in `_reads` until it is done or
a write of its user begins or ends. Without its place nobody joins it any more, and what it finds is not kept.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cachetools import LRUCache

from app.level import Database, Row
from app.users import StoredUsers
from maximum.answers import KeptRow
from maximum.failures import is_settled

MOST_KEPT = 1000


@dataclass(slots=True)
class Writes:
    """Writes of one user that overlap."""

    under_way: int = 0
    alone: bool = True
    """No second one has begun: only then the row that the write gives back is known to be the last."""


class KeptUsers(StoredUsers):
    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._kept: LRUCache[int, KeptRow] = LRUCache(MOST_KEPT)
        self._reads: dict[int, asyncio.Task[KeptRow | None]] = {}
        self._writes: dict[int, Writes] = {}

    async def read(self, id: int) -> Row | None:
        user = self._kept.get(id)
        if user is not None:
            return user
        reading = self._reads.get(id)
        if reading is None:
            reading = self._reads[id] = asyncio.create_task(self._load(id))
        # A request that goes away must not cancel what others wait for.
        return await asyncio.shield(reading)

    async def _load(self, id: int) -> KeptRow | None:
        reading = asyncio.current_task()
        try:
            row = await super().read(id)
            if row is None:
                return None
            user = KeptRow(row)
            # While a write is under way nobody knows whether a row is from before or after it.
            if self._reads.get(id) is reading and id not in self._writes:
                self._kept[id] = user
            return user
        finally:
            if self._reads.get(id) is reading:
                del self._reads[id]

    async def create(self, username: str, email: str, age: int) -> Row:
        row = await super().create(username, email, age)
        # Somebody may have asked for this id just before it came to be.
        self._reads.pop(row["id"], None)
        return row

    async def update(self, id: int, username: str, email: str, age: int) -> Row | None:
        with self._writing(id) as writes:
            row = await super().update(id, username, email, age)
        if row is None:
            return None
        user = KeptRow(row)
        if writes.alone:
            self._kept[id] = user
        return user

    async def delete(self, id: int) -> Row | None:
        with self._writing(id):
            return await super().delete(id)

    @contextmanager
    def _writing(self, id: int) -> Iterator[Writes]:
        """Around a write: nothing that was read before it is handed out after it, whatever becomes of it."""
        writes = self._writes.setdefault(id, Writes())
        writes.alone = writes.under_way == 0
        writes.under_way += 1
        self._kept.pop(id, None)
        self._reads.pop(id, None)
        try:
            yield writes
        except BaseException as error:
            # A write whose fate is unknown, as its connection was lost or its wait cancelled, may still be done at any
            # time: it never ends, so its row is not kept any more. Those are few.
            if is_settled(error):
                self._end(id, writes)
            raise
        else:
            self._end(id, writes)
        finally:
            self._reads.pop(id, None)

    def _end(self, id: int, writes: Writes) -> None:
        writes.under_way -= 1
        if writes.under_way == 0:
            del self._writes[id]
