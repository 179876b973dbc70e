"""GET /fortunes: all fortunes and one more, sorted, as a page of HTML."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.level import Db, Level

SELECT_FORTUNES = "SELECT id, message FROM fortune"


def create_router(level: Level) -> APIRouter:
    router = APIRouter()
    write_page = level.write_page

    @router.get("/fortunes", response_class=HTMLResponse)
    async def fortunes(request: Request, database: Db) -> HTMLResponse:
        added = {"id": 0, "message": "Additional fortune added at request time."}
        rows = [*await database.fetch(SELECT_FORTUNES), added]
        rows.sort(key=lambda row: row["message"])
        return write_page(request, rows)

    return router
