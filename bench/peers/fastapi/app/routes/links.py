"""POST /links makes a short link, GET /l/{code} follows it."""

import secrets
import string
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from app.level import Db, Level
from app.requests import JsonRoute

INSERT_LINK = (
    "INSERT INTO links (code, url) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING code"
)
SELECT_LINK = "SELECT url FROM links WHERE code = $1"

DIGITS = string.digits + string.ascii_lowercase
CODE_LENGTH = 7
# Five codes that are all taken would mean that the table is nearly full.
MOST_TRIES = 5

HOST = r"[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*\.?"
PORT = "([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"


class LinkFields(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: str = Field(max_length=2048, pattern=f"^https?://{HOST}(:{PORT})?([/?#][!-~]*)?$")


class Link(BaseModel):
    code: str
    url: str


def random_code() -> str:
    """Seven digits of base 36, none of which can be guessed from another code."""
    return "".join(secrets.choice(DIGITS) for _ in range(CODE_LENGTH))


def create_router(level: Level) -> APIRouter:
    router = APIRouter(route_class=JsonRoute)
    answers = level.answers

    @router.post("/links", status_code=201)
    async def create_link(fields: LinkFields, database: Db, response: Response) -> Link:
        for _ in range(MOST_TRIES):
            code = random_code()
            if await database.fetchval(INSERT_LINK, code, fields.url) is not None:
                link = {"code": code, "url": fields.url}
                return answers.created(Link, link, response, {"Location": f"/l/{code}"})
        raise RuntimeError(f"{MOST_TRIES} random codes are taken")

    @router.get("/l/{code}", status_code=302)
    async def follow_link(
        code: Annotated[str, Path(pattern="^[0-9a-z]{7}$")], database: Db
    ) -> Response:
        url = await database.fetchval(SELECT_LINK, code)
        if url is None:
            raise HTTPException(404)
        # RedirectResponse would escape characters of a URL that has been checked.
        return Response(status_code=302, headers={"Location": url})

    return router
