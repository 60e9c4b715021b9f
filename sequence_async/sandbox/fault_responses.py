"""How faults look on the wire."""

from __future__ import annotations

import asyncio
import socket
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from aiohttp import web

from sequence_async.sandbox import faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sequence_async.sandbox.faults import Fault
    from sequence_async.sandbox.routing import ApiResponse

_MEGABYTE: Final = bytes(1024 * 1024)


class AlreadyClosed(web.StreamResponse):
    """Stands for an answer that has been given, or refused, on the bare connection."""

    def __init__(self) -> None:
        super().__init__()
        self.force_close()

    async def prepare(self, request: web.BaseRequest) -> None:
        """Send nothing."""
        del request

    async def write_eof(self, data: bytes = b"") -> None:
        """Send nothing."""
        del data


def drop_connection(request: web.BaseRequest, *, reset: bool) -> web.StreamResponse:
    """Close the connection at once."""
    transport = request.transport
    if transport is not None:
        sock: socket.socket | None = transport.get_extra_info("socket")
        if reset and sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return AlreadyClosed()


def unmodified(answer: ApiResponse, headers: Mapping[str, str]) -> web.Response:
    """Give an answer as it is."""
    response = web.Response(body=answer.body, status=answer.status, headers=headers)
    if answer.body:
        response.headers["Content-Type"] = answer.content_type
    return response


async def truncated(
    request: web.BaseRequest, answer: ApiResponse, headers: Mapping[str, str], keep: float
) -> web.StreamResponse:
    """Send a part of the body under the length of the whole."""
    response = web.StreamResponse(status=answer.status, headers=headers)
    response.content_length = max(1, len(answer.body))
    response.content_type = "application/json"
    await response.prepare(request)
    await response.write(answer.body[: int(len(answer.body) * keep)])
    if request.transport is not None:
        request.transport.close()
    return AlreadyClosed()


async def dripped(
    request: web.BaseRequest, answer: ApiResponse, headers: Mapping[str, str], fault: faults.Drip
) -> web.StreamResponse:
    """Send the whole body, piece by piece."""
    response = web.StreamResponse(status=answer.status, headers=headers)
    response.content_length = len(answer.body)
    response.content_type = "application/json"
    await response.prepare(request)
    size = max(1, -(-len(answer.body) // max(1, fault.pieces)))
    for place in range(0, len(answer.body), size):
        await asyncio.sleep(fault.seconds / max(1, fault.pieces))
        await response.write(answer.body[place : place + size])
    await response.write_eof()
    return response


async def endless(request: web.BaseRequest, headers: Mapping[str, str], fault: faults.Endless) -> web.StreamResponse:
    """Send a body until somebody stops it."""
    response = web.StreamResponse(status=200, headers=headers)
    response.content_type = "application/json"
    response.enable_chunked_encoding()
    await response.prepare(request)
    await response.write(b'{"data": "')
    sent, chunk = 0, b"x" * fault.chunk
    while fault.at_most is None or sent < fault.at_most:
        await response.write(chunk)
        await asyncio.sleep(0)
        sent += len(chunk)
    await response.write_eof()
    return response


@lru_cache(maxsize=4)
def _bomb(unpacked: int) -> bytes:
    return b"".join(_bomb_parts(unpacked))


def _bomb_parts(unpacked: int) -> Iterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    yield packer.compress(b'{"data": "')
    for place in range(0, unpacked, len(_MEGABYTE)):
        yield packer.compress(b"0" * min(len(_MEGABYTE), unpacked - place))
    yield packer.compress(b'"}') + packer.flush()


def gzip_bomb(headers: Mapping[str, str], unpacked: int) -> web.Response:
    """Send a small body that unpacks to a large one."""
    response = web.Response(body=_bomb(unpacked), headers=headers, content_type="application/json")
    response.headers["Content-Encoding"] = "gzip"
    return response


def replacement_response(fault: Fault, headers: Mapping[str, str]) -> web.Response | None:
    """Give the answer of a fault that takes the place of the right one; ``None`` for a fault that does not."""
    response: web.Response | None = None
    match fault:
        case faults.Html():
            response = web.Response(body=fault.body, status=fault.status, headers=headers, content_type="text/html")
        case faults.Garbage():
            response = web.Response(body=fault.body, status=fault.status, headers=headers)
            response.headers["Content-Type"] = fault.content_type
        case faults.Redirect():
            response = web.Response(status=fault.status, headers={**headers, "Location": fault.location})
        case faults.GzipBomb():
            response = gzip_bomb(headers, fault.unpacked)
        case faults.Status() if fault.body is not None:
            body = fault.body.encode() if isinstance(fault.body, str) else fault.body
            response = web.Response(body=body, status=fault.status, headers={**headers, **dict(fault.headers)})
            response.headers["Content-Type"] = fault.content_type
        case _:
            pass
    return response


async def apply_fault(
    request: web.BaseRequest, fault: Fault, answer: ApiResponse, headers: Mapping[str, str]
) -> web.StreamResponse:
    """Give an answer the way the fault has it; as it is, where the fault leaves the answer alone."""
    match fault:
        case faults.Drop():
            return drop_connection(request, reset=fault.reset)
        case faults.Endless():
            return await endless(request, headers, fault)
        case faults.Truncate():
            return await truncated(request, answer, headers, fault.keep)
        case faults.Drip():
            return await dripped(request, answer, headers, fault)
        case faults.HeaderFlood():
            flood = {f"X-Flood-{number}": "x" * fault.size for number in range(fault.count)}
            return unmodified(answer, {**headers, **flood})
        case _:
            response = replacement_response(fault, headers) or unmodified(answer, headers)
    if isinstance(fault, faults.WrongContentType):
        response.headers["Content-Type"] = fault.content_type
    return response
