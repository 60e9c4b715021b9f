"""Handle amount requests: a rule asks your server how much to move, and moves the amount that you return.

The rule action "Query Remote API" posts to your URL. Sequence does not document what the request contains, how it is
authenticated or how long the rule waits, so the handler assumes none of these. It never returns an uncertain amount:
every failure returns a 5xx, which moves nothing.

Source: https://support.getsequence.io/hc/en-us/articles/42813911824019-API-Overview
"""

from __future__ import annotations

import asyncio
import hmac
import inspect
import logging
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping
from hashlib import sha256
from http import HTTPStatus
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast
from urllib.parse import parse_qsl

import attrs
from multidict import CIMultiDict, CIMultiDictProxy, MultiDict, MultiDictProxy

from sequence_async._asgi import AsgiApp, asgi_app, checked_path
from sequence_async._core import codec
from sequence_async._core.arguments import check_boolean, check_integer, check_seconds
from sequence_async._core.redaction import Secret
from sequence_async.errors import ArgumentError, ConfigurationError, TimedOutError

if TYPE_CHECKING:
    from aiohttp import web

__all__ = ["MAX_BODY_BYTES", "AmountHandler", "AmountRequest", "AmountResponse", "no_transfer"]

_log = logging.getLogger("sequence_async.amounts")

MAX_BODY_BYTES: Final = 1024 * 1024
"""The largest request body, in bytes, that the mounted applications read. A larger one gets a 413."""

_JSON: Final = MappingProxyType({"Content-Type": "application/json"})


@attrs.frozen(kw_only=True, repr=False, eq=False)
class AmountRequest:
    """An amount request as received, without its credential."""

    query: MultiDictProxy[str]
    """The query parameters. ``query["pod"]`` is the first with this name, ``query.getall("pod")`` are all of them."""
    headers: CIMultiDictProxy[str]
    """The headers. Names are case-insensitive."""
    body: bytes
    """The body as received."""
    json: dict[str, Any] | None
    """The body if it is a JSON object, else ``None``. Numbers are ``int`` or exact ``Decimal``, never ``float``."""

    def __repr__(self) -> str:
        return f"<AmountRequest, {len(self.body)} bytes>"


@attrs.frozen(kw_only=True)
class AmountResponse:
    """The response to an amount request."""

    status: int
    """200 with an amount, 401 without the shared secret, 504 after a missed deadline, or 500."""
    headers: Mapping[str, str]
    body: bytes


Compute: TypeAlias = Callable[[AmountRequest], Awaitable[int]]
OnError: TypeAlias = Callable[[AmountRequest, BaseException], int | None]


def no_transfer(request: AmountRequest, error: BaseException) -> int:  # noqa: ARG001 - the signature of a policy
    """Return 0, which means "no transfer", for every failure. Pass it as ``on_error``."""
    return 0


class _FailedError(Exception):
    """No amount was computed. ``reason`` is logged, so it contains nothing from the request."""

    def __init__(self, error: BaseException, reason: str, status: int = 500) -> None:
        super().__init__(reason)
        self.error = error
        self.reason = reason
        self.status = status


@attrs.define(eq=False)
class _Computation:
    task: asyncio.Task[object]
    deadline: float
    waiting: int = 0


