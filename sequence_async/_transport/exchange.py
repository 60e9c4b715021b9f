"""Send one request and read its response. Only this module awaits aiohttp.

No aiohttp exception leaves it, not even chained, because its ``repr`` contains the headers and the credential.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import aiohttp
import attrs
from aiohttp.abc import AbstractStreamWriter
from yarl import URL

from sequence_async._core.response_parser import MAX_BODY_BYTES
from sequence_async.errors import ConnectionFailedError, NoResponseError, TimedOutError

# The connection was never made, so nothing can have been sent.
_NOT_CONNECTED: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class JsonBody(aiohttp.BytesPayload):
    """A request body that records whether it was passed to the connection."""

    def __init__(self, text: bytes) -> None:
        super().__init__(text, content_type="application/json")
        self.written = False

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        """Write the body, and set ``written``. From then on, the server may execute the request."""
        self.written = True
        await super().write_with_length(writer, content_length)


@attrs.define(eq=False, repr=False)
class RawResponse:
    """A complete response. ``body`` is ``None`` if it was too large to read."""

    status: int
    headers: Mapping[str, str]
    body: bytes | None


@attrs.define(eq=False, repr=False)
class NoResponse:
    """No response, or an incomplete one."""

    error: NoResponseError
    maybe_sent: bool
    """Whether the server may have received the whole request."""
    permanent: bool = False


async def exchange(
    session: aiohttp.ClientSession,
    method: str,
    url: URL,
    *,
    body: JsonBody | None,
    headers: Mapping[str, str] | None,
    time_limit: aiohttp.ClientTimeout,
) -> RawResponse | NoResponse:
    """Send one request and read its response, both within the time limit."""
    response: aiohttp.ClientResponse | None = None
    try:
        response = await session.request(
            method,
            url,
            data=body,
            headers=headers,
            timeout=time_limit,
            allow_redirects=False,
            # A borrowed session may have other defaults for these two.
            raise_for_status=False,
            auto_decompress=True,
        )
        # Most responses are small and arrive at once, so that the first chunk is the whole body.
        text = await response.content.readany()
        whole = response.content.at_eof() and len(text) <= MAX_BODY_BYTES
        return RawResponse(response.status, response.headers, text if whole else await _read_on(response, text))
    except _NOT_CONNECTED as error:
        failure = _not_connected(error)
    except TimeoutError:
        failure = NoResponse(
            TimedOutError(f"No response within {time_limit.total:.3g} s."), body is None or body.written
        )
    except (aiohttp.ClientError, OSError) as error:
        reason = f"The connection was lost before the response was complete ({_reason(error)})."
        failure = NoResponse(ConnectionFailedError(reason), body is None or body.written)
    except BaseException:
        if response is not None:
            response.close()
        raise
    if response is not None:
        response.close()
    return failure


async def _read_on(response: aiohttp.ClientResponse, first: bytes) -> bytes | None:
    """Return the whole body, or ``None`` if it exceeds the limit after decompression."""
    chunks, size = [first], len(first)
    while size <= MAX_BODY_BYTES:
        chunk = await response.content.readany()
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
        size += len(chunk)
    response.close()
    return None


def _not_connected(error: Any) -> NoResponse:
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NoResponse(TimedOutError("No connection within the time limit."), maybe_sent=False)
    return NoResponse(
        ConnectionFailedError(f"No connection to {error.host}:{error.port} ({_reason(error)})."),
        maybe_sent=False,
        permanent=isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ServerFingerprintMismatch),
    )


def _reason(error: BaseException) -> str:
    """Return the reason of an error, without aiohttp's message: it can contain the URL, and thus an account's ID."""
    words = getattr(error, "strerror", None)
    return words if isinstance(words, str) and words else type(error).__name__
