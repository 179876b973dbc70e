"""POST /checkout: the realistic request, with a token, a body, three services and a transaction."""

import asyncio
import time
from datetime import datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, HTTPException, Response
from pydantic import BaseModel, ConfigDict, Field

from app.auth import UserId
from app.level import Database, Db, Level, Row, Services, Upstream
from app.requests import JsonRoute

# Until the transaction ends nobody can remove the user; changes of other columns go on beside it.
LOCK_USER = "SELECT id FROM users WHERE id = $1 FOR KEY SHARE"
INSERT_ORDER = (
    "INSERT INTO orders (user_id, total_cents) VALUES ($1, $2) "
    'RETURNING id, created_at AS "createdAt"'
)

MOST_ITEMS = 20
MOST_PIECES = 99
# Limits under which no total is larger than table orders can hold.
MOST_SHIPPING_CENTS = 100_000_000
MOST_PRICE_CENTS = (2_147_483_647 - MOST_SHIPPING_CENTS) // (MOST_ITEMS * MOST_PIECES)

log = structlog.get_logger()


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sku: str = Field(pattern="^[a-z0-9-]{1,40}$")
    quantity: int = Field(ge=1, le=MOST_PIECES, strict=True)


class Basket(BaseModel):
    model_config = ConfigDict(extra="forbid")

    items: list[Item] = Field(min_length=1, max_length=MOST_ITEMS)


class Order(BaseModel):
    orderId: int
    userId: int
    totalCents: int
    createdAt: datetime


class Prices(BaseModel):
    prices: dict[str, Annotated[int, Field(ge=0, le=MOST_PRICE_CENTS)]]


class Stock(BaseModel):
    available: bool


class Shipping(BaseModel):
    cents: int = Field(ge=0, le=MOST_SHIPPING_CENTS)


async def price(services: Upstream, items: list[Item]) -> int:
    """Asks the three services at once and adds up."""
    skus = ",".join(item.sku for item in items)
    pieces = sum(item.quantity for item in items)
    priced, stock, shipping = await asyncio.gather(
        services.get(f"/prices?skus={skus}", Prices),
        services.get(f"/stock?skus={skus}", Stock),
        services.get(f"/shipping?items={pieces}", Shipping),
    )
    if not stock.available:
        raise HTTPException(409, "not all of it is in stock")
    try:
        return shipping.cents + sum(priced.prices[item.sku] * item.quantity for item in items)
    except KeyError:
        raise HTTPException(502, "/prices left a price out") from None


async def place(database: Database, user_id: int, total_cents: int) -> Row:
    """Writes the order, if there is such a user: a token may outlive the one whose it is."""
    async with database.acquire() as connection, connection.transaction():
        if await connection.fetchval(LOCK_USER, user_id) is None:
            raise HTTPException(403, "no such user")
        made = await connection.fetchrow(INSERT_ORDER, user_id, total_cents)
    return {
        "orderId": made["id"],
        "userId": user_id,
        "totalCents": total_cents,
        "createdAt": made["createdAt"],
    }


def create_router(level: Level) -> APIRouter:
    router = APIRouter(route_class=JsonRoute)
    answers = level.answers

    @router.post("/checkout", status_code=201)
    async def checkout(
        user_id: UserId, basket: Basket, database: Db, services: Services, response: Response
    ) -> Order:
        start = time.perf_counter()
        total_cents = await price(services, basket.items)
        order = await place(database, user_id, total_cents)
        log.info(
            "checkout",
            orderId=order["orderId"],
            userId=user_id,
            totalCents=total_cents,
            items=len(basket.items),
            durationMs=round((time.perf_counter() - start) * 1000, 1),
        )
        return answers.created(Order, order, response, {})

    return router
