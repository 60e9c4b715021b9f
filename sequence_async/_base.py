"""What the three clients have in common: construction, views, closing, and the call one level down."""

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
    """A client of one API. Use it with ``async with``, or ``await client.close()`` at the end."""

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
        """Close the connections that this client made, not a session that it was given. Closing twice is fine."""
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
        """Carry out one operation of the generated table, and return its value with the metadata of the answer.

        Args:
            operation: One of ``sequence_async.operations``, for the API of this client.
            path: The path parameters, under the description's names.
            query: The query parameters, under the description's names; ``None`` is not sent.
            body: The operation's request model, or a mapping in wire form.
            idempotency_key: For a write; default a fresh UUID.

        Raises:
            SequenceError: see :mod:`sequence_async.errors`.

        """
        api = self._caller.shared.api
        if not isinstance(cast("object", operation), Operation) or operation.api.id != api.id:
            raise ArgumentError(
                f"{type(self).__name__} carries out the operations of sequence_async.operations.{api.id}.",
            )
        return await self._caller.call(
            operation,
            path=path,
            query=query,
            body=body,
            idempotency_key=idempotency_key,
        )

    async def send(self, request: Request) -> Response[Any]:
        """Send a request through the middlewares: a replay, or one that a middleware has kept.

        Args:
            request: Of an operation of this client's API.

        Raises:
            ArgumentError: It is of another API, or live on a client that was made with ``simulation=True``.
            SequenceError: see :mod:`sequence_async.errors`.

        """
        api = self._caller.shared.api
        if not isinstance(cast("object", request), Request):
            raise ArgumentError(f"request must be a Request, not {type(request).__name__}.")
        if request.operation.api.id != api.id:
            raise ArgumentError(
                f"{request.operation.id} is an operation of {request.operation.api.id}. "
                f"{type(self).__name__} sends those of {api.id}."
            )
        return await self._caller.send(request)

    def _view(self, **changes: Any) -> Self:
        caller = self._caller
        view = object.__new__(type(self))
        BaseClient.__init__(view, Caller(caller.shared, changed_options(caller.shared.api, caller.options, changes)))
        return view

    def __repr__(self) -> str:
        if "_caller" not in vars(self):
            return f"<{type(self).__name__}, not made>"  # seen in the traceback of a refused construction
        shared, options = self._caller.shared, self._caller.options
        mode = ", simulation=True" if shared.simulation else ""
        state = ", closed" if shared.session.closed else ""
        return f"<{type(self).__name__} {shared.base_url}{mode} timeout={options.timeout:g}{state}>"


@contextmanager
def required_modules() -> Generator[None]:
    """Import what a client needs while it is made: a module that is missing must not show after a request was sent.

    Raises:
        ConfigurationError: A module is missing.

    """
    try:
        yield
    except ImportError as error:
        raise ConfigurationError(
            f"The module {error.name} cannot be imported, and this client needs it. If the program is frozen, "
            "include that module. Otherwise install sequence-async again.",
        ) from error


@attrs.frozen(kw_only=True, repr=False)
class CommonOptions:
    """The arguments that all clients take, still unchecked."""

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
    """Check what a client is made of, and make its caller.

    ``credentials`` holds, by the kind that operations name, header, scheme and secret, or the secrets of rules by id.

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
    # From here on nothing raises: the headers below are locals, and would be seen in a traceback.
    constant = {"User-Agent": user_agent(), "Accept": "application/json"}
    # Our own session sends the key of an API which has only one; a borrowed one is never changed.
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
    """Return options with those changes that are not ``None``.

    Raises:
        ArgumentError: a value that is none.

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
    """Return a credential: the argument, else the environment variable; ``None`` when there is neither.

    Raises:
        ConfigurationError: it cannot be a credential.

    """
    if value is not None:
        return (value if isinstance(value, Secret) else Secret(value)).checked(name)
    found = os.environ.get(variable)
    return Secret(found).checked(variable) if found else None


def address_argument(value: str | None, variable: str, default: str) -> str:
    """Return a base URL: the argument, else the environment variable, else the default."""
    return value if value is not None else os.environ.get(variable) or default


def checked_base_url(value: object) -> str:
    """Return a base URL without a slash at its end.

    Raises:
        ConfigurationError: it is no absolute ``https`` URL, or not a plain one.

    """
    if not isinstance(value, str):
        raise ConfigurationError(f"base_url must be a str, not {type(value).__name__}.")
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ConfigurationError("base_url is not a URL.") from None
    if parts.scheme not in {"https", "http"} or not host:
        raise ConfigurationError("base_url must be an absolute URL such as https://api.getsequence.io/api/v1.")
    if not value.isascii() or any(character <= " " or character == "\x7f" for character in value):
        raise ConfigurationError("base_url holds white space, a control character or one outside ASCII.")
    if parts.query or parts.fragment or "?" in value or "#" in value:
        raise ConfigurationError("base_url must have no query and no fragment.")
    if parts.username is not None or parts.password is not None:
        raise ConfigurationError("base_url must hold no user name and no password.")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ConfigurationError("base_url must be https: plain http would show the credential to the network.")
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
        raise ConfigurationError("on_event must be a plain function: nothing would await a coroutine function.")
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
        raise ConfigurationError("preview must be True, False or a collection of operation ids.")
    chosen = frozenset(cast("Collection[object]", preview))
    unknown = sorted(str(name) for name in chosen - frozenset(known))
    if unknown:
        raise ConfigurationError(f"preview: {unknown[0]!r} is no operation id; known are {', '.join(sorted(known))}.")
    return cast("frozenset[str]", chosen)


@cache
def user_agent() -> str:
    """Say which releases are talking."""
    return f"sequence-async/{__version__} python/{platform.python_version()} aiohttp/{aiohttp.__version__}"
