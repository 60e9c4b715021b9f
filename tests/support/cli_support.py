"""A sandbox in a thread, for synchronous tests, and functions that run commands against it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from typer.testing import CliRunner, Result

from sequence_async.cli.app import app
from sequence_async.sandbox import Sandbox
from sequence_async.sandbox.ids import v1_form

T = TypeVar("T")

needs_sigint = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send SIGINT to one process")
needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudoterminals")


class SandboxThread:
    """A sandbox in its own event loop and thread."""

    def __init__(self, sandbox: Sandbox, loop: asyncio.AbstractEventLoop) -> None:
        self.sandbox = sandbox
        self._loop = loop

    def do(self, act: Callable[[Sandbox], T]) -> T:
        """Call a function with the sandbox in the sandbox's thread, and return its result."""

        async def work() -> T:
            return act(self.sandbox)

        return asyncio.run_coroutine_threadsafe(work(), self._loop).result(5)

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that make commands use this sandbox."""
        return {
            "SEQUENCE_API_KEY": self.sandbox.api_key,
            "SEQUENCE_ACCESS_TOKEN": self.sandbox.access_token,
            "SEQUENCE_BASE_URL": self.sandbox.v1_url,
            "SEQUENCE_PLATFORM_BASE_URL": self.sandbox.platform_url,
            "SEQUENCE_REMOTE_BASE_URL": self.sandbox.remote_url,
        }

    def id_of(self, name: str, api: str = "platform") -> str:
        """Return the ID of an account or a rule, in the format of an API."""

        def find(sandbox: Sandbox) -> str:
            things = [*sandbox.accounts.values(), *sandbox.rules.values()]
            thing: Any = next(one for one in things if one.name == name)
            return v1_form(thing.id) if api == "v1" else str(thing.id)

        return self.do(find)

    def writes(self) -> list[tuple[str, str | None]]:
        """Return the operation and the idempotency key of each write that the sandbox received."""
        return self.do(
            lambda sandbox: [
                (str(request.operation), request.idempotency_key)
                for request in sandbox.requests
                if request.method != "GET" and request.operation != "listAccounts"
            ]
        )


@contextmanager
def sandbox_thread(**arguments: Any) -> Generator[SandboxThread, None, None]:
    """Run a sandbox in a thread during a test."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(10)

    async def make() -> Sandbox:
        return await Sandbox(**arguments).start()

    sandbox = run(make())
    try:
        yield SandboxThread(sandbox, loop)
        assert sandbox.errors == []
    finally:
        run(sandbox.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def command(server: SandboxThread | None, *arguments: str, monkeypatch: pytest.MonkeyPatch, **more: str) -> Result:
    """Run a command against a sandbox, or without credentials if it is ``None``. ``more`` are additional variables."""
    for name, value in ({} if server is None else server.environment).items():
        monkeypatch.setenv(name, value)
    for name, value in more.items():
        monkeypatch.setenv(name, value)
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


MAIN = "from sequence_async.cli import main; main()"


def on_terminal(
    environment: Mapping[str, str],
    *arguments: str,
    columns: int = 100,
    rows: int = 50,
    encoding: str = "utf-8",
    **more: str,
) -> tuple[int, str]:
    """Run a command on a terminal of this size. Return its exit code and its output."""
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    cleaned = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**cleaned, "TERM": "xterm-256color", **environment, **more},
    )
    os.close(slave)
    shown = bytearray()
    while True:
        try:
            piece = os.read(master, 65_536)
        except OSError:  # Linux raises this if the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    return process.wait(30), shown.decode(encoding)
