"""The whole app: its routes, what it opens and closes, and what becomes of errors."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from app.level import Level
from app.problems import answer_errors
from app.routes import checkout, cpu, fanout, fortunes, hello, links, posts, users, worlds

ROUTES = (hello, worlds, fortunes, posts, users, links, fanout, checkout, cpu)


def create_app(level: Level) -> FastAPI:
    """The app of one level. What it opens is found under `request.state`."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with (
            level.open_database(os.environ["DATABASE_URL"]) as database,
            level.open_upstream(os.environ.get("UPSTREAM_URL", "")) as upstream,
        ):
            yield {
                "database": database,
                "worlds": level.make_worlds(database),
                "users": level.make_users(database),
                "upstream": upstream,
            }

    level.configure_log()
    app = FastAPI(title="gapwise", lifespan=lifespan)
    answer_errors(app)
    for routes in ROUTES:
        router = routes.create_router(level)
        answer_head(router)
        app.include_router(router)
    return app


def answer_head(router: Any) -> None:
    """FastAPI answers HEAD only where it is told to: here wherever GET is answered."""
    for route in router.routes:
        if "GET" in route.methods:
            route.methods.add("HEAD")
