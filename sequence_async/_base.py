"""The base of the three clients: construction, options, closing, and generic calls."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from inspect import iscoroutinefunction
from ipaddress import ip_address
from types import TracebackType
from typing import Any, Self, TypeVar, cast
from urllib.parse import SplitResult, urlsplit

import aiohttp
import attrs

from sequence_async._core import codec
from sequence_async._core.arguments import check_header_text, check_integer, check_seconds
from sequence_async._core.redaction import Secret
from sequence_async._core.request import Middleware, Request
from sequence_async._core.response import Response
from sequence_async._core.retry import RetryBudget
from sequence_async._transport.caller import Caller
from sequence_async._transport.limiter import RateLimit, limits_of
from sequence_async._transport.session import Session
from sequence_async._transport.settings import Credential, Options, RuleCredentials, SharedState
from sequence_async._transport.telemetry import Telemetry
from sequence_async._version import __version__
from sequence_async.errors import ArgumentError, ConfigurationError
from sequence_async.events import Event
from sequence_async.operations._runtime import Api, Operation

T = TypeVar("T")

_ID_LENGTH = 16


class BaseClient:
    """A client for one API. Use it with ``async with``, or ``await client.close()`` when you are done."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        with required_modules():
            self._make_resources(caller)

    def _make_resources(self, caller: Caller) -> None:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        self._caller.shared.session.enter()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the client's own connections. A session that you passed stays open.

        You can call this more than once. All clients from ``with_options`` are closed with it.
        """
        await self._caller.shared.session.close()

    async def call(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: object = None,
        idempotency_key: str | None = None,
    ) -> Response[T]:
        """Call an operation, and return its value with the metadata of the response.

        Args:
            operation: An operation from ``sequence_async.operations``, of this client's API.
            path: The path parameters, by their names in the API description.
            query: The query parameters, by their names in the API description. ``None`` is not sent.
            body: The operation's request model, or a mapping with the API's field names.
            idempotency_key: The key of a write. Default: a new UUID.

        Returns:
            The decoded value, with status, headers and request ID.

        Raises:
            ArgumentError: An argument is invalid, or the operation is of another API. No request was sent.
            SequenceError: Any other failure; see :mod:`sequence_async.errors`.

        """
        api = self._caller.shared.api
        if not isinstance(cast("object", operation), Operation) or operation.api.id != api.id:
            raise ArgumentError(
                f"operation must be one of sequence_async.operations.{api.id} for {type(self).__name__}.",
            )
        return await self._caller.call(
            operation,
            path=path,
            query=query,
            body=body,
            idempotency_key=idempotency_key,
        )

    async def send(self, request: Request) -> Response[Any]:
        """Send a request through the middlewares: a replay, or a request that a middleware stored.

        Args:
            request: The request. It must be of this client's API.

        Returns:
            The decoded value, with status, headers and request ID.

        Raises:
            ArgumentError: The request is of another API or credential, or is a live write in a client with
                ``simulation=True``. No request was sent.
            SequenceError: Any other failure; see :mod:`sequence_async.errors`.

        """
        api = self._caller.shared.api
        if not isinstance(cast("object", request), Request):
            raise ArgumentError(f"request must be a Request, not {type(request).__name__}.")
        if request.operation.api.id != api.id:
            raise ArgumentError(
                f"request must be of the API {api.id}, but {request.operation.id} belongs to "
                f"{request.operation.api.id}. Send it with the client for that API."
            )
        return await self._caller.send(request)

    def _view(self, **changes: Any) -> Self:
        caller = self._caller
        view = object.__new__(type(self))
        BaseClient.__init__(view, Caller(caller.shared, changed_options(caller.shared.api, caller.options, changes)))
        return view

    def __repr__(self) -> str:
        if "_caller" not in vars(self):
            return f"<{type(self).__name__}, not constructed>"  # appears in the traceback of a failed construction
        shared, options = self._caller.shared, self._caller.options
        mode = ", simulation=True" if shared.simulation else ""
        state = ", closed" if shared.session.closed else ""
        return f"<{type(self).__name__} {shared.base_url}{mode} timeout={options.timeout:g}{state}>"


@contextmanager
def required_modules() -> Generator[None]:
    """Turn an ``ImportError`` into a ``ConfigurationError``, so that a missing module shows before a request is sent.

    Raises:
        ConfigurationError: A module is missing.

    """
    try:
        yield
    except ImportError as error:
        raise ConfigurationError(
            f"The client needs the module {error.name}, which cannot be imported. If your program is frozen, include "
            "the module. Otherwise reinstall sequence-async.",
        ) from error


@attrs.frozen(kw_only=True, repr=False)
class CommonOptions:
    """The arguments that all clients take, before validation."""

    timeout: object
    attempt_timeout: object
    max_attempts: object
    rate_limit: object
    max_connections: object
    session: object
    on_event: object
    preview: object
    middleware: object


def build_caller(
    api: Api,
    common: CommonOptions,
    *,
    base_url: str,
    credentials: Mapping[str, tuple[str, str, Secret | Mapping[str, Secret]]],
    known_operations: Collection[str],
    called_reason: str | None = None,
    simulation: bool = False,
    prefixes: Mapping[str, str] | None = None,
) -> Caller:
    """Check a client's arguments, and return its caller.

    ``credentials`` maps :attr:`Operation.credential` to header, scheme and secret, or to the secrets of rules by ID.

    Raises:
        ConfigurationError: An argument is missing or invalid, or a module cannot be imported.

    """
    with required_modules():
        codec.load(api.id)
    try:
        options = changed_options(
            api,
            Options(timeout=1.0, attempt_timeout=1.0, max_attempts=1),
            {
                "timeout": common.timeout,
                "attempt_timeout": common.attempt_timeout,
                "max_attempts": common.max_attempts,
                "called_reason": called_reason,
            },
        )
        max_connections = check_integer("max_connections", common.max_connections, 1)
    except ArgumentError as error:
        raise ConfigurationError(str(error)) from None
    base_url = checked_base_url(base_url)
    borrowed = _checked_session(common.session)
    limit = _checked_rate_limit(common.rate_limit)
    preview = _checked_preview(common.preview, known_operations)
    on_event = _checked_callback(common.on_event)
    middleware = _checked_middleware(common.middleware)
    # Nothing below may raise: a traceback would show the headers, which are local variables.
    constant = {"User-Agent": user_agent(), "Accept": "application/json"}
    # The client's own session sends the key if the API has only one credential. A borrowed session is never changed.
    by_session = set(credentials) == {"key"} and borrowed is None
    origin = _origin(base_url)

    def made(header: str, scheme: str, secret: Secret, rule_id: str = "") -> Credential:
        limits = limits_of(secret.fingerprint() + rule_id, origin)
        sent = {**({} if borrowed is None else constant), header: f"{scheme} {secret.reveal()}"}
        return Credential(
            id=secret.fingerprint()[:_ID_LENGTH],
            secret=secret,
            headers=None if by_session else sent,
            limits=limits,
            bucket=None if limit is None else limits.bucket(limit),
        )

    session_headers = dict(constant)
    kinds: dict[str, Credential | RuleCredentials] = {}
    for kind, (header, scheme, secret) in credentials.items():
        if isinstance(secret, Secret):
            kinds[kind] = made(header, scheme, secret)
            session_headers |= {header: f"{scheme} {secret.reveal()}"} if by_session else {}
        else:
            kinds[kind] = RuleCredentials(secret, partial(made, header, scheme))
    shared = SharedState(
        api=api,
        base_url=base_url,
        session=Session(borrowed, session_headers, max_connections),
        budget=RetryBudget(),
        credentials=kinds,
        prefixes=prefixes or {},
        preview=preview,
        telemetry=Telemetry(api.id, on_event),
        middleware=middleware,
        simulation=simulation,
    )
    return Caller(shared, options)


def changed_options(api: Api, options: Options, changes: Mapping[str, Any]) -> Options:
    """Return the options with every change that is not ``None``.

    Raises:
        ArgumentError: A value is invalid.

    """
    given = {name: value for name, value in changes.items() if value is not None}
    for name in ("timeout", "attempt_timeout"):
        if name in given:
            given[name] = check_seconds(name, given[name])
    if "max_attempts" in given:
        check_integer("max_attempts", given["max_attempts"], 1)
    for name in ("request_id", "called_reason"):
        if name in given:
            check_header_text(name, given[name])
    changed = attrs.evolve(options, **given)
    headers: dict[str, str] = {}
    if changed.request_id is not None:
        headers[api.request_id_header or "X-Request-ID"] = changed.request_id
    if changed.called_reason is not None:
        headers["x-called-reason"] = changed.called_reason
    return attrs.evolve(changed, headers=headers)


def secret_argument(name: str, value: object, variable: str) -> Secret | None:
    """Return a credential from the argument or the environment variable; ``None`` if neither is set.

    Raises:
        ConfigurationError: The value cannot be a credential.

    """
    if value is not None:
        return (value if isinstance(value, Secret) else Secret(value)).checked(name)
    found = os.environ.get(variable)
    return Secret(found).checked(variable) if found else None


def address_argument(value: str | None, variable: str, default: str) -> str:
    """Return a base URL from the argument, the environment variable or the default, in this order."""
    return value if value is not None else os.environ.get(variable) or default


def checked_base_url(value: object) -> str:
    """Return a base URL without a trailing slash.

    Raises:
        ConfigurationError: It is not an absolute ``https`` URL, or has a user name, password, query or fragment.

    """
    if not isinstance(value, str):
        raise ConfigurationError(f"base_url must be a str, not {type(value).__name__}.")
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ConfigurationError("base_url must be a valid URL such as https://api.getsequence.io/api/v1.") from None
    if parts.scheme not in {"https", "http"} or not host:
        raise ConfigurationError("base_url must be an absolute URL such as https://api.getsequence.io/api/v1.")
    if not value.isascii() or any(character <= " " or character == "\x7f" for character in value):
        raise ConfigurationError(
            "base_url must contain only ASCII characters, without white space and control characters."
        )
    if parts.query or parts.fragment or "?" in value or "#" in value:
        raise ConfigurationError("base_url must not have a query or a fragment.")
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError("base_url must not contain a user name or a password.")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ConfigurationError(
            "base_url must use https, because http sends the credential unencrypted. Only loopback may use http."
        )
    return value.rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(base_url: str) -> str:
    parts: SplitResult = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


def _checked_session(session: object) -> aiohttp.ClientSession | None:
    if session is None or isinstance(session, aiohttp.ClientSession):
        return session
    raise ConfigurationError(f"session must be an aiohttp.ClientSession, not {type(session).__name__}.")


def _checked_rate_limit(limit: object) -> RateLimit | None:
    if limit is None or isinstance(limit, RateLimit):
        return limit
    raise ConfigurationError(f"rate_limit must be a RateLimit or None, not {type(limit).__name__}.")


def _checked_callback(on_event: object) -> Callable[[Event], object] | None:
    if on_event is None:
        return None
    if not callable(on_event):
        raise ConfigurationError(f"on_event must be callable, not {type(on_event).__name__}.")
    if iscoroutinefunction(on_event) or iscoroutinefunction(getattr(on_event, "__call__", None)):  # noqa: B004
        raise ConfigurationError(
            "on_event must be a plain function, because the client does not await it. Remove async."
        )
    return on_event


def _checked_middleware(middleware: object) -> tuple[Middleware, ...]:
    if isinstance(middleware, str) or not isinstance(middleware, Sequence):
        raise ConfigurationError(f"middleware must be a list of callables, not {type(middleware).__name__}.")
    given = tuple(cast("Sequence[object]", middleware))
    for index, one in enumerate(given):
        if not callable(one):
            raise ConfigurationError(f"middleware[{index}] must be callable, not {type(one).__name__}.")
    return cast("tuple[Middleware, ...]", given)


def _checked_preview(preview: object, known: Collection[str]) -> bool | Collection[str]:
    if isinstance(preview, bool):
        return preview
    if isinstance(preview, str) or not isinstance(preview, Collection):
        raise ConfigurationError("preview must be True, False or a collection of operation IDs.")
    chosen = frozenset(cast("Collection[object]", preview))
    unknown = sorted(str(name) for name in chosen - frozenset(known))
    if unknown:
        raise ConfigurationError(f"preview: {unknown[0]!r} is not an operation ID. Use {', '.join(sorted(known))}.")
    return cast("frozenset[str]", chosen)


@cache
def user_agent() -> str:
    """Return the ``User-Agent`` header."""
    return f"sequence-async/{__version__} python/{platform.python_version()} aiohttp/{aiohttp.__version__}"
