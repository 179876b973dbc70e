"""GET /posts: up to 100 rows with text, about 30 kB."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from app.level import Db, Level
from app.requests import parse_count

MOST = 100
SELECT_POSTS = (
    'SELECT id, title, body, author, views, created_at AS "createdAt" '
    "FROM posts ORDER BY id LIMIT $1"
)


class Post(BaseModel):
    id: int
    title: str
    body: str
    author: str
    views: int
    createdAt: datetime


def create_router(level: Level) -> APIRouter:
    router = APIRouter()
    answers = level.answers

    @router.get("/posts")
    async def posts(database: Db, limit: str | None = None) -> list[Post]:
        return answers.many(
            Post, await database.fetch(SELECT_POSTS, parse_count(limit, MOST, MOST))
        )

    return router
