"""The server of all measurements: a small, fast HTTP server with fixed responses, in its own process.

``/api/v1`` is the documented API, ``/slow/api/v1`` adds a delay of 20 ms, and ``/increase`` and ``/legacy`` serve two
other clients.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import orjson

from benchmarks import machine, payloads

DELAY = 0.020


def _response(body: bytes) -> bytes:
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nX-Request-ID: req_01HDEF7005\r\n"
        f"Date: Mon, 15 Apr 2024 10:00:00 GMT\r\nServer: benchmark\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


# The balance changes with every read but keeps its number of digits.
_PARTS = _response(payloads.envelope(payloads.POD)).split(payloads.CENTS)
_CENTS = count(100_000_000_000)
_LIST = _response(payloads.summaries())
_INCREASE = _response(orjson.dumps(payloads.INCREASE_ACCOUNT))
_TRANSFER = _response(payloads.envelope(payloads.transfer(1)))
_LEGACY = _response(orjson.dumps(payloads.LEGACY_ACCOUNTS))


def _response_to(target: bytes) -> bytes:
    if target.startswith(b"/increase/"):
        return _INCREASE
    if target.startswith(b"/legacy/"):
        return _LEGACY
    if target.endswith(b"/accounts"):
        return _LIST
    if target.endswith(b"/transfers"):
        return _TRANSFER
    return b"%d".join(_PARTS) % ((next(_CENTS),) * (len(_PARTS) - 1))


class _Connection(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (request := self._next_request()) is not None:
            target = request.split(b" ", 2)[1]
            if target.startswith(b"/slow/"):
                asyncio.get_running_loop().call_later(DELAY, self._send, _response_to(target))
            else:
                self._send(_response_to(target))

    def _next_request(self) -> bytes | None:
        head, end, rest = self._received.partition(b"\r\n\r\n")
        if not end:
            return None
        _, found, after = head.lower().partition(b"\r\ncontent-length:")
        length = int(after.split(b"\r\n", 1)[0]) if found else 0
        if len(rest) < length:
            return None
        self._received = rest[length:]
        return head

    def _send(self, response: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(response)


async def _serve() -> None:
    if len(sys.argv) > 1:
        machine.pin(int(sys.argv[1]))
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    # The server stops when the parent process ends and so closes its end of the pipe.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


@contextmanager
def running() -> Iterator[str]:
    """Run the server in another process, on another processor if available. Yield its origin."""
    processor = [str(machine.PROCESSORS[-1])] if len(machine.PROCESSORS) > 1 else []
    process = subprocess.Popen(  # noqa: S603 - a trusted module
        [sys.executable, "-m", "benchmarks.server", *processor],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


if __name__ == "__main__":
    asyncio.run(_serve())
