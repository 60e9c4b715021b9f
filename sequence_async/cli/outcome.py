"""What an exit code says, and how an error is told: one line and a hint, never a traceback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from enum import IntEnum

import typer

from sequence_async.cli.terminal import complain
from sequence_async.errors import (
    ArgumentError,
    ComingSoonError,
    ConfigurationError,
    ForbiddenError,
    IdempotencyKeyReusedError,
    NoResponseError,
    NotFoundError,
    OperationInProgressError,
    RateLimitedError,
    SequenceError,
    ServerError,
    UnauthorizedError,
    UsageError,
    WaitTimeoutError,
)


class ExitCode(IntEnum):
    """What a command ends with."""

    OK = 0
    REFUSED = 1
    """The API said no, its answer made no sense, or what was waited for ended badly."""
    USAGE = 2
    """Nothing was sent: an argument, a credential or a consent is missing or wrong."""
    IN_DOUBT = 3
    """A write may have taken effect. Repeat it with the idempotency key that was printed."""
    NO_ANSWER = 4
    """No usable answer, too many calls, or the API failed: later it may work."""
    STILL_WAITING = 5
    """The wait ended before what was waited for did."""
    INTERRUPTED = 130


EXIT_CODES = """Exit codes: 0 well · 1 refused, or ended badly · 2 usage or configuration, nothing was sent · \
3 in doubt: a write may have taken effect, repeat it with its key · 4 no answer, later it may work · \
5 the wait ended first · 130 interrupted"""

_NOTHING_SENT = (ArgumentError, ConfigurationError, ComingSoonError, UsageError)
_MAY_PASS = (NoResponseError, ServerError, RateLimitedError, OperationInProgressError)


def exit_code_of(error: SequenceError) -> ExitCode:
    """Say which exit code an error ends a command with."""
    if error.in_doubt:
        return ExitCode.IN_DOUBT
    if isinstance(error, _NOTHING_SENT):
        return ExitCode.USAGE
    if isinstance(error, WaitTimeoutError):
        return ExitCode.STILL_WAITING
    return ExitCode.NO_ANSWER if isinstance(error, _MAY_PASS) else ExitCode.REFUSED


def describe(error: SequenceError) -> str:
    """Tell an error in one line, without what a program would do about it."""
    text = str(error.args[0]) if error.args else type(error).__name__
    return f"{text} [request {error.request_id}]" if error.request_id else text


def hint_for(error: SequenceError) -> str | None:
    """Say what to do about an error, where that is known."""
    if error.in_doubt and error.idempotency_key is not None:
        return f"It may have taken effect. {how_to_repeat(error.idempotency_key)}"
    if isinstance(error, IdempotencyKeyReusedError):
        return "A key belongs to one request. A simulation and the real thing are two: give each its own key."
    if isinstance(error, UnauthorizedError | ForbiddenError):
        return "`sequence-async doctor` shows what each API makes of your credentials."
    if isinstance(error, NotFoundError):
        return "Look the id up in the list; the ids of the three APIs are not the same."
    if isinstance(error, RateLimitedError) and error.retry_after is not None:
        return f"Try again in {error.retry_after:.0f} s."
    return None


def how_to_repeat(key: str) -> str:
    """Say how a write that is in doubt is repeated safely."""
    return f"Within 24 hours, repeat the same command with --idempotency-key {key}: nothing happens twice."


def tell(error: SequenceError) -> ExitCode:
    """Tell an error on stderr, and return the exit code that fits it."""
    complain(describe(error), hint=hint_for(error))
    return exit_code_of(error)


def run(
    work: Callable[[], Coroutine[object, object, ExitCode | None]],
    *,
    interrupted: ExitCode = ExitCode.INTERRUPTED,
) -> None:
    """Run a command to its end. Errors and Ctrl-C are told, and become exit codes.

    ``interrupted`` is the exit code of Ctrl-C: 0 for what has no other end.

    Raises:
        typer.Exit: with the exit code, unless that is 0.

    """
    try:
        code = asyncio.run(work()) or ExitCode.OK
    except SequenceError as error:
        code = tell(error)
    except KeyboardInterrupt:
        code = interrupted
        if code:
            complain("interrupted")
    if code:
        raise typer.Exit(code)


def refuse(message: str, *, hint: str | None = None) -> typer.Exit:
    """Complain about the use of a command, and return what to raise."""
    complain(message, hint=hint)
    return typer.Exit(ExitCode.USAGE)
