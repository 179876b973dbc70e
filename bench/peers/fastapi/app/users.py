"""Rows of table users, each read and written by a statement of its own."""

from collections.abc import Sequence

from app.level import Database, Row

COLUMNS = 'id, username, email, age, created_at AS "createdAt"'
INSERT_USER = f"INSERT INTO users (username, email, age) VALUES ($1, $2, $3) RETURNING {COLUMNS}"
SELECT_USER = f"SELECT {COLUMNS} FROM users WHERE id = $1"
SELECT_USERS = f"SELECT {COLUMNS} FROM users WHERE id > $1 ORDER BY id LIMIT $2"
UPDATE_USER = (
    f"UPDATE users SET username = $2, email = $3, age = $4 WHERE id = $1 RETURNING {COLUMNS}"
)
DELETE_USER = "DELETE FROM users WHERE id = $1 RETURNING id"


class StoredUsers:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, username: str, email: str, age: int) -> Row:
        return await self._database.fetchrow(INSERT_USER, username, email, age)

    async def read(self, id: int) -> Row | None:
        return await self._database.fetchrow(SELECT_USER, id)

    async def update(self, id: int, username: str, email: str, age: int) -> Row | None:
        return await self._database.fetchrow(UPDATE_USER, id, username, email, age)

    async def delete(self, id: int) -> Row | None:
        return await self._database.fetchrow(DELETE_USER, id)

    async def list_after(self, id: int, limit: int) -> Sequence[Row]:
        return await self._database.fetch(SELECT_USERS, id, limit)
