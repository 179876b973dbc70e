"""What several routes read from a request in the same way."""

import re
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Annotated, Any

from fastapi import HTTPException, Path, Request, Response
from fastapi.routing import APIRoute
from pydantic import BeforeValidator

MOST_BODY_BYTES = 1 << 20
GREATEST_ID = 2_147_483_647

digits = re.compile(r"[0-9]+")


def parse_count(text: str | None, most: int, bad: int) -> int:
    """A count by TechEmpower's rule: clamped, and never an error. What is no whole number of at least 1 is `bad`."""
    if text is None or not digits.fullmatch(text):
        return bad
    significant = text.lstrip("0")
    if len(significant) > len(str(most)):
        return most
    return min(int(significant or 0), most) or bad


def whole_number(text: str) -> str:
    """Pydantic takes `1.0` and `1_000` for numbers too."""
    if digits.fullmatch(text):
        return text
    raise ValueError("must be a whole number")


Whole = Annotated[int, BeforeValidator(whole_number)]
Id = Annotated[Whole, Path(ge=1, le=GREATEST_ID)]
"""An id that a row may have; others are 404."""


class LimitedRequest(Request):
    """Stops reading a body that is too large."""

    async def stream(self) -> AsyncGenerator[bytes, None]:
        size = 0
        async for chunk in super().stream():
            size += len(chunk)
            if size > MOST_BODY_BYTES:
                raise HTTPException(413, "the body is too large")
            yield chunk


class JsonRoute(APIRoute):
    """Where a route takes a body, it must be JSON and not too large."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def handle_json(request: Request) -> Response:
            media_type = request.headers.get("Content-Type", "").partition(";")[0]
            if media_type.strip().lower() != "application/json":
                raise HTTPException(415, "the body must be application/json")
            return await handle(LimitedRequest(request.scope, request.receive))

        return handle_json