class AmountHandler:
    """Responds to amount requests with the amount that ``compute`` returns.

    ``compute`` must return whole cents as an ``int``, 0 or more. 0 means "no transfer". Everything else returns a 5xx
    without details: a float, a bool, ``None``, text, a negative number, more than ``maximum_cents``, an exception or a
    missed deadline. The reason is logged to ``sequence_async.amounts``.

    Args:
        compute: An ``async`` function that takes an :class:`AmountRequest` and returns an ``int`` of cents.
        shared_secret: The secret that a request must contain, as ``Authorization: Bearer …`` or as the query parameter
            ``secret``. Other requests get a 401. Without it, every client that knows the URL gets an amount.
        deadline: Seconds that ``compute`` may take. Then it is cancelled, and the response is 504.
        maximum_cents: The largest amount to return, in cents. Default: no maximum.
        on_error: A function that is called with the request and the error if there is no amount. It may return 0 for a
            deliberate "no transfer", as :func:`no_transfer` does, or ``None`` to keep the 5xx.
        share_identical: Whether requests with the same query and body get the result of a computation that is already
            running. Headers are not compared, and ``compute`` receives those of the first request.

    Raises:
        ConfigurationError: An argument is invalid.

    """

    def __init__(
        self,
        compute: Compute,
        *,
        shared_secret: str | None = None,
        deadline: float = 5.0,
        maximum_cents: int | None = None,
        on_error: OnError | None = None,
        share_identical: bool = False,
    ) -> None:
        given, shared_secret = Secret(shared_secret) if shared_secret is not None else None, None
        self._digest = None if given is None else _digest(given.checked("shared_secret").reveal())
        for name, function in (("compute", compute), ("on_error", no_transfer if on_error is None else on_error)):
            if not callable(cast("object", function)):
                raise ConfigurationError(f"{name} must be callable, not {type(function).__name__}.")
        try:
            self._deadline = check_seconds("deadline", deadline)
            self._maximum = None if maximum_cents is None else check_integer("maximum_cents", maximum_cents, 0)
            self._share = check_boolean("share_identical", share_identical)
        except ArgumentError as error:
            raise ConfigurationError(str(error)) from None
        self._compute = compute
        self._on_error = on_error
        self._running: dict[object, _Computation] = {}

    async def handle(
        self,
        headers: Mapping[str, str] | Iterable[tuple[str, str]],
        body: bytes,
        *,
        query: str = "",
    ) -> AmountResponse:
        """Return the response to one amount request. Only ``CancelledError`` is ever raised.

        Args:
            headers: The request's headers.
            body: The request's body.
            query: The query string of the URL as received, without ``?``.

        Returns:
            The response to send.

        """
        try:
            request = self._authenticate(CIMultiDict(headers), body, query)
            # From here on, none of our frames contains the credential.
            del headers, query
            if request is None:
                _log.warning("A request without the shared secret got a 401.")
                return _error_response(401, {"WWW-Authenticate": "Bearer"})
            return await self._respond(request)
        except Exception as error:  # noqa: BLE001 - every amount request must get a response
            _log.error("No amount: the handler failed (%s). Returned 500.", _location(error))
            return _error_response(500)

    def aiohttp_app(self, path: str = "/") -> web.Application:
        """Return an aiohttp application that handles POST requests to ``path``.

        Raises:
            ConfigurationError: ``path`` does not begin with a slash, or contains an invalid character.

        """
        from aiohttp import web

        async def respond(request: web.Request) -> web.Response:
            query = request.rel_url.raw_query_string
            response = await self.handle(request.headers, await request.read(), query=query)
            return web.Response(status=response.status, headers=response.headers, body=response.body)

        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_post(checked_path(path), respond)
        return app

    def asgi_app(self, path: str = "/") -> AsgiApp:
        """Return an ASGI application that handles POST requests to ``path``.

        Raises:
            ConfigurationError: ``path`` does not begin with a slash, or contains an invalid character.

        """
        return asgi_app(self.handle, checked_path(path), MAX_BODY_BYTES)

    def _authenticate(self, headers: CIMultiDict[str], body: bytes, query: str) -> AmountRequest | None:
        """Return the request without its credential; ``None`` if the credential is missing or wrong."""
        parameters = MultiDict(parse_qsl(query, keep_blank_values=True))
        if self._digest is not None:
            shown = [value.partition(" ") for value in headers.popall("Authorization", ())]
            candidates = [value.strip() for scheme, _, value in shown if scheme.lower() == "bearer"]
            candidates += parameters.popall("secret", ())
            # All candidates are compared, so that the time does not depend on which one matches.
            matches = [hmac.compare_digest(_digest(candidate), self._digest) for candidate in candidates]
            if not any(matches):
                return None
        body = bytes(memoryview(body))  # rejects an int: bytes(5) would be five zeros
        return AmountRequest(
            query=MultiDictProxy(parameters),
            headers=CIMultiDictProxy(headers),
            body=body,
            json=_json_object(body),
        )

    async def _respond(self, request: AmountRequest) -> AmountResponse:
        try:
            cents = self._checked(await self._await_amount(request))
        except _FailedError as failure:
            return self._failed(request, failure)
        _log.debug("Returned an amount.")
        return _amount(cents)

    async def _await_amount(self, request: AmountRequest) -> object:
        loop = asyncio.get_running_loop()
        key = (loop, tuple(request.query.items()), request.body) if self._share else object()
        computation = self._computation(key, request, loop)
        task = computation.task
        computation.waiting += 1
        try:
            # Not asyncio.timeout(): a computation that suppresses its cancellation would outlast the deadline.
            await asyncio.wait({task}, timeout=max(0.0, computation.deadline - loop.time()))
        finally:
            computation.waiting -= 1
            if not computation.waiting and not task.done():
                self._forget(key, computation)
                task.cancel()
        # A computation that blocks the loop is done by now, but may have missed the deadline.
        if not task.done() or loop.time() > computation.deadline:
            late = TimedOutError(f"compute returned no amount within {self._deadline:g} s.")
            raise _FailedError(late, f"compute took longer than {self._deadline:g} s", 504)
        if task.cancelled():
            raise _FailedError(asyncio.CancelledError(), "compute was cancelled from within")
        if (error := task.exception()) is not None:
            raise _FailedError(error, f"compute raised {_location(error)}")
        return task.result()

    def _computation(self, key: object, request: AmountRequest, loop: asyncio.AbstractEventLoop) -> _Computation:
        """Return the computation to wait for: a running one, or a new one."""
        running = self._running.get(key)
        if running is not None and not running.task.done() and running.deadline > loop.time():
            return running
        started = _Computation(loop.create_task(self._run(request)), loop.time() + self._deadline)
        self._running[key] = started
        started.task.add_done_callback(lambda _: self._forget(key, started))
        return started

    def _forget(self, key: object, computation: _Computation) -> None:
        if self._running.get(key) is computation:
            del self._running[key]
        task = computation.task
        if task.done() and not task.cancelled():
            task.exception()  # marks it as retrieved; asyncio would log it in full otherwise

    async def _run(self, request: AmountRequest) -> object:
        awaitable = self._compute(request)
        if not inspect.isawaitable(awaitable):
            raise TypeError("compute must be async")
        return await awaitable

    def _checked(self, amount: object) -> int:
        if isinstance(amount, bool) or not isinstance(amount, int):
            wrong = f"compute must return an int of cents, not {type(amount).__name__}"
        elif amount < 0:
            wrong = "compute must not return a negative amount"
        elif self._maximum is not None and amount > self._maximum:
            wrong = "compute must not return more than maximum_cents"
        else:
            return amount
        raise _FailedError(ValueError(wrong), wrong)

    def _failed(self, request: AmountRequest, failure: _FailedError) -> AmountResponse:
        verdict: object = None
        if self._on_error is not None:
            try:
                verdict = self._on_error(request, failure.error)
            except Exception as error:  # noqa: BLE001 - the caller's code may raise anything
                _log.error("on_error raised %s.", _location(error))
        if type(verdict) is int and verdict == 0:
            _log.warning("No amount: %s. Returned 0, as on_error decided.", failure.reason)
            return _amount(0)
        if verdict is not None:
            _log.error("on_error must return 0 or None, not %s.", type(verdict).__name__)
        _log.error("No amount: %s. Returned %d.", failure.reason, failure.status)
        return _error_response(failure.status)


def _digest(text: str) -> bytes:
    """Return a digest to compare secrets by: all digests have the same length and do not reveal the secret."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        parsed = codec.from_bytes_exactly(body)
    except (ValueError, ArithmeticError, RecursionError):
        return None
    return cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else None


def _location(error: BaseException) -> str:
    """Return the type and place of an error, for the log. Its message may quote the request and is left out."""
    name = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    return f"{name} at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else name


def _amount(cents: int) -> AmountResponse:
    return AmountResponse(status=200, headers=_JSON, body=b'{"amountInCents":%d}' % cents)


def _error_response(status: int, headers: Mapping[str, str] = MappingProxyType({})) -> AmountResponse:
    return AmountResponse(
        status=status,
        headers={**_JSON, **headers},
        body=codec.to_bytes({"message": HTTPStatus(status).phrase}),
    )
