"""Fixtures for tests against the sandbox. Pytest finds them when the package is installed.

They are synchronous fixtures, so they work in synchronous tests and with every plugin for asynchronous tests. A client
belongs to the event loop of its first call, and closes with that loop.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sequence_async import PlatformClient, RemoteClient, SequenceClient
    from sequence_async._base import BaseClient
    from sequence_async.sandbox import Sandbox

    C = TypeVar("C", bound=BaseClient)


@pytest.fixture
def sequence_sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """Run a fresh sandbox for one test. The test fails if something unexpected happens inside it.

    ``@pytest.mark.sequence_sandbox(seed=7, accounts=100)`` passes arguments to :class:`Sandbox`.
    """
    from sequence_async.sandbox import Sandbox

    marker = request.node.get_closest_marker("sequence_sandbox")
    arguments: dict[str, Any] = {} if marker is None else dict(marker.kwargs)
    with Sandbox(**arguments) as sandbox:
        yield sandbox


@pytest.fixture
def sequence_env(sequence_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Point the environment variables of the clients at the sandbox, and return the sandbox."""
    monkeypatch.setenv("SEQUENCE_API_KEY", sequence_sandbox.api_key)
    monkeypatch.setenv("SEQUENCE_ACCESS_TOKEN", sequence_sandbox.access_token)
    monkeypatch.setenv("SEQUENCE_BASE_URL", sequence_sandbox.v1_url)
    monkeypatch.setenv("SEQUENCE_PLATFORM_BASE_URL", sequence_sandbox.platform_url)
    monkeypatch.setenv("SEQUENCE_REMOTE_BASE_URL", sequence_sandbox.remote_url)
    return sequence_sandbox


@pytest.fixture
def sequence_client(sequence_sandbox: Sandbox) -> Iterator[PlatformClient]:
    """Return a ``PlatformClient`` for the sandbox, with every operation unlocked."""
    from sequence_async import PlatformClient

    sandbox = sequence_sandbox
    yield from _closed_after(PlatformClient(sandbox.api_key, base_url=sandbox.platform_url, preview=True))


@pytest.fixture
def sequence_v1_client(sequence_sandbox: Sandbox) -> Iterator[SequenceClient]:
    """Return a ``SequenceClient`` for the sandbox, with every operation unlocked."""
    from sequence_async import SequenceClient

    sandbox = sequence_sandbox
    yield from _closed_after(SequenceClient(sandbox.api_key, base_url=sandbox.v1_url, preview=True))


@pytest.fixture
def sequence_remote_client(sequence_sandbox: Sandbox) -> Iterator[RemoteClient]:
    """Return a ``RemoteClient`` for the sandbox, with the secret of every rule."""
    from sequence_async import RemoteClient

    sandbox = sequence_sandbox
    yield from _closed_after(
        RemoteClient(sandbox.access_token, rule_secrets=sandbox.rule_secrets, base_url=sandbox.remote_url)
    )


def _closed_after(client: C) -> Iterator[C]:
    # Only this fixture needs it, so there is no public method.
    session = client._caller.shared.session  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    session.close_with_loop()
    yield client
    loop = session.loop
    if session.closed or loop is None or loop.is_closed():
        return
    if loop.is_running():
        asyncio.run_coroutine_threadsafe(client.close(), loop).result()
    else:
        loop.run_until_complete(client.close())


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker ``sequence_sandbox``."""
    config.addinivalue_line("markers", "sequence_sandbox(**arguments): pass arguments to the sandbox of this test")
