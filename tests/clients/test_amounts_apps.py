"""AmountHandler behind a server: as an aiohttp application over HTTP, and as an ASGI application message by message."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from fastapi import FastAPI

from sequence_async import AmountHandler, AmountRequest, ConfigurationError
from sequence_async.amounts import MAX_BODY_BYTES

SECRET = "planted-secret-7f3a"


async def echo(request: AmountRequest) -> int:
    """Answer the ``cents`` of the query, or of the body."""
    if "cents" in request.query:
        return int(request.query["cents"])
    assert request.json is not None
    return request.json["cents"]


async def slow(request: AmountRequest) -> int:
    await asyncio.sleep(60)
    return 1


class Answer:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, {name.lower(): value for name, value in headers.items()}, body


class OverAiohttp:
    """Sends real requests to the aiohttp application."""

    def __init__(self, server: TestServer, session: aiohttp.ClientSession) -> None:
        self._server, self._session = server, session

    @classmethod
    @asynccontextmanager
    async def of(cls, handler: AmountHandler, path: str = "/") -> AsyncIterator[OverAiohttp]:
        async with TestServer(handler.aiohttp_app(path)) as server, aiohttp.ClientSession() as session:
            yield cls(server, session)

    async def send(
        self, target: str, body: bytes = b"{}", *, method: str = "POST", headers: dict[str, str] | None = None
    ) -> Answer:
        url = self._server.make_url(target)
        async with self._session.request(method, url, data=BytesIO(body), headers=headers) as response:
            return Answer(response.status, dict(response.headers), await response.read())


class OverAsgi:
    """Speaks the ASGI protocol with the ASGI application; the body comes in three pieces."""

    def __init__(self, app: Any) -> None:
        self._app = app

    @classmethod
    @asynccontextmanager
    async def of(cls, handler: AmountHandler, path: str = "/") -> AsyncIterator[OverAsgi]:
        yield cls(handler.asgi_app(path))

    async def send(
        self,
        target: str,
        body: bytes = b"{}",
        *,
        method: str = "POST",
        headers: dict[str, str] | None = None,
        **scope: Any,
    ) -> Answer:
        path, _, query = target.partition("?")
        third = len(body) // 3
        messages = [
            {"type": "http.request", "body": body[:third], "more_body": True},
            {"type": "http.request", "body": body[third : 2 * third], "more_body": True},
            {"type": "http.request", "body": body[2 * third :]},
        ]
        sent: list[Any] = []

        async def receive() -> Any:
            return messages.pop(0) if messages else await asyncio.Event().wait()

        async def send(message: Any) -> None:
            sent.append(message)

        lines = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
        http = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": lines}
        await self._app({**http, **scope}, receive, send)
        start, end = sent
        assert (start["type"], end["type"]) == ("http.response.start", "http.response.body")
        answer = Answer(
            start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, end["body"]
        )
        assert answer.headers["content-length"] == str(len(answer.body))
        return answer


both = pytest.mark.parametrize("mount", [OverAiohttp, OverAsgi])


@both
async def test_an_amount_is_answered(mount: Any) -> None:
    async with mount.of(AmountHandler(echo), "/how-much") as server:
        answer = await server.send("/how-much", json.dumps({"cents": 25000}).encode())
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
        assert json.loads(answer.body) == {"amountInCents": 25000}
        answer = await server.send("/how-much?cents=7&cents=8", b"\xff garbage \x00")
        assert json.loads(answer.body) == {"amountInCents": 7}


@both
async def test_a_failure_is_a_500_and_says_nothing(mount: Any) -> None:
    async with mount.of(AmountHandler(echo)) as server:
        answer = await server.send("/?cents=planted")
        assert (answer.status, json.loads(answer.body)) == (500, {"message": "Internal Server Error"})


@both
async def test_a_missed_deadline_is_a_504(mount: Any) -> None:
    async with mount.of(AmountHandler(slow, deadline=0.02)) as server:
        assert (await server.send("/")).status == 504


@both
async def test_the_secret_may_stand_in_a_header_or_in_the_query(mount: Any) -> None:
    async with mount.of(AmountHandler(echo, shared_secret=SECRET)) as server:
        refused = await server.send("/?cents=5")
        assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
        assert (await server.send("/?cents=5", headers={"Authorization": "Bearer wrong"})).status == 401
        assert (await server.send("/?cents=5", headers={"Authorization": f"Bearer {SECRET}"})).status == 200
        assert (await server.send(f"/?cents=5&secret={SECRET}")).status == 200


@both
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_post_is_answered(mount: Any, method: str) -> None:
    async with mount.of(AmountHandler(echo), "/a") as server:
        answer = await server.send("/a?cents=5", method=method)
        assert (answer.status, answer.headers["allow"]) == (405, "POST")


@both
@pytest.mark.parametrize("path", ["/", "/a/", "/a/b", "/A"])
async def test_another_path_is_a_404(mount: Any, path: str) -> None:
    async with mount.of(AmountHandler(echo), "/a") as server:
        assert (await server.send(f"{path}?cents=5")).status == 404


@both
async def test_a_body_beyond_the_limit_is_a_413(mount: Any) -> None:
    async with mount.of(AmountHandler(echo)) as server:
        assert (await server.send("/?cents=5", b"x" * (MAX_BODY_BYTES + 1))).status == 413
        assert (await server.send("/?cents=5", b"x" * MAX_BODY_BYTES)).status == 200


@both
@pytest.mark.parametrize("path", ["", "a", "/{id}", "/a?b", "/a b", "/ä", None, 5])
async def test_a_path_that_is_none_is_refused(mount: Any, path: Any) -> None:
    with pytest.raises(ConfigurationError, match="path must begin with a slash"):
        async with mount.of(AmountHandler(echo), path):
            pass


async def test_below_the_mount_of_another_asgi_application_the_path_is_its_own() -> None:
    async with OverAsgi.of(AmountHandler(echo), "/a") as server:
        assert (await server.send("/api/a?cents=5", root_path="/api")).status == 200
        assert (await server.send("/a?cents=5", root_path="/api")).status == 200
        assert (await server.send("/api?cents=5", root_path="/api")).status == 404
    async with OverAsgi.of(AmountHandler(echo)) as server:
        assert (await server.send("/api?cents=5", root_path="/api")).status == 200


async def test_below_a_fastapi_application_the_path_is_its_own() -> None:
    service = FastAPI()
    service.mount("/sequence", AmountHandler(echo, shared_secret=SECRET).asgi_app("/how-much"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service), base_url="http://service") as client:
        answer = await client.post(f"/sequence/how-much?cents=5&secret={SECRET}", content=b"{}")
        assert (answer.status_code, answer.json()) == (200, {"amountInCents": 5})
        assert (await client.post("/sequence/how-much?cents=5")).status_code == 401
        assert (await client.get("/sequence/how-much")).status_code == 405
        assert (await client.post("/sequence/")).status_code == 404
        assert (await client.post("/how-much")).status_code == 404


async def test_below_another_aiohttp_application_the_path_is_its_own() -> None:
    outer = web.Application()
    outer.add_subapp("/api", AmountHandler(echo).aiohttp_app("/a"))
    async with TestServer(outer) as server, aiohttp.ClientSession() as session:
        async with session.post(server.make_url("/api/a?cents=5")) as response:
            assert await response.json() == {"amountInCents": 5}


async def test_asgi_lifespan_begins_and_ends() -> None:
    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message["type"])

    await AmountHandler(echo).asgi_app()({"type": "lifespan"}, receive, send)
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


async def test_asgi_a_client_that_leaves_before_its_body_is_complete_is_not_answered() -> None:
    messages = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    await AmountHandler(echo).asgi_app()(scope, receive, send)
    assert not sent


async def test_asgi_other_protocols_are_turned_away() -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    app = AmountHandler(echo).asgi_app()
    await app({"type": "websocket", "path": "/"}, receive, send)
    assert sent == [{"type": "websocket.close"}]
    with pytest.raises(NotImplementedError, match="ftp"):
        await app({"type": "ftp"}, receive, send)


async def test_asgi_a_body_beyond_the_limit_is_not_read_to_its_end() -> None:
    read = 0

    async def receive() -> Any:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": b"x" * 400_000, "more_body": True}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    await AmountHandler(echo).asgi_app()(scope, receive, send)
    assert (sent[0]["status"], read) == (413, 3)
