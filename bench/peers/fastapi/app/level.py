"""What differs between the levels: quickstart/ and tuned/ have all parts, maximum/ and the steps replace some."""

from collections.abc import Callable, Mapping, Sequence
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


class Worlds(Protocol):
    """The rows of table world."""

    async def read_one(self, id: int) -> Row: ...

    async def read_several(self, ids: Sequence[int]) -> Sequence[Row]:
        """One row for each id, in their order; an id may come more than once."""

    async def update(self, ids: Sequence[int], change: Callable[[Row], Row]) -> Sequence[Row]:
        """Reads the rows of these ids, all different, and writes the numbers that `change` gives them."""


class Users(Protocol):
    """The rows of table users; None where there is no such user."""

    async def create(self, username: str, email: str, age: int) -> Row: ...

    async def read(self, id: int) -> Row | None: ...

    async def update(self, id: int, username: str, email: str, age: int) -> Row | None: ...

    async def delete(self, id: int) -> Row | None:
        """The id of the user that was there."""

    async def list_after(self, id: int, limit: int) -> Sequence[Row]: ...


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
    make_worlds: Callable[[Any], Worlds]
    """Called once, with the open database."""
    make_users: Callable[[Any], Users]
    """Called once, with the open database."""


async def database_of(request: Request) -> Database:
    return request.state.database


async def worlds_of(request: Request) -> Worlds:
    return request.state.worlds


async def users_of(request: Request) -> Users:
    return request.state.users


async def upstream_of(request: Request) -> Upstream:
    return request.state.upstream


Db = Annotated[Any, Depends(database_of)]
WorldRows = Annotated[Any, Depends(worlds_of)]
UserRows = Annotated[Any, Depends(users_of)]
Services = Annotated[Any, Depends(upstream_of)]
