"""Reads of concurrent requests as one query: they gather while another is under way, and wait for no timer."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from app.level import Row
from maximum.failures import is_of_statement

MOST_IDS = 256

Found = Mapping[int, Row]


@dataclass(frozen=True, slots=True)
class Read:
    """What a request asks for, and the future that it waits for: done early where the request was cancelled."""

    ids: Sequence[int]
    found: asyncio.Future[Found]

    def give(self, found: Found) -> None:
        if not self.found.done():
            self.found.set_result(found)

    def fail(self, error: Exception) -> None:
        if not self.found.done():
            self.found.set_exception(error)


class GatheredReads:
    """One query at a time. A read joins only a query that is not sent yet, so it never gets an older row."""

    def __init__(self, fetch: Callable[[Sequence[int]], Awaitable[Found]]) -> None:
        """`fetch` asks for different ids, 256 at most, by one query."""
        self._fetch = fetch
        self._waiting: deque[Read] = deque()
        self._asking: asyncio.Task[None] | None = None

    async def read(self, ids: Sequence[int]) -> list[Row]:
        """One row for each id, in their order; an id may come more than once."""
        if len(ids) > MOST_IDS:
            parts = [ids[start : start + MOST_IDS] for start in range(0, len(ids), MOST_IDS)]
            return list(chain.from_iterable(await asyncio.gather(*map(self.read, parts))))
        read = Read(ids, asyncio.get_running_loop().create_future())
        self._waiting.append(read)
        # The query is a task of its own: no request that goes away takes it along.
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        found = await read.found
        return [found[each] for each in ids]

    async def _ask(self) -> None:
        """Asks until nobody waits. What comes in meanwhile is in the next query."""
        try:
            while self._waiting:
                if reads := self._take():
                    await self._answer(reads)
        finally:
            self._asking = None

    def _take(self) -> list[Read]:
        """The reads that have waited longest, as far as their ids fit into one query; none that was cancelled."""
        taken: list[Read] = []
        size = 0
        while self._waiting and size + len(self._waiting[0].ids) <= MOST_IDS:
            read = self._waiting.popleft()
            if not read.found.done():
                taken.append(read)
                size += len(read.ids)
        return taken

    async def _answer(self, reads: Sequence[Read]) -> None:
        """Never raises what the query does: each read gets its rows or its error."""
        try:
            found = await self._fetch(list({each for read in reads for each in read.ids}))
        except Exception as error:
            if len(reads) > 1 and is_of_statement(error):
                # One read may be to blame, so the others are asked without it. One half after the other: what
                # fails may not take more connections than what works.
                middle = len(reads) // 2
                await self._answer(reads[:middle])
                await self._answer(reads[middle:])
            else:
                for read in reads:
                    read.fail(error)
        else:
            for read in reads:
                read.give(found)
