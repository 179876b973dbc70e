"""Users: created, read, changed, deleted and listed."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated

from asyncpg import UniqueViolationError
from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from app.level import Level, Row, UserRows
from app.requests import GREATEST_ID, Id, JsonRoute, Whole

ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"


class UserFields(BaseModel):
    """What a client says of a user."""

    model_config = ConfigDict(extra="forbid")

    username: str = Field(pattern="^[A-Za-z0-9_.-]{3,50}$")
    email: str = Field(max_length=254, pattern=rf"^{ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+{LABEL}$")
    age: int = Field(ge=18, le=150, strict=True)


class User(BaseModel):
    id: int
    username: str
    email: str
    age: int
    createdAt: datetime


async def found(row: Awaitable[Row | None]) -> Row:
    """404 when there is none, 409 when a name or address is taken."""
    try:
        user = await row
    except UniqueViolationError:
        raise HTTPException(409, "username or email is taken") from None
    if user is None:
        raise HTTPException(404)
    return user


def create_router(level: Level) -> APIRouter:
    router = APIRouter(prefix="/users", route_class=JsonRoute)
    answers = level.answers

    @router.post("", status_code=201)
    async def create_user(fields: UserFields, users: UserRows, response: Response) -> User:
        row = await found(users.create(fields.username, fields.email, fields.age))
        return answers.created(User, row, response, {"Location": f"/users/{row['id']}"})

    @router.get("/{id}")
    async def read_user(id: Id, users: UserRows) -> User:
        return answers.one(User, await found(users.read(id)))

    @router.put("/{id}")
    async def update_user(id: Id, fields: UserFields, users: UserRows) -> User:
        change = users.update(id, fields.username, fields.email, fields.age)
        return answers.one(User, await found(change))

    @router.delete("/{id}", status_code=204)
    async def delete_user(id: Id, users: UserRows) -> None:
        await found(users.delete(id))

    @router.get("")
    async def list_users(
        users: UserRows,
        after: Whole = 0,
        limit: Annotated[Whole, Query(ge=1, le=100)] = 20,
    ) -> list[User]:
        # No user comes after the greatest id, and the database takes no greater one.
        start = min(after, GREATEST_ID)
        return answers.many(User, await users.list_after(start, limit))

    return router
