"""HTTP responses of the injected faults."""

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
    """A placeholder for a response that was already sent, or will never be sent."""

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
    """Close the connection without a response; with ``reset``, by a TCP reset."""
    transport = request.transport
    if transport is not None:
        sock: socket.socket | None = transport.get_extra_info("socket")
        if reset and sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return AlreadyClosed()


def unmodified(api_response: ApiResponse, headers: Mapping[str, str]) -> web.Response:
    """Return the API's response without changes."""
    response = web.Response(body=api_response.body, status=api_response.status, headers=headers)
    if api_response.body:
        response.headers["Content-Type"] = api_response.content_type
    return response


async def truncated(
    request: web.BaseRequest, api_response: ApiResponse, headers: Mapping[str, str], keep: float
) -> web.StreamResponse:
    """Send the fraction ``keep`` of the body under the full ``Content-Length``."""
    response = web.StreamResponse(status=api_response.status, headers=headers)
    response.content_length = max(1, len(api_response.body))
    response.content_type = "application/json"
    await response.prepare(request)
    await response.write(api_response.body[: int(len(api_response.body) * keep)])
    if request.transport is not None:
        request.transport.close()
    return AlreadyClosed()


async def dripped(
    request: web.BaseRequest, api_response: ApiResponse, headers: Mapping[str, str], fault: faults.Drip
) -> web.StreamResponse:
    """Send the whole body slowly, in pieces."""
    response = web.StreamResponse(status=api_response.status, headers=headers)
    response.content_length = len(api_response.body)
    response.content_type = "application/json"
    await response.prepare(request)
    size = max(1, -(-len(api_response.body) // max(1, fault.pieces)))
    for offset in range(0, len(api_response.body), size):
        await asyncio.sleep(fault.seconds / max(1, fault.pieces))
        await response.write(api_response.body[offset : offset + size])
    await response.write_eof()
    return response


async def endless(request: web.BaseRequest, headers: Mapping[str, str], fault: faults.Endless) -> web.StreamResponse:
    """Send a body that ends only after ``at_most`` bytes or when the client disconnects."""
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
    for offset in range(0, unpacked, len(_MEGABYTE)):
        yield packer.compress(b"0" * min(len(_MEGABYTE), unpacked - offset))
    yield packer.compress(b'"}') + packer.flush()


def gzip_bomb(headers: Mapping[str, str], unpacked: int) -> web.Response:
    """Return a small gzip body that decompresses to ``unpacked`` bytes."""
    response = web.Response(body=_bomb(unpacked), headers=headers, content_type="application/json")
    response.headers["Content-Encoding"] = "gzip"
    return response


def replacement_response(fault: Fault, headers: Mapping[str, str]) -> web.Response | None:
    """Return the response that a fault sends instead of the correct one, or ``None`` if it sends no other."""
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
    request: web.BaseRequest, fault: Fault, api_response: ApiResponse, headers: Mapping[str, str]
) -> web.StreamResponse:
    """Send the API's response as the fault changes it."""
    match fault:
        case faults.Drop():
            return drop_connection(request, reset=fault.reset)
        case faults.Endless():
            return await endless(request, headers, fault)
        case faults.Truncate():
            return await truncated(request, api_response, headers, fault.keep)
        case faults.Drip():
            return await dripped(request, api_response, headers, fault)
        case faults.HeaderFlood():
            flood = {f"X-Flood-{number}": "x" * fault.size for number in range(fault.count)}
            return unmodified(api_response, {**headers, **flood})
        case _:
            response = replacement_response(fault, headers) or unmodified(api_response, headers)
    if isinstance(fault, faults.WrongContentType):
        response.headers["Content-Type"] = fault.content_type
    return response
