"""Poll a resource until its status is final, with growing pauses between the polls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from sequence_async._core.arguments import check_seconds
from sequence_async.errors import (
    NoResponseError,
    NotFoundError,
    OperationInProgressError,
    RateLimitedError,
    SequenceError,
    ServerError,
    TimedOutError,
    WaitTimeoutError,
)

if TYPE_CHECKING:
    from sequence_async._core.response import Response
    from sequence_async._transport.caller import Caller
    from sequence_async.operations._runtime import Operation


class _Settles(Protocol):
    @property
    def settled(self) -> bool: ...


T = TypeVar("T")
S = TypeVar("S", bound=_Settles)

FIRST_PAUSE = 0.5
PAUSE_GROWTH = 1.5
LONGEST_PAUSE = 10.0
_TRANSIENT = (NoResponseError, ServerError, RateLimitedError, OperationInProgressError)


async def wait_until_settled(
    caller: Caller,
    operation: Operation[S],
    path: Mapping[str, str],
    what: str,
    timeout: float,
) -> S:
    """Poll a resource by its ID until no further change of it is expected."""

    async def read(left: float) -> S:
        return (await caller.call(operation, path=path, timeout=left)).data

    return await wait_until(
        read,
        lambda value: value.settled,
        what=what,
        timeout=timeout,
        forgiven_until=caller.shared.recent_ids.forgiven_until(path[operation.path_parameters[-1]]),
    )


async def start_and_wait(
    start: Callable[[float], Awaitable[Response[T]]],
    wait: Callable[[T, float], Awaitable[S]],
    *,
    what: str,
    timeout: float,
) -> S:
    """Send a write, and wait for its result. ``timeout`` is in seconds and covers both.

    Errors after the start are in doubt and carry its idempotency key. Call again with that key to keep waiting.
    """
    check_seconds("timeout", timeout)
    loop = asyncio.get_running_loop()
    started = loop.time()
    try:
        response = await start(timeout)
    except TimedOutError as error:
        late = _out_of_time(error, what, timeout) if loop.time() - started >= timeout else error
    else:
        try:
            return await wait(response.data, max(0.001, started + timeout - loop.time()))
        except SequenceError as error:
            error.idempotency_key = response.idempotency_key
            error.in_doubt = True
            raise
    raise late


def _out_of_time(cause: SequenceError, what: str, timeout: float) -> WaitTimeoutError:
    error = WaitTimeoutError(f"{what}: no response to the trigger within {timeout:g} s.")
    error.__dict__.update(cause.__dict__)
    return error


async def wait_until(
    read: Callable[[float], Awaitable[T]],
    done: Callable[[T], bool],
    *,
    what: str,
    timeout: float,
    forgiven_until: float = 0.0,
) -> T:
    """Call ``read`` with the seconds left until ``done`` returns true, and return the value.

    Transient failures (no response, 429, 5xx, a 409 for a request in progress) do not end the wait. Neither does a 404
    before ``forgiven_until``, in the loop's time.

    Raises:
        WaitTimeoutError: ``timeout`` seconds have passed. ``last`` is the last value read.
        SequenceError: Any other failure of ``read``.

    """
    check_seconds("timeout", timeout)
    loop = asyncio.get_running_loop()
    started = loop.time()
    deadline = started + timeout
    pause = FIRST_PAUSE
    last: T | None = None
    last_error: SequenceError | None = None
    polls = 0
    while (left := deadline - loop.time()) > 0:
        polls += 1
        least = 0.0
        try:
            last, last_error = await read(left), None
            if done(last):
                return last
        except NotFoundError as error:
            if loop.time() >= forgiven_until:
                raise
            last_error = error
        except _TRANSIENT as error:
            last_error = error
            least = getattr(error, "retry_after", None) or 0.0
        left = deadline - loop.time()
        if left <= 0:
            break
        await asyncio.sleep(min(max(pause, least), left))
        pause = min(pause * PAUSE_GROWTH, LONGEST_PAUSE)
    late = _gave_up(what, timeout, last, last_error)
    late.attempts = polls
    late.elapsed = loop.time() - started
    raise late


def _gave_up(what: str, timeout: float, last: object, last_error: SequenceError | None) -> WaitTimeoutError:
    seen = (
        f"Its last status was {getattr(last, 'status', 'unknown')}."
        if last is not None
        else "Its status was never read."
    )
    text = f"{what} did not reach a final status within {timeout:g} s. {seen}"
    if last_error is not None:
        text += f" The last poll failed: {type(last_error).__name__}."
    error = WaitTimeoutError(text)
    error.last = last
    error.operation = last_error.operation if last_error is not None else None
    error.request_id = last_error.request_id if last_error is not None else None
    return error
