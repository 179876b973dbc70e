"""GET /fanout: three downstream services, asked at once, merged."""

import asyncio

from fastapi import APIRouter
from pydantic import BaseModel

from app.level import Level, Services


class Customer(BaseModel):
    name: str
    tier: str


class OpenOrders(BaseModel):
    open: int
    last: str


class Offers(BaseModel):
    ids: list[int]


class Fanout(BaseModel):
    profile: Customer
    orders: OpenOrders
    offers: Offers


def create_router(_level: Level) -> APIRouter:
    router = APIRouter()

    @router.get("/fanout")
    async def fanout(services: Services) -> Fanout:
        profile, orders, offers = await asyncio.gather(
            services.get("/profile", Customer),
            services.get("/orders", OpenOrders),
            services.get("/offers", Offers),
        )
        return Fanout(profile=profile, orders=orders, offers=offers)

    return router
