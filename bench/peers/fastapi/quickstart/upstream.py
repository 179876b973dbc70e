"""The downstream services, asked by httpx."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import HTTPException
from pydantic import ValidationError

from app.level import Model


class HttpxUpstream:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def get(self, path: str, model: type[Model]) -> Model:
        try:
            response = await self._client.get(path)
            response.raise_for_status()
            return model.model_validate_json(response.content)
        except httpx.TimeoutException:
            raise HTTPException(504, "a service took too long") from None
        except (httpx.HTTPError, ValidationError):
            raise HTTPException(502, "a service failed") from None


@asynccontextmanager
async def open_upstream(url: str) -> AsyncIterator[HttpxUpstream]:
    # A second is what a service has to answer; waiting for one of httpx's 100 connections is not its fault.
    timeout = httpx.Timeout(1, pool=None)
    # A proxy that this machine may have for the internet is not meant for its own services.
    async with httpx.AsyncClient(base_url=url, timeout=timeout, trust_env=False) as client:
        yield HttpxUpstream(client)
