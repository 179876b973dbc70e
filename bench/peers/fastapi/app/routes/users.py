"""Users: created, read, changed, deleted and listed."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated

from asyncpg import UniqueViolationError
from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from app.level import Db, Level, Row
from app.requests import GREATEST_ID, Id, JsonRoute, Whole

COLUMNS = 'id, username, email, age, created_at AS "createdAt"'
INSERT_USER = f"INSERT INTO users (username, email, age) VALUES ($1, $2, $3) RETURNING {COLUMNS}"
SELECT_USER = f"SELECT {COLUMNS} FROM users WHERE id = $1"
SELECT_USERS = f"SELECT {COLUMNS} FROM users WHERE id > $1 ORDER BY id LIMIT $2"
UPDATE_USER = (
    f"UPDATE users SET username = $2, email = $3, age = $4 WHERE id = $1 RETURNING {COLUMNS}"
)
DELETE_USER = "DELETE FROM users WHERE id = $1 RETURNING id"

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
    async def create_user(fields: UserFields, database: Db, response: Response) -> User:
        row = await found(
            database.fetchrow(INSERT_USER, fields.username, fields.email, fields.age)
        )
        return answers.created(User, row, response, {"Location": f"/users/{row['id']}"})

    @router.get("/{id}")
    async def read_user(id: Id, database: Db) -> User:
        return answers.one(User, await found(database.fetchrow(SELECT_USER, id)))

    @router.put("/{id}")
    async def update_user(id: Id, fields: UserFields, database: Db) -> User:
        values = (id, fields.username, fields.email, fields.age)
        return answers.one(User, await found(database.fetchrow(UPDATE_USER, *values)))

    @router.delete("/{id}", status_code=204)
    async def delete_user(id: Id, database: Db) -> None:
        await found(database.fetchrow(DELETE_USER, id))

    @router.get("")
    async def list_users(
        database: Db,
        after: Whole = 0,
        limit: Annotated[Whole, Query(ge=1, le=100)] = 20,
    ) -> list[User]:
        # No user comes after the greatest id, and the database takes no greater one.
        start = min(after, GREATEST_ID)
        return answers.many(User, await database.fetch(SELECT_USERS, start, limit))

    return router
