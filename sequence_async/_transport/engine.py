"""One call, from its arguments to its value: the path that every resource method takes.

The first attempt goes straight through. Only when it has failed does the retry loop come in, driven by ``backoff`` and
decided by :mod:`sequence_async._core.retry`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Generator, Mapping
from datetime import UTC, datetime
from random import random
from typing import Any, Literal, TypeVar
from uuid import uuid4

import attrs
import backoff
from yarl import URL

from sequence_async._core.answer import Answer, Refusal, read_answer, too_large
from sequence_async._core.keys import check_key
from sequence_async._core.redaction import Secret
from sequence_async._core.request import build_body, build_target, check_reach
from sequence_async._core.response import Response
from sequence_async._core.retry import Attempt, Stop, decide
from sequence_async._core.simulation import as_simulation, asks_for_simulation
from sequence_async._transport.exchange import JsonBody, NoReply, Reply, exchange
from sequence_async._transport.limiter import READ_AFTER, WRITE_FIRST, LimitReachedError
from sequence_async._transport.settings import Credential, Options, Shared, time_limit
from sequence_async.errors import ArgumentError, ComingSoonError, RateLimitedError, SequenceError
from sequence_async.events import AttemptEvent, CallEvent, Event, RetryEvent, WaitEvent
from sequence_async.operations._runtime import Operation

T = TypeVar("T")

_log = logging.getLogger("sequence_async")


@attrs.define(eq=False, repr=False)
class _Call:
    """One call under way."""

    operation: Operation[Any]
    url: URL
    body: bytes | None
    key: str | None
    headers: Mapping[str, str] | None
    credential: Credential
    loop: asyncio.AbstractEventLoop
    started: float
    deadline: float
    simulation: bool = False
    patience: float | None = None
    """For a call whose wait for the rate limit does not count: the seconds that it has from then on."""
    attempts: int = 0
    in_doubt: bool = False
    paused: bool = False
    reply: Reply | None = None
    refusal: Refusal | None = None


class _PauseError(Exception):
    """Tells ``backoff`` to sleep and come back."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Engine:
    """Carries calls out. A view of a client is another engine over the same :class:`Shared`."""

    __slots__ = ("options", "shared")

    def __init__(self, shared: Shared, options: Options) -> None:
        self.shared = shared
        self.options = options

    async def call(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        body: object = None,
        idempotency_key: str | None = None,
        secret: Secret | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - a waiter shortens the deadline of its polls by it
        patient: bool = False,
    ) -> Response[T]:
        """Carry out one operation, with every attempt that the options allow.

        A ``patient`` call is one of many: it waits for the rate limit for as long as its turn takes, and the time that
        it has begins after that.

        Raises:
            SequenceError: everything that can go wrong; see :mod:`sequence_async.errors`.

        """
        loop = self.shared.session.enter()
        target = self._target(operation, path, query)
        credential = self.shared.credential(operation, path, secret)
        seconds = self.options.timeout if timeout is None else min(timeout, self.options.timeout)
        call = self._prepare(operation, target, body, idempotency_key, credential, loop=loop, seconds=seconds)
        if patient:
            call.patience = seconds
        try:
            answer = await self.attempt(call)
            if answer is None:
                answer = await _repeat(self, call)
        except asyncio.CancelledError:
            self._report(call, "cancelled", None, None)
            raise
        except SequenceError as error:
            self._fail(call, error)
            raise
        if answer is None:
            assert call.refusal is not None  # noqa: S101 - an attempt leaves an answer or a refusal
            raise self._fail(call, call.refusal.error)
        return self._succeed(call, answer)

    def check_unlocked(self, operation_id: str) -> None:
        """Refuse what the documentation calls coming soon, unless ``preview`` unlocked it.

        Raises:
            ComingSoonError: naming the operation and how to unlock it.

        """
        preview = self.shared.preview
        if preview is True or (preview is not False and operation_id in preview):
            return
        error = ComingSoonError(
            f"{operation_id} is documented as coming soon and may not be there yet. To call it all the same, "
            f"make the client with preview={{{operation_id!r}}}, or with preview=True for all such operations.",
        )
        error.operation = operation_id
        raise error

    def _target(
        self,
        operation: Operation[Any],
        path: Mapping[str, str] | None,
        query: Mapping[str, Any] | None,
    ) -> str:
        if operation.availability != "available":
            self.check_unlocked(operation.id)
        target = build_target(operation, path, query)
        if query:
            check_reach(operation, query, datetime.now(UTC))
        return self.shared.prefixes.get(operation.id, "") + target

    def _prepare(
        self,
        operation: Operation[Any],
        target: str,
        body: object,
        key: str | None,
        credential: Credential,
        *,
        loop: asyncio.AbstractEventLoop,
        seconds: float,
    ) -> _Call:
        if operation.takes_key:
            key = str(uuid4()) if key is None else check_key(key)
        elif key is not None:
            raise ArgumentError(f"{operation.id} takes no idempotency_key.")
        simulation = self.shared.simulation
        if simulation:
            body = as_simulation(operation, body)
        started = loop.time()
        return _Call(
            operation,
            self.shared.address(target),
            build_body(operation, body),
            key,
            self._headers(operation, key, credential),
            credential,
            loop,
            started,
            started + seconds,
            simulation=simulation or (body is not None and asks_for_simulation(operation, body)),
        )

    def _headers(self, operation: Operation[Any], key: str | None, credential: Credential) -> Mapping[str, str] | None:
        """Return the headers that the session does not send by itself; ``None`` for most reads."""
        options = self.options.headers
        if key is None and not options:
            return credential.headers
        headers = {**(credential.headers or {}), **options}
        if key is not None:
            headers[operation.api.key_header] = key
        return headers

    async def attempt(self, call: _Call) -> Answer | None:
        """Send the request once. ``None`` means that ``call.refusal`` says why there is no value."""
        shared = self.shared
        credential = call.credential
        bucket = credential.bucket
        if bucket is not None or credential.limits.closed_until > call.started:
            await self._enter_limits(call)
        body = None if call.body is None else JsonBody(call.body)
        began = call.loop.time()
        try:
            session = shared.session.get()
            limit = self._time_limit(call, began)
            call.attempts += 1
            reply = await exchange(
                session,
                call.operation.method,
                call.url,
                body=body,
                headers=call.headers,
                time_limit=limit,
            )
        except asyncio.CancelledError:
            if call.operation.effect == "write" and (body is None or body.written):
                call.in_doubt = True
            raise
        finally:
            if bucket is not None:
                bucket.release()
        outcome = _read(call, reply)
        if shared.on_event is not None:
            self._report_attempt(call, outcome, began)
        if isinstance(outcome, Answer):
            return outcome
        call.refusal = outcome
        if outcome.uncertain and call.operation.effect == "write":
            call.in_doubt = True
        return None

    async def _enter_limits(self, call: _Call) -> None:
        """Wait for the key's gate, and for a place in its bucket."""
        limits, bucket = call.credential.limits, call.credential.bucket
        began = call.loop.time()
        try:
            await limits.pass_gate(call.deadline)
            if bucket is not None:
                if call.patience is not None and not call.attempts:
                    now = call.loop.time()
                    call.deadline = now + bucket.longest_wait(call.patience, now)
                priority = WRITE_FIRST if call.operation.effect == "write" else READ_AFTER
                await bucket.acquire(priority, call.deadline)
        except LimitReachedError as reached:
            seconds = reached.seconds
        else:
            now = call.loop.time()
            if call.patience is not None and not call.attempts:
                call.deadline = now + call.patience
            waited = now - began
            if waited > 0 and self.shared.on_event is not None:
                self.emit(WaitEvent(operation=call.operation.id, seconds=waited))
            return
        error = RateLimitedError(
            f"{call.operation.id}: the rate limit has no place for {seconds:.1f} s, and the call ends before that.",
            status=429,
        )
        error.retry_after = seconds
        raise error

    def _time_limit(self, call: _Call, now: float) -> Any:
        options = self.options
        remaining = call.deadline - now
        if remaining >= options.attempt_timeout:
            return options.time_limit
        return time_limit(max(0.001, remaining))

    def judge(self, call: _Call) -> float | None:
        """Say for how long to pause before the next attempt; ``None`` if there is none."""
        refusal = call.refusal
        assert refusal is not None  # noqa: S101 - only a failed attempt is judged
        now = call.loop.time()
        shared = self.shared
        if refusal.status == 429:  # noqa: PLR2004
            if refusal.retry_after is not None:
                call.credential.limits.close_gate(now + refusal.retry_after)
            if call.credential.bucket is not None:
                call.credential.bucket.exhaust(now, refusal.retry_after or 0.0)
        verdict = decide(
            Attempt(
                number=call.attempts,
                max_attempts=self.options.max_attempts,
                remaining=call.deadline - now,
                chance=random(),  # noqa: S311 - it spreads retries and guards nothing
                status=refusal.status or None,
                in_progress=refusal.in_progress,
                permanent=refusal.permanent,
                retry_after=refusal.retry_after,
                budget_left=shared.budget.left,
            ),
        )
        if isinstance(verdict, Stop):
            return None
        if verdict.costs_budget:
            shared.budget.spend()
        if shared.on_event is not None:
            self.emit(
                RetryEvent(
                    operation=call.operation.id,
                    attempt=call.attempts,
                    seconds=verdict.seconds,
                    reason=verdict.reason,
                    idempotency_key=call.key,
                ),
            )
        return verdict.seconds

    def _succeed(self, call: _Call, answer: Answer) -> Response[Any]:
        reply = call.reply
        assert reply is not None  # noqa: S101 - an answer was read from a reply
        self.shared.budget.earn()
        if call.operation.effect == "write":
            self.shared.fresh.note(answer.data)
        self._report(call, "success", None, answer.request_id)
        return Response(
            data=answer.data,
            status=reply.status,
            request_id=answer.request_id,
            headers=reply.headers,
            attempts=call.attempts,
            elapsed=call.loop.time() - call.started,
            idempotency_key=call.key,
            envelope=answer.envelope,
        )

    def _fail(self, call: _Call, error: SequenceError) -> SequenceError:
        error.operation = call.operation.id
        error.request_id = error.request_id or self.options.request_id
        error.idempotency_key = call.key
        error.attempts = call.attempts
        error.elapsed = call.loop.time() - call.started
        error.in_doubt = call.in_doubt
        self._report(call, "error", error, error.request_id)
        return error

    def _report_attempt(self, call: _Call, outcome: Answer | Refusal, began: float) -> None:
        error = outcome.error if isinstance(outcome, Refusal) else None
        self.emit(
            AttemptEvent(
                operation=call.operation.id,
                attempt=call.attempts,
                seconds=call.loop.time() - began,
                status=call.reply.status if call.reply is not None else None,
                request_id=outcome.request_id if isinstance(outcome, Answer) else outcome.error.request_id,
                error=type(error).__name__ if error is not None else None,
                idempotency_key=call.key,
            ),
        )

    def _report(
        self,
        call: _Call,
        outcome: Literal["success", "error", "cancelled"],
        error: SequenceError | None,
        request_id: str | None,
    ) -> None:
        on_event = self.shared.on_event
        if on_event is None and not _log.isEnabledFor(logging.DEBUG):
            return
        event = CallEvent(
            operation=call.operation.id,
            outcome=outcome,
            attempts=call.attempts,
            seconds=call.loop.time() - call.started,
            status=call.reply.status if call.reply is not None else None,
            request_id=request_id,
            error=type(error).__name__ if error is not None else None,
            in_doubt=call.in_doubt and outcome != "success",
            idempotency_key=call.key,
            simulation=call.simulation,
        )
        _log.debug(
            "%s: %s, status %s, request %s, attempts %d, %.3f s",
            event.operation,
            event.error or outcome,
            event.status,
            request_id,
            event.attempts,
            event.seconds,
        )
        if on_event is not None:
            self.emit(event)

    def emit(self, event: Event) -> None:
        """Hand an event to ``on_event``. What that raises is logged, never passed on."""
        on_event = self.shared.on_event
        if on_event is None:
            return
        try:
            on_event(event)
        except Exception:  # noqa: BLE001 - it is the caller's code, and may raise anything
            _log.exception("on_event raised an exception; the call goes on")


def _read(call: _Call, reply: Reply | NoReply) -> Answer | Refusal:
    if isinstance(reply, NoReply):
        call.reply = None
        return Refusal(reply.error, 0, uncertain=reply.maybe_sent, permanent=reply.permanent)
    call.reply = reply
    if reply.body is None:
        return too_large(call.operation, reply.status, reply.headers)
    return read_answer(call.operation, reply.status, reply.headers, reply.body, call.credential.secret)


def _pauses() -> Generator[float, Any, None]:
    asked: _PauseError = yield 0.0
    while True:
        asked = yield asked.seconds


@backoff.on_exception(_pauses, _PauseError, jitter=None, logger=None)
async def _repeat(engine: Engine, call: _Call) -> Answer | None:
    """Pause, or send again, until there is a value or no attempt is left.

    The first time round, the attempt that brought us here is what is judged.
    """
    if call.paused:
        answer = await engine.attempt(call)
        if answer is not None:
            return answer
    seconds = engine.judge(call)
    if seconds is None:
        return None
    call.paused = True
    raise _PauseError(seconds)
