"""What users may rely on: the names, that importing costs little, and that errors travel."""

from __future__ import annotations

import copy
import inspect
import pickle
import pydoc
import subprocess
import sys

import pytest

import sequence_async as sa
from sequence_async import errors, operations

PUBLIC = {
    "APIError", "AccountBalance", "AmountHandler", "AmountRequest", "AmountResponse", "ArgumentError", "AttemptEvent",
    "AttemptStartedEvent", "BadRequestError", "BalanceSnapshot", "BalanceUpdate", "CallEvent", "CallStartedEvent",
    "ComingSoonError", "ConfigurationError", "ConflictError", "ConnectionFailedError", "DecodeError", "Event",
    "ForbiddenError", "IdempotencyKeyReusedError", "Middleware", "Movement", "MovementKind", "NoResponseError",
    "NotFoundError", "OpenStrEnum", "OperationInProgressError", "Page", "Pager", "PaginationError", "PlatformClient",
    "RateLimit", "RateLimitedError", "RemoteClient", "Request", "Response", "RetryEvent", "Send", "SequenceClient",
    "SequenceError", "ServerError", "SweepEvent", "TimedOutError", "UnauthorizedError", "UnknownVariant",
    "UsageError", "WaitEvent", "WaitTimeoutError", "__version__", "converter", "idempotency_key_for",
}  # fmt: skip

TREE = {
    "ConfigurationError": "SequenceError",
    "ArgumentError": "SequenceError",
    "ComingSoonError": "SequenceError",
    "NoResponseError": "SequenceError",
    "ConnectionFailedError": "NoResponseError",
    "TimedOutError": "NoResponseError",
    "DecodeError": "SequenceError",
    "PaginationError": "SequenceError",
    "WaitTimeoutError": "SequenceError",
    "APIError": "SequenceError",
    "BadRequestError": "APIError",
    "IdempotencyKeyReusedError": "BadRequestError",
    "UnauthorizedError": "APIError",
    "ForbiddenError": "APIError",
    "NotFoundError": "APIError",
    "ConflictError": "APIError",
    "OperationInProgressError": "ConflictError",
    "RateLimitedError": "APIError",
    "ServerError": "APIError",
}

ERRORS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, sa.SequenceError)]


def loaded_by(statement: str, *modules: str) -> set[str]:
    """Say which of the modules a statement loads in a fresh process."""
    code = f"import sys; {statement}; print(*({set(modules)!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.split())


def test_the_public_names_are_these() -> None:
    missing, extra = PUBLIC - set(sa.__all__), set(sa.__all__) - PUBLIC
    assert not missing
    assert not extra


def test_every_public_name_can_be_had_and_is_listed() -> None:
    for name in sa.__all__:
        assert getattr(sa, name) is not None
    assert set(sa.__all__) <= set(dir(sa))
    with pytest.raises(AttributeError, match="no_such_name"):
        sa.no_such_name  # noqa: B018


def test_star_import_gives_every_public_name() -> None:
    names: dict[str, object] = {}
    exec("from sequence_async import *", names)
    assert set(names) - {"__builtins__"} == PUBLIC
    assert all(names[name] is getattr(sa, name) for name in PUBLIC)


def test_help_on_the_package_shows_the_public_classes() -> None:
    text = pydoc.render_doc(sa, renderer=pydoc.plaintext)
    assert "class PlatformClient(" in text
    assert "class WaitTimeoutError(" in text


@pytest.mark.parametrize("name", [name for name in sorted(PUBLIC) if isinstance(getattr(sa, name), type)])
def test_public_class_can_be_pickled_by_name(name: str) -> None:
    value = getattr(sa, name)
    assert pickle.loads(pickle.dumps(value)) is value


@pytest.mark.parametrize(("child", "parent"), TREE.items())
def test_the_error_tree(child: str, parent: str) -> None:
    assert issubclass(getattr(sa, child), getattr(sa, parent))
    assert getattr(sa, child).__bases__[0] is getattr(sa, parent)


def test_errors_are_also_what_the_standard_library_calls_them() -> None:
    assert issubclass(sa.ArgumentError, ValueError)
    assert issubclass(sa.TimedOutError, TimeoutError)
    assert issubclass(sa.WaitTimeoutError, TimeoutError)


@pytest.mark.parametrize("kind", ERRORS)
def test_errors_can_be_pickled_and_copied(kind: type[sa.SequenceError]) -> None:
    error = kind("What happened.")
    error.operation, error.request_id, error.idempotency_key = "createTransfer", "req_1", "k1"
    error.attempts, error.elapsed, error.in_doubt = 3, 1.5, True
    if isinstance(error, sa.APIError):
        error.status, error.code, error.message = 418, "teapot", "Short and stout."
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(other) is kind
        assert vars(other) == vars(error)
        assert str(other) == str(error)
        assert "k1" in str(other)


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ("aiohttp", "attrs", "attr", "cattrs", "asyncio", "orjson", "backoff", "typer", "rich", "yaml")
    assert loaded_by("import sequence_async", *heavy) == set()


def test_the_models_need_attrs_alone() -> None:
    heavy = ("aiohttp", "cattrs", "asyncio", "orjson", "yarl", "backoff")
    for api in ("v1", "platform", "remote"):
        assert loaded_by(f"import sequence_async.models.{api}", *heavy) == set()
        assert loaded_by(f"import sequence_async.operations.{api}", *heavy) == set()


def test_a_client_needs_neither_cattrs_nor_the_other_apis() -> None:
    others = ("cattrs", "typer", "rich", "sequence_async.models.platform", "sequence_async.models.remote")
    assert loaded_by("from sequence_async import SequenceClient", *others) == set()


def test_importing_does_not_touch_the_network() -> None:
    code = (
        "import socket\n"
        "def refuse(*_, **__): raise AssertionError('network at import')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
        "import sequence_async\n"
        "for name in sequence_async.__all__: getattr(sequence_async, name)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_operations_have_their_own_modules() -> None:
    from sequence_async.operations import v1

    assert operations.__name__ == "sequence_async.operations"
    assert len(v1.OPERATIONS) == 16
    assert repr(v1.GET_ACCOUNT) == "<Operation v1.getAccount: GET /accounts/{id}>"


def test_every_public_method_of_a_resource_has_a_docstring() -> None:
    client = sa.SequenceClient("sk_test", preview=True)
    resources = [client.accounts, client.transfers, client.rules, client.rule_executions, client.cards, client.webhooks]
    methods = [
        getattr(resource, name)
        for resource in resources
        for name in dir(resource)
        if not name.startswith("_") and callable(getattr(resource, name))
    ]
    assert len(methods) >= len(resources)
    assert all(method.__doc__ for method in methods)
