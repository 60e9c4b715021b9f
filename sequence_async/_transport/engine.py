"""Send a request through middlewares, rate limits and attempts, within its deadline.

The first attempt runs without the retry loop. If it fails, ``backoff`` drives the loop, and
:mod:`sequence_async._core.retry` decides on each retry.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Generator, Mapping
from datetime import UTC, datetime
from functools import partial
from random import random
from typing import Any, cast

import attrs
import backoff
from yarl import URL

from sequence_async._core.request import Middleware, Request, Send, seal
from sequence_async._core.response import Response
from sequence_async._core.response_parser import Failure, Success, parse_response, too_large
from sequence_async._core.retry import Attempt, Stop, decide
from sequence_async._transport.exchange import JsonBody, NoResponse, RawResponse, exchange
from sequence_async._transport.limiter import READ_PRIORITY, WRITE_PRIORITY, LimitReachedError
from sequence_async._transport.settings import Credential, Options, SharedState, time_limit
from sequence_async._transport.telemetry import CallObserver, log
from sequence_async.errors import ArgumentError, RateLimitedError, SequenceError, TimedOutError, UsageError


@attrs.define(eq=False, repr=False)
class _Call:
    """A running ``send``."""

    request: Request
    url: URL
    headers: Mapping[str, str] | None
    credential: Credential
    observer: CallObserver | None
    """``None`` while no event has to be reported."""
    loop: asyncio.AbstractEventLoop
    started: float
    deadline: float
    timeout_after_queue: float | None
    """For a queued call: the seconds that it has after the wait for the rate limit."""
    attempts: int = 0
    in_doubt: bool = False
    paused: bool = False
    gave_up: bool = False
    """Whether the last failure can be retried, but time, attempts or budget ran out."""
    reply: RawResponse | None = None
    failure: Failure | None = None


class _RetryLaterError(Exception):
    """Makes ``backoff`` sleep and retry."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Engine:
    """Sends requests. A client from ``with_options`` is another engine with the same :class:`SharedState`."""

    __slots__ = ("_options", "_shared")

    def __init__(self, shared: SharedState, options: Options) -> None:
        self._shared = shared
        self._options = options

    def send(
        self,
        request: Request,
        credential: Credential,
        seconds: float,
        *,
        queued: bool = False,
        built_here: bool = False,
    ) -> Awaitable[Response[Any]]:
        """Send a request through the middlewares, with as many attempts as the options allow.

        Args:
            request: The request.
            credential: The credential to send it with.
            seconds: Seconds for each ``send`` below the middlewares, including its attempts, pauses and waits.
            queued: Whether it is one of many calls. It then waits for a rate-limit slot as long as its position in the
                queue requires, and ``seconds`` start after that.
            built_here: Whether this client built the request, so that it needs no check.

        Raises:
            SequenceError: The call failed; see :mod:`sequence_async.errors`.

        """
        middleware = self._shared.middleware
        if built_here and not middleware:
            return self._transmit(credential, seconds, queued, request)
        send: Send = partial(self._check_and_transmit, credential, seconds, queued)
        for one in reversed(middleware):
            send = partial(_through, one, send)
        return send(seal(request))

    async def _check_and_transmit(
        self, credential: Credential, seconds: float, queued: bool, request: Request
    ) -> Response[Any]:
        """Check and send the request that the middlewares passed on, which may be a changed one."""
        self._check(request, credential)
        return await self._transmit(credential, seconds, queued, request)

    async def _transmit(self, credential: Credential, seconds: float, queued: bool, request: Request) -> Response[Any]:
        shared = self._shared
        loop = shared.session.enter()
        started = loop.time()
        call = _Call(
            request,
            shared.address(request.path),
            self._headers(request, credential),
            credential,
            None if shared.telemetry.on_event is None else self._observe(request),
            loop,
            started,
            started + seconds,
            seconds if queued else None,
        )
        if call.observer is not None:
            call.observer.started()
        try:
            success = await self._attempt(call)
            if success is None:
                success = await _retry_loop(self._attempt, self._plan_retry, call)
        except asyncio.CancelledError:
            # The caller will not see the response to an attempt that was sent.
            self._end(call, "cancelled", in_doubt=request.operation.effect == "write")
            raise
        except SequenceError as error:
            self._fail(call, error)
            raise
        if success is None:
            assert call.failure is not None  # noqa: S101 - an attempt ends in a success or a failure
            raise self._fail(call, call.failure.error)
        return self._succeed(call, success)

    def _observe(self, request: Request) -> CallObserver:
        shared = self._shared
        return shared.telemetry.observe(
            request.operation.id, request.idempotency_key, simulation=shared.simulation or request.simulation
        )

    def _check(self, request: object, credential: Credential) -> None:
        """Check a request that this client did not build, or that may have changed."""
        if not isinstance(request, Request):
            raise UsageError(
                f"send takes a Request, not {type(request).__name__}. Pass on the request that the middleware received."
            )
        shared = self._shared
        if request.operation.api.id != shared.api.id:
            raise ArgumentError(
                f"request must be of the API {shared.api.id}, but {request.operation.id} belongs to "
                f"{request.operation.api.id}. Send it with the client for that API."
            )
        if request.credential_id and request.credential_id != credential.id:
            raise ArgumentError("request belongs to another credential than the client's. No request was sent.")
        if shared.simulation and request.effect == "write" and not request.simulation:
            raise ArgumentError(
                f"{request.operation.id} is live, but the client has simulation=True. No request was sent."
            )

    @staticmethod
    def _headers(request: Request, credential: Credential) -> Mapping[str, str] | None:
        """Return the headers that the session does not send automatically; ``None`` for most reads."""
        key = request.idempotency_key
        if key is None and not request.headers:
            return credential.headers
        headers = {**(credential.headers or {}), **request.headers}
        if key is not None:
            headers[request.operation.api.key_header] = key
        return headers

    async def _attempt(self, call: _Call) -> Success | None:
        """Send the request once. If this returns ``None``, ``call.failure`` contains the reason."""
        credential = call.credential
        bucket = credential.bucket
        if bucket is not None or credential.limits.cooldown_until > call.started:
            await self._enter_limits(call)
        request = call.request
        body = None if request.body is None else JsonBody(request.body)
        began = call.loop.time()
        try:
            session = self._shared.session.get()
            limit = self._time_limit(call, began)
            if request.not_after is not None:
                _check_not_after(request.not_after)
            call.attempts += 1
            if call.observer is not None:
                call.observer.attempt_started(call.attempts)
            reply = await exchange(
                session,
                request.operation.method,
                call.url,
                body=body,
                headers=call.headers,
                time_limit=limit,
            )
        finally:
            if bucket is not None:
                bucket.release()
        outcome = _read(call, reply)
        if call.observer is not None:
            self._report_attempt(call, call.observer, outcome, began)
        if isinstance(outcome, Success):
            return outcome
        call.failure = outcome
        if outcome.may_have_executed and request.operation.effect == "write":
            call.in_doubt = True
        return None

    async def _enter_limits(self, call: _Call) -> None:
        """Wait for the end of the key's cooldown, and for a slot in its bucket."""
        limits, bucket = call.credential.limits, call.credential.bucket
        began = call.loop.time()
        try:
            waited = await limits.wait_for_cooldown(call.deadline)
            if bucket is not None:
                if call.timeout_after_queue is not None and not call.attempts:
                    now = call.loop.time()
                    call.deadline = now + bucket.max_wait(call.timeout_after_queue, now)
                priority = WRITE_PRIORITY if call.request.operation.effect == "write" else READ_PRIORITY
                waited = await bucket.acquire(priority, call.deadline) or waited
        except LimitReachedError as reached:
            seconds, call.gave_up = reached.seconds, True
        else:
            now = call.loop.time()
            if call.timeout_after_queue is not None and not call.attempts:
                call.deadline = now + call.timeout_after_queue
            if waited and call.observer is not None:
                call.observer.waited(now - began)
            return
        error = RateLimitedError(
            f"{call.request.operation.id}: no rate-limit slot is free for {seconds:.1f} s, which is past the deadline. "
            "Retry later or raise timeout.",
            status=429,
        )
        error.retry_after = seconds
        raise error

    def _time_limit(self, call: _Call, now: float) -> Any:
        options = self._options
        remaining = call.deadline - now
        if remaining >= options.attempt_timeout:
            return options.time_limit
        return time_limit(max(0.001, remaining))

    def _plan_retry(self, call: _Call) -> float | None:
        """Return the pause in seconds before the next attempt; ``None`` if there is no next attempt."""
        failure = call.failure
        assert failure is not None  # noqa: S101 - called only after a failed attempt
        now = call.loop.time()
        shared = self._shared
        if failure.status == 429:  # noqa: PLR2004
            if failure.retry_after is not None:
                call.credential.limits.start_cooldown(now + failure.retry_after)
            if call.credential.bucket is not None:
                call.credential.bucket.exhaust(now, failure.retry_after or 0.0)
        verdict = decide(
            Attempt(
                number=call.attempts,
                max_attempts=self._options.max_attempts,
                remaining=call.deadline - now,
                chance=random(),  # noqa: S311 - it only spreads retries
                status=failure.status or None,
                in_progress=failure.in_progress,
                permanent=failure.permanent,
                retry_after=failure.retry_after,
                budget_left=shared.budget.left,
            ),
        )
        if isinstance(verdict, Stop):
            call.gave_up = verdict.gave_up
            return None
        if verdict.costs_budget:
            shared.budget.spend()
        if call.observer is None and log.isEnabledFor(logging.INFO):
            call.observer = self._observe(call.request)
        if call.observer is not None:
            call.observer.retries(call.attempts, verdict.seconds, verdict.reason)
        return verdict.seconds

    def _succeed(self, call: _Call, success: Success) -> Response[Any]:
        reply = call.reply
        assert reply is not None  # noqa: S101 - a success was parsed from a response
        shared = self._shared
        shared.budget.earn()
        now = call.loop.time()
        operation = call.request.operation
        if operation.creates:
            shared.recent_ids.note(operation, success.data, now)
        if call.observer is not None or log.isEnabledFor(logging.DEBUG):
            self._end(call, "success", request_id=success.request_id)
        return Response(
            data=success.data,
            status=reply.status,
            request_id=success.request_id,
            headers=reply.headers,
            attempts=call.attempts,
            elapsed=now - call.started,
            idempotency_key=call.request.idempotency_key,
            envelope=success.envelope,
        )

    def _fail(self, call: _Call, error: SequenceError) -> SequenceError:
        request = call.request
        error.operation = request.operation.id
        error.request_id = error.request_id or request.headers.get("X-Request-ID")
        error.idempotency_key = request.idempotency_key
        error.attempts = call.attempts
        error.elapsed = call.loop.time() - call.started
        error.in_doubt = call.in_doubt
        self._end(call, "error", request_id=error.request_id, error=error, in_doubt=call.in_doubt)
        return error

    @staticmethod
    def _report_attempt(call: _Call, observer: CallObserver, outcome: Success | Failure, began: float) -> None:
        error = outcome.error if isinstance(outcome, Failure) else None
        request_id = outcome.request_id if isinstance(outcome, Success) else outcome.error.request_id
        status = call.reply.status if call.reply is not None else None
        observer.attempt_ended(call.attempts, call.loop.time() - began, status, request_id, error)

    def _end(self, call: _Call, outcome: Any, **more: Any) -> None:
        observer = call.observer or self._observe(call.request)
        status = call.reply.status if call.reply is not None else None
        seconds = call.loop.time() - call.started
        observer.ended(outcome, call.attempts, seconds, status=status, gave_up=call.gave_up, **more)


