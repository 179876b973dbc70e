"""What differs between the levels: quickstart/ has the one, tuned/ the other, and each step replaces one part."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Depends, Request, Response
from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)
Row = Mapping[str, Any]


class Connection(Protocol):
    """What the routes ask of a connection to the database: a part of what asyncpg's has."""

    async def fetch(self, query: str, *values: Any) -> Sequence[Row]: ...

    async def fetchrow(self, query: str, *values: Any) -> Row | None: ...

    async def fetchval(self, query: str, *values: Any) -> Any: ...

    async def executemany(self, command: str, values: Sequence[Sequence[Any]]) -> None: ...

    def transaction(self) -> AbstractAsyncContextManager[Any]: ...


class Database(Protocol):
    """What the routes ask of the database: a part of what asyncpg's pool has."""

    def acquire(self) -> AbstractAsyncContextManager[Connection]: ...

    async def fetch(self, query: str, *values: Any) -> Sequence[Row]: ...

    async def fetchrow(self, query: str, *values: Any) -> Row | None: ...

    async def fetchval(self, query: str, *values: Any) -> Any: ...


class Upstream(Protocol):
    """The downstream services."""

    async def get(self, path: str, model: type[Model]) -> Model:
        """What a service answers: 504 when it comes too late, 502 for whatever else goes wrong."""


class Answers(Protocol):
    """How rows become answers: by FastAPI from a model, or as a response that is written here."""

    def one(self, model: type[Model], row: Row) -> Any: ...

    def many(self, model: type[Model], rows: Sequence[Row]) -> Any: ...

    def created(
        self, model: type[Model], row: Row, response: Response, headers: Mapping[str, str]
    ) -> Any:
        """As `one`, with status 201 and these headers. `response` is the one that FastAPI would send."""


@dataclass(frozen=True)
class Level:
    """One set of parts, chosen when the app is made; no route asks which one it is."""

    open_database: Callable[[str], AbstractAsyncContextManager[Any]]
    open_upstream: Callable[[str], AbstractAsyncContextManager[Upstream]]
    answers: Answers
    configure_log: Callable[[], None]
    write_page: Callable[[Request, Sequence[Row]], Response]
    """Writes the page of these fortunes."""
    read_worlds: Callable[[Any, Sequence[int]], Awaitable[Sequence[Row]]]
    """Reads the rows of these ids, each by a statement of its own."""
    write_worlds: Callable[[Any, Sequence[Row]], Awaitable[None]]
    """Writes the new numbers of these rows."""


async def database_of(request: Request) -> Database:
    return request.state.database


async def upstream_of(request: Request) -> Upstream:
    return request.state.upstream


Db = Annotated[Any, Depends(database_of)]
Services = Annotated[Any, Depends(upstream_of)]
