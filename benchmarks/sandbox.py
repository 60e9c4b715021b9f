"""What the sandbox costs: ``python -m benchmarks.sandbox``.

Answers for a second of the server's own CPU, beside a bare aiohttp.web handler that returns as many fixed bytes; how
long a start takes; and the memory of many accounts and transfers. Servers and callers are processes of their own.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import sys
from multiprocessing.connection import Connection
from statistics import median
from time import perf_counter, process_time

import orjson
from aiohttp import web

from sequence_async.sandbox import Sandbox

ROUNDS = 5
SECONDS = 1.0
CONNECTIONS = 16
SIZE = 900  # bytes of a getAccount answer


async def serve_bare(requests: Connection) -> None:
    """Answer with fixed bytes, the way a small aiohttp application does."""
    body = b'{"data":"' + b"x" * SIZE + b'"}'

    async def handler(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(body=body, content_type="application/json")

    app = web.Application()
    app.router.add_get("/api/v1/accounts/{id}", handler)
    app.router.add_post("/api/v1/transfers", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    requests.send({"port": runner.addresses[0][1], "key": "", "ids": ["a", "b"]})
    await tell_cpu(requests)
    await runner.cleanup()


async def serve_sandbox(requests: Connection) -> None:
    """Be a sandbox."""
    async with Sandbox(platform_rate_limit=None) as sandbox:
        ids = [sandbox.account(name).id for name in ("Taxes", "Groceries")]
        requests.send({"port": sandbox.port, "key": sandbox.api_key, "ids": ids})
        await tell_cpu(requests)


async def tell_cpu(requests: Connection) -> None:
    """Tell how much CPU this process has used, whenever it is asked, until it is told to stop."""
    while await asyncio.to_thread(requests.recv) != "stop":
        requests.send(process_time())


def be(server: str, requests: Connection) -> None:
    asyncio.run({"bare": serve_bare, "sandbox": serve_sandbox}[server](requests))


class Server:
    """A server in a process of its own."""

    def __init__(self, name: str) -> None:
        self._requests, there = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=be, args=(name, there))
        self._process.start()
        self.details = self._requests.recv()

    def cpu(self) -> float:
        """Seconds of CPU that it has used."""
        self._requests.send("cpu")
        return float(self._requests.recv())

    def stop(self) -> None:
        """End it."""
        self._requests.send("stop")
        self._process.join()


async def hammer(port: int, request: bytes) -> int:
    """Send one request again and again over a few connections, and count the answers."""
    end, answers = perf_counter() + SECONDS, 0

    async def one() -> None:
        nonlocal answers
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while perf_counter() < end:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            assert head.startswith((b"http/1.1 200", b"http/1.1 201")), head
            at = head.index(b"content-length:") + 15
            await reader.readexactly(int(head[at : head.index(b"\r", at)]))
            answers += 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return answers


def request_for(what: str, details: dict[str, object]) -> bytes:
    """Write an HTTP request by hand, so that the caller costs next to nothing."""
    source, target = details["ids"]  # type: ignore[misc]  # two ids
    lines = [f"GET /api/v1/accounts/{source} HTTP/1.1"]
    body = b""
    if what == "platform getAccount":
        lines = [f"GET /platform/v1/accounts/{source} HTTP/1.1"]
    if what in ("createTransfer", "bare POST"):
        lines = ["POST /api/v1/transfers HTTP/1.1", "Content-Type: application/json"]
        body = orjson.dumps({"source_account_id": source, "destination_account_id": target, "amount_in_cents": 100})
        lines.append(f"Content-Length: {len(body)}")
    scheme = "Bearer" if what.startswith("platform") else "ApiKey"
    lines += ["Host: sandbox", f"Authorization: {scheme} {details['key']}", "", ""]
    return "\r\n".join(lines).encode() + body


def answers_per_second() -> None:
    lanes = {
        "bare GET": "bare",
        "getAccount": "sandbox",
        "platform getAccount": "sandbox",
        "bare POST": "bare",
        "createTransfer": "sandbox",
    }
    servers = {name: Server(name) for name in ("bare", "sandbox")}
    found: dict[str, list[float]] = {what: [] for what in lanes}
    for _ in range(ROUNDS):
        for what, name in lanes.items():
            server = servers[name]
            began = server.cpu()
            answers = asyncio.run(hammer(server.details["port"], request_for(what, server.details)))
            found[what].append(answers / (server.cpu() - began))
    for server in servers.values():
        server.stop()
    for what, rates in found.items():
        bare = median(found["bare POST" if what in ("bare POST", "createTransfer") else "bare GET"])
        print(f"{what:20} {median(rates):8,.0f} answers for a second of CPU   {median(rates) / bare:5.2f} of bare")


async def start_up() -> None:
    took = []
    for _ in range(20):
        began = perf_counter()
        async with Sandbox():
            took.append(perf_counter() - began)
    print(f"{'start':20} {median(took) * 1000:8.1f} ms")


def resident() -> float:
    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 - not a file on a disk
        return int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def memory() -> None:
    gc.collect()
    empty = resident()
    began = perf_counter()
    sandbox = Sandbox(accounts=10_000)
    made = perf_counter() - began
    gc.collect()
    with_accounts = resident()
    inside = [account for account in sandbox.accounts.values() if not account.is_external]
    for number in range(100_000):
        source, destination = inside[number % len(inside)], inside[(number + 1) % len(inside)]
        sandbox.world.transfers.create(source, destination, 100)
        if number % 1_000 == 0:
            sandbox.clock.advance(5)
    gc.collect()
    with_transfers = resident()
    print(f"{'10,000 accounts':20} {with_accounts - empty:8.0f} MB, made in {made * 1000:.0f} ms")
    print(f"{'100,000 transfers':20} {with_transfers - with_accounts:8.0f} MB")


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    answers_per_second()
    asyncio.run(start_up())
    if sys.platform == "linux":
        memory()
