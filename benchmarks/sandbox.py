"""The cost of the sandbox: ``python -m benchmarks.sandbox``.

The results are the responses per second of the server's CPU time (compared with a bare aiohttp.web handler that returns
the same number of fixed bytes), the start time, and the memory of many accounts and transfers. Servers and callers run
in separate processes.
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
from typing import cast

import orjson
from aiohttp import web

from sequence_async.sandbox import Sandbox

ROUNDS = 5
SECONDS = 1.0
CONNECTIONS = 16
SIZE = 900  # bytes of a getAccount response


async def serve_bare(requests: Connection) -> None:
    """Serve fixed bytes with a small aiohttp application."""
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
    await report_cpu(requests)
    await runner.cleanup()


async def serve_sandbox(requests: Connection) -> None:
    """Serve a sandbox."""
    async with Sandbox(platform_rate_limit=None) as sandbox:
        ids = [sandbox.account(name).id for name in ("Taxes", "Groceries")]
        requests.send({"port": sandbox.port, "key": sandbox.api_key, "ids": ids})
        await report_cpu(requests)


async def report_cpu(requests: Connection) -> None:
    """Send the CPU time of this process for each request, until the request is ``stop``."""
    while await asyncio.to_thread(requests.recv) != "stop":
        requests.send(process_time())


def run_server(server: str, requests: Connection) -> None:
    asyncio.run({"bare": serve_bare, "sandbox": serve_sandbox}[server](requests))


class Server:
    """A server in its own process."""

    def __init__(self, name: str) -> None:
        self._requests, there = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=run_server, args=(name, there))
        self._process.start()
        self.details = self._requests.recv()

    def cpu(self) -> float:
        """Return the CPU time of the server in seconds."""
        self._requests.send("cpu")
        return float(self._requests.recv())

    def stop(self) -> None:
        """Stop the server."""
        self._requests.send("stop")
        self._process.join()


async def send_load(port: int, request: bytes) -> int:
    """Send one request repeatedly over several connections, and return the number of responses."""
    end, responses = perf_counter() + SECONDS, 0

    async def one() -> None:
        nonlocal responses
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while perf_counter() < end:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            assert head.startswith((b"http/1.1 200", b"http/1.1 201")), head
            at = head.index(b"content-length:") + 15
            await reader.readexactly(int(head[at : head.index(b"\r", at)]))
            responses += 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return responses


def request_for(what: str, details: dict[str, object]) -> bytes:
    """Return a hand-written HTTP request, so that the caller uses little CPU time."""
    source, target = cast("tuple[str, str]", details["ids"])
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


def responses_per_second() -> None:
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
            responses = asyncio.run(send_load(server.details["port"], request_for(what, server.details)))
            found[what].append(responses / (server.cpu() - began))
    for server in servers.values():
        server.stop()
    for what, rates in found.items():
        bare = median(found["bare POST" if what in ("bare POST", "createTransfer") else "bare GET"])
        print(f"{what:20} {median(rates):8,.0f} responses per second of CPU   {median(rates) / bare:5.2f} of bare")


async def start_up() -> None:
    took = []
    for _ in range(20):
        began = perf_counter()
        async with Sandbox():
            took.append(perf_counter() - began)
    print(f"{'start':20} {median(took) * 1000:8.1f} ms")


def resident() -> float:
    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 - not a file on disk
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
    print(f"{'10,000 accounts':20} {with_accounts - empty:8.0f} MB, created in {made * 1000:.0f} ms")
    print(f"{'100,000 transfers':20} {with_transfers - with_accounts:8.0f} MB")


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    responses_per_second()
    asyncio.run(start_up())
    if sys.platform == "linux":
        memory()
