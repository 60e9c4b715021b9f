"""The other side of every measurement: a small, fast HTTP server with fixed answers, in a process of its own.

``/api/v1`` is the API as we know it, ``/slow/api/v1`` the same with a delay of 20 ms, ``/increase`` and ``/legacy`` are
what two other clients speak.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import orjson

from benchmarks import documents, machine

DELAY = 0.020


def _answer(body: bytes) -> bytes:
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nX-Request-ID: req_01HDEF7005\r\n"
        f"Date: Mon, 15 Apr 2024 10:00:00 GMT\r\nServer: benchmark\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


# The balance changes with every read, and keeps its number of digits.
_PARTS = _answer(documents.envelope(documents.POD)).split(documents.CENTS)
_CENTS = count(100_000_000_000)
_LIST = _answer(documents.summaries())
_INCREASE = _answer(orjson.dumps(documents.INCREASE_ACCOUNT))
_TRANSFER = _answer(documents.envelope(documents.transfer(1)))
_LEGACY = _answer(orjson.dumps(documents.LEGACY_ACCOUNTS))


def _answer_to(target: bytes) -> bytes:
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
                asyncio.get_running_loop().call_later(DELAY, self._send, _answer_to(target))
            else:
                self._send(_answer_to(target))

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

    def _send(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


async def _serve() -> None:
    if len(sys.argv) > 1:
        machine.pin(int(sys.argv[1]))
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    # It ends when the process that started it is gone, and closes its end of the pipe.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


@contextmanager
def running() -> Iterator[str]:
    """Run the server in another process, on another processor if there is one; give its origin."""
    processor = [str(machine.PROCESSORS[-1])] if len(machine.PROCESSORS) > 1 else []
    process = subprocess.Popen(  # noqa: S603 - our own module
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
