"""The downstream services, asked by aiohttp over connections that are kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from fastapi import HTTPException
from pydantic import ValidationError

from app.level import Model


class AiohttpUpstream:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def get(self, path: str, model: type[Model]) -> Model:
        try:
            async with self._session.get(path, allow_redirects=False) as response:
                if response.status != 200:
                    raise HTTPException(502, "a service failed")
                return model.model_validate_json(await response.read())
        except TimeoutError:
            raise HTTPException(504, "a service took too long") from None
        except (aiohttp.ClientError, ValidationError):
            raise HTTPException(502, "a service failed") from None


@asynccontextmanager
async def open_upstream(url: str) -> AsyncIterator[AiohttpUpstream]:
    async with aiohttp.ClientSession(
        url,
        # As many connections as requests need at once; without cookies, which no service sets.
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=1),
    ) as session:
        yield AiohttpUpstream(session)
