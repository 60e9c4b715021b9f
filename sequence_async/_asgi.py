"""The ASGI application of :class:`~sequence_async.amounts.AmountHandler`: one path, only POST, limited bodies."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http import HTTPStatus
from typing import Any, Protocol, TypeAlias

from sequence_async.errors import ConfigurationError

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
AsgiApp: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


class _Response(Protocol):
    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...


class _Handle(Protocol):
    def __call__(self, headers: list[tuple[str, str]], body: bytes, *, query: str) -> Awaitable[_Response]: ...


class _TooLargeError(Exception):
    """The body is larger than the limit."""


def checked_path(path: object) -> str:
    """Return a path to mount an application at.

    Raises:
        ConfigurationError: It does not begin with a slash, or contains more than letters, digits and ``-._~/``.

    """
    if not isinstance(path, str) or not re.fullmatch(r"/[A-Za-z0-9._~/-]*", path):
        raise ConfigurationError("path must begin with a slash and contain only letters, digits and -._~/.")
    return path


def asgi_app(handle: _Handle, path: str, max_body_bytes: int) -> AsgiApp:
    """Return an ASGI application that passes POST requests to ``path`` to ``handle``."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await _lifespan(receive, send)
        elif kind == "websocket":
            await send({"type": "websocket.close"})
        elif kind != "http":
            raise NotImplementedError(f"ASGI scopes of type {kind} are not supported.")
        elif _path(scope) != path:
            await _send_error(send, 404)
        elif scope["method"] != "POST":
            await _send_error(send, 405, {"Allow": "POST"})
        else:
            await _serve(scope, receive, send)

    async def _serve(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        try:
            body = await _body(receive, max_body_bytes)
        except _TooLargeError:
            await _send_error(send, 413, {"Connection": "close"})
            return
        if body is None:
            return  # the client has disconnected
        response = await handle(headers, body, query=scope.get("query_string", b"").decode("latin-1"))
        await _send(send, response.status, response.headers, response.body)

    return app


def _path(scope: Scope) -> str:
    """Return the path relative to where the application is mounted."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return (path[len(root) :] or "/") if root and path.startswith(root) else path


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _body(receive: Receive, limit: int) -> bytes | None:
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk = message.get("body", b"")
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise _TooLargeError
        more = message.get("more_body", False)
    return b"".join(chunks)


async def _send_error(send: Send, status: int, headers: Mapping[str, str] | None = None) -> None:
    await _send(send, status, {"Content-Type": "text/plain", **(headers or {})}, HTTPStatus(status).phrase.encode())


async def _send(send: Send, status: int, headers: Mapping[str, str], body: bytes) -> None:
    lines = {**headers, "Content-Length": str(len(body))}
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in lines.items()]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": body})
