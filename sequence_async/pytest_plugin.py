"""Fixtures for tests against the sandbox; pytest finds them once the package is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pytest_asyncio import fixture
else:
    try:
        from pytest_asyncio import fixture
    except ImportError:  # another plugin, such as anyio's, may run asynchronous fixtures
        from pytest import fixture  # noqa: PT013 - it stands for the other one

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sequence_async import SequenceClient
    from sequence_async.sandbox import Sandbox


@fixture
async def sequence_sandbox(request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """Run a fresh sandbox for one test; it fails the test when something unexpected happens inside it.

    ``@pytest.mark.sequence_sandbox(seed=7, accounts=100)`` passes arguments on to :class:`Sandbox`.
    """
    from sequence_async.sandbox import Sandbox  # noqa: PLC0415 - only tests that ask for a sandbox pay for it

    marker = request.node.get_closest_marker("sequence_sandbox")
    arguments: dict[str, Any] = {} if marker is None else dict(marker.kwargs)
    async with Sandbox(**arguments) as sandbox:
        yield sandbox


@fixture
async def sequence_client(sequence_sandbox: Sandbox) -> AsyncIterator[SequenceClient]:
    """Give a client of the sandbox that may use every operation of api/v1."""
    from sequence_async import SequenceClient  # noqa: PLC0415 - only tests that ask for a client pay for it

    async with SequenceClient(
        api_key=sequence_sandbox.api_key, base_url=sequence_sandbox.v1_url, preview=True
    ) as client:
        yield client


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "sequence_sandbox(**arguments): arguments of the sandbox that the test gets")
