"""FastAPI in front of FastStream, as their documentation shows; runs in the environment of the bench's lock.

The gateway is what uvicorn serves; run by itself, this is the service.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvloop
from fastapi import FastAPI, Request
from faststream import FastStream
from faststream.rabbit import RabbitBroker, RabbitQueue
from pymongo import AsyncMongoClient

DEADLINE_SECONDS = 5.0
HELLO, FIND = (RabbitQueue(f"fast.{name}", durable=True) for name in ("hello", "find"))
broker = RabbitBroker(os.environ["AMQP_URI"], log_level=0)
things = AsyncMongoClient[dict[str, Any]](os.environ["MONGO_URI"])["bench"]["things"]


@asynccontextmanager
async def connected(_: FastAPI) -> AsyncIterator[None]:
    """Connect to the broker while the gateway runs."""
    await broker.start()
    yield
    await broker.stop()


gateway = FastAPI(lifespan=connected)


@gateway.get("/hello")
async def hello() -> dict[str, Any]:
    """Call without a database."""
    return await _asked("hello", {})


@gateway.get("/find")
async def find(id: str) -> dict[str, Any]:
    """Call for one document."""
    return await _asked("find", {"id": id})


@gateway.get("/calls/{operation}")
async def calls(request: Request, operation: str, at_once: int, seconds: float) -> dict[str, Any]:
    """Make calls without HTTP."""
    arguments = {name: value for name, value in request.query_params.items() if name == "id"}
    took: list[float] = []
    end = time.perf_counter() + seconds

    async def caller() -> None:
        while (begun := time.perf_counter()) < end:
            await _asked(operation, arguments)
            took.append(time.perf_counter() - begun)

    await asyncio.gather(*(caller() for _ in range(at_once)))
    return {"took": took}


async def _asked(operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    reply = await broker.request(arguments, queue=f"fast.{operation}", timeout=DEADLINE_SECONDS)
    answer: dict[str, Any] = await reply.decode()
    return answer


async def serve() -> None:
    """Run the answering service."""

    @broker.subscriber(HELLO)
    async def answer_hello(asked: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  the same call as the other's
        return {"hello": "world"}

    @broker.subscriber(FIND)
    async def answer_find(asked: dict[str, Any]) -> dict[str, Any]:
        return await things.find_one({"_id": asked["id"]}) or {}

    await FastStream(broker).run()


if __name__ == "__main__":
    uvloop.run(serve())
