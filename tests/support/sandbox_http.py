"""Raw calls to a sandbox, without any client of ours in between."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import attrs
import orjson

from sequence_async.sandbox import Sandbox


@attrs.frozen
class Reply:
    """What came back."""

    status: int
    headers: Any
    body: bytes
    json: Any

    @property
    def data(self) -> Any:
        return self.json["data"]

    @property
    def code(self) -> str:
        return self.json["error"]["code"] if "error" in self.json else self.json["code"]


class Wire:
    """One API of a sandbox."""

    def __init__(self, session: aiohttp.ClientSession, base: str, headers: dict[str, str]) -> None:
        self._session = session
        self._base = base
        self._headers = headers

    async def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        sent = self._headers | {name.replace("_", "-"): value for name, value in headers.items()}
        content = {"data": body} if isinstance(body, bytes) else {"json": body}
        async with self._session.request(
            method, self._base + path, headers=sent, allow_redirects=False, **content
        ) as response:
            raw = await response.read()
            return Reply(response.status, response.headers, raw, _parse(raw))


def _parse(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None


@asynccontextmanager
async def wires(sandbox: Sandbox, *, timeout: float = 5.0, key: str | None = None) -> AsyncIterator[dict[str, Wire]]:
    """The three APIs of a sandbox, and its control endpoints."""
    key = key or sandbox.api_key
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=timeout)) as session:
        yield {
            "v1": Wire(session, sandbox.v1_url, {"Authorization": f"ApiKey {key}"}),
            "platform": Wire(session, sandbox.platform_url, {"Authorization": f"Bearer {key}"}),
            "remote": Wire(session, sandbox.remote_url, {"x-sequence-access-token": f"Bearer {sandbox.access_token}"}),
            "control": Wire(session, f"{sandbox.url}/_sandbox", {}),
        }
