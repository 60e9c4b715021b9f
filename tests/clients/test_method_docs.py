"""Every operation is a method of a client, whose signature and docstring say what the operation table says."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from sequence_async import PlatformClient, RemoteClient, SequenceClient
from sequence_async.operations import platform, remote, v1

CLIENTS: dict[str, Any] = {
    "platform": lambda: PlatformClient("sk_key", preview=True),
    "v1": lambda: SequenceClient("key", preview=True),
    "remote": lambda: RemoteClient("token"),
}
OPERATIONS = {f"{table.API.id}.{one.id}": one for table in (platform, v1, remote) for one in table.OPERATIONS.values()}


@pytest.fixture(params=OPERATIONS)
async def case(request: pytest.FixtureRequest) -> Any:
    operation = OPERATIONS[request.param]
    resource, _, name = operation.client_method.partition(".")
    async with CLIENTS[operation.api.id]() as client:
        return operation, getattr(getattr(client, resource), name)


def expected_arguments(operation: Any) -> Iterator[str]:
    yield from (name for wire, name in operation.arguments.items() if wire != operation.page_position)
    if operation.body_argument is not None:
        yield operation.body_argument
    elif attrs.has(operation.body or object):
        yield from (field.name for field in attrs.fields(operation.body))
    if operation.credential_parameter is not None:
        yield "secret"
    if operation.takes_key:
        yield "idempotency_key"


def test_the_arguments_are_those_of_the_table(case: Any) -> None:
    operation, method = case
    assert sorted(inspect.signature(method).parameters) == sorted(expected_arguments(operation))


def test_the_docstring_names_the_scope(case: Any) -> None:
    operation, method = case
    if operation.scope is None:
        assert "``READ_" not in method.__doc__
    else:
        assert f"``{operation.scope}``" in method.__doc__


def test_the_docstring_says_how_large_a_page_is(case: Any) -> None:
    operation, method = case
    size = next((one for one in operation.query if one.name == operation.page_size), None)
    if size is None:
        assert "page_size" not in method.__doc__
    else:
        assert f"{size.minimum} to {size.maximum}" in method.__doc__
        assert f"Default: {operation.default_page_size}." in method.__doc__


def test_the_docstring_says_how_far_back_a_window_reaches(case: Any) -> None:
    operation, method = case
    days = operation.window and operation.window.max_days
    assert (f"{days} days back" in method.__doc__) is bool(days)


def test_the_docstring_says_what_is_coming_soon(case: Any) -> None:
    operation, method = case
    summary = method.__doc__.partition("\n")[0]
    assert ("(coming soon)" in summary) is (operation.availability == "coming-soon")


def test_the_docstring_names_the_source(case: Any) -> None:
    operation, method = case
    assert operation.docs in method.__doc__


def test_the_docstring_describes_every_argument(case: Any) -> None:
    _, method = case
    described = {line.strip().partition(":")[0] for line in method.__doc__.splitlines()}
    assert described.issuperset(inspect.signature(method).parameters)


def test_a_write_says_that_it_may_have_taken_effect(case: Any) -> None:
    operation, method = case
    assert ("in_doubt" in method.__doc__) is (operation.effect == "write")
