"""A real HTTP server whose answers are scripted down to the bytes: cut short, stalled, garbage, or quite all right."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import attrs


@attrs.define
class Request:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def json(self) -> Any:
        return json.loads(self.body)


@attrs.define
class Step:
    """What to do with one request."""

    payload: bytes = b""
    delay: float = 0.0
    """Seconds before the answer."""
    drop: bool = False
    """Close the connection after the payload, or instead of it."""
    drip: float = 0.0
    """Seconds between the bytes of the payload."""
    hang: bool = False
    """After the payload, neither send nor close."""


def answer(status: int = 200, body: Any = None, headers: dict[str, str] | None = None, **rest: Any) -> Step:
    """A complete answer; ``body`` is JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    lines = {"Content-Type": "application/json", "Content-Length": str(len(content)), **(headers or {})}
    head = f"HTTP/1.1 {status} Whatever\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return Step(head.encode() + b"\r\n" + content, **rest)


def data(value: Any, **rest: Any) -> Step:
    """A success in the envelope of api/v1."""
    return answer(200, {"request_id": "req_test", "data": value}, **rest)


def error(status: int, code: str = "some_code", message: str = "Some words.", **rest: Any) -> Step:
    """An error in the envelope of api/v1."""
    return answer(status, {"error": {"code": code, "message": message}}, **rest)


def drop() -> Step:
    """Take the request, and close the connection without a word."""
    return Step(drop=True)


def cut_short(value: Any) -> Step:
    """Promise a whole answer, and send half of it."""
    whole = data(value).payload
    return Step(whole[: len(whole) - 20], drop=True)


def hang() -> Step:
    """Take the request, and never answer."""
    return Step(hang=True)


Script = Step | Callable[[Request], Step]


class ScriptedServer:
    """Answers each request with the next step; the last one is repeated."""

    def __init__(self, *steps: Script) -> None:
        self.steps = list(steps)
        self.requests: list[Request] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.connections = 0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> ScriptedServer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def origin(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    @property
    def url(self) -> str:
        return f"{self.origin}/api/v1"

    def keys(self) -> list[str | None]:
        """The idempotency keys that arrived, in order."""
        return [request.headers.get("idempotency-key") for request in self.requests]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            while (request := await _read(reader)) is not None:
                self.requests.append(request)
                self.in_flight += 1
                self.most_in_flight = max(self.most_in_flight, self.in_flight)
                try:
                    step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
                    if not await _play(step(request) if callable(step) else step, writer):
                        return
                finally:
                    self.in_flight -= 1
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, as some tests have it do
        finally:
            writer.transport.abort()
            self._tasks.discard(task)


async def _play(step: Step, writer: asyncio.StreamWriter) -> bool:
    if step.delay:
        await asyncio.sleep(step.delay)
    if step.drip:
        for position in range(len(step.payload)):
            writer.write(step.payload[position : position + 1])
            await writer.drain()
            await asyncio.sleep(step.drip)
    else:
        writer.write(step.payload)
        await writer.drain()
    if step.hang:
        await asyncio.Event().wait()
    if step.drop and step.payload:
        writer.close()
        await writer.wait_closed()
    return not step.drop


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, target, headers, body)
