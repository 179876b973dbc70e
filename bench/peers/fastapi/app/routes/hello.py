"""GET /plaintext and GET /json: the smallest answers there are."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from app.level import Level


class Message(BaseModel):
    message: str


def create_router(level: Level) -> APIRouter:
    router = APIRouter()
    answers = level.answers

    @router.get("/plaintext", response_class=PlainTextResponse)
    async def plaintext() -> PlainTextResponse:
        return PlainTextResponse("Hello, World!")

    @router.get("/json")
    async def json() -> Message:
        return answers.one(Message, {"message": "Hello, World!"})

    return router