async def _through(middleware: Middleware, send: Send, request: Request) -> Response[Any]:
    """Pass a request to a middleware, and check what it returns."""
    response = await middleware(request, send)
    if not isinstance(cast("object", response), Response):
        raise UsageError(
            f"A middleware must return a Response, not {type(response).__name__}. Return the result of send."
        )
    return response


def _check_not_after(not_after: datetime) -> None:
    if datetime.now(UTC) > not_after:
        raise TimedOutError("not_after has passed, so this attempt was not sent.")


def _read(call: _Call, reply: RawResponse | NoResponse) -> Success | Failure:
    if isinstance(reply, NoResponse):
        call.reply = None
        return Failure(reply.error, 0, may_have_executed=reply.maybe_sent, permanent=reply.permanent)
    call.reply = reply
    operation = call.request.operation
    if reply.body is None:
        return too_large(operation, reply.status, reply.headers)
    return parse_response(operation, reply.status, reply.headers, reply.body, call.credential.secret)


def _pauses() -> Generator[float, Any, None]:
    retry: _RetryLaterError = yield 0.0
    while True:
        retry = yield retry.seconds


@backoff.on_exception(_pauses, _RetryLaterError, jitter=None, logger=None)
async def _retry_loop(attempt: Any, plan_retry: Any, call: _Call) -> Success | None:
    """Retry until an attempt succeeds or no attempt is left.

    The first iteration sends nothing: it plans the retry of the attempt that has already failed.
    """
    if call.paused:
        success: Success | None = await attempt(call)
        if success is not None:
            return success
    seconds: float | None = plan_retry(call)
    if seconds is None:
        return None
    call.paused = True
    raise _RetryLaterError(seconds)
