"""Report calls while they run: events for ``on_event``, and records of the logger ``sequence_async``."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import uuid4

import attrs

from sequence_async.errors import SequenceError
from sequence_async.events import (
    AttemptEvent,
    AttemptStartedEvent,
    CallEvent,
    CallStartedEvent,
    Event,
    RetryEvent,
    SweepEvent,
    WaitEvent,
)

log = logging.getLogger("sequence_async")


class Telemetry:
    """Reports the events of a client's calls."""

    __slots__ = ("api", "on_event")

    def __init__(self, api: str, on_event: Callable[[Event], object] | None) -> None:
        self.api = api
        self.on_event = on_event

    def observe(self, operation: str, key: str | None, *, simulation: bool) -> CallObserver:
        """Return the observer of one call."""
        return CallObserver(self, operation, key, simulation=simulation)

    def sweep(self, operation: str, accounts: int, seconds: float) -> None:
        """Report that the balances of many accounts are about to be read."""
        log.info("balances: reading %d accounts takes at least %.0f s", accounts, seconds)
        if self.on_event is not None:
            self.emit(
                SweepEvent(
                    call_id=uuid4().hex,
                    api=self.api,
                    operation=operation,
                    at=datetime.now(UTC),
                    accounts=accounts,
                    seconds=seconds,
                )
            )

    def emit(self, event: Event) -> None:
        """Pass an event to ``on_event``. Its errors are logged and not raised."""
        if self.on_event is None:
            return
        try:
            self.on_event(event)
        except Exception:
            log.exception("on_event raised an exception. The call continues.")


class CallObserver:
    """Reports the events of one call. Without ``on_event``, only its end and its retries are logged."""

    __slots__ = ("_call_id", "_key", "_operation", "_simulation", "_telemetry")

    def __init__(self, telemetry: Telemetry, operation: str, key: str | None, *, simulation: bool) -> None:
        self._telemetry = telemetry
        self._operation = operation
        self._key = key
        self._simulation = simulation
        self._call_id: str | None = None

    @property
    def is_on(self) -> bool:
        """Whether there is an ``on_event``."""
        return self._telemetry.on_event is not None

    def _facts(self) -> dict[str, Any]:
        if self._call_id is None:
            self._call_id = uuid4().hex
        return {
            "call_id": self._call_id,
            "api": self._telemetry.api,
            "operation": self._operation,
            "at": datetime.now(UTC),
        }

    def started(self) -> None:
        """Report that the call starts."""
        if self.is_on:
            event = CallStartedEvent(**self._facts(), idempotency_key=self._key, simulation=self._simulation)
            self._telemetry.emit(event)

    def attempt_started(self, attempt: int) -> None:
        """Report that a request is about to be sent."""
        if self.is_on:
            event = AttemptStartedEvent(**self._facts(), attempt=attempt, idempotency_key=self._key)
            self._telemetry.emit(event)

    def attempt_ended(
        self, attempt: int, seconds: float, status: int | None, request_id: str | None, error: SequenceError | None
    ) -> None:
        """Report how an attempt ended."""
        if self.is_on:
            self._telemetry.emit(
                AttemptEvent(
                    **self._facts(),
                    attempt=attempt,
                    seconds=seconds,
                    status=status,
                    request_id=request_id,
                    error=None if error is None else type(error).__name__,
                    idempotency_key=self._key,
                )
            )

    def waited(self, seconds: float) -> None:
        """Report that the call waited for the rate limit."""
        if self.is_on:
            self._telemetry.emit(WaitEvent(**self._facts(), seconds=seconds))

    def retries(self, attempt: int, seconds: float, reason: str) -> None:
        """Report that the request will be sent again."""
        if not self.is_on and not log.isEnabledFor(logging.INFO):
            return
        event = RetryEvent(**self._facts(), attempt=attempt, seconds=seconds, reason=reason, idempotency_key=self._key)
        _log(logging.INFO, f"retry after {seconds:.2f} s: {reason}", event)
        self._telemetry.emit(event)

    def ended(
        self,
        outcome: Literal["success", "error", "cancelled"],
        attempts: int,
        seconds: float,
        *,
        status: int | None = None,
        request_id: str | None = None,
        error: SequenceError | None = None,
        in_doubt: bool = False,
        gave_up: bool = False,
    ) -> None:
        """Report how the call ended. ``gave_up``: the last failure can be retried, but no attempt was left."""
        level = logging.WARNING if in_doubt or gave_up else logging.DEBUG
        if not self.is_on and not log.isEnabledFor(level):
            return
        event = CallEvent(
            **self._facts(),
            outcome=outcome,
            attempts=attempts,
            seconds=seconds,
            status=status,
            request_id=request_id,
            error=None if error is None else type(error).__name__,
            in_doubt=in_doubt,
            idempotency_key=self._key,
            simulation=self._simulation,
        )
        words = f"{event.error or outcome}{', in doubt' if in_doubt else ''}"
        _log(level, f"{words}, status {status}, request {request_id}, attempts {attempts}, {seconds:.3f} s", event)
        self._telemetry.emit(event)


def _log(level: int, text: str, event: RetryEvent | CallEvent) -> None:
    if log.isEnabledFor(level):
        log.log(level, "%s: %s", event.operation, text, extra=attrs.asdict(event, recurse=False))
